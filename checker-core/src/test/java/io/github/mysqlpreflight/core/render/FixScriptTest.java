/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.Fixes;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FixScriptTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String TARGET_UUID = "4f22fa47-71ca-11e1-9e33-c80aa9429562";

    private static Snapshot server(String host, String uuid) {
        return TestData.server(host, "version", "8.0.15", "server_uuid", uuid)
                .put(Facts.SCHEMAS, TestData.schemas("shop"))
                .build();
    }

    private static Assessment assessment(Snapshot source, Check... checks) {
        Plan plan = Plan.defaults().withTarget(server("new.example", TARGET_UUID));
        return new Preflight(CheckRegistry.of(List.of()), "1.1").judge(source, plan, List.of(checks));
    }

    private static Check check(String id, Effect effect, Side side, Remedy remedy) {
        return TestData.check(
                id, Outcome.found(new Finding(effect, ObjectRef.server(side), id + " is not so", remedy)));
    }

    private static String script(String file, Assessment assessment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FixScript.write(assessment, Fixes.of(assessment), file, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String script(Check... checks) {
        return script("fixes.sql", assessment(server("db.example", UUID), checks));
    }

    @Test
    void theFileIsAsItWasAgreed() {
        Remedy grant = Remedy.sql("As an administrator:", "GRANT SELECT ON *.* TO 'mig'@'%'");
        Remedy format = new Remedy(
                "Online, and in my.cnf so that it is kept over a restart:",
                List.of(new Remedy.Statement("SET GLOBAL binlog_format = ROW", "sessions keep the old one")),
                List.of("[mysqld]", "binlog_format = ROW"));
        Remedy password = Remedy.sql("Shorten it:", "ALTER USER 'mig'@'%' IDENTIFIED BY 'at most 32 bytes'");
        String text = script(
                check("priv.select", Effect.BLOCKS_MIGRATION, Side.SOURCE, grant),
                check("conn.a", Effect.BLOCKS_REPLICATION, Side.SOURCE, password),
                check("binlog.format", Effect.BLOCKS_REPLICATION, Side.SOURCE, format),
                check("ver.pair", Effect.BLOCKS_REPLICATION, Side.SOURCE, Remedy.of("Choose another target")),
                check("obj.a", Effect.WARNING, Side.SOURCE, Remedy.sql("Do:", "ALTER TABLE `a`.`b` FORCE")),
                check("obj.b", Effect.NOTICE, Side.SOURCE, Remedy.sql("Never:", "SET GLOBAL notice = 1")),
                check(
                        "tgt.writable",
                        Effect.BLOCKS_MIGRATION,
                        Side.TARGET,
                        Remedy.sql("On:", "SET PERSIST read_only = OFF")));
        assertThat(text).isEqualTo(GOLDEN);
    }

    private static final String GOLDEN = """
            -- Fixes for the source db.example:3306 (MySQL 8.0.15), by MySQL Preflight 1.1
            -- from what was read at 2026-11-22T10:00:00Z: 3 statements for the source, 1 for the target (as comments), 2 things to do by hand. Nothing has been run.
            --
            -- Read it before you run it: what is wrong and what to do stands before the statements, what each costs or has to wait for behind it.
            -- Then, as an administrator of the source:
            --     mysql --binary-mode --default-character-set=utf8mb4 -h db.example -P 3306 -u ADMIN -p < fixes.sql
            -- mysql stops at the first error, and what ran before it stays: mend the cause, then have the file written anew.
            -- Accounts come first, then settings, objects, and what needs these; last what only warns. Notices are left out.

            SET NAMES utf8mb4;
            SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION';
            SET SESSION lock_wait_timeout = 60;  -- who waits longer for a lock gives up, for others wait behind it
            -- Fails on any other server than the one that was checked; take it out to try this on a copy:
            DO EXTRACTVALUE('<a/>', IF(@@GLOBAL.server_uuid = '3e11fa47-71ca-11e1-9e33-c80aa9429562', '/a', '=not the server that was checked'));

            -- priv.select: priv.select is not so
            -- As an administrator:
            GRANT SELECT ON *.* TO 'mig'@'%';  -- holds for new connections at the latest

            -- conn.a: conn.a is not so
            -- Shorten it:
            -- By hand, for it needs a password of your own:
            --     ALTER USER 'mig'@'%' IDENTIFIED BY 'at most 32 bytes';  -- at once

            -- binlog.format: binlog.format is not so
            -- Online, and in my.cnf so that it is kept over a restart:
            SET GLOBAL binlog_format = ROW;  -- sessions keep the old one
            --     [mysqld]
            --     binlog_format = ROW

            -- ver.pair: ver.pair is not so
            -- Choose another target

            -- -------- From here on what only warns: the migration works without it --------

            -- obj.a: obj.a is not so
            -- Do:
            ALTER TABLE `a`.`b` FORCE;  -- takes a metadata lock: waits for transactions that use it

            -- ======== The target, new.example:3306 (MySQL 8.0.15) ========
            -- What is to be done there stands as comments, so that it cannot happen to the source.
            -- To run it, on the target alone:
            --     sed -n 's/^-- target| \\{0,1\\}//p' fixes.sql | mysql --binary-mode --default-character-set=utf8mb4 -h new.example -P 3306 -u ADMIN -p
            -- target|
            -- target| SET NAMES utf8mb4;
            -- target| SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION';
            -- target| SET SESSION lock_wait_timeout = 60;  -- who waits longer for a lock gives up, for others wait behind it
            -- target| -- Fails on any other server than the one that was checked; take it out to try this on a copy:
            -- target| DO EXTRACTVALUE('<a/>', IF(@@GLOBAL.server_uuid = '4f22fa47-71ca-11e1-9e33-c80aa9429562', '/a', '=not the server that was checked'));
            -- target|
            -- target| -- tgt.writable: tgt.writable is not so
            -- target| -- On:
            -- target| SET PERSIST read_only = OFF;  -- at once, without a restart
            """;

    @Test
    void nothingToFixIsSaid() {
        assertThat(script(TestData.check("obj.a", Outcome.passed())))
                .contains("nothing to fix. Nothing has been run.")
                .contains("-- All pre-checks passed successfully, preferred migration method will be [Replication]\n")
                .doesNotContain("SET ");
        assertThat(script("x", Assessment.withoutSource("1.1", "no such file"))).isEqualTo("""
                        -- Fixes for a source that was not read, by MySQL Preflight 1.1
                        -- Migration pre-checks failed: no such file
                        """);
    }

    @Test
    void aSourceThatWasNotReachedLeavesComments() {
        ConnectionFacts.Failure failure =
                new ConnectionFacts.Failure(ConnectionProblem.REFUSED, "refused\nDROP", "Open it", 0, null);
        Snapshot unreachable = Snapshot.builder(Instant.parse("2026-11-22T10:00:00Z"), "1.1")
                .put(Facts.CONNECTION, TestData.connection("db.example", failure))
                .build();
        String text = script("x", assessment(unreachable));
        assertThat(text).contains("which could not be read at 2026-11-22T10:00:00Z");
        assertThat(text.lines()).allMatch(line -> line.isEmpty() || line.startsWith("--"));
    }

    @Test
    void aNameCannotBreakOutOfAComment() {
        String name = "x\n-- target| DROP DATABASE y;\nDROP DATABASE z; */ -- ` ' \"";
        String quoted = "`" + name.replace("`", "``") + "`";
        Remedy source = Remedy.sql("For " + name + ":", "ALTER TABLE " + quoted + " FORCE");
        Remedy byHand = Remedy.sql("For " + name + ":", "DROP TABLE " + quoted);
        Remedy target = Remedy.sql("For " + name + ":", "ALTER TABLE " + quoted + " FORCE");
        Remedy settings = Remedy.settings("For " + name + ":", name);
        String text = script(
                check("obj.a", Effect.BLOCKS_REPLICATION, Side.SOURCE, source),
                check("obj.b", Effect.BLOCKS_REPLICATION, Side.SOURCE, byHand),
                check("obj.c", Effect.BLOCKS_REPLICATION, Side.SOURCE, settings),
                check("tgt.a", Effect.BLOCKS_REPLICATION, Side.TARGET, target),
                check("tgt.b", Effect.BLOCKS_REPLICATION, Side.TARGET, byHand));
        String live =
                "ALTER TABLE " + quoted + " FORCE;  -- takes a metadata lock: waits for transactions that use it\n";
        assertThat(text).contains("\n" + live);
        int at = text.indexOf(live);
        String rest = text.substring(0, at) + text.substring(at + live.length());
        assertThat(rest.lines())
                .allMatch(line ->
                        line.isEmpty() || line.startsWith("--") || line.startsWith("SET ") || line.startsWith("DO "));
        // The mark of the target's lines is none that a name holds.
        assertThat(text).contains("sed -n 's/^-- target|| \\{0,1\\}//p' fixes.sql | mysql");
        assertThat(text.lines().filter(line -> line.startsWith("-- target||")))
                .contains(
                        "-- target|| ALTER TABLE `x",
                        "-- target|| -- target| DROP DATABASE y;",
                        "-- target|| --     DROP TABLE `x",
                        "-- target|| --     -- target| DROP DATABASE y;");
    }

    @Test
    void whatAShellMightTakeForACommandIsNotInTheLinesToPaste() {
        Check check = check("obj.a", Effect.WARNING, Side.SOURCE, Remedy.sql("Do:", "ALTER TABLE a FORCE"));
        String text = script("$(reboot).sql", assessment(server("db`reboot`", "no; uuid"), check));
        assertThat(text)
                .contains("-h HOST -P 3306 -u ADMIN -p < FILE.sql")
                .doesNotContain("$(reboot)", "no; uuid", "EXTRACTVALUE");
    }

    @Test
    void whereThereIsNoUuidTheVersionHasToTellTheServer() {
        Check check = check("obj.a", Effect.WARNING, Side.SOURCE, Remedy.sql("Do:", "ALTER TABLE a FORCE"));
        Snapshot mariaDb = TestData.server("db.example", "version", "10.11.19-MariaDB-0+deb12u1")
                .put(Facts.SCHEMAS, TestData.schemas("shop"))
                .build();
        assertThat(script("x", assessment(mariaDb, check)))
                .contains("IF(@@GLOBAL.version = '10.11.19-MariaDB-0+deb12u1', '/a', ");
    }

    @Test
    void everyKindOfStatementSaysWhatItCosts() {
        assertThat(script(check(
                        "obj.a",
                        Effect.WARNING,
                        Side.SOURCE,
                        Remedy.sql(
                                "Do:",
                                "GRANT SELECT ON a.* TO b",
                                "SET PERSIST_ONLY a = 1",
                                "SET DEFAULT ROLE ALL TO b",
                                "ALTER DATABASE a CHARACTER SET utf8mb4"))))
                .contains(
                        "GRANT SELECT ON a.* TO b;  -- holds for new connections at the latest\n",
                        "SET PERSIST_ONLY a = 1;  -- needs a restart\n",
                        "SET DEFAULT ROLE ALL TO b;  -- holds for new connections\n",
                        "ALTER DATABASE a CHARACTER SET utf8mb4;  -- at once\n");
    }

    @Test
    void theSummaryCountsWhatCanRunAndWhatCannot() {
        Check words = check("obj.a", Effect.WARNING, Side.SOURCE, Remedy.of("Words"));
        Check target = check("tgt.a", Effect.WARNING, Side.TARGET, Remedy.sql("Do:", "SET GLOBAL a = 1"));
        Check source =
                check("obj.b", Effect.WARNING, Side.SOURCE, Remedy.sql("Do:", "SET GLOBAL a = 1", "SET GLOBAL b = 1"));
        assertThat(summary()).isEqualTo("nothing to fix");
        assertThat(summary(words)).isEqualTo("1 thing to do by hand");
        assertThat(summary(target)).isEqualTo("1 statement for the target (as comments)");
        assertThat(summary(source, target, words, words))
                .isEqualTo("2 statements for the source, 1 for the target (as comments), 1 thing to do by hand");
    }

    private static String summary(Check... checks) {
        return FixScript.summary(Fixes.of(assessment(server("db.example", UUID), checks)));
    }
}
