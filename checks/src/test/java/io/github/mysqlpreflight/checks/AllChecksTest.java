/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.CheckProvider;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.CheckRunner;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Plugins;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Transactions;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.core.snapshot.Views;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every check there is, whatever it verifies. */
class AllChecksTest {
    private static final String ROOT = "io.github.mysqlpreflight.checks.";

    static List<Check> checks() {
        return CheckRegistry.installed().all();
    }

    @Test
    void providersListTheirChecksInOrderAndStandInTheServiceFileInOrder() throws IOException {
        List<String> listed = new ArrayList<>();
        for (CheckProvider provider : ServiceLoader.load(CheckProvider.class)) {
            listed.add(provider.getClass().getName());
            List<String> ids =
                    provider.checks().stream().map(check -> check.info().id()).toList();
            assertThat(ids).as(provider.getClass().getName()).isNotEmpty().isSorted();
            assertThat(provider.checks())
                    .allSatisfy(check -> assertThat(check.info().category()).isEqualTo(provider.category()));
        }
        assertThat(listed).isNotEmpty().isSorted();
        try (InputStream file =
                CheckProvider.class.getResourceAsStream("/META-INF/services/" + CheckProvider.class.getName())) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(listed);
        }
    }

    @Test
    void idsAndTitlesAreUnique() {
        Set<String> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (Check check : checks()) {
            assertThat(ids.add(check.info().id())).as(check.info().id()).isTrue();
            assertThat(titles.add(check.info().title()))
                    .as(check.info().title())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void describesItself(Check check) {
        CheckInfo info = check.info();
        assertThat(check.info()).as("the same object each time").isSameAs(info);
        assertThat(info.id()).matches("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(info.since()).matches("\\d+\\.\\d+");
        assertThat(info.title()).matches("[A-Za-z].*[^.]").doesNotContain("\n");
        assertThat(info.why()).endsWith(".").doesNotContain("\n");
        assertThat(info.fix()).endsWith(".").doesNotContain("\n");
        assertThat(info.links()).isNotEmpty().doesNotHaveDuplicates().allMatch(link -> link.startsWith("https://"));
        assertThat(info.needs()).doesNotHaveDuplicates();
        assertThat(info.targetNeeds()).doesNotHaveDuplicates();
    }

    @Test
    void noCheckIsNewerThanTheTool() throws IOException {
        String pom = Files.readString(Path.of("..", "pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
        ServerVersion tool = ServerVersion.parse(version);

        assertThat(checks())
                .allSatisfy(check -> assertThat(ServerVersion.parse(check.info().since()))
                        .as(check.info().id())
                        .isLessThanOrEqualTo(tool));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void isOneFinalClassWithOneTest(Check check) {
        Class<?> type = check.getClass();
        assertThat(type.getName())
                .isEqualTo(ROOT + check.info().category().group() + "."
                        + camelCase(check.info().id()));
        assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        assertThat(Modifier.isPublic(type.getModifiers())).isFalse();
        assertThatCode(() -> Class.forName(type.getName() + "Test")).doesNotThrowAnyException();
    }

    private static String camelCase(String id) {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("[.-]", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void doesNotPassOnWhatWasNotRead(Check check) {
        Snapshot nothing = Snapshot.builder(Instant.EPOCH, "test").build();
        Snapshot denied = withAll(Fact.Cause.PRIVILEGE);
        for (Plan plan : plans()) {
            for (Snapshot snapshot : List.of(nothing, denied)) {
                // A check of the target alone has to miss the target's facts.
                Plan blind = plan.target() == null ? plan : plan.withTarget(snapshot);
                assertThat(CheckRunner.judge(check, snapshot, blind))
                        .isInstanceOfAny(Outcome.Unknown.class, Outcome.NotApplicable.class);
            }
        }
    }

    /** Each fact that a check needs makes it unknown when it is missing, and no other does: it never breaks. */
    @ParameterizedTest
    @MethodSource("checks")
    void needsWhatItSays(Check check) {
        for (FactKey<?> key : Facts.all()) {
            Snapshot snapshot = SnapshotFixture.mysql("8.0.36")
                    .unavailable(key, Fact.Cause.TIMEOUT, "too slow")
                    .build();
            for (Plan plan : plans()) {
                Outcome outcome = CheckRunner.judge(check, snapshot, plan);
                assertThat(outcome).as(key + " is missing").isNotInstanceOf(Outcome.Failed.class);
                if (check.info().needs().contains(key) && check.notApplicable(plan) == null) {
                    assertThat(outcome).as(key + " is missing").isInstanceOf(Outcome.Unknown.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void saysTheSameTwiceWhateverTheOrder(Check check) {
        for (Snapshot snapshot : snapshots()) {
            for (Plan plan : plans()) {
                Outcome outcome = CheckRunner.judge(check, snapshot, plan);
                assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
                assertThat(CheckRunner.judge(check, snapshot, plan)).isEqualTo(outcome);
                assertThat(CheckRunner.judge(check, shuffled(snapshot), plan)).isEqualTo(outcome);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void saysTheSameOfAFile(Check check, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("snapshot.json.gz");
        for (Snapshot snapshot : snapshots()) {
            SnapshotFile.write(snapshot, file);
            Snapshot read = SnapshotFile.read(file);
            for (Plan plan : plans()) {
                assertThat(CheckRunner.judge(check, read, plan)).isEqualTo(CheckRunner.judge(check, snapshot, plan));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void findsOnlyWhatItAnnounces(Check check) {
        for (Snapshot snapshot : snapshots()) {
            for (Plan plan : plans()) {
                if (CheckRunner.judge(check, snapshot, plan) instanceof Outcome.Found found) {
                    for (Finding finding : found.findings()) {
                        assertThat(check.info().effects()).contains(finding.effect());
                        assertThat(finding.message()).isNotBlank().doesNotEndWith(".");
                        assertThat(finding.remedies()).as(finding.message()).isNotEmpty();
                        // Reports put the word before every remedy but the first.
                        assertThat(finding.remedies())
                                .extracting(Remedy::text)
                                .noneMatch(text -> text.startsWith("Or "));
                    }
                }
            }
        }
    }

    /** What a script takes from a remedy: the server it is for, and statements that GTIDs let through. */
    @ParameterizedTest
    @MethodSource("checks")
    void remediesCanBeRunWhereTheyAreDone(Check check) {
        for (Snapshot snapshot : snapshots()) {
            for (Plan plan : plans()) {
                if (CheckRunner.judge(check, snapshot, plan) instanceof Outcome.Found found) {
                    for (Finding finding : found.findings()) {
                        for (Remedy remedy : finding.remedies()) {
                            canBeRun(
                                    remedy,
                                    remedy.side() == null ? finding.object().side() : remedy.side());
                        }
                    }
                }
            }
        }
    }

    private static void canBeRun(Remedy remedy, Side side) {
        for (Side named : Side.values()) {
            if (remedy.text().startsWith("On the " + named.text())) {
                assertThat(side).as("%s: say so with Remedy.on", remedy.text()).isEqualTo(named);
            }
        }
        for (Remedy.Statement statement : remedy.sql()) {
            assertThat(statement.sql())
                    .as("refused where GTID consistency is enforced (errors 1786 and 1787)")
                    .doesNotContainPattern("(?is)^\\s*CREATE\\s+(TEMPORARY|TABLE\\b.*\\bSELECT\\b)");
        }
    }

    private static Snapshot withAll(Fact.Cause cause) {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36");
        for (FactKey<?> key : Facts.all()) {
            fixture.unavailable(key, cause, "denied");
        }
        return fixture.build();
    }

    private static List<Plan> plans() {
        Plan defaults = Plan.defaults();
        List<String> ignored = List.of("Shop", "legcay", "mysql", "hr");
        return List.of(
                defaults,
                new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYDUMPER, 1L, false),
                new Plan(new ServerVersion(8, 0, 0), null, Method.REPLICATION, ignored, defaults.dumpTool(), 1L, true),
                defaults.withTarget(SnapshotFixture.mysql("8.4.3").build()),
                defaults.withTarget(messy(SnapshotFixture.mysql("5.7.44")).build()),
                defaults.withTarget(withAll(Fact.Cause.TIMEOUT)));
    }

    private static List<Snapshot> snapshots() {
        return Stream.of(
                        SnapshotFixture.mysql("5.6.14"),
                        SnapshotFixture.mysql("5.7.22"),
                        SnapshotFixture.mysql("8.0.36").host("db.abc.eu-west-1.rds.amazonaws.com"),
                        SnapshotFixture.mysql("9.7.4"),
                        SnapshotFixture.mariaDb("10.11.18-MariaDB"),
                        messy(SnapshotFixture.mysql("5.7.22")),
                        messy(SnapshotFixture.mysql("8.0.36")),
                        messy(SnapshotFixture.mysql("8.4.3").host("db.abc.eu-west-1.rds.amazonaws.com")),
                        messy(SnapshotFixture.mariaDb("10.11.18-MariaDB")),
                        SnapshotFixture.mysql("8.0.36")
                                .unreachable(ConnectionProblem.TIMED_OUT, "db timed out", "Check the network"))
                .map(SnapshotFixture::build)
                .toList();
    }

    /** As much as can be wrong at once. */
    private static SnapshotFixture messy(SnapshotFixture fixture) {
        return fixture.variable("gtid_mode", "OFF_PERMISSIVE")
                .variable("enforce_gtid_consistency", "WARN")
                .variable("gtid_executed", "")
                .variable("log_bin", "OFF")
                .variable("binlog_format", "STATEMENT")
                .variable("server_id", "0")
                .variable("read_only", "ON")
                .schema("legacy")
                .schema("legbcy")
                .schema("hr")
                .schema("caf\u00e9 \"x\"\\`")
                .table("legacy", "b", "MyISAM")
                .table("legacy", "a", "MEMORY")
                .table("legacy", "c", null)
                .table("legacy", "v", "VIEW", null, "")
                .table("caf\u00e9 \"x\"\\`", "t`\"\\\u00e9", "FEDERATED")
                .table("mysql", "rds_configuration", "InnoDB")
                .table("hr", "T`\"", "BASE TABLE", "InnoDB", "row_format=FIXED ENCRYPTION='Y' partitioned")
                .table("hr", "t`\"", "InnoDB")
                .table("hr", "big", "InnoDB")
                .column("hr", "T`\"", new Column("n", "float", false, null, "auto_increment INVISIBLE", null, null))
                .column("hr", "big", new Column("d", "date", false, "0000-00-00", "", null, null))
                .column("hr", "big", new Column("g", "int", true, null, "VIRTUAL GENERATED", null, "1"))
                .column("hr", "big", new Column("u", "text", true, null, "", "utf8mb4_uca1400_ai_ci", null))
                .index("hr", "big", "u", true, "u")
                .index("hr", "t`\"", new Index("x", true, "BTREE", true, List.of(new Index.Part("a", 9, true, null))))
                .foreignKey("hr", "big", key("hr", "t`\"", "d"))
                .foreignKey("hr", "T`\"", key("hr", "t`\"", "d"))
                .foreignKey("legacy", "a", key("hr", "big", "u"))
                .foreignKey("legacy", "b", key("gone", "gone", "u"))
                .fact(
                        Facts.TABLE_PLACES,
                        new TablePlaces(
                                List.of("ts`1"), List.of(new TablePlaces.Place("hr", "T`\"", "ts`1", "/mnt/x/", 2, 1))))
                .size("legacy", 1L << 40)
                .replicaOf("upstream.example")
                .plainText("PREFERRED", "TLS was not offered")
                .passwordTooLong()
                .publicKeyRetrieved()
                .path("/shop")
                .grants(
                        "GRANT USAGE ON *.* TO `mig`@`%`",
                        "GRANT SELECT ON `legacy`.`a` TO `mig`@`%`",
                        "GRANT INSERT ON `legacy`.`b` TO `mig`@`%`",
                        "GRANT SHOW VIEW ON `h%`.* TO `mig`@`%`",
                        "GRANT `r1`@`%`,`r2`@`%` TO `mig`@`%`")
                .grantsWithAllRoles("GRANT SELECT, REPLICATION SLAVE ON *.* TO `mig`@`%`")
                .activeRole("r1@%");
    }

    private static ForeignKey key(String schema, String table, String column) {
        return new ForeignKey("f", List.of(column), schema, table, List.of(column), "CASCADE", "NO ACTION");
    }

    private static Snapshot shuffled(Snapshot snapshot) {
        Random random = new Random(7);
        Snapshot.Builder builder = snapshot.toBuilder();
        shuffle(builder, snapshot, Facts.SCHEMAS, Schemas::list, Schemas::new, random);
        shuffle(builder, snapshot, Facts.TABLES, Tables::list, Tables::new, random);
        shuffle(builder, snapshot, Facts.TABLE_SIZES, TableSizes::list, TableSizes::new, random);
        shuffle(builder, snapshot, Facts.VIEWS, Views::list, Views::new, random);
        shuffle(builder, snapshot, Facts.ROUTINES, Routines::list, Routines::new, random);
        shuffle(builder, snapshot, Facts.TRIGGERS, Triggers::list, Triggers::new, random);
        shuffle(builder, snapshot, Facts.EVENTS, Events::list, Events::new, random);
        shuffle(builder, snapshot, Facts.ACCOUNTS, Accounts::list, Accounts::new, random);
        shuffle(builder, snapshot, Facts.PLUGINS, Plugins::list, Plugins::new, random);
        shuffle(builder, snapshot, Facts.TRANSACTIONS, Transactions::list, Transactions::new, random);
        shuffleTables(builder, snapshot, Facts.COLUMNS, random);
        shuffleTables(builder, snapshot, Facts.INDEXES, random);
        shuffleTables(builder, snapshot, Facts.FOREIGN_KEYS, random);
        return builder.build();
    }

    private static <V, R> void shuffle(
            Snapshot.Builder builder,
            Snapshot snapshot,
            FactKey<V> key,
            Function<V, List<R>> rows,
            Function<List<R>, V> fact,
            Random random) {
        if (snapshot.find(key) instanceof Fact.Known<V> known) {
            List<R> list = new ArrayList<>(rows.apply(known.value()));
            Collections.shuffle(list, random);
            builder.put(key, fact.apply(list));
        }
    }

    /** The tables in another order; what a table is made of keeps its own. */
    private static <T> void shuffleTables(
            Snapshot.Builder builder, Snapshot snapshot, FactKey<PerTable<T>> key, Random random) {
        if (snapshot.find(key) instanceof Fact.Known<PerTable<T>> known) {
            List<PerTable.Entry<T>> list = new ArrayList<>(known.value().entries());
            Collections.shuffle(list, random);
            PerTable.Builder<T> shuffled = PerTable.builder();
            for (PerTable.Entry<T> entry : list) {
                entry.items().forEach(item -> shuffled.add(entry.schema(), entry.table(), 0, item));
            }
            builder.put(key, shuffled.build());
        }
    }
}
