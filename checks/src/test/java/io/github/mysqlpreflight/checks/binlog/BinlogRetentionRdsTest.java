/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogRetentionRdsTest {
    private final CheckTester check = CheckTester.of(new BinlogRetentionRds());

    private static SnapshotFixture rds(@Nullable String hours) {
        Map<String, @Nullable String> values = new TreeMap<>();
        values.put("binlog retention hours", hours);
        return SnapshotFixture.mysql("8.0.36")
                .host("db1.abc.eu-west-1.rds.amazonaws.com")
                .fact(Facts.RDS_CONFIGURATION, new RdsConfiguration(values));
    }

    @Test
    void blocksWhereItWasNeverSet() {
        CheckTester judged = check.on(rds(null));

        judged.finds(BLOCKS_REPLICATION, "binlog retention hours is not set on the source");
        assertThat(judged.remedySql())
                .containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 72)");
        check.on(rds("0")).finds(BLOCKS_REPLICATION, "is not set");
    }

    @Test
    void warnsOfLessThanADay() {
        check.on(rds("23")).finds(WARNING, "binlog retention hours of the source is 23, less than a day");
        check.on(rds("24")).passes();
        check.on(rds("2160").variable("aurora_version", "3.05.2")).passes();
    }

    @Test
    void doesNotApplyElsewhereOrToADump() {
        check.on(SnapshotFixture.mysql("8.0.36")).doesNotApply("not on Amazon RDS or Aurora");
        check.on(SnapshotFixture.mysql("8.0.36").host("x.mysql.database.azure.com"))
                .doesNotApply("Azure");
        check.with(Plans.dump()).on(rds(null)).doesNotApply("a dump was asked for");
    }

    @Test
    void doesNotApplyToATableThatIsNotAmazons() {
        check.on(rds("24").fact(Facts.RDS_CONFIGURATION, new RdsConfiguration(Map.of())))
                .doesNotApply("is not Amazon's own");
        TestServer server = TestServer.of(Release.MYSQL_8_0).shared();
        server.execute("CREATE TABLE mysql.rds_configuration (id INT)");
        try {
            check.on(server.uri("root", "")).doesNotApply("is not Amazon's own");
        } finally {
            server.execute("DROP TABLE mysql.rds_configuration");
        }
    }

    @Test
    void isUnknownWhereItCannotBeRead() {
        check.on(rds("24").unavailable(Facts.RDS_CONFIGURATION, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the configuration of RDS of the source: denied");
        check.on(rds("24")
                        .variable("aurora_version", "3.05.2")
                        .unavailable(Facts.RDS_CONFIGURATION, Fact.Cause.UNSUPPORTED, "not there"))
                .isUnknown("not there");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsAServerThatLooksLikeRds(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            String uri = server.uri("root", "");
            check.on(uri).doesNotApply("not on Amazon RDS or Aurora");
            server.execute(
                    "CREATE TABLE mysql.rds_configuration (name VARCHAR(100) PRIMARY KEY, value VARCHAR(100))",
                    "INSERT INTO mysql.rds_configuration VALUES ('binlog retention hours', NULL)",
                    "CREATE PROCEDURE mysql.rds_set_configuration(n VARCHAR(100), v VARCHAR(100))"
                            + " UPDATE mysql.rds_configuration SET value = v WHERE name = n");
            server.createAccount("blind", "pw", "REPLICATION CLIENT");

            server.execute(check.on(uri).finds(BLOCKS_REPLICATION, "is not set").remedySql());
            check.on(uri).passes();
            check.on(server.uri("blind", "pw")).doesNotApply("not on Amazon RDS");
        }
    }
}
