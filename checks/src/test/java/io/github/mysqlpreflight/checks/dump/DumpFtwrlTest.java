/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
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

@Tag("docker")
class DumpFtwrlTest {
    private static final String WORDS = "The database doesn't support 'FLUSH TABLES WITH READ LOCK'";

    private final CheckTester check = CheckTester.of(new DumpFtwrl());

    @Test
    void passesOnAServerOfOnesOwn() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
        check.on(SnapshotFixture.mysql("8.0.15").variable("datadir", "/var/lib/mysql/"))
                .passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).passes();
    }

    @Test
    void warnsWhereTheTablesOfRdsAreSeen() {
        check.on(SnapshotFixture.mysql("8.0.36").table("mysql", "rds_configuration", "InnoDB"))
                .finds(WARNING, WORDS);
    }

    @Test
    void isNotTakenInByATableOfThatNameElsewhere() {
        check.on(SnapshotFixture.mysql("8.0.36").table("shop", "rds_configuration", "InnoDB"))
                .passes();
    }

    @ParameterizedTest
    @CsvSource({
        "datadir, /rdsdbdata/db/, Amazon RDS for MySQL",
        "aurora_version, 3.08.0, Amazon Aurora MySQL",
        "version_comment, (Google), Google Cloud SQL for MySQL",
    })
    void warnsByTheVariablesAlone(String variable, String value, String vendor) {
        Finding finding = check.on(SnapshotFixture.mysql("8.0.36").variable(variable, value))
                .findings()
                .get(0);

        assertThat(finding.effect()).isEqualTo(WARNING);
        assertThat(finding.message()).contains(WORDS).contains(vendor);
    }

    @Test
    void warnsByTheHostsName() {
        check.on(SnapshotFixture.mysql("8.0.36").host("Shop.mysql.database.azure.com"))
                .finds(WARNING, WORDS);
    }

    @Test
    void offersADumpAloneAndAnotherTool() {
        SnapshotFixture rds = SnapshotFixture.mysql("8.0.36").host("x.rds.amazonaws.com");

        assertThat(check.on(rds).findings().get(0).remedies())
                .extracting(Remedy::text)
                .anySatisfy(text -> assertThat(text).contains("--single-transaction --set-gtid-purged=OFF"))
                .anySatisfy(text -> assertThat(text).contains("mydumper or MySQL Shell"))
                .anySatisfy(text -> assertThat(text).contains("applier is stopped"));
        assertThat(check.with(Plans.dump()).on(rds).findings().get(0).remedies())
                .singleElement()
                .satisfies(remedy -> assertThat(remedy.text()).startsWith("For a dump alone"));
        assertThat(check.with(Plans.replication()).on(rds).findings().get(0).remedies())
                .allSatisfy(remedy -> assertThat(remedy.text()).startsWith("For replication"));
    }

    @Test
    void offersMariaDbNoGtidOption() {
        var finding = check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").host("x.rds.amazonaws.com"))
                .findings()
                .get(0);

        assertThat(finding.message()).contains("Amazon RDS for MariaDB");
        assertThat(finding.remedies())
                .singleElement()
                .satisfies(remedy -> assertThat(remedy.text()).doesNotContain("gtid"));
    }

    @ParameterizedTest
    @EnumSource(value = DumpTool.class, names = "MYSQLDUMP", mode = EnumSource.Mode.EXCLUDE)
    void doesNotApplyToOtherTools(DumpTool tool) {
        check.with(Plans.dumpedBy(tool))
                .on(SnapshotFixture.mysql("8.0.36").host("x.rds.amazonaws.com"))
                .doesNotApply("the dump is made by " + tool.command());
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("the tables of the source: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void recognisesATableOfRdsOnARealServer(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.createAccount("sees", "pw", "SELECT");
            server.createAccount("blind", "pw", "REPLICATION CLIENT");
            check.on(server.uri("sees", "pw")).passes();

            server.execute("CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))");
            check.on(server.uri("sees", "pw")).finds(WARNING, WORDS);
            // To that account the server shows no sign; a real one would still name RDS's data directory.
            check.on(server.uri("blind", "pw")).passes();

            server.execute("DROP TABLE mysql.rds_configuration");
            check.on(server.uri("sees", "pw")).passes();
        }
    }
}
