/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.snapshot.Processes.Busy;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Transactions;
import io.github.mysqlpreflight.core.snapshot.Transactions.Transaction;
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

class DumpLongTrxTest {
    private final CheckTester check = CheckTester.of(new DumpLongTrx());

    private static SnapshotFixture open(Transaction... transactions) {
        return SnapshotFixture.mysql("8.0.36").fact(Facts.TRANSACTIONS, new Transactions(List.of(transactions)));
    }

    private static SnapshotFixture doing(Busy... busy) {
        return SnapshotFixture.mysql("8.0.36").fact(Facts.PROCESSES, new Processes(List.of(busy), 3));
    }

    private static Busy query(long connection, long seconds, String state) {
        return new Busy(connection, "app", "Query", seconds, state, "shop", null);
    }

    @Test
    void passesWhereNothingRunsLong() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
        check.on(open(new Transaction(17, 59, "RUNNING", 5))).passes();
        check.on(doing(query(17, 59, "executing"))).passes();
    }

    @Test
    void warnsOfATransactionOfAMinute() {
        Finding finding = check.on(open(new Transaction(17, 60, "RUNNING", 0)))
                .finds(
                        WARNING,
                        "connection 17 of the source may hold up the locks of a dump: a transaction open for 1 min")
                .findings()
                .get(0);
        assertThat(finding.object().label()).isEqualTo("connection 17");
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(1).sql().get(0).sql()).isEqualTo("KILL 17");

        check.on(open(new Transaction(17, 7_500, "LOCK WAIT", 12_345)))
                .finds(WARNING, "a transaction open for 2 h 5 min, 12,345 rows changed");
    }

    @Test
    void warnsOfAStatementOfAMinute() {
        check.on(doing(query(17, 60, "executing"))).finds(WARNING, "a statement running for 1 min");
        check.on(doing(new Busy(17, "app", "Execute", 600, "Sending data", null, null)))
                .finds(WARNING, "a statement running for 10 min");
    }

    @ParameterizedTest
    @CsvSource({"Waiting for global read lock", "Waiting for table flush", "Waiting for commit lock"})
    void warnsOfWhatWaitsForALockOfTheServer(String state) {
        check.on(doing(query(17, 2, state))).finds(WARNING, state + " for 2 s");
        check.on(doing(query(17, 1, state))).passes();
    }

    @Test
    void leavesOutWhatRunsByNature() {
        check.on(doing(
                        new Busy(5, "event_scheduler", "Daemon", 90_000, "Waiting on empty queue", null, null),
                        new Busy(6, "repl", "Binlog Dump GTID", 90_000, "", null, null),
                        new Busy(7, "system user", "Connect", 90_000, "", null, null),
                        new Busy(8, "system user", "Query", 90_000, "Replica has read all relay log", null, null)))
                .passes();
    }

    @Test
    void leavesChangesOfDefinitionsAndPreparedTransactionsToTheirChecks() {
        check.on(doing(new Busy(17, "app", "Query", 600, "altering table", "shop", "ALTER TABLE")))
                .passes();
        check.on(open(new Transaction(0, 90_000, "RUNNING", 1))).passes();
    }

    @Test
    void namesAConnectionOnce() {
        check.on(open(new Transaction(17, 90, "RUNNING", 0))
                        .fact(
                                Facts.PROCESSES,
                                new Processes(List.of(query(17, 90, "executing"), query(18, 70, "executing")), 0)))
                .finds(2, WARNING, "a transaction open for 2 min");
    }

    @Test
    void killsNoApplier() {
        assertThat(check.on(open(new Transaction(7, 90, "RUNNING", 0))
                                .fact(
                                        Facts.PROCESSES,
                                        new Processes(
                                                List.of(new Busy(
                                                        7, "system user", "Query", 90, "Applying", null, null)),
                                                0)))
                        .findings()
                        .get(0)
                        .remedies())
                .singleElement()
                .satisfies(remedy -> assertThat(remedy.sql()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "x.rds.amazonaws.com, CALL mysql.rds_kill(17)",
        "x.mysql.database.azure.com, CALL mysql.az_kill(17)",
    })
    void endsItInTheVendorsWords(String host, String sql) {
        assertThat(check.on(open(new Transaction(17, 90, "RUNNING", 0)).host(host))
                        .findings()
                        .get(0)
                        .remedies()
                        .get(1)
                        .sql()
                        .get(0)
                        .sql())
                .isEqualTo(sql);
    }

    @Test
    void isUnknownWithoutTheTransactions() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TRANSACTIONS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the open transactions of the source: denied");
    }

    /**
     * Nobody waits a minute in a test, so the ages are put in: what the server says of a young transaction is made older. What it does
     * to a dump is tried for real.
     */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealTransactionHoldsUpLockTables(Release release) throws SQLException {
        TestServer server = TestServer.of(release).shared();
        server.createAccount("longtrx", "pw", "SELECT");
        server.execute(
                "CREATE DATABASE longtrx",
                "CREATE TABLE longtrx.t (id INT PRIMARY KEY, n INT) ENGINE=InnoDB",
                "INSERT INTO longtrx.t VALUES (1, 1)");
        String uri = server.uri("root", "");
        try (Held held = new Held(server);
                Held dump = new Held(server)) {
            held.run("BEGIN", "UPDATE longtrx.t SET n = 2");
            dump.run("SET SESSION lock_wait_timeout = 1");
            check.on(server.uri("longtrx", "pw")).isUnknown("PROCESS");
            assertThat(dump.errorOf("LOCK TABLES longtrx.t READ")).isEqualTo(1205);

            List<Finding> findings = check.on(aged(uri, 60)).findings();
            Finding finding = findings.stream()
                    .filter(one -> String.valueOf(one.found()).endsWith("1 rows changed"))
                    .findFirst()
                    .orElseThrow();
            server.execute(finding.remedies().get(1).sql().stream()
                    .map(one -> one.sql())
                    .toArray(String[]::new));
            assertThat(dump.errorOf("LOCK TABLES longtrx.t READ")).isZero();
        } finally {
            server.execute("DROP DATABASE longtrx", "DROP USER longtrx");
        }
    }

    private static Snapshot aged(String uri, long seconds) {
        Snapshot snapshot = CheckTester.read(uri, new DumpLongTrx().info().facts());
        return snapshot.toBuilder()
                .put(
                        Facts.TRANSACTIONS,
                        new Transactions(snapshot.get(Facts.TRANSACTIONS).list().stream()
                                .map(one -> new Transaction(
                                        one.connection(), one.ageSeconds() + seconds, one.state(), one.rowsModified()))
                                .toList()))
                .build();
    }

    /** A statement holds up FLUSH TABLES WITH READ LOCK, and that every write. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealFlushThatWaits(Release release) throws SQLException, InterruptedException {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY) ENGINE=InnoDB");
            server.execute("INSERT INTO shop.t VALUES (1)");
            String uri = server.uri("root", "");
            check.on(uri).passes();
            try (Held reader = new Held(server);
                    Held flush = new Held(server);
                    Held writer = new Held(server)) {
                reader.begin("SELECT SLEEP(60) FROM shop.t", 0);
                flush.begin("FLUSH TABLES WITH READ LOCK", 0);
                writer.run("SET SESSION lock_wait_timeout = 2");
                assertThat(writer.errorOf("INSERT INTO shop.t VALUES (2)")).isEqualTo(1205);
                check.on(uri).finds(WARNING, "Waiting for table flush for");
            }
        }
    }
}
