/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerUpgradeSyntaxTest {
    private final CheckTester check = CheckTester.of(new VerUpgradeSyntax());

    @Test
    void blocksWhatCannotBeCreatedAndWarnsOfWhatFailsLater() {
        List<Finding> findings = check.on(
                        SnapshotFixture.mysql("5.7.22")
                                .procedure(
                                        "shop",
                                        "p",
                                        "BEGIN\n SELECT PASSWORD('a'), rank FROM t GROUP BY a DESC;\n SELECT ENCODE('a', 'b'); END"))
                .findings();

        assertThat(findings).extracting(Finding::effect).containsExactlyInAnyOrder(BLOCKS_MIGRATION, WARNING);
        Finding blocker = only(findings, BLOCKS_MIGRATION);
        assertThat(blocker.message())
                .isEqualTo("procedure shop.p cannot be created on 8.4 (error 1064): rank in line 2 is reserved since"
                        + " 8.0.2, PASSWORD() in line 2 is gone since 8.0.11, GROUP BY with ASC or DESC in line 2 is"
                        + " gone since 8.0.13");
        assertThat(blocker.found()).isEqualTo("rank, PASSWORD(), GROUP BY with ASC or DESC");
        assertThat(blocker.remedies().get(0).text())
                .startsWith("Rewrite it on the source: rank into back-ticks; a hash of the application's own")
                .endsWith("ORDER BY behind GROUP BY in place of GROUP BY with ASC or DESC");
        assertThat(only(findings, WARNING).message())
                .isEqualTo("procedure shop.p will fail when it runs on 8.4 (error 1305): ENCODE() in line 3 is gone"
                        + " since 8.0.3");
    }

    @Test
    void knowsTheTablesOfTheServersOwnThatAreGone() {
        List<Finding> findings = check.on(SnapshotFixture.mysql("5.7.22")
                        .procedure("shop", "p", "SELECT name, db FROM `mysql` . `PROC`, shop.proc, t.mysql.proc")
                        .view(
                                "shop",
                                "v",
                                "select `information_schema`.`innodb_locks`.`lock_id` AS `l` from"
                                        + " `information_schema`.`innodb_locks`"))
                .findings();

        assertThat(findings)
                .extracting(finding -> finding.effect() + " " + finding.message())
                .containsExactly(
                        "BLOCKS_MIGRATION view shop.v cannot be created on 8.4 (error 1109): the table"
                                + " information_schema.innodb_locks in line 1 is gone since 8.0.3",
                        "WARNING procedure shop.p will fail when it runs on 8.4 (error 1146): the table mysql.proc in"
                                + " line 1 is gone since 8.0.3");
        assertThat(findings.get(0).remedies().get(0).text())
                .contains("performance_schema.data_locks in place of the table information_schema.innodb_locks");
    }

    @Test
    void looksAtTriggersEventsAndViews() {
        assertThat(check.on(SnapshotFixture.mysql("5.7.22")
                                .trigger(new Triggers.Trigger(
                                        "shop",
                                        "t",
                                        "item",
                                        "BEFORE",
                                        "INSERT",
                                        "root@localhost",
                                        "",
                                        "SET @@tx_isolation = 1"))
                                .event(new Events.Event(
                                        "shop",
                                        "e",
                                        "root@localhost",
                                        "ENABLED",
                                        "SYSTEM",
                                        "",
                                        true,
                                        "FLUSH QUERY CACHE"))
                                .view("shop", "v", "select encode('a','b') AS `x`"))
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "view shop.v cannot be created on 8.4 (error 1305): ENCODE() in line 1 is gone since 8.0.3",
                        "trigger shop.t cannot be created on 8.4 (error 1193): the variable tx_isolation in line 1 is"
                                + " gone since 8.0.3",
                        "event shop.e cannot be created on 8.4 (error 1064): FLUSH QUERY CACHE in line 1 is gone since"
                                + " 8.0.3");
    }

    @Test
    void countsWhatWouldMakeTheLineTooLong() {
        assertThat(check.on(SnapshotFixture.mysql("5.7.22")
                                .procedure("shop", "p", "SELECT rank, lead, lag, `of`, ntile, rank, system"))
                        .findings()
                        .get(0)
                        .message())
                .endsWith("lag in line 1 is reserved since 8.0.2 and 2 more");
    }

    @Test
    void looksAtGeneratedColumnsDefaultsAndIndexes() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .column("shop", "customer", column("m", "", null, "md5(_utf8mb4\\'it\\\\\\'s md5(\\')"))
                .column("shop", "customer", column("d", "DEFAULT_GENERATED", "sha1(uuid())", null))
                .column("shop", "customer", column("n", "", "md5(x)", null))
                .index(
                        "shop",
                        "customer",
                        new Index("i", false, "BTREE", true, List.of(new Index.Part(null, null, true, "sha(`name`)"))));

        assertThat(onto("9.7").on(fixture).findings())
                .extracting(Finding::message)
                .containsExactly(
                        "column shop.customer.d cannot be created on 9.7 (error 3770): SHA1() in line 1 is gone since 9.6.0",
                        "column shop.customer.m cannot be created on 9.7 (error 3763): MD5() in line 1 is gone since 9.6.0",
                        "index shop.customer.i cannot be created on 9.7 (error 3758): SHA() in line 1 is gone since 9.6.0");
        onto("8.4").on(fixture).passes();
    }

    @Test
    void knowsTheComponentThatBringsAFunctionBack() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.36").view("shop", "v", "select md5('a') AS `m`");
        Finding finding = onto("9.7")
                .on(source)
                .finds(BLOCKS_MIGRATION, "view shop.v cannot be created on 9.7 (error 1305): MD5()")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(1).sql())
                .extracting(Remedy.Statement::sql)
                .containsExactly("INSTALL COMPONENT 'file://component_classic_hashing'");

        SnapshotFixture target = SnapshotFixture.mysql("9.7.4");
        check.with(Plan.defaults().withTarget(target.build())).on(source).finds(BLOCKS_MIGRATION, "9.7.4");
        target.fact(
                Facts.EXTENSIONS, new ServerExtensions(List.of(), List.of("file://component_classic_hashing"), true));
        check.with(Plan.defaults().withTarget(target.build())).on(source).passes();
        target.fact(Facts.EXTENSIONS, new ServerExtensions(List.of("md5"), List.of(), true));
        check.with(Plan.defaults().withTarget(target.build())).on(source).passes();
    }

    @Test
    void leavesFunctionsOfTheUsersAlone() {
        check.on(SnapshotFixture.mysql("5.7.22")
                        .procedure("shop", "p", "SELECT distance(1, 2)")
                        .routine(function("distance", "")))
                .passes();
    }

    @Test
    void namesThatAreTooLong() {
        String longName = "t".repeat(64) + "_ibfk_1";
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22")
                .foreignKey("shop", "t".repeat(64), key(longName))
                .foreignKey("shop", "u".repeat(60), key("u".repeat(60) + "_ibf"))
                .foreignKey("shop", "v", key("v".repeat(64)))
                .view(
                        "shop",
                        "w",
                        "select (1 AS `" + "d".repeat(65) + "`) AS `" + "\u00e9".repeat(64) + "`,2 AS `"
                                + "c".repeat(65) + "` from (select 1 AS `" + "e".repeat(65) + "`) `f`");

        List<Finding> findings = check.on(fixture).findings();

        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly(
                        "the name of column " + "c".repeat(65)
                                + " of view shop.w has 65 characters, 8.4 takes at most 64 (error 1166)",
                        "the name of foreign key shop." + "t".repeat(64) + "." + longName
                                + " has 71 characters, 8.4 takes at most 64 (error 1059)",
                        "the name of foreign key shop." + "u".repeat(60) + "." + "u".repeat(60)
                                + "_ibf has more than 64 characters, 8.4 takes at most 64 (error 1059)");
        assertThat(findings.get(1).remedies().get(0).sql().get(0).sql())
                .isEqualTo(
                        "ALTER TABLE `shop`.`" + "t".repeat(64) + "` DROP FOREIGN KEY `" + longName
                                + "`, ADD CONSTRAINT `" + "t".repeat(50)
                                + "_fk_1` FOREIGN KEY (`p`) REFERENCES `shop`.`parent` (`id`) ON UPDATE RESTRICT ON DELETE CASCADE");
        assertThat(findings.get(2).remedies().get(0).sql()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"255, 0", "256, 1"})
    void valuesThatAreTooLong(int length, int count) {
        String value = "it''s".concat("\u00e9".repeat(length - 4));
        CheckTester tester = check.on(SnapshotFixture.mysql("5.7.22")
                .column("shop", "customer", "e", "enum('a','" + value + "')", true)
                .column("shop", "customer", "s", "set('" + value + "','b')", true)
                .column("shop", "customer", "v", "varchar(300)", true));
        if (count == 0) {
            tester.passes();
        } else {
            tester.finds(
                    2,
                    BLOCKS_MIGRATION,
                    "a value of ENUM column shop.customer.e has 256 characters, 8.4 takes at most 255 (error 3505)");
        }
    }

    @Test
    void modesThatAreGoneAreAWarningOnceADatabase() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22")
                .routine(function("f", "STRICT_TRANS_TABLES,NO_AUTO_CREATE_USER"))
                .routine(function("g", "NO_AUTO_CREATE_USER,DB2"));

        check.on(fixture)
                .finds(
                        WARNING,
                        "2 programs of shop have the SQL mode DB2, NO_AUTO_CREATE_USER, which 8.4 does not take: a dump"
                                + " that sets it stops there (error 1231)");
        Plan shell = new Plan(null, null, null, List.of(), Plan.DumpTool.MYSQL_SHELL, null, false);
        check.with(shell).on(fixture).passes();
    }

    @Test
    void isUnknownWhereATextCannotBeRead() {
        check.on(SnapshotFixture.mysql("5.7.22").view("shop", "v", null))
                .isUnknown("may not read the text of view shop.v");
        check.on(SnapshotFixture.mysql("5.7.22").procedure("shop", "p", null))
                .isUnknown("may not read the text of procedure shop.p");
        check.on(SnapshotFixture.mysql("8.0.36").view("shop", "v", null)).passes();
        check.on(SnapshotFixture.mysql("5.7.22").unavailable(Facts.COLUMNS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void passesWithOrdinaryProgramsAndLeavesOutWhatIsNotMigrated() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .procedure("shop", "p", "BEGIN DECLARE x INT; SELECT COUNT(*) INTO x FROM customer GROUP BY name; END")
                .view("shop", "v", "select md5(`shop`.`customer`.`name`) AS `m` from `shop`.`customer`")
                .procedure("mysql", "rds_p", "SHOW SLAVE STATUS");
        check.on(fixture).passes();
        onto("8.0").on(fixture).passes();
    }

    @Test
    void doesNotApplyToAnotherKindOfTarget() {
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mariaDb("10.11.18-MariaDB").build()))
                .on(SnapshotFixture.mysql("5.7.22"))
                .doesNotApply("MariaDB has versions of its own");
    }

    @Test
    void isQuickWithThousandsOfLongBodies() {
        String body =
                "BEGIN DECLARE x INT; SELECT a, COUNT(*) INTO x FROM t WHERE b = 'text' GROUP BY a; END;\n".repeat(110);
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 3_000; i++) {
            fixture.procedure("shop", "p" + i, body);
        }
        var snapshot = fixture.build();

        Outcome outcome = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).outcome());

        assertThat(outcome).isEqualTo(Outcome.passed());
    }

    /** What is foretold of a dump of 5.7 is what its load says, object by object. */
    @ParameterizedTest
    @NeedsServer(Release.MYSQL_9_7)
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() SELECT a FROM t GROUP BY a DESC",
                "CREATE PROCEDURE p() SELECT a FROM t GROUP BY a ORDER BY a DESC",
                "CREATE PROCEDURE p() SELECT PASSWORD('x')",
                "CREATE PROCEDURE p() SELECT ENCODE('x', 'y')",
                "CREATE PROCEDURE p() SELECT SQL_CACHE * FROM t",
                "CREATE PROCEDURE p() SELECT SQL_CACHE a FROM t",
                "CREATE PROCEDURE p() SET SESSION tx_isolation = 'READ-COMMITTED'",
                "CREATE PROCEDURE p() SELECT a AS rank FROM t",
                "CREATE PROCEDURE p() SHOW SLAVE STATUS",
                "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN ISNULL(\\N)",
                "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = (SELECT a FROM u GROUP BY a ASC LIMIT 1)",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT PASSWORD('x')",
                "CREATE VIEW v AS SELECT a FROM t GROUP BY a DESC",
                "CREATE VIEW v AS SELECT PASSWORD('x') AS p",
                "CREATE VIEW v AS SELECT ENCODE('x', 'y') AS p",
                "CREATE VIEW v AS SELECT SQL_CACHE a FROM t",
                "CREATE VIEW v AS SELECT ASTEXT(g) FROM t",
                "CREATE VIEW v AS SELECT name FROM mysql.proc",
                "CREATE VIEW v AS SELECT NAME FROM information_schema.INNODB_SYS_TABLES",
                "CREATE VIEW v AS SELECT VARIABLE_VALUE FROM information_schema.global_status",
                "CREATE VIEW v AS SELECT TABLE_NAME FROM information_schema.TABLES",
                "CREATE PROCEDURE p() SELECT name FROM mysql.proc",
                "ALTER TABLE t ADD COLUMN p VARBINARY(20) AS (ENCODE('x', 'y'))"
            })
    void foretellsTheLoadOfADump(String statement) {
        foretells(Release.MYSQL_5_7, Release.MYSQL_8_0, statement);
    }

    @ParameterizedTest
    @NeedsServer(Release.MYSQL_9_7)
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() SHOW SLAVE STATUS",
                "CREATE PROCEDURE p() SELECT MD5('x')",
                "CREATE PROCEDURE p() SELECT @@expire_logs_days",
                "CREATE PROCEDURE p() BEGIN DECLARE library INT; END",
                "CREATE PROCEDURE p() BEGIN DECLARE manual INT; END",
                "CREATE VIEW v AS SELECT MD5('x') AS p",
                "CREATE VIEW v AS SELECT SHA2('x', 256) AS p",
                "ALTER TABLE t ADD COLUMN p CHAR(32) AS (MD5('it''s'))",
                "ALTER TABLE t ADD COLUMN p CHAR(32) DEFAULT (SHA1('x'))",
                "ALTER TABLE t ADD INDEX ((MD5('x')))"
            })
    void foretellsTheLoadOfADumpOf80Into97(String statement) {
        foretells(Release.MYSQL_8_0, Release.MYSQL_9_7, statement);
    }

    private void foretells(Release from, Release to, String statement) {
        TestServer source = server(from);
        TestServer target = server(to);
        source.execute(
                "SET sql_mode = ''",
                "DROP DATABASE IF EXISTS upsyn",
                "CREATE DATABASE upsyn",
                "USE upsyn",
                "CREATE TABLE t (a INT, g GEOMETRY)",
                "CREATE TABLE u (a INT)",
                statement);
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(
                source,
                "root",
                "",
                "--column-statistics=0",
                "--set-gtid-purged=OFF",
                "--routines",
                "--events",
                "--databases",
                "upsyn");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
        DumpClient.Result load = client.load(dump, target);

        Outcome outcome =
                check.onto(target.uri("root", "")).on(source.uri("root", "")).outcome();

        assertThat(blocks(outcome))
                .as(statement + ": " + load.errors() + outcome)
                .isEqualTo(!load.succeeded());
        if (!load.succeeded()) {
            String error = load.errors().replaceAll("(?s)ERROR (\\d+) .*", "$1");
            assertThat(((Outcome.Found) outcome).findings().get(0).message()).contains("(error " + error + ")");
        }
        source.execute("DROP DATABASE upsyn");
        target.execute("DROP DATABASE IF EXISTS upsyn");
    }

    /** 5.7 with its default mode: the load stops with 1231, at nothing that has to be changed on the source. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsThatADumpSetsAModeThatIsGone() {
        TestServer source = server(Release.MYSQL_5_7);
        TestServer target = server(Release.MYSQL_8_0);
        source.execute(
                "SET sql_mode = 'NO_AUTO_CREATE_USER'",
                "DROP DATABASE IF EXISTS upmode",
                "CREATE DATABASE upmode",
                "CREATE PROCEDURE upmode.p() SELECT 1");
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(
                source,
                "root",
                "",
                "--column-statistics=0",
                "--set-gtid-purged=OFF",
                "--routines",
                "--databases",
                "upmode");

        assertThat(client.load(dump, target).errors()).contains("ERROR 1231");
        check.onto(target.uri("root", ""))
                .on(source.uri("root", ""))
                .finds(WARNING, "a program of upmode has the SQL mode NO_AUTO_CREATE_USER, which 8.0.15 does not take");
        source.execute("SET sql_mode = ''", "DROP PROCEDURE upmode.p", "CREATE PROCEDURE upmode.p() SELECT 1");
        check.onto(target.uri("root", "")).on(source.uri("root", "")).passes();
        source.execute("DROP DATABASE upmode");
        target.execute("DROP DATABASE upmode");
    }

    /** 1059, 1166 and 3505, with the remedy for the key, whose name grew with that of its table. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void foretellsNamesThatAreTooLong(boolean seesInnoDb) {
        TestServer source = server(Release.MYSQL_5_7);
        String longName = "t".repeat(64);
        source.execute(
                "SET sql_mode = ''",
                "DROP DATABASE IF EXISTS uplong",
                "CREATE DATABASE uplong",
                "USE uplong",
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "CREATE TABLE short (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id) ON DELETE CASCADE)",
                "RENAME TABLE short TO " + longName);
        String user = "longish";
        source.createAccount(
                user, "Sesame-1", seesInnoDb ? new String[] {"SELECT", "PROCESS"} : new String[] {"SELECT"});
        source.execute("GRANT SHOW VIEW, TRIGGER, EVENT ON *.* TO " + user);

        CheckTester tester = check.on(source.uri(user, "Sesame-1")).finds(BLOCKS_MIGRATION, "(error 1059)");

        if (seesInnoDb) {
            source.execute(tester.remedySql());
            check.on(source.uri(user, "Sesame-1")).passes();
        }
        source.execute("DROP USER " + user);
        source.execute(
                "DROP DATABASE uplong",
                "CREATE DATABASE uplong",
                "CREATE VIEW uplong.v (`" + "c".repeat(65) + "`) AS SELECT 1",
                "CREATE TABLE uplong.e (e ENUM('" + "x".repeat(256) + "'))");
        assertThat(check.on(source.uri("root", "")).findings())
                .extracting(finding -> finding.object().label())
                .containsExactly("uplong.e.e", "uplong.v." + "c".repeat(65));
        source.execute("DROP DATABASE uplong");
    }

    /** One of this class's own, without what an earlier test left. */
    private static TestServer server(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "81").shared();
        for (String schema : List.of("upsyn", "upmode", "uplong")) {
            server.execute("DROP DATABASE IF EXISTS " + schema);
        }
        server.execute("DROP USER IF EXISTS longish");
        return server;
    }

    private static boolean blocks(Outcome outcome) {
        return outcome instanceof Outcome.Found found
                && found.findings().stream()
                        .anyMatch(finding -> finding.effect().isBlocker());
    }

    private static Finding only(List<Finding> findings, Effect effect) {
        return findings.stream()
                .filter(finding -> finding.effect() == effect)
                .findFirst()
                .orElseThrow();
    }

    private CheckTester onto(String version) {
        return check.with(
                new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false));
    }

    private static Column column(
            String name, String extra, @Nullable String defaultValue, @Nullable String expression) {
        return new Column(name, "char(40)", true, defaultValue, extra, "utf8mb4_general_ci", expression);
    }

    private static ForeignKey key(String name) {
        return new ForeignKey(name, List.of("p"), "shop", "parent", List.of("id"), "RESTRICT", "CASCADE");
    }

    private static Routines.Routine function(String name, String mode) {
        return new Routines.Routine(
                "shop",
                name,
                "FUNCTION",
                "root@localhost",
                "DEFINER",
                "NO SQL",
                true,
                mode,
                "int(11)",
                null,
                "RETURN 1");
    }
}
