/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.core.snapshot.Views;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What databases are made of, and what goes on on a server, is read alike of each release, and survives a file. */
@Tag("docker")
final class ObjectFactsTest {
    private static final String PASSWORD = "Pw-4711-secret";
    private static final String ODD = "caf\u00e9 /@0024`x";

    /** What each view reads. */
    private static final Map<String, String> READ_BY = Map.of("fine", "parent", "broken", "child", "lost", "was");

    @TempDir
    private Path directory;

    private static TestServer server(Release release) {
        TestServer server = TestServer.of(release)
                .with("general_log", "OFF")
                .with("sql_mode", "NO_ENGINE_SUBSTITUTION")
                .shared();
        synchronized (ObjectFactsTest.class) {
            if (server.query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'made'")
                    .isEmpty()) {
                make(server, release);
            }
        }
        return server;
    }

    private static void make(TestServer server, Release release) {
        String odd = "`" + ODD.replace("`", "``") + "`";
        server.execute(
                "SET NAMES utf8mb4",
                "CREATE DATABASE made CHARACTER SET latin1",
                "CREATE DATABASE " + odd,
                "CREATE TABLE made.parent (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a, b)) ENGINE=InnoDB",
                "CREATE TABLE made.child (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, b INT, a INT, day DATE DEFAULT"
                        + " '0000-00-00', name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'x', kind"
                        + " ENUM('p', 'q'), UNIQUE KEY by_day (day), KEY by_name (name(10)), FULLTEXT KEY by_words"
                        + " (name), CONSTRAINT of_parent FOREIGN KEY"
                        + " (a, b) REFERENCES made.parent (a, b) ON DELETE CASCADE) ENGINE=InnoDB",
                "CREATE TABLE " + odd + ".p (id INT PRIMARY KEY) ENGINE=InnoDB",
                "CREATE TABLE " + odd
                        + ".c (id INT PRIMARY KEY, CONSTRAINT k FOREIGN KEY (id) REFERENCES p (id) ON DELETE NO"
                        + " ACTION) ENGINE=InnoDB",
                "CREATE VIEW made.fine AS SELECT a FROM made.parent",
                "CREATE VIEW made.broken AS SELECT id FROM made.child",
                "CREATE PROCEDURE made.p() SQL SECURITY INVOKER SELECT 'secret-free'",
                "CREATE FUNCTION made.f() RETURNS INT DETERMINISTIC NO SQL RETURN 1",
                "CREATE TRIGGER made.t BEFORE INSERT ON made.child FOR EACH ROW SET NEW.kind = 'p'",
                "CREATE EVENT made.e ON SCHEDULE EVERY 1 DAY DO DELETE FROM made.parent",
                "CREATE TABLE made.was (id INT) ENGINE=InnoDB",
                "CREATE VIEW made.lost AS SELECT id FROM made.was",
                "DROP TABLE made.was");
        if (release != Release.MYSQL_5_6) {
            server.execute("CREATE TABLE made.computed (a INT, b INT AS (a + 1) STORED, KEY (b)) ENGINE=InnoDB");
        }
        server.createAccount("made_all", PASSWORD, "ALL PRIVILEGES");
        server.createAccount("made_few", PASSWORD, "EXECUTE");
    }

    @ParameterizedTest
    @EnumSource
    void tablesAndWhatTheyAreMadeOf(Release release) throws IOException {
        Snapshot snapshot = throughAFile(Live.read(server(release).uri("made_all", PASSWORD)));

        List<Column> columns = snapshot.get(Facts.COLUMNS).of("made", "child");
        assertThat(columns).extracting(Column::name).containsExactly("id", "b", "a", "day", "name", "kind");
        assertThat(columns.get(0).dataType()).isEqualTo("bigint");
        assertThat(columns.get(0).isAutoIncrement()).isTrue();
        assertThat(columns.get(0).nullable()).isFalse();
        assertThat(columns.get(3).defaultValue()).contains("0000-00-00");
        assertThat(columns.get(4).collation()).isEqualTo("utf8mb4_bin");
        assertThat(columns.get(4).characterSet()).isEqualTo("utf8mb4");
        assertThat(columns.get(5).type()).isEqualTo("enum('p','q')");
        assertThat(columns.get(5).characterSet()).isEqualTo("latin1");

        List<Index> indexes = snapshot.get(Facts.INDEXES).of("made", "child");
        assertThat(indexes).extracting(Index::name).startsWith("PRIMARY").contains("by_day", "by_name");
        assertThat(indexes.get(0).identifiesRows()).isTrue();
        assertThat(index(indexes, "by_day").unique()).isTrue();
        assertThat(index(indexes, "by_day").identifiesRows()).isFalse();
        assertThat(index(indexes, "by_words").type()).isEqualTo("FULLTEXT");
        assertThat(index(indexes, "by_name").type()).isEqualTo("BTREE");
        assertThat(index(indexes, "by_name").parts()).containsExactly(new Index.Part("name", 10, true, null));
        assertThat(snapshot.get(Facts.INDEXES).of("made", "parent").get(0).parts())
                .extracting(Index.Part::column)
                .containsExactly("a", "b");

        assertThat(snapshot.get(Facts.FOREIGN_KEYS).of("made", "child"))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.name()).isEqualTo("of_parent");
                    assertThat(key.columns()).containsExactly("a", "b");
                    assertThat(key.referencedSchema() + "." + key.referencedTable())
                            .isEqualTo("made.parent");
                    assertThat(key.referencedColumns()).containsExactly("a", "b");
                    assertThat(key.deleteRule()).isEqualTo("CASCADE");
                    assertThat(key.updateRule()).isIn("RESTRICT", "NO ACTION");
                    assertThat(key.cascades()).isTrue();
                });
        assertThat(snapshot.get(Facts.FOREIGN_KEYS).of(ODD, "c"))
                .extracting(ForeignKey::referencedTable)
                .containsExactly("p");
        if (release != Release.MYSQL_5_6) {
            Column computed = snapshot.get(Facts.COLUMNS).of("made", "computed").get(1);
            assertThat(computed.isGenerated()).isTrue();
            assertThat(computed.expression()).contains("a").contains("+ 1");
            assertThat(snapshot.get(Facts.COLUMNS).of("made", "computed").get(0).isGenerated())
                    .isFalse();
        }
        for (Tables.Table table : snapshot.get(Facts.TABLES).list()) {
            if (table.name().equals("lost")) {
                assertThat(table.problem()).contains("made.lost").contains("invalid");
            } else if (table.schema().equals("made")) {
                assertThat(table.problem()).as(table.name()).isNull();
            }
        }
        assertThat(snapshot.get(Facts.TABLE_SIZES).list())
                .extracting(TableSizes.Size::table)
                .contains("child", "parent")
                .doesNotContain("fine", "broken", "lost");
    }

    @ParameterizedTest
    @EnumSource
    void programsAndViews(Release release) throws IOException {
        Snapshot snapshot = throughAFile(Live.read(server(release).uri("made_all", PASSWORD)));
        // Who made them: root, from where it reaches the server.
        String maker = String.valueOf(
                server(release).query("SELECT CURRENT_USER()").get(0).get(0));
        List<Routines.Routine> routines =
                new ArrayList<>(snapshot.get(Facts.ROUTINES).list());
        routines.removeIf(routine -> !routine.schema().equals("made"));
        assertThat(routines)
                .extracting(routine -> routine.type() + " " + routine.name() + " " + routine.security() + " "
                        + routine.deterministic() + " " + routine.definer())
                .containsExactlyInAnyOrder("PROCEDURE p INVOKER false " + maker, "FUNCTION f DEFINER true " + maker);
        assertThat(routines)
                .extracting(Routines.Routine::body)
                .anySatisfy(body -> assertThat(body).contains("secret-free"));
        assertThat(snapshot.get(Facts.TRIGGERS).list()).singleElement().satisfies(trigger -> {
            assertThat(trigger.sqlMode()).endsWith("NO_ENGINE_SUBSTITUTION");
            assertThat(trigger)
                    .isEqualTo(new Triggers.Trigger(
                            "made", "t", "child", "BEFORE", "INSERT", maker, trigger.sqlMode(), "SET NEW.kind = 'p'"));
        });
        assertThat(snapshot.get(Facts.EVENTS).list()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("e");
            assertThat(event.isEnabled()).isTrue();
            assertThat(event.recurring()).isTrue();
            assertThat(event.body()).isEqualTo("DELETE FROM made.parent");
        });
        assertThat(snapshot.get(Facts.VIEWS).list())
                .extracting(Views.View::name)
                .containsExactlyInAnyOrder("fine", "broken", "lost");
        assertThat(snapshot.get(Facts.VIEWS).list()).allSatisfy(view -> {
            if (release == Release.MYSQL_8_0) {
                // 8.0.15 shows it to the definer alone.
                assertThat(view.definition()).isNull();
            } else {
                assertThat(view.definition()).contains("select");
            }
            if (release == Release.MYSQL_9_7) {
                assertThat(view.references()).containsExactly(new Views.Reference("made", READ_BY.get(view.name())));
            } else {
                assertThat(view.references()).isNull();
            }
        });
        assertThat(snapshot.get(Facts.ACCOUNTS).list())
                .filteredOn(entry -> entry.account().user().equals("made_all"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.hasPassword()).isTrue();
                    assertThat(entry.superUser()).isTrue();
                    assertThat(entry.plugin()).isIn("mysql_native_password", "caching_sha2_password", "");
                });
        assertThat(snapshot.get(Facts.ACCOUNTS).list())
                .extracting(Accounts.Entry::hasPassword)
                .contains(true);
        assertThat(snapshot.get(Facts.PLUGINS).list())
                .anySatisfy(plugin -> assertThat(plugin.name()).isEqualTo("InnoDB"));
        assertThat(snapshot.get(Facts.BINARY_LOGS).list()).isNotEmpty();
        assertThat(snapshot.get(Facts.STATUS).uptimeSeconds()).isNotNegative();
        assertThat(snapshot.get(Facts.STATUS).number("threads_connected", 0)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHidden(Release release) {
        Snapshot snapshot = Live.read(server(release).uri("made_few", PASSWORD));
        for (FactKey<?> key : List.of(Facts.ACCOUNTS, Facts.TRANSACTIONS, Facts.REPLICAS, Facts.BINARY_LOGS)) {
            assertThat(snapshot.find(key)).as(key.name()).isInstanceOfSatisfying(Fact.Unavailable.class, fact -> {
                assertThat(fact.cause()).isEqualTo(Fact.Cause.PRIVILEGE);
                assertThat(fact.remedy()).startsWith("GRANT");
            });
        }
        // The server hides these without a word.
        assertThat(snapshot.get(Facts.TRIGGERS).list()).isEmpty();
        assertThat(snapshot.get(Facts.EVENTS).list()).isEmpty();
        assertThat(snapshot.get(Facts.ROUTINES).list())
                .filteredOn(routine -> routine.schema().equals("made"))
                .hasSize(2)
                .allSatisfy(routine -> assertThat(routine.body()).isNull());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void whatGoesOn(Release release) throws SQLException {
        TestServer server = server(release);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("XA START X'6162', X'63', 7");
            statement.execute("INSERT INTO made.parent VALUES (7, 7)");
            statement.execute("XA END X'6162', X'63', 7");
            statement.execute("XA PREPARE X'6162', X'63', 7");
            try {
                Snapshot snapshot = Live.read(server.uri("made_all", PASSWORD));
                assertThat(snapshot.get(Facts.PREPARED_TRANSACTIONS).list())
                        .extracting(PreparedTransactions.Xid::sql)
                        .containsExactly("X'6162', X'63', 7");
                assertThat(snapshot.get(Facts.TRANSACTIONS).list())
                        .anySatisfy(transaction ->
                                assertThat(transaction.rowsModified()).isEqualTo(1));
                assertThat(snapshot.get(Facts.PROCESSES).idle()).isPositive();
            } finally {
                statement.execute("XA ROLLBACK X'6162', X'63', 7");
            }
        }
    }

    private static Index index(List<Index> indexes, String name) {
        return indexes.stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What was read, as somebody else reads it of a file; nothing may be lost on the way. */
    private Snapshot throughAFile(Snapshot snapshot) throws IOException {
        Path file = directory.resolve("snapshot.json.gz");
        SnapshotFile.write(snapshot, file);
        Snapshot read = SnapshotFile.read(file);
        for (FactKey<?> key : Facts.all()) {
            if (snapshot.find(key) instanceof Fact.Known<?> known && known.value() instanceof PerTable<?> tables) {
                assertThat(((PerTable<?>) ((Fact.Known<?>) read.find(key)).value()).entries())
                        .isEqualTo(tables.entries());
            } else {
                assertThat(read.find(key)).as(key.name()).isEqualTo(snapshot.find(key));
            }
        }
        return read;
    }
}
