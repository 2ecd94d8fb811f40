/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.ObjectPattern;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>&amp;\"'\u0000\u001b[2J\u202e\n--";
    private static final String HOSTILE_SHOWN =
            "</script><img src=x onerror=alert(1)>&amp;\"'<U+0000><U+001B>[2J<U+202E><U+000A>--";

    private static HtmlPage page(Assessment assessment) {
        return page(assessment, 0);
    }

    private static HtmlPage page(Assessment assessment, int leftOut) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            HtmlReport.write(assessment, leftOut, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return HtmlPage.of(out.toString(StandardCharsets.UTF_8));
    }

    private static Assessment assessment(Check... checks) {
        return assessment(Plan.defaults(), checks);
    }

    private static Assessment assessment(Plan plan, Check... checks) {
        Snapshot snapshot = TestData.server("db.example", "version", "8.0.15", "server_uuid", "3e11fa47")
                .put(Facts.SCHEMAS, TestData.schemas("mysql", "shop"))
                .readMillis(12)
                .connections(2)
                .build();
        return new Preflight(CheckRegistry.of(List.of()), "1.0").judge(snapshot, plan, List.of(checks));
    }

    private static Finding finding(Effect effect, String table, Remedy... remedies) {
        return new Finding(
                effect,
                ObjectRef.table("shop", table),
                "MyISAM of " + table,
                "InnoDB for " + table,
                table + " is not right",
                List.of(remedies));
    }

    private static Check many(String id, int number) {
        List<Finding> findings = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            findings.add(finding(
                    Effect.BLOCKS_REPLICATION,
                    "t" + i,
                    Remedy.sql("Rebuild it:", "ALTER TABLE `shop`.`t" + i + "` ENGINE=InnoDB")));
        }
        return TestData.check(id, Outcome.of(findings, new Outcome.Headline("one table", "{n} tables")));
    }

    /** One of everything. */
    private static Assessment everything() {
        return assessment(
                TestData.check("conn.tls", Outcome.passed()),
                TestData.check("ver.pair", Outcome.notApplicable("there is no <pair>")),
                TestData.check("ver.broken", new Outcome.Failed("IllegalState & co")),
                TestData.check(
                        "gtid.mode",
                        Outcome.found(finding(
                                Effect.BLOCKS_MIGRATION,
                                "migration",
                                Remedy.sql("First way:", "SET PERSIST gtid_mode = ON"),
                                Remedy.settings("Second way:", "[mysqld]", "gtid_mode = ON")))),
                TestData.check(
                        "priv.select",
                        Outcome.unknown(
                                "nobody can tell",
                                Remedy.sql("As an administrator:", "GRANT SELECT ON *.* TO 'mig'@'%'"))),
                many("obj.engine", 25),
                TestData.check(
                        "obj.selection",
                        Outcome.of(List.of(
                                finding(Effect.BLOCKS_DUMP, "dump", Remedy.of("Do something about dump")),
                                finding(Effect.WARNING, "warning", Remedy.of("Do something about warning")),
                                finding(Effect.NOTICE, "notice")))));
    }

    @Test
    void thePageIsWellFormedWithOneFirstHeadingAndNoLevelLeftOut() {
        List<Integer> levels = page(everything()).headingLevels();
        assertThat(levels).startsWith(1).filteredOn(level -> level == 1).hasSize(1);
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
        }
    }

    @Test
    void idsAreUniqueAndEveryAddressInThePageLeadsSomewhere() {
        HtmlPage page = page(everything());
        assertThat(page.attributes("id")).doesNotHaveDuplicates().isNotEmpty();
        List<String> ids = page.attributes("id");
        for (String attribute : List.of("href", "aria-labelledby")) {
            for (String value : page.attributes(attribute)) {
                if (attribute.equals("aria-labelledby") || value.startsWith("#")) {
                    assertThat(ids).contains(value.startsWith("#") ? value.substring(1) : value);
                }
            }
        }
    }

    @Test
    void nothingIsFetchedAndNothingIsScriptedOrStyledInPlace() {
        HtmlPage page = page(everything());
        assertThat(page.attributeNames())
                .doesNotContain("style", "src", "srcset", "action", "ping")
                .noneMatch(name -> name.startsWith("on"));
        assertThat(page.attributes("href"))
                .allMatch(address -> address.startsWith("#")
                        || address.startsWith("https://example.org/")
                        || address.startsWith("data:image/svg+xml,"));
        assertThat(page.count("//a[starts-with(@href, 'http') and not(@rel = 'noreferrer')]"))
                .isZero();
        assertThat(page.style()).doesNotContain("url(", "@import", "http:", "https:");
        assertThat(page.script()).doesNotContain("fetch(", "XMLHttpRequest", "innerHTML", "eval(", "http:", "https:");
    }

    @Test
    void thePolicyAllowsWhatStandsInThePageByItsHashAndNothingElse() {
        HtmlPage page = page(everything());
        assertThat(HtmlReport.contentSecurityPolicy())
                .isEqualTo("default-src 'none'; style-src 'sha256-" + HtmlPage.sha256(page.style())
                        + "'; script-src 'sha256-" + HtmlPage.sha256(page.script())
                        + "'; img-src data:; base-uri 'none'; form-action 'none'");
        assertThat(page.texts("//meta[@http-equiv='Content-Security-Policy']/@content"))
                .containsExactly(HtmlReport.contentSecurityPolicy());
    }

    @Test
    void namesOfAnybodyAreShownAndNeverObeyed() {
        ObjectRef object = new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, HOSTILE, HOSTILE, HOSTILE);
        Finding finding = new Finding(
                Effect.BLOCKS_REPLICATION,
                object,
                HOSTILE,
                HOSTILE,
                HOSTILE.replace("\n", " "),
                List.of(new Remedy(
                        HOSTILE, List.of(new Remedy.Statement("DROP " + HOSTILE, HOSTILE)), List.of(HOSTILE))));
        Plan plan = new Plan(null, null, null, List.of(HOSTILE), Plan.DumpTool.MYSQLDUMP, null, false);
        HtmlPage page = page(assessment(
                plan,
                TestData.check("conn.tls", Outcome.of(List.of(finding))),
                TestData.check("gtid.mode", Outcome.of(List.of(finding), new Outcome.Headline(HOSTILE, "{n}"))),
                TestData.check("obj.count", Outcome.unknown(HOSTILE, Remedy.of(HOSTILE))),
                TestData.check("obj.engine", new Outcome.Failed(HOSTILE)),
                TestData.check("obj.selection", Outcome.notApplicable(HOSTILE))));
        assertThat(page.count("//img")).isZero();
        assertThat(page.count("//script")).isEqualTo(1);
        assertThat(page.text()).contains(HOSTILE_SHOWN).doesNotContain("\u0000", "\u001b", "\u202e");
        assertThat(page.texts("//pre[@class='sql']/code"))
                .as("a name cannot begin a line")
                .noneMatch(line -> line.startsWith("--") && !line.startsWith("-- "));
        assertThat(page.text()).contains("stands for a character that is not shown");
    }

    @Test
    void everythingOfAnAssessmentStandsInThePage() {
        Assessment assessment = everything();
        HtmlPage page = page(assessment);
        String text = page.text();
        assertThat(text)
                .contains("db.example:3306", "MySQL 8.0.15", "3e11fa47", "2026-11-22 10:00:00 UTC", "12 ms")
                .contains("2 connections", "shop", "the session was not encrypted", assessment.toolVersion())
                .contains(Wording.verdict(assessment))
                .contains(assessment.verdict().result())
                .contains(assessment.verdict().replicationReasons())
                .contains(assessment.verdict().dumpReasons());
        for (CheckResult result : assessment.checks()) {
            CheckInfo info = result.info();
            assertThat(page.texts("//section[@class='checks']//tr[@id='check-" + info.id() + "']"))
                    .singleElement()
                    .asString()
                    .contains(info.id(), info.title());
            assertThat(page.attributes("href")).containsAll(info.links());
            for (Finding finding : result.findings()) {
                assertThat(text).contains(finding.message());
                assertThat(page.count("//table[@id='all']/tbody/tr[td[4][starts-with(., '" + finding.message()
                                + "')] and td[1] = '" + FindingsHtml.title(finding.effect()) + "']"))
                        .isEqualTo(1);
                for (Remedy remedy : finding.remedies()) {
                    assertThat(text).contains(remedy.text());
                    for (String setting : remedy.settings()) {
                        assertThat(text).contains(setting);
                    }
                    for (Remedy.Statement statement : remedy.sql()) {
                        assertThat(page.texts("//section[starts-with(@class, 'effect')]//pre[@class='sql']/code"))
                                .contains(statement.sql() + ";\n");
                    }
                }
            }
        }
        assertThat(page.texts("//section[@class='coverage']"))
                .singleElement()
                .asString()
                .contains("nobody can tell", "GRANT SELECT ON *.* TO 'mig'@'%';", "priv.select", "IllegalState & co")
                .contains("4 of 6 checks that concern this migration could be judged: 1 passed, 3 found something.");
        assertThat(text).contains("there is no <pair>");
    }

    @Test
    void longListsAreFoldedAfterTenAndAllThere() {
        HtmlPage page = page(everything());
        String item = "//article[@id='replication-obj.engine']";
        assertThat(page.count(item + "/ul[@class='objects']/li")).isEqualTo(10);
        assertThat(page.count(item + "/details/ul[@class='objects']/li")).isEqualTo(15);
        assertThat(page.texts(item + "/details/summary")).contains("and 15 more");
        assertThat(page.count(item + "//pre/code")).isEqualTo(25);
        assertThat(page.texts(item + "/h3")).containsExactly("25 tables");
        assertThat(page.texts(item + "//ul/li[1]")).contains("shop.t0 MyISAM of t0 needed: InnoDB for t0");
    }

    @Test
    void veryManyStatementsAreFoldedToo() {
        HtmlPage page = page(assessment(many("obj.engine", 51)));
        String fix = "//article[@id='replication-obj.engine']/div[@class='fix']/div[@class='snippet']";
        assertThat(page.texts(fix + "/details/summary")).containsExactly("51 statements");
        assertThat(page.count(fix + "/details/pre/code")).isEqualTo(51);
        assertThat(page(assessment(many("obj.engine", 50))).count(fix + "/pre/code"))
                .isEqualTo(50);
    }

    @Test
    void theVerdictComesFirstThenTheBlockersThenTheRest() {
        List<String> headings = page(everything()).texts("//main//h1 | //main//h2");
        assertThat(headings)
                .containsExactly(
                        "Verdict: No method",
                        "Replication",
                        "Dump",
                        "Source",
                        "Plan",
                        "Result message",
                        "Blocks migration 1 check",
                        "Blocks replication 1 check, 25 findings",
                        "Blocks dump 1 check",
                        "Warnings 1 check",
                        "Could not be seen",
                        "Notices 1 check",
                        "All SQL fixes",
                        "All findings",
                        "All checks");
    }

    @Test
    void aHealthySourceHasAShortPage() {
        HtmlPage page = page(assessment(TestData.check("conn.tls", Outcome.passed())));
        assertThat(page.texts("//main//h1 | //main//h2"))
                .containsExactly(
                        "Verdict: Replication",
                        "Replication",
                        "Dump",
                        "Source",
                        "Plan",
                        "Result message",
                        "Coverage",
                        "All checks");
        assertThat(page.text()).contains("All pre-checks passed", "Nothing blocks replication.");
        assertThat(page.texts("/html/head/title")).containsExactly("Replication – db.example:3306 – MySQL Preflight");
    }

    /** Everything, with all of one check and one finding of another accepted, and two entries that accept nothing. */
    private static Assessment accepted() {
        LocalDate day = LocalDate.of(2026, 11, 22);
        AcceptList list = new AcceptList(
                "accept.yaml",
                day,
                List.of(
                        new AcceptList.Rule(1, "obj.engine", null, "scratch & tables", day),
                        new AcceptList.Rule(3, "obj.selection", ObjectPattern.of("shop.dump"), "known", null),
                        new AcceptList.Rule(5, "obj.selection", ObjectPattern.of("shop.<b>"), "gone", null),
                        new AcceptList.Rule(7, "gtid.mode", null, "old", day.minusDays(1))));
        Assessment whole = everything();
        List<CheckResult> results = whole.checks();
        List<Check> checks = new ArrayList<>();
        for (CheckResult result : results) {
            checks.add(TestData.check(result.info().id(), result.outcome()));
        }
        return new Preflight(CheckRegistry.of(List.of()), "1.0")
                .accepting(list)
                .judge(TestData.server("db.example", "version", "8.0.15").build(), Plan.defaults(), checks);
    }

    @Test
    void whatIsAcceptedStandsApartWithItsReason() {
        HtmlPage page = page(accepted());
        String section = "//section[@class='effect accepted']";
        assertThat(page.texts(section + "/h2")).containsExactly("Accepted 26 findings");
        assertThat(page.texts(section + "/article/h3")).containsExactly("25 tables", "dump is not right");
        assertThat(page.texts(section + "//p[@class='fix']"))
                .containsExactly(
                        "Blocks replication; accepted until 2026-11-22: scratch & tables",
                        "Blocks dump; accepted: known");
        assertThat(page.count(section + "/article[@id='accepted-obj.engine']//ul[@class='objects']/li"))
                .isEqualTo(25);
        assertThat(page.count("//article[@id='replication-obj.engine']")).isZero();
        assertThat(page.text()).doesNotContain("ENGINE=InnoDB").contains("26 findings that block were accepted.");
        assertThat(page.count("//table[@id='all']/tbody/tr[td[1] = 'Accepted']"))
                .isEqualTo(26);
        assertThat(page.count("//table[@id='all']/tbody/tr")).isEqualTo(29);
        assertThat(page.texts("//tr[@id='check-obj.engine']/td[1]")).containsExactly("found 25 accepted");
        assertThat(page.texts("//ul[@class='jump']/li"))
                .contains("3 warnings", "26 accepted", "All findings (29)")
                .doesNotContain("1 blocks replication");
    }

    @Test
    void whatIsWrongWithTheAcceptedIsAWarning() {
        HtmlPage page = page(accepted());
        assertThat(page.texts("//section[@class='effect warning']/h2"))
                .containsExactly("Warnings 1 check, 2 entries of --accept");
        assertThat(page.texts("//section[@class='effect warning']/article[2]//li"))
                .containsExactly(
                        "accept.yaml:5: the entry for obj.selection on shop.<b> is unused: the findings are on"
                                + " shop.dump, shop.notice, shop.warning",
                        "accept.yaml:7: the entry for gtid.mode expired on 2026-11-21: 1 finding counts again");
        Assessment clean = new Preflight(CheckRegistry.of(List.of()), "1.0")
                .accepting(new AcceptList(
                        "accept.yaml",
                        LocalDate.EPOCH,
                        List.of(new AcceptList.Rule(1, "conn.tls", null, "reason", null))))
                .judge(
                        TestData.server("db.example", "version", "8.0.15").build(),
                        Plan.defaults(),
                        List.of(TestData.check("conn.tls", Outcome.passed())));
        assertThat(page(clean).texts("//section[@class='effect warning']/h2"))
                .containsExactly("Warnings 1 entry of --accept");
        assertThat(page(clean).texts("//section[@class='effect warning']/article/h3"))
                .containsExactly("1 entry of the accepted findings accepts nothing");
    }

    @Test
    void aPageWithAcceptedFindingsIsAsSoundAsAnyOther() {
        HtmlPage page = page(accepted());
        List<String> ids = page.attributes("id");
        assertThat(ids).doesNotHaveDuplicates();
        for (String href : page.attributes("href")) {
            if (href.startsWith("#")) {
                assertThat(ids).contains(href.substring(1));
            }
        }
        assertThat(ids).containsAll(page.attributes("aria-labelledby"));
    }

    @Test
    void thePlanSaysWhatWasAskedFor() {
        Plan plan = new Plan(
                new ServerVersion(8, 0, 36),
                TestData.server("new.example", "version", "8.0.39").build(),
                Method.DUMP,
                List.of("legacy", "tmp"),
                Plan.DumpTool.MYDUMPER,
                2048L,
                true);
        HtmlPage page = page(assessment(plan, many("obj.engine", 1)), 3);
        assertThat(page.texts("//section[@aria-labelledby='plan']"))
                .singleElement()
                .asString()
                .contains("8.0.39", "MySQL 8.0.39", "new.example:3306", "Dump", "legacy", "tmp", "mydumper")
                .contains("2048 bytes", "Commit order");
        assertThat(page.text())
                .contains("A dump was asked for, and nothing blocks it.", "3 checks were left out as asked.");
        assertThat(page.texts("//section[@aria-labelledby='method-Replication']/p[@class='state']"))
                .containsExactly("Blocked by 1 check; it was not asked for");
    }

    @Test
    void aRunWithoutASourceStillHasAPage() {
        HtmlPage page = page(Assessment.withoutSource("1.0", "the URI is <odd>"));
        assertThat(page.texts("//h1")).containsExactly("Verdict: Not checked");
        assertThat(page.texts("//pre")).containsExactly("Migration pre-checks failed: the URI is <odd>");
        assertThat(page.count("//table | //form")).isZero();
    }

    @Test
    void aSourceThatCannotBeReachedIsSaidWithItsAdvice() {
        ConnectionFacts.Failure failure = new ConnectionFacts.Failure(
                ConnectionProblem.REFUSED, "nothing listens: Connection refused", "Look at bind_address", 0, "08S01");
        Snapshot snapshot = Snapshot.builder(Instant.parse("2026-11-22T10:00:00Z"), "1.0")
                .put(Facts.CONNECTION, TestData.connection("db.example", failure))
                .build();
        Assessment assessment = new Preflight(CheckRegistry.of(List.of()), "1.0")
                .judge(snapshot, Plan.defaults(), List.of(TestData.check("conn.tls", Outcome.passed())));
        HtmlPage page = page(assessment);
        assertThat(page.texts("//div[@class='failure']/p"))
                .containsExactly("db.example:3306: nothing listens: Connection refused", "Look at bind_address");
        assertThat(page.text()).contains("The source could not be judged.").doesNotContain("over 0 connections");
    }

    @Test
    void addressesThatNoBrowserShouldFollowStayText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CheckInfo info = CheckInfo.of("obj.engine", "Title")
                .why("why")
                .fix("fix")
                .links("javascript:alert(1)", "https://dev.mysql.com/doc/x/y.html#z", "https://dev.mysql.com/doc/page/")
                .effects(Effect.NOTICE)
                .build();
        Assessment whole = everything();
        HtmlReport.write(
                new Assessment(
                        "1.0",
                        whole.source(),
                        whole.plan(),
                        "8.4",
                        List.of(),
                        List.of(new CheckResult(info, Outcome.passed(), 1)),
                        whole.verdict(),
                        false),
                out);
        HtmlPage page = HtmlPage.of(out.toString(StandardCharsets.UTF_8));
        assertThat(page.attributes("href")).noneMatch(address -> address.startsWith("javascript:"));
        assertThat(page.texts("//ul[@class='links']/li"))
                .containsExactly("javascript:alert(1)", "dev.mysql.com: z", "dev.mysql.com: page");
    }

    @Test
    void aStreamThatFailsIsTold() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> HtmlReport.write(everything(), broken)).hasMessage("gone");
    }

    @Test
    void aHundredThousandFindingsAreWrittenAsTheyCome() throws IOException {
        Assessment assessment = assessment(many("obj.engine", 100_000));
        long before = usedMegabytes();
        Meter meter = new Meter();
        long start = System.nanoTime();
        HtmlReport.write(assessment, meter);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(meter.bytes).isBetween(20_000_000L, 80_000_000L);
        assertThat(meter.mostMegabytes - before).isLessThan(40);
        assertThat(millis).isLessThan(60_000);
    }

    private static long usedMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    /** Counts what comes, and looks at the heap now and then. */
    private static final class Meter extends OutputStream {
        private long bytes;
        private long looked;
        private long mostMegabytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] content, int offset, int length) {
            bytes += length;
            if (bytes - looked > 8_000_000) {
                looked = bytes;
                mostMegabytes = Math.max(mostMegabytes, usedMegabytes());
            }
        }
    }
}
