/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.snapshot.Processes.Busy;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpDdlQuietTest {
    private final CheckTester check = CheckTester.of(new DumpDdlQuiet());

    private static SnapshotFixture running(String statement, long seconds) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(
                        Facts.PROCESSES,
                        new Processes(
                                List.of(new Busy(
                                        12,
                                        "app",
                                        "Query",
                                        seconds,
                                        "Waiting for table metadata lock",
                                        "shop",
                                        statement)),
                                0));
    }

    private static SnapshotFixture tables(String... names) {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36");
        for (String name : names) {
            fixture.table("shop", name, "InnoDB");
        }
        return fixture;
    }

    @Test
    void passesWhereAllIsQuiet() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE", "CREATE INDEX", "TRUNCATE TABLE", "OPTIMIZE TABLE", "DROP TABLE"})
    void warnsOfAChangeOfDefinitions(String statement) {
        check.on(running(statement, 120))
                .finds(
                        WARNING,
                        "connection 12 of the source has been at " + statement
                                + " for 2 min (Waiting for table metadata lock)");
        check.on(running(statement, 2)).finds(WARNING, "for 2 s");
        check.on(running(statement, 1)).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANALYZE TABLE", "FLUSH TABLES"})
    void doesNotMindWhatLeavesDefinitionsAlone(String statement) {
        check.on(running(statement, 120)).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "_gone_gho, gh-ost",
        "_gone_ghc, gh-ost",
        "_customer_del, gh-ost",
        "_customer_new, pt-online-schema-change",
        "_customer_old, pt-online-schema-change",
        "'#sql-ib1234-56', an ALTER TABLE of the server",
    })
    void warnsOfLeftovers(String name, String tool) {
        Finding finding = check.on(tables(name))
                .finds(WARNING, "shop." + name + " looks like a table that " + tool)
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(1).sql())
                .containsExactly(new Remedy.Statement("DROP TABLE `shop`.`" + name + "`", "its rows are gone"));
    }

    @Test
    void takesOrdinaryNamesForWhatTheyAre() {
        check.on(tables("_import_new", "_del", "_new", "customer_old", "_gho", "x_gho", "_other_del", ""))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.36").table("shop", "_customer_new", "VIEW", null, ""))
                .passes();
    }

    @Test
    void looksOnlyAtWhatIsMigrated() {
        Plan plan = new Plan(null, null, null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(plan).on(tables("_gone_gho").schema("other")).passes();
    }

    @Test
    void isUnknownWithoutProcess() {
        SnapshotFixture blind = SnapshotFixture.mysql("8.0.36").grants("GRANT SELECT ON *.* TO `mig`@`%`");
        check.on(blind).isUnknown("without PROCESS");
        check.on(blind.table("shop", "_gone_gho", "InnoDB")).finds(WARNING, "_gone_gho");
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.PROCESSES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("what the connections do of the source: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealAlterThatWaitsForATransaction(Release release) throws SQLException, InterruptedException {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.createAccount("mig", "pw", "SELECT", "PROCESS");
            server.createAccount("few", "pw", "SELECT");
            server.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.t (id INT PRIMARY KEY) ENGINE=InnoDB",
                    "CREATE TABLE shop._t_gho (id INT PRIMARY KEY) ENGINE=InnoDB");
            String uri = server.uri("mig", "pw");
            Finding leftover = check.on(uri)
                    .finds(WARNING, "shop._t_gho looks like")
                    .findings()
                    .get(0);
            server.execute(leftover.remedies().get(1).sql().get(0).sql());
            check.on(uri).passes();
            check.on(server.uri("few", "pw")).isUnknown("without PROCESS");

            try (Held reader = new Held(server);
                    Held alter = new Held(server)) {
                reader.run("BEGIN", "SELECT * FROM shop.t");
                alter.begin("ALTER TABLE shop.t ADD COLUMN n INT", 3);
                check.on(uri).finds(WARNING, "has been at ALTER TABLE for");
                reader.run("COMMIT");
            }
        }
    }

    /** What is foretold: the dump's transaction meets a table that was altered since it began. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aDumpThatMeetsAnAlteredTable(Release release) throws SQLException {
        TestServer server = TestServer.of(release).shared();
        server.execute(
                "CREATE DATABASE quiet",
                "CREATE TABLE quiet.a (id INT PRIMARY KEY) ENGINE=InnoDB",
                "CREATE TABLE quiet.b (id INT PRIMARY KEY) ENGINE=InnoDB");
        try (Held dump = new Held(server)
                .run(
                        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                        "START TRANSACTION WITH CONSISTENT SNAPSHOT",
                        "SELECT * FROM quiet.a")) {
            server.execute("ALTER TABLE quiet.b ADD COLUMN n INT, ALGORITHM=COPY");

            assertThat(dump.errorOf("SELECT * FROM quiet.b")).isEqualTo(1412);
        } finally {
            server.execute("DROP DATABASE quiet");
        }
    }
}
