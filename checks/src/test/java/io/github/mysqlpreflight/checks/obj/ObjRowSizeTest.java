/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjRowSizeTest {
    private final CheckTester check = CheckTester.of(new ObjRowSize());

    private static Plan to(String version) {
        return new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static SnapshotFixture table(String options) {
        return SnapshotFixture.mysql("5.7.22")
                .table("shop", "wide", "BASE TABLE", "InnoDB", options)
                .column("shop", "wide", "id", "int(11)", false)
                .primaryKey("shop", "wide", "id");
    }

    private static SnapshotFixture wide(String options, int columns, String type, @Nullable String collation) {
        SnapshotFixture fixture = table(options);
        for (int i = 0; i < columns; i++) {
            fixture.column("shop", "wide", new Column("c" + i, type, false, null, "", collation, null));
        }
        return fixture;
    }

    private static SnapshotFixture indexed(String options, boolean unique, String type, @Nullable Integer prefix) {
        return table(options)
                .column("shop", "wide", new Column("v", type, false, null, "", "utf8mb4_bin", null))
                .index(
                        "shop",
                        "wide",
                        new Index("k", unique, "BTREE", true, List.of(new Index.Part("v", prefix, false, null))));
    }

    /** 9.7.4 takes as many of these columns next to an INT primary key, and not one more. */
    @ParameterizedTest
    @CsvSource({
        "DYNAMIC, text, 197",
        "DYNAMIC, varbinary(30), 261",
        "DYNAMIC, varbinary(39), 202",
        "DYNAMIC, varbinary(255), 197",
        "COMPACT, text, 10",
        "COMPACT, varbinary(41), 192",
        "COMPACT, varbinary(255), 31",
        "COMPACT, varbinary(256), 31",
        "COMPACT, varbinary(700), 11",
        "COMPACT, varbinary(1000), 10",
        "COMPACT, tinyblob, 10",
        "REDUNDANT, text, 10",
        "REDUNDANT, varbinary(30), 252",
        "REDUNDANT, varbinary(255), 31"
    })
    void knowsTheLongestRow(String format, String type, int columns) {
        check.on(wide("row_format=" + format, columns, type, null)).passes();
        check.on(wide("row_format=" + format, columns + 1, type, null))
                .finds(BLOCKS_MIGRATION, "the target refuses the table (error 1118)");
    }

    @Test
    void saysWhatHelps() {
        Finding compact = check.on(wide("row_format=COMPACT", 11, "text", null))
                .finds(
                        BLOCKS_MIGRATION,
                        "a row of shop.wide may take 8712 bytes of a page as COMPACT, which has to be less than 8126: the"
                                + " target refuses the table (error 1118)")
                .findings()
                .get(0);
        assertThat(compact.remedies().get(0).sql().get(0).sql())
                .isEqualTo("ALTER TABLE `shop`.`wide` ROW_FORMAT=DYNAMIC");
        Finding dynamic = check.on(wide("", 198, "text", null)).findings().get(0);
        assertThat(dynamic.remedies().get(0).text()).startsWith("Make texts of");
    }

    @ParameterizedTest
    @CsvSource({"8.0.15, false", "8.0.31, false", "8.0.32, true", "8.0, true", "8.4, true"})
    void countsPrefixesAsTheTargetDoes(String version, boolean refused) {
        CheckTester tester = check.with(to(version)).on(wide("row_format=COMPACT", 11, "text", null));

        if (refused) {
            tester.finds(BLOCKS_MIGRATION, "error 1118");
        } else {
            tester.passes();
        }
    }

    @Test
    void judgesByTheTargetsSettings() {
        SnapshotFixture source = wide("", 120, "text", null);
        SnapshotFixture target = SnapshotFixture.mysql("8.4.4");

        check.with(Plans.onto(target)).on(source).passes();
        check.with(Plans.onto(target.variable("innodb_page_size", "8192")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "less than 4030");
        check.with(Plans.onto(target.variable("innodb_strict_mode", "OFF")))
                .on(source)
                .finds(WARNING, "the target refuses rows that do (error 1118)");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("innodb_default_row_format", "compact")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "as COMPACT");
    }

    @Test
    void doesNotCountVirtualColumns() {
        SnapshotFixture fixture = wide("", 197, "text", null);
        fixture.column("shop", "wide", new Column("v", "text", true, null, "VIRTUAL GENERATED", null, "1"));

        check.on(fixture).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, varchar(768), , false, ''",
        "'', true, varchar(769), , true, error 1071",
        "row_format=COMPACT, true, varchar(191), , false, ''",
        "row_format=COMPACT, true, varchar(192), , true, error 1071",
        "row_format=COMPACT, true, varchar(1000), 191, false, ''",
        "row_format=REDUNDANT, false, varchar(192), , true, shortened when a dump is loaded",
        "row_format=COMPRESSED, true, varchar(768), , false, ''",
        "'', true, text, 768, false, ''",
        "'', true, text, , true, error 1170"
    })
    void knowsTheLongestIndex(
            String options, boolean unique, String type, @Nullable Integer prefix, boolean refused, String words) {
        CheckTester tester = check.on(indexed(options, unique, type, prefix));

        if (refused) {
            tester.finds(unique ? BLOCKS_MIGRATION : WARNING, words);
        } else {
            tester.passes();
        }
    }

    @Test
    void countsTheKeysTheirColumnsAndTheirBytes() {
        SnapshotFixture fixture = table("");
        for (int i = 0; i < 63; i++) {
            fixture.index("shop", "wide", "k" + i, false, "id");
        }
        check.on(fixture).passes();
        check.on(fixture.index("shop", "wide", "k63", false, "id"))
                .finds(BLOCKS_MIGRATION, "shop.wide has 65 keys, the target takes 64 (error 1069)");

        String[] columns = new String[17];
        java.util.Arrays.fill(columns, "id");
        check.on(table("").index("shop", "wide", "k", false, columns))
                .finds(BLOCKS_MIGRATION, "has 17 columns, the target takes 16 (error 1070)");

        check.on(wide("", 4, "varbinary(1000)", null).index("shop", "wide", "k", false, "c0", "c1", "c2"))
                .passes();
        check.on(wide("", 4, "varbinary(1000)", null).index("shop", "wide", "k", false, "c0", "c1", "c2", "c3"))
                .finds(BLOCKS_MIGRATION, "takes 4000 bytes, the target takes 3072 (error 1071)");
    }

    @Test
    void leavesOutOtherEnginesAndKindsOfIndexes() {
        check.on(SnapshotFixture.mysql("5.7.22")
                        .table("shop", "my", "MyISAM")
                        .column("shop", "my", "v", "varchar(2000)", false)
                        .index("shop", "my", "k", true, "v"))
                .passes();
        check.on(table("")
                        .column("shop", "wide", "t", "text", false)
                        .index(
                                "shop",
                                "wide",
                                new Index(
                                        "f", false, "FULLTEXT", true, List.of(new Index.Part("t", null, false, null)))))
                .passes();
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("shop", "a", "InnoDB")
                        .grants("GRANT TRIGGER ON *.* TO `mig`@`%`"))
                .isUnknown("the account does not see the columns of shop.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "indexes", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithThreeMillionColumns() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB")
                    .primaryKey("shop", "t" + i, "c0")
                    .index("shop", "t" + i, "k", true, "c1", "c2");
            for (int j = 0; j < 30; j++) {
                fixture.column("shop", "t" + i, "c" + j, "varchar(100)", true);
            }
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).passes());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7"})
    void countsAsARealServerDoes(Release release) {
        TestServer target = Lab.server(release);
        Random random = new Random(42);
        target.execute("CREATE DATABASE cnt");
        for (int i = 0; i < 40; i++) {
            RandomTable table = new RandomTable(random);
            SnapshotFixture source = table.fixture();
            boolean refused = Lab.fails(target, table.definition(), 1118);

            CheckTester tester = check.with(to(release == Release.MYSQL_8_0 ? "8.0.15" : "9.7.4"))
                    .on(source);
            assertThat(tester.outcome().toString().contains("error 1118"))
                    .as(table.definition())
                    .isEqualTo(refused);
        }
        target.execute("DROP DATABASE cnt");
    }

    /** A table whose rows are about as long as they may be. */
    private static final class RandomTable {
        private static final List<String> TYPES = List.of(
                "int(11)",
                "bigint(20) unsigned",
                "tinyint(4)",
                "smallint(6)",
                "mediumint(9)",
                "float",
                "double",
                "decimal(%d,3)",
                "bit(%d)",
                "date",
                "year",
                "datetime(3)",
                "time",
                "enum('a,','b''','c')",
                "set('a','b','c','d','e','f','g','h','i')",
                "char(%d)",
                "varchar(%d)",
                "binary(%d)",
                "varbinary(%d)",
                "text",
                "json");
        private static final List<String> COLLATIONS =
                List.of("latin1_swedish_ci", "utf8mb4_bin", "ucs2_bin", "utf16_bin", "utf32_bin");

        private final List<Column> columns = new ArrayList<>();
        private final String format;
        private final boolean keyed;

        RandomTable(Random random) {
            format = List.of("DYNAMIC", "COMPACT", "REDUNDANT").get(random.nextInt(3));
            keyed = random.nextBoolean();
            columns.add(new Column("id", "int(11)", false, null, "", null, null));
            int goal = 8126 - 40 + random.nextInt(80);
            int bytes = 40;
            while (bytes < goal && columns.size() < 600) {
                String type = TYPES.get(random.nextInt(TYPES.size()));
                int length = 4 + random.nextInt(type.startsWith("bit") || type.startsWith("dec") ? 56 : 200);
                boolean text = type.startsWith("char") || type.startsWith("varchar") || type.equals("text");
                String collation = text || type.startsWith("enum") || type.startsWith("set")
                        ? COLLATIONS.get(random.nextInt(COLLATIONS.size()))
                        : null;
                Column column = new Column(
                        "c" + columns.size(),
                        String.format(type, length),
                        random.nextBoolean(),
                        null,
                        "",
                        collation,
                        null);
                int size = Math.min(ColumnSize.bytes(column), 42);
                columns.add(column);
                bytes += ColumnSize.isFixed(column, false) ? ColumnSize.bytes(column) : size;
            }
        }

        SnapshotFixture fixture() {
            SnapshotFixture fixture =
                    SnapshotFixture.mysql("8.0.15").table("shop", "t", "BASE TABLE", "InnoDB", "row_format=" + format);
            columns.forEach(column -> fixture.column("shop", "t", column));
            return keyed ? fixture.primaryKey("shop", "t", "id") : fixture;
        }

        String definition() {
            StringBuilder sql = new StringBuilder("CREATE TABLE cnt.t (");
            for (Column column : columns) {
                sql.append(column.name()).append(' ').append(column.type());
                if (column.collation() != null) {
                    sql.append(" COLLATE ").append(column.collation());
                }
                sql.append(column.nullable() ? " NULL, " : " NOT NULL, ");
            }
            return sql.append(keyed ? "PRIMARY KEY (id)" : "KEY (id)")
                    .append(") ROW_FORMAT=")
                    .append(format)
                    .toString();
        }
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfALoadAndMendsARealServer() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        StringBuilder texts = new StringBuilder("id INT PRIMARY KEY");
        for (int i = 0; i < 12; i++) {
            texts.append(", c").append(i).append(" TEXT");
        }
        source.execute(
                "CREATE DATABASE rs",
                "CREATE TABLE rs.prefixes (" + texts + ") ROW_FORMAT=COMPACT",
                "CREATE TABLE rs.index_one (v VARCHAR(255) CHARACTER SET utf8mb4, UNIQUE k (v))",
                "ALTER TABLE rs.index_one ROW_FORMAT=COMPACT",
                "CREATE TABLE rs.index_two (v VARCHAR(255) CHARACTER SET utf8mb4, KEY k (v))",
                "ALTER TABLE rs.index_two ROW_FORMAT=COMPACT",
                "CREATE TABLE rs.fine (v VARCHAR(255) CHARACTER SET utf8mb4, UNIQUE k (v))");
        String uri = source.uri("root", "");
        TestServer eight = Lab.server(Release.MYSQL_8_0);
        TestServer nine = Lab.server(Release.MYSQL_9_7);

        assertThat(check.on(uri).onto(eight.uri("root", "")).findings())
                .extracting(finding -> finding.effect() + " " + finding.object().label())
                .containsExactly("BLOCKS_MIGRATION rs.index_one.k", "WARNING rs.index_two.k");
        assertThat(Lab.load(source, "rs", eight)).isEqualTo(Set.of(1071));
        assertThat(check.on(uri).onto(nine.uri("root", "")).findings())
                .extracting(finding -> finding.effect() + " " + finding.object().label())
                .containsExactly(
                        "BLOCKS_MIGRATION rs.prefixes", "BLOCKS_MIGRATION rs.index_one.k", "WARNING rs.index_two.k");
        assertThat(Lab.load(source, "rs", nine)).isEqualTo(Set.of(1071, 1118));
        source.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        assertThat(Lab.load(source, "rs", nine)).isEmpty();
        source.execute("DROP DATABASE rs");
    }

    @Test
    @NeedsServer({Release.MARIADB_10_11, Release.MYSQL_8_0})
    void foretellsWhatMySqlRefusesOfMariaDb() {
        TestServer source = Lab.server(Release.MARIADB_10_11);
        StringBuilder columns = new StringBuilder("id INT PRIMARY KEY");
        StringBuilder key = new StringBuilder("KEY k (id");
        for (int i = 0; i < 16; i++) {
            columns.append(", c").append(i).append(" INT");
            key.append(", c").append(i);
        }
        source.execute(
                "CREATE DATABASE rm",
                "CREATE TABLE rm.parts (" + columns + ", " + key + "))",
                "CREATE TABLE rm.hashed (t TEXT, UNIQUE k (t))");

        assertThat(check.on(source.uri("root", "")).findings())
                .extracting(
                        finding -> finding.object().label() + finding.message().replaceAll(".*\\(error|\\)", ""))
                .containsExactly("rm.hashed.k 1170", "rm.parts.k 1070");
        assertThat(Lab.load(source, "rm", Lab.server(Release.MYSQL_8_0))).isEqualTo(Set.of(1070, 1170));
        source.execute("DROP DATABASE rm");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void knowsSmallerPages() {
        TestServer target =
                TestServer.of(Release.MYSQL_9_7).with("innodb_page_size", "4K").shared();
        TestServer source = Lab.server(Release.MYSQL_5_7);
        StringBuilder texts = new StringBuilder("id INT PRIMARY KEY");
        for (int i = 0; i < 48; i++) {
            texts.append(", c").append(i).append(" TEXT NOT NULL");
        }
        source.execute("CREATE DATABASE sp", "CREATE TABLE sp.a (" + texts + ")");
        String uri = source.uri("root", "");
        check.on(uri).onto(target.uri("root", "")).finds(BLOCKS_MIGRATION, "less than 1982");
        assertThat(Lab.load(source, "sp", target)).isEqualTo(Set.of(1118));

        source.execute(
                "DROP TABLE sp.a",
                "CREATE TABLE sp.b (a INT, v VARBINARY(764), UNIQUE k (a, v))",
                "CREATE TABLE sp.c (a INT, v VARBINARY(765), UNIQUE k (a, v))");
        check.on(uri).onto(target.uri("root", "")).finds(BLOCKS_MIGRATION, "the index k of sp.c takes 769 bytes");
        assertThat(Lab.load(source, "sp", target)).isEqualTo(Set.of(1071));
        source.execute("DROP DATABASE sp");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aReplicaStopsToo() {
        StringBuilder texts = new StringBuilder("id INT PRIMARY KEY");
        for (int i = 0; i < 12; i++) {
            texts.append(", c").append(i).append(" TEXT");
        }
        assertThat(Lab.replicate("CREATE DATABASE rr", "CREATE TABLE rr.t (" + texts + ") ROW_FORMAT=COMPACT"))
                .isEqualTo(1118);
        Lab.replicated().execute("DROP DATABASE rr");
        Lab.replica().execute("DROP DATABASE rr");
    }
}
