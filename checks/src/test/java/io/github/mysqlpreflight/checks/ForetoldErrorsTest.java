/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.checks.advice.Replica;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors that checks foretell and that take more than one of their own tests to be met: provoked for real. */
class ForetoldErrorsTest {
    private static CheckTester check(String id) {
        Check check = CheckRegistry.installed().find(id);
        assumeTrue(check != null, "there is no check " + id + " yet");
        return CheckTester.of(check);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aServerWithoutFreeConnectionsTurnsTheDumpAway(Release release) throws SQLException {
        CheckTester check = check("conn.max-connections").with(Plans.dumpedBy(DumpTool.MYDUMPER));
        List<Connection> open = new ArrayList<>();
        try (TestServer server =
                TestServer.of(release).with("max_connections", "12").borrow()) {
            server.createAccountWithPlugin("app", "pw", "mysql_native_password");
            String uri = server.uri("root", "");
            check.on(uri).passes();

            for (int i = 0; i < 8; i++) {
                open.add(connect(server));
            }
            String[] mend = check.on(uri).finds(WARNING, "of 12 connections").remedySql();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 6; i++) {
                            open.add(connect(server));
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1040));

            // One more than was full; the account has no connection in reserve.
            server.execute(mend);
            open.add(connect(server));
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    /** Without trying again, as the testkit does. */
    private static Connection connect(TestServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://" + server.host() + ":" + server.port() + "/?sslMode=DISABLED", "app", "pw");
    }

    /**
     * An index of binary logs that has lost its end, as a file system that was restored leaves it. It has to be longer than what the
     * server keeps of it in memory: long names make up for few files.
     */
    @Test
    void aReplicaFindsNoFileThatTheIndexHasLost() throws IOException, InterruptedException {
        CheckTester check = check("binlog.position-readable");
        String name = "binlog" + "-".repeat(200);
        try (TestServer source =
                        TestServer.of(Release.MYSQL_8_0).with("log_bin", name).start();
                TestServer target = TestServer.of(Release.MYSQL_8_0).borrow()) {
            source.createAccountWithPlugin("mig", "pw", "mysql_native_password", "REPLICATION SLAVE");
            source.execute(Collections.nCopies(59, "FLUSH BINARY LOGS").toArray(new String[0]));
            check.on(source.uri("root", "")).passes();

            Files.writeString(source.dataDirectory().resolve(name + ".index"), "./" + name + ".000001\n");
            check.on(source.uri("root", "")).finds(BLOCKS_REPLICATION, name + ".000060");
            target.execute(
                    "CHANGE MASTER TO MASTER_HOST = '" + source.host() + "', MASTER_PORT = " + source.port()
                            + ", MASTER_USER = 'mig', MASTER_PASSWORD = 'pw', MASTER_LOG_FILE = '" + name
                            + ".000060', MASTER_LOG_POS = 4",
                    "START SLAVE");
            assertThat(Replica.ioError(target)).isIn(1236, 13114);

            source.execute("FLUSH BINARY LOGS");
            check.on(source.uri("root", "")).passes();
        }
    }
}
