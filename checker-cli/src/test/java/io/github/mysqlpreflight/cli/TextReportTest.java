/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.BinaryLogRetention;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.Advisor;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.ObjectPattern;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Estimates;
import io.github.mysqlpreflight.core.report.SourceInfo;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TextReportTest {
    private static final TextReport.Layout PLAIN = new TextReport.Layout(100, false, false);
    private static final Outcome.Headline ENGINES =
            new Outcome.Headline("1 table is not InnoDB", "{n} tables are not InnoDB");

    private final List<CheckResult> results = new ArrayList<>();
    private Plan plan = Plan.defaults();

    private static SourceInfo source(ConnectionFacts.@Nullable Failure failure, @Nullable String tls) {
        boolean there = failure == null;
        return new SourceInfo(
                "db1.example",
                3306,
                "mig",
                there ? "8.0.15" : null,
                there ? "MySQL 8.0.15" : null,
                there ? "MYSQL" : null,
                null,
                Instant.EPOCH,
                412,
                there ? 2 : 0,
                tls,
                failure,
                there ? 6 : -1);
    }

    private TextReportTest add(String id, Outcome outcome) {
        CheckInfo info = CheckInfo.of(id, "title")
                .why("why")
                .fix("fix")
                .links("https://example.com")
                .effects(Effect.values())
                .build();
        results.add(new CheckResult(info, outcome, 1));
        return this;
    }

    private String report(TextReport.Layout layout) {
        return TextReport.of(
                new Assessment(
                        "1.0",
                        source(null, "TLSv1.3"),
                        plan,
                        "8.4",
                        List.of("shop", "blog"),
                        results,
                        Advisor.advise(results, plan),
                        false),
                layout);
    }

    private static Finding notInnoDb(String table, String engine) {
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.table("shop", table),
                engine,
                "InnoDB",
                SafeText.of("shop." + table) + " is not InnoDB",
                List.of(Remedy.sql(
                        "Rebuild as InnoDB; writes to the table wait:",
                        "ALTER TABLE `shop`.`" + table + "` ENGINE=InnoDB")));
    }

    private static Finding gtid() {
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "gtid_mode"),
                "OFF",
                "ON",
                "gtid_mode is OFF, must be ON",
                List.of(new Remedy(
                        "Online, in this order, on every server of the topology; and in my.cnf:",
                        List.of(
                                new Remedy.Statement(
                                        "SET GLOBAL enforce_gtid_consistency = WARN", "then watch the error log"),
                                new Remedy.Statement("SET GLOBAL gtid_mode = OFF_PERMISSIVE", null)),
                        List.of("[mysqld]", "gtid_mode = ON"))));
    }

    @Test
    void aHealthySourceNeedsFiveLines() {
        add("binlog.format", Outcome.passed());
        add("gtid.mode", Outcome.passed());
        assertThat(report(PLAIN)).isEqualTo("""
                MySQL 8.0.15 at db1.example:3306, 2 databases to migrate, target 8.4, read in 0.4 s over 2
                  connections (TLSv1.3)

                  REPLICATION  Nothing blocks replication.

                  2 passed

                All pre-checks passed successfully, preferred migration method will be [Replication]
                """);
    }

    @Test
    void muchDataIsToldBehindTheVerdict() {
        add("gtid.mode", Outcome.passed());
        Estimates estimates = new Estimates(
                new DataVolume(
                        1_204,
                        412L << 30,
                        95L << 30,
                        List.of(new TableSizes.Size("shop", "log\u001b", 5, 120L << 30, 0))),
                "",
                86_400,
                new DataVolume(0, 0, 0, List.of()),
                new Estimates.Writes(true, 12, 340, null, 1.2 * (1 << 20)),
                Plan.DEFAULT_DUMP_THROUGHPUT,
                8_437L,
                new BinaryLogRetention(BinaryLogRetention.State.FOREVER, 0, "expire_logs_days"),
                null);
        assertThat(TextReport.of(
                        new Assessment(
                                "1.0",
                                source(null, "TLSv1.3"),
                                plan,
                                "8.4",
                                List.of("shop", "blog"),
                                results,
                                Advisor.advise(results, plan),
                                false,
                                null,
                                null,
                                estimates),
                        PLAIN))
                .contains("""
                          REPLICATION  Nothing blocks replication.

                          Data: 412 GB and 95 GB of indexes in 1,204 tables (statistics up to 24 h old), the largest
                            shop.log<U+001B> with 120 GB; a dump takes about 2 h 21 min at 50 MB/s; binary logs are never
                            purged; 340 writes/s and 1.2 MB/s of binary log, watched for 12 s

                          1 passed
                        """);
    }

    @Test
    void aMessySourceIsToldWithEveryWayOut() {
        add("conn.source", Outcome.passed());
        add("gtid.mode", Outcome.found(gtid()));
        add(
                "priv.visibility",
                Outcome.unknown(
                        "the account sees 2 databases; without SELECT on *.* there may be more",
                        Remedy.sql("Let it see all:", "GRANT SELECT ON *.* TO 'mig'@'%'")));
        add("priv.select", Outcome.notApplicable("no"));
        add("obj.engine", Outcome.of(List.of(notInnoDb("log", "MyISAM"), notInnoDb("sessions", "MEMORY")), ENGINES));
        add(
                "obj.selection",
                Outcome.found(new Finding(
                        Effect.WARNING,
                        ObjectRef.schema("legcay"),
                        "ignored database legcay does not exist (did you mean legacy?)")));
        add("obj.count", new Outcome.Failed("java.lang.IllegalStateException: what at Foo.java:3"));
        add(
                "conn.tls",
                Outcome.found(new Finding(
                        Effect.NOTICE,
                        ObjectRef.server(Side.SOURCE),
                        "TLS 1.2",
                        null,
                        "the session uses old TLS",
                        List.of())));
        assertThat(report(PLAIN)).isEqualTo("""
                MySQL 8.0.15 at db1.example:3306, 2 databases to migrate, target 8.4, read in 0.4 s over 2
                  connections (TLSv1.3)

                  DUMP       Replication is blocked by 2 checks, and 2 checks could not be judged; nothing blocks a
                             dump.

                  BLOCKS REPLICATION
                  x gtid.mode        gtid_mode is OFF, must be ON
                                     Online, in this order, on every server of the topology; and in my.cnf:
                                       SET GLOBAL enforce_gtid_consistency = WARN;  -- then watch the error log
                                       SET GLOBAL gtid_mode = OFF_PERMISSIVE;
                                       [mysqld]
                                       gtid_mode = ON
                  x obj.engine       2 tables are not InnoDB
                                       shop.log       MyISAM
                                       shop.sessions  MEMORY
                                     Rebuild as InnoDB; writes to the table wait:
                                       ALTER TABLE `shop`.`log` ENGINE=InnoDB;
                                       ALTER TABLE `shop`.`sessions` ENGINE=InnoDB;

                  WARNINGS
                  ! obj.selection    ignored database legcay does not exist (did you mean legacy?)

                  COULD NOT BE SEEN
                  ? priv.visibility  the account sees 2 databases; without SELECT on *.* there may be more
                                     Let it see all:
                                       GRANT SELECT ON *.* TO 'mig'@'%';

                  BROKE
                  x obj.count        java.lang.IllegalStateException: what at Foo.java:3
                                     This is a bug of mysql-preflight 1.0, not of the server: please report it.

                  NOTICES
                  i conn.tls         the session uses old TLS
                                       found: TLS 1.2

                  1 passed, 2 block replication, 1 warning, 1 notice, 1 unknown, 1 broke, 1 not applicable
                  (mysql-preflight explain gtid.mode)

                Not all pre-checks passed successfully, preferred migration method will be [Dump]: gtid_mode is OFF,\
                 must be ON; 2 tables are not InnoDB (shop.log, shop.sessions); not verified: priv.visibility (the\
                 account sees 2 databases; without SELECT on *.* there may be more); obj.count (the check failed:\
                 java.lang.IllegalStateException: what at Foo.java:3)
                """);
    }

    /** The results with what the rules accept, and what came of the rules. */
    private String accepting(TextReport.Layout layout, AcceptList.Rule... rules) {
        Snapshot snapshot = SnapshotFixture.mysql("8.0.15").build();
        List<Check> checks = new ArrayList<>();
        for (CheckResult result : results) {
            checks.add(new Check() {
                @Override
                public CheckInfo info() {
                    return result.info();
                }

                @Override
                public Outcome inspect(Snapshot source, Plan wanted) {
                    return result.outcome();
                }
            });
        }
        return TextReport.of(
                new Preflight(CheckRegistry.of(List.of()), "1.0")
                        .accepting(new AcceptList("accept.yaml", LocalDate.of(2026, 11, 22), List.of(rules)))
                        .judge(snapshot, plan, checks),
                layout);
    }

    @Test
    void whatIsAcceptedIsToldWithItsReasonAndWhatAcceptsNothingIsAWarning() {
        add("gtid.mode", Outcome.found(gtid()));
        add(
                "obj.engine",
                Outcome.of(
                        List.of(
                                notInnoDb("log", "MyISAM"),
                                notInnoDb("old", "MyISAM"),
                                notInnoDb("sessions", "MEMORY"),
                                notInnoDb("users", "MyISAM")),
                        ENGINES));
        add("priv.select", Outcome.unknown("denied"));
        LocalDate day = LocalDate.of(2026, 12, 31);
        String report = accepting(
                PLAIN,
                new AcceptList.Rule(1, "gtid.mode", ObjectPattern.of("gtid_mode"), "set\u001b before the switch", day),
                new AcceptList.Rule(5, "obj.engine", ObjectPattern.of("shop.*s"), "lives in memory", null),
                new AcceptList.Rule(8, "obj.engine", ObjectPattern.of("shop.old"), "goes away", day),
                new AcceptList.Rule(11, "obj.engine", ObjectPattern.of("shop.logs"), "mistyped", null),
                new AcceptList.Rule(14, "obj.engine", null, "past", LocalDate.of(2026, 11, 21)),
                new AcceptList.Rule(17, "priv.select", null, "not judged", null));
        assertThat(report.substring(report.indexOf("\n\n") + 2)).isEqualTo("""
                  DUMP       Replication is blocked by 1 check, and 1 check could not be judged; nothing blocks a
                             dump. 4 findings that block were accepted.

                  BLOCKS REPLICATION
                  x obj.engine   1 table is not InnoDB
                                   shop.log  MyISAM
                                 Rebuild as InnoDB; writes to the table wait:
                                   ALTER TABLE `shop`.`log` ENGINE=InnoDB;

                  WARNINGS
                  ! --accept     accept.yaml:11: the entry for obj.engine on shop.logs is unused: there is no
                                   finding on that (did you mean shop.log?)
                                 accept.yaml:14: the entry for obj.engine expired on 2026-11-21: 4 findings count
                                   again

                  COULD NOT BE SEEN
                  ? priv.select  denied

                  ACCEPTED
                  - gtid.mode    gtid_mode is OFF, must be ON
                                 Blocks replication; accepted until 2026-12-31: set<U+001B> before the switch
                  - obj.engine   1 table is not InnoDB
                                   shop.old  MyISAM
                                 Blocks replication; accepted until 2026-12-31: goes away
                  - obj.engine   2 tables are not InnoDB
                                   shop.sessions  MEMORY
                                   shop.users     MyISAM
                                 Blocks replication; accepted: lives in memory

                  0 passed, 1 blocks replication, 2 warnings, 4 findings accepted, 1 unknown
                  (mysql-preflight explain obj.engine)

                Not all pre-checks passed successfully, preferred migration method will be [Dump]: 1 table is not\
                 InnoDB (shop.log); not verified: priv.select (denied)
                """);
    }

    @Test
    void longListsOfAcceptedFindingsAreCutToo() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 10; i < 52; i++) {
            findings.add(notInnoDb("t" + i, "MyISAM"));
        }
        add("obj.engine", Outcome.of(findings, ENGINES));
        AcceptList.Rule[] rules = new AcceptList.Rule[13];
        rules[0] = new AcceptList.Rule(1, "obj.engine", null, "scratch", null);
        for (int i = 1; i < rules.length; i++) {
            rules[i] = new AcceptList.Rule(i + 1, "obj.engine", ObjectPattern.of("blog." + i), "gone", null);
        }
        assertThat(accepting(PLAIN, rules))
                .contains("42 tables are not InnoDB\n", "… and 32 more (--all shows them)\n", "accept.yaml:11: ")
                .contains("… and 2 more (--all shows them)\n", "12 warnings, 42 findings accepted\n")
                .doesNotContain("shop.t20", "accept.yaml:12: ", "ALTER TABLE");
        assertThat(accepting(new TextReport.Layout(100, false, true), rules))
                .contains("shop.t51", "accept.yaml:13: ")
                .doesNotContain("--all");
    }

    @Test
    void longListsAreCutAndSayHowToSeeThemWhole() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 10; i < 52; i++) {
            findings.add(notInnoDb("t" + i, "MyISAM"));
        }
        add("obj.engine", Outcome.of(findings, ENGINES));
        String cut = report(PLAIN);
        assertThat(cut)
                .contains("42 tables are not InnoDB\n")
                .contains("… and 32 more (--all shows them)\n")
                .contains("  -- … and the same for 32 more (--all shows them)\n")
                .contains("shop.t19")
                .doesNotContain("`t20`");
        String whole = report(new TextReport.Layout(100, false, true));
        assertThat(whole).contains("ALTER TABLE `shop`.`t51` ENGINE=InnoDB;\n").doesNotContain("--all");
    }

    @Test
    void aStatementIsNeverWrappedAndProseIs() {
        add("gtid.mode", Outcome.found(gtid()));
        String report = report(new TextReport.Layout(40, false, false));
        assertThat(report)
                .contains("        Online, in this order, on every\n        server of the topology; and in\n");
        assertThat(report)
                .contains("\n          SET GLOBAL enforce_gtid_consistency = WARN;  -- then watch the error log\n");
        assertThat(report)
                .endsWith(
                        "\n\nNot all pre-checks passed successfully, preferred migration method will be [Dump]: gtid_mode is OFF,"
                                + " must be ON\n");
    }

    @Test
    void namesOfTheServerCannotDriveTheTerminal() {
        add("obj.engine", Outcome.of(List.of(notInnoDb("a\u001b[31mb\nc", "My\u0007ISAM")), ENGINES));
        String report = report(PLAIN);
        assertThat(report)
                .doesNotContain("\u001b")
                .doesNotContain("\u0007")
                .contains("shop.a<U+001B>[31mb<U+000A>c  My<U+0007>ISAM")
                .contains("ALTER TABLE `shop`.`a<U+001B>[31mb<U+000A>c` ENGINE=InnoDB;\n")
                .contains("-- <U+....> stands for a character that is not printed");
    }

    @Test
    void foundAndNeededAreShownWhereTheMessageDoesNotSayThem() {
        add(
                "cfg.mode",
                Outcome.found(new Finding(
                        Effect.WARNING,
                        ObjectRef.setting(Side.SOURCE, "sql_mode"),
                        "ANSI",
                        "TRADITIONAL",
                        "the modes differ",
                        List.of())));
        add(
                "cfg.zone",
                Outcome.found(new Finding(
                        Effect.WARNING,
                        ObjectRef.setting(Side.SOURCE, "time_zone"),
                        "UTC",
                        "CET",
                        "the zone is UTC, must be CET",
                        List.of())));
        assertThat(report(PLAIN)).contains("""
                  ! cfg.mode    the modes differ
                                  found: ANSI; needed: TRADITIONAL
                  ! cfg.zone    the zone is UTC, must be CET

                """);
    }

    @Test
    void remediesAfterTheFirstAreAlternatives() {
        add(
                "obj.engine",
                Outcome.found(new Finding(
                        Effect.WARNING,
                        ObjectRef.table("shop", "log"),
                        "log is odd",
                        Remedy.sql("Mend it:", "ALTER TABLE log"),
                        Remedy.of("leave the table out"))));
        assertThat(report(PLAIN)).contains("""
                  ! obj.engine  log is odd
                                Mend it:
                                  ALTER TABLE log;
                                Or: leave the table out
                """);
    }

    @Test
    void whatIsMendedInAnotherWayStandsWithItsOwnWay() {
        Finding target = new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.TARGET, "gtid_mode"),
                "gtid_mode of the target is OFF",
                Remedy.sql("Online:", "SET PERSIST gtid_mode = ON"));
        add("gtid.mode", Outcome.of(List.of(target, gtid())));
        assertThat(report(PLAIN)).contains("""
                                  gtid_mode = ON
                                gtid_mode of the target is OFF
                                Online:
                                  SET PERSIST gtid_mode = ON;
                """);
    }

    @Test
    void checksThatAreUnknownForTheSameReasonStandTogether() {
        add("gtid.mode", Outcome.unknown("the global variables were not read"));
        add("binlog.format", Outcome.unknown("the global variables were not read"));
        assertThat(report(PLAIN))
                .contains("Replication is left open: 2 checks could not be judged; nothing blocks a dump.")
                .contains("""
                  ? gtid.mode      the global variables were not read
                                   also: binlog.format

                  0 passed, 2 unknown    (mysql-preflight explain gtid.mode)
                """);
    }

    @Test
    void theVerdictSaysWhatWasAskedFor() {
        add("gtid.mode", Outcome.found(gtid()));
        plan = new Plan(null, null, Method.REPLICATION, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        assertThat(report(PLAIN))
                .contains("  NO METHOD  Replication was asked for, and is blocked by 1 check.\n")
                .contains("\n\nMigration pre-checks failed: gtid_mode is OFF, must be ON\n");
        plan = new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        assertThat(report(PLAIN)).contains("  DUMP       A dump was asked for, and nothing blocks it.\n");
    }

    @Test
    void coloursAreEscapeSequencesAndNothingElseChanges() {
        add("gtid.mode", Outcome.found(gtid()));
        String colored = report(new TextReport.Layout(100, true, false));
        assertThat(colored).contains("\u001b[1;33mDUMP\u001b[0m").contains("\u001b[1;31mx\u001b[0m gtid.mode");
        assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(report(PLAIN));
    }

    @Test
    void anUnreachableSourceIsToldWithWhatToDo() {
        ConnectionFacts.Failure failure = new ConnectionFacts.Failure(
                ConnectionProblem.REFUSED, "nothing listens at db1.example:3306", "Check host and port", 0, "08S01");
        add(
                "conn.source",
                Outcome.found(new Finding(
                        Effect.BLOCKS_MIGRATION,
                        ObjectRef.server(Side.SOURCE),
                        "nothing listens at db1.example:3306")));
        Assessment assessment = new Assessment(
                "1.0", source(failure, null), plan, "8.4", List.of(), results, Advisor.advise(results, plan), true);
        assertThat(TextReport.of(assessment, PLAIN)).isEqualTo("""
                cannot check: nothing listens at db1.example:3306
                  Check host and port

                Migration pre-checks failed: nothing listens at db1.example:3306
                """);
    }
}
