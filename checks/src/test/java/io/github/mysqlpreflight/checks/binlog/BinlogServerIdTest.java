/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class BinlogServerIdTest {
    private final CheckTester check = CheckTester.of(new BinlogServerId());

    @ParameterizedTest
    @ValueSource(strings = {"1", "4294967295"})
    void passesWithANumber(String serverId) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("server_id", serverId))
                .passes();
    }

    @Test
    void blocksReplicationWithZero() {
        check.on(SnapshotFixture.mysql("8.0.15").variable("server_id", "0"))
                .finds(BLOCKS_REPLICATION, "server_id of the source is 0, it refuses replicas");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000a-71ca-11e1-9e33-c80aa9429562, 900, 10",
        "0000000a-71ca-11e1-9e33-c80aa9429562, 10, 9",
        "00000001-71ca-11e1-9e33-c80aa9429562, 1, 2",
        "00000000-71ca-11e1-9e33-c80aa9429562, 1, 101",
        "ffffffff-71ca-11e1-9e33-c80aa9429562, 1, 4294967295",
        "odd, 1, 101",
    })
    void proposesANumberThatTheTargetDoesNotHave(String uuid, String serverIdOfTarget, String proposed) {
        assertThat(check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").variable("server_id", serverIdOfTarget)))
                        .on(SnapshotFixture.mysql("8.0.15")
                                .variable("server_id", "0")
                                .variable("server_uuid", uuid))
                        .remedySql())
                .containsExactly("SET PERSIST server_id = " + proposed);
    }

    @Test
    void holdsForMariaDbToo() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("server_id", "0"))
                .finds(BLOCKS_REPLICATION, "server_id of the source is 0");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("server_id", "0"))
                .doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServer(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.execute("SET GLOBAL server_id = 0");
            String uri = server.uri("root", "");
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "server_id of the source is 0")
                    .remedySql());
            check.on(uri).passes();
        }
    }
}
