/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogFiltersTest {
    private final CheckTester check = CheckTester.of(new BinlogFilters());

    private static SnapshotFixture filtered(String logged, String ignored) {
        return SnapshotFixture.mysql("8.0.36")
                .schema("crm")
                .fact(
                        Facts.BINARY_LOG_STATUS,
                        new BinaryLogStatus(new BinaryLogStatus.Position("binlog.000002", 155, logged, ignored, "")));
    }

    @Test
    void blocksWhatIsNotAmongTheLogged() {
        Finding finding = check.on(filtered("crm", ""))
                .finds(
                        BLOCKS_REPLICATION,
                        "changes of shop are not in the binary log: Binlog_Do_DB of the source is crm")
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(ObjectRef.schema("shop"));
        assertThat(finding.remedies().get(0).text()).contains("binlog_do_db", "my.cnf", "restart");
    }

    @Test
    void blocksWhatIsAmongTheIgnored() {
        check.on(filtered("", "tmp,shop")).finds(BLOCKS_REPLICATION, "changes of shop are not in the binary log");
        check.on(filtered("", "crm,shop")).finds(2, BLOCKS_REPLICATION, "changes of crm");
    }

    @Test
    void aListOfLoggedDatabasesWins() {
        check.on(filtered("crm", "crm")).finds(BLOCKS_REPLICATION, "changes of shop");
    }

    @Test
    void cannotTellOneOptionWithACommaFromTwo() {
        check.on(filtered("shop,crm", "")).isUnknown("may be one option with a comma in its value");
        check.on(filtered("shop,other", "")).finds(BLOCKS_REPLICATION, "changes of crm");
    }

    @Test
    void warnsOfStatementsWhereTheRowsGetThrough() {
        check.with(Plans.ignoring("crm"))
                .on(filtered("shop", ""))
                .finds(WARNING, "are not logged while another database is the default one");
        check.on(filtered("", "mysql")).finds(NOTICE, "Binlog_Ignore_DB of the source is mysql");
    }

    @Test
    void comparesNamesAsTheServerDoes() {
        check.with(Plans.ignoring("crm")).on(filtered("Shop", "")).finds(BLOCKS_REPLICATION, "changes of shop");
        check.with(Plans.ignoring("crm"))
                .on(filtered("Shop", "").variable("lower_case_table_names", "1"))
                .finds(WARNING, "Binlog_Do_DB of the source is Shop");
        check.on(filtered("", "SHOP").variable("lower_case_table_names", "1"))
                .finds(BLOCKS_REPLICATION, "changes of shop");
    }

    @Test
    void passesWithoutAFilter() {
        check.on(filtered("", "")).passes();
    }

    @Test
    void sendsTheCustomerOfAVendorToTheParameters() {
        Finding finding = check.on(filtered("crm", "")
                        .variable("aurora_version", "3.05.2")
                        .unavailable(Facts.CONNECTION, Fact.Cause.ERROR, "-"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("DB cluster parameter group", "leave binlog_do_db empty");
    }

    @Test
    void doesNotApplyWithoutABinaryLogOrToADump() {
        check.on(filtered("", "").fact(Facts.BINARY_LOG_STATUS, new BinaryLogStatus(null)))
                .doesNotApply("binlog.enabled judges it");
        check.with(Plans.dump()).on(filtered("crm", "")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheStatus() {
        check.on(filtered("", "").unavailable(Facts.BINARY_LOG_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the binary log's status of the source: denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void foretellsWhatARealServerLogs(Release release) {
        losesStatementsUnderAnotherDatabase(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatA97Logs() {
        losesStatementsUnderAnotherDatabase(Release.MYSQL_9_7);
    }

    private void losesStatementsUnderAnotherDatabase(Release release) {
        try (TestServer server = TestServer.of(release)
                .with("binlog_do_db", "Shop")
                .with("lower_case_table_names", "1")
                .start()) {
            server.createAccount("mig", "pw", "SELECT, REPLICATION CLIENT");
            server.createAccount("blind", "pw", "SELECT");
            String uri = server.uri("mig", "pw");
            server.execute("CREATE DATABASE Shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            check.on(uri).finds(WARNING, "Binlog_Do_DB of the source is Shop");
            check.on(server.uri("blind", "pw")).isUnknown("the binary log's status of the source");

            server.execute("CREATE DATABASE crm", "CREATE TABLE crm.t (id INT PRIMARY KEY)");
            check.on(uri).finds(BLOCKS_REPLICATION, "changes of crm are not in the binary log");
            long before = position(uri);
            server.execute("INSERT INTO crm.t VALUES (1)", "USE crm", "ALTER TABLE shop.t ADD lost INT");
            assertThat(position(uri)).isEqualTo(before);
            server.execute("USE crm", "INSERT INTO shop.t (id) VALUES (1)");
            assertThat(position(uri)).isGreaterThan(before);
        }
    }

    @Test
    void oneOptionWithACommaLogsNothing() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("binlog_do_db", "shop,crm")
                .start()) {
            server.execute("CREATE DATABASE shop", "CREATE DATABASE crm");
            String uri = server.uri("root", "");
            long before = position(uri);
            server.execute("USE shop", "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            assertThat(position(uri)).isEqualTo(before);
            check.on(uri).isUnknown("then no change of any database is logged");
        }
    }

    private static long position(String uri) {
        return CheckTester.read(uri, List.of(Facts.BINARY_LOG_STATUS))
                .get(Facts.BINARY_LOG_STATUS)
                .current()
                .position();
    }
}
