/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerMariadbOnlyTest {
    private final CheckTester check = CheckTester.of(new VerMariadbOnly());

    private static SnapshotFixture withDefault(String version, String value) {
        return SnapshotFixture.mariaDb(version)
                .column("shop", "customer", new Column("c", "varchar(40)", true, value, "", "utf8mb4_bin", null));
    }

    @Test
    void isAboutMariaDbAlone() {
        check.on(SnapshotFixture.mysql("8.0.36").column("shop", "customer", "c", "uuid", true))
                .doesNotApply("no MariaDB");
        check.with(Plans.onto(SnapshotFixture.mariaDb("11.4.2-MariaDB")))
                .on(SnapshotFixture.mariaDb("10.11.19-MariaDB").column("shop", "customer", "c", "uuid", true))
                .doesNotApply("no MySQL");
        check.on(SnapshotFixture.mariaDb("10.11.19-MariaDB")).passes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'uuid()'", "NULL", "-1.5", "7", "b'1'", "X'41'", "current_timestamp()", "current_timestamp(6)"})
    void takesLiterals(String value) {
        check.on(withDefault("10.11.19-MariaDB", value)).passes();
    }

    @ParameterizedTest
    @CsvSource({"uuid(), 8.4.0, 1", "(1 + 1), 8.0.13, 0", "(1 + 1), 8.0.12, 1", "curdate(), 9.7.0, 1", "`id`, 9.7.0, 1"
    })
    void takesExpressionsInParenthesesFrom8013On(String value, String target, int findings) {
        CheckTester judged =
                check.with(Plans.onto(SnapshotFixture.mysql(target))).on(withDefault("10.11.19-MariaDB", value));
        if (findings == 0) {
            judged.passes();
        } else {
            judged.finds(BLOCKS_DUMP, "column shop.customer.c has the default " + value);
        }
    }

    /** Before 10.2.1 a default is shown without quotes. */
    @Test
    void oldServersShowTextsAsTheyAre() {
        check.on(withDefault("10.1.48-MariaDB", "uuid()")).passes();
    }

    @Test
    void looksAtWhatIsMigratedAndNeedsToSeeIt() {
        SnapshotFixture uuid =
                SnapshotFixture.mariaDb("10.11.19-MariaDB").column("shop", "customer", "c", "uuid", true);
        check.on(uuid).finds(BLOCKS_DUMP, "has the type uuid");
        check.with(Plans.ignoring("shop")).on(uuid).passes();
        check.on(uuid.unavailable(Facts.COLUMNS, Fact.Cause.TIMEOUT, "slow")).isUnknown("slow");
    }

    /** What it finds is what the load of a dump into 8.0 stops at, what it passes loads, and the remedies in SQL mend it. */
    @ParameterizedTest
    @NeedsServer({Release.MARIADB_10_11, Release.MYSQL_9_7})
    @ValueSource(
            strings = {
                "CREATE TABLE t (id INT PRIMARY KEY, ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, d"
                        + " DATETIME(3) DEFAULT NOW(3), e ENUM('a','b') DEFAULT 'a', n DECIMAL(3,1) DEFAULT -1.5, b BIT(3)"
                        + " DEFAULT b'101', j JSON, x INT DEFAULT (1 + 1), g INT AS (id + 1) PERSISTENT, tx TEXT DEFAULT NULL,"
                        + " KEY (n DESC), CHECK (n < 3))",
                "CREATE SEQUENCE t",
                "CREATE TABLE t (id INT PRIMARY KEY) WITH SYSTEM VERSIONING",
                "CREATE TABLE t (id UUID PRIMARY KEY)",
                "CREATE TABLE t (id INT PRIMARY KEY, a INET6, b INET4)",
                "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(36) DEFAULT UUID())",
                "CREATE TABLE t (id INT PRIMARY KEY, a INT DEFAULT (id))",
                "CREATE TABLE t (id INT PRIMARY KEY, a TEXT DEFAULT 'x', b JSON DEFAULT '{}')",
                "CREATE TABLE t (id INT PRIMARY KEY, a TEXT DEFAULT '')",
                "CREATE TABLE t (id INT PRIMARY KEY, a INT, KEY k (a) IGNORED)",
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=Aria",
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=Aria TRANSACTIONAL=0 ROW_FORMAT=PAGE",
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB PAGE_CHECKSUM=1",
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=MyISAM"
            })
    void foretellsTheLoad(String statement) {
        TestServer source = TestServer.of(Release.MARIADB_10_11).shared();
        TestServer target = TestServer.of(Release.MYSQL_8_0).shared();
        source.execute(
                "DROP DATABASE IF EXISTS only_here",
                "CREATE DATABASE only_here CHARACTER SET utf8mb4",
                "USE only_here",
                statement);
        String load = load(source, target);
        CheckTester judged = check.on(source.uri("root", "")).onto(target.uri("root", ""));

        if (load.isEmpty()) {
            judged.passes();
        } else {
            assertThat(judged.outcome()).as(load).isInstanceOf(Outcome.Found.class);
            String error = load.replaceAll("(?s)ERROR (\\d+) .*", "$1");
            assertThat(judged.findings().get(0).message()).contains("(error " + error + ")");
            if (!judged.findings().get(0).remedies().get(0).sql().isEmpty()) {
                source.execute(judged.remedySql());
                check.on(source.uri("root", "")).onto(target.uri("root", "")).passes();
                assertThat(load(source, target)).isEmpty();
            }
        }
        source.execute("DROP DATABASE only_here");
    }

    private static String load(TestServer source, TestServer target) {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(
                source, "root", "", "--ssl-mode=DISABLED", "--column-statistics=0", "--databases", "only_here");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
        String errors = client.load(dump, target).errors();
        target.execute("DROP DATABASE IF EXISTS only_here");
        return errors;
    }
}
