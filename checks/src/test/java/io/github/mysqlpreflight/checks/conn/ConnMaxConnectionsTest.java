/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnMaxConnectionsTest {
    private final CheckTester check = CheckTester.of(new ConnMaxConnections());

    /** The snapshot itself was read over one connection. */
    private static SnapshotFixture server(int limit, int used) {
        return SnapshotFixture.mysql("8.0.36")
                .variable("max_connections", Integer.toString(limit))
                .variable("max_user_connections", "0")
                .status("threads_connected", Integer.toString(used + 1));
    }

    @Test
    void warnsWhereThereIsNoRoom() {
        check.on(server(100, 98))
                .finds(WARNING, "98 of 100 connections of the source are in use, and the migration needs 3");
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER)).on(server(100, 95)).finds(WARNING, "the migration needs 6");
        check.on(server(100, 10).variable("max_user_connections", "2"))
                .finds(WARNING, "max_user_connections of the source is 2, and the migration needs 3");
    }

    @Test
    void passesWhereThereIs() {
        check.on(server(100, 97)).passes();
        check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL)).on(server(100, 94)).passes();
        check.on(server(100, 10).variable("max_user_connections", "3")).passes();
    }

    @Test
    void isUnknownWithoutTheCounters() {
        check.on(server(100, 10).unavailable(Facts.STATUS, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServer(Release release) throws SQLException {
        try (TestServer server =
                        TestServer.of(release).with("max_connections", "10").borrow();
                Connection one = server.connect();
                Connection two = server.connect()) {
            assertThat(one).isNotSameAs(two);
            String uri = server.uri("root", "");
            check.on(uri).passes();
            server.execute("SET GLOBAL max_connections = 4");
            server.execute(check.on(uri).finds(WARNING, "of 4 connections").remedySql());
            check.on(uri).passes();
        }
    }
}
