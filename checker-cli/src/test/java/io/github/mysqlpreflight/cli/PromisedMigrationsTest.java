/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an advice promises is tried on a real target. Each state of a source is migrated by the real mysqldump of 9.7 and by GTID
 * replication: where replication is advised the replica has to catch up with equal rows, where a dump is advised it has to load with
 * every object; and what is said to fail has to fail.
 */
@Tag("slow")
@NeedsServer(Release.MYSQL_9_7)
final class PromisedMigrationsTest {
    private static final String PASSWORD = "Pw-4711-mig";

    /** From which release to which; the servers of a pair serve all its states, one after the other. */
    private enum Pair {
        OLD(Release.MYSQL_5_7, Release.MYSQL_8_0),
        SAME(Release.MYSQL_8_0, Release.MYSQL_8_0),
        NEW(Release.MYSQL_9_7, Release.MYSQL_9_7);

        private final Release from;
        private final Release to;

        Pair(Release from, Release to) {
            this.from = from;
            this.to = to;
        }
    }

    /** What is advised. */
    private enum Advice {
        REPLICATION,
        DUMP,
        NOTHING
    }

    /**
     * One state of a source.
     *
     * @param name what it is
     * @param sql what makes it, beside a table {@code shop.orders} with a row
     * @param rights of the account {@code mig}; null for all that a migration needs
     * @param after what is written while the replica follows
     * @param ignored databases that are not migrated
     * @param advice what has to be advised
     * @param dumpFails whether a dump by that account, or its load, has to fail
     * @param filter what has to be taken out of the dump before it is loaded; empty for nothing
     */
    private record State(
            Pair pair,
            String name,
            List<String> sql,
            @Nullable List<String> rights,
            List<String> after,
            String ignored,
            List<String> onTarget,
            Advice advice,
            boolean dumpFails,
            String filter) {
        static State of(Pair pair, String name, String... sql) {
            return new State(
                    pair,
                    name,
                    List.of(sql),
                    null,
                    List.of("INSERT INTO shop.orders VALUES (2, 'after')"),
                    "",
                    List.of(),
                    Advice.REPLICATION,
                    false,
                    "");
        }

        State rights(String... privileges) {
            return new State(pair, name, sql, List.of(privileges), after, ignored, onTarget, advice, dumpFails, filter);
        }

        State after(String... statements) {
            return new State(
                    pair, name, sql, rights, List.of(statements), ignored, onTarget, advice, dumpFails, filter);
        }

        State ignoring(String database) {
            return new State(pair, name, sql, rights, after, database, onTarget, advice, dumpFails, filter);
        }

        State onTarget(String... statements) {
            return new State(pair, name, sql, rights, after, ignored, List.of(statements), advice, dumpFails, filter);
        }

        State advises(Advice other) {
            return new State(pair, name, sql, rights, after, ignored, onTarget, other, dumpFails, filter);
        }

        State breaksADump() {
            return new State(pair, name, sql, rights, after, ignored, onTarget, advice, true, filter);
        }

        /** With a dump out of which those words are taken before it is loaded, as the report advises. */
        State filtered(String words) {
            return new State(pair, name, sql, rights, after, ignored, onTarget, advice, dumpFails, words);
        }

        @Override
        public String toString() {
            return pair + ": " + name;
        }
    }

    static Stream<State> states() {
        List<State> states = new ArrayList<>();
        for (Pair pair : Pair.values()) {
            states.addAll(List.of(
                    State.of(pair, "an ordinary table"),
                    State.of(
                            pair,
                            "a view, a routine, a trigger and an event",
                            "SET SESSION sql_mode = 'STRICT_TRANS_TABLES'",
                            "CREATE VIEW shop.v AS SELECT id FROM shop.orders",
                            "CREATE PROCEDURE shop.p() SELECT COUNT(*) FROM shop.orders",
                            "CREATE FUNCTION shop.f(a INT) RETURNS INT DETERMINISTIC NO SQL RETURN a + 1",
                            "CREATE TRIGGER shop.t BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.note = UPPER(NEW.note)",
                            "CREATE EVENT shop.e ON SCHEDULE EVERY 1 YEAR STARTS '2037-01-01' DISABLE DO DELETE FROM"
                                    + " shop.orders"),
                    State.of(
                                    pair,
                                    "no primary key",
                                    "CREATE TABLE shop.log (line VARCHAR(20))",
                                    "INSERT INTO shop.log VALUES ('a'), ('a')")
                            .after(
                                    "INSERT INTO shop.log VALUES ('b')",
                                    "DELETE FROM shop.log WHERE line = 'a' LIMIT 1"),
                    // The parent is created first: 8.0.15 does not cascade to a child that was there before its parent.
                    State.of(
                                    pair,
                                    "parents and children",
                                    "CREATE TABLE shop.adults (id INT PRIMARY KEY)",
                                    "CREATE TABLE shop.children (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES shop.adults (id) ON"
                                            + " DELETE CASCADE)",
                                    "INSERT INTO shop.adults VALUES (1), (2)",
                                    "INSERT INTO shop.children VALUES (1, 1), (2, 2)")
                            .after("DELETE FROM shop.adults WHERE id = 1"),
                    State.of(
                                    pair,
                                    "generated columns, JSON and a partitioned table",
                                    "CREATE TABLE shop.doc (id INT PRIMARY KEY, j JSON, k VARCHAR(20) AS (j->>'$.k') STORED, KEY (k))",
                                    "INSERT INTO shop.doc (id, j) VALUES (1, '{\"k\": \"x\"}')",
                                    "CREATE TABLE shop.parts (id INT PRIMARY KEY, a INT) PARTITION BY HASH (id) PARTITIONS 4",
                                    "INSERT INTO shop.parts VALUES (1, 1), (2, 2)")
                            .after(
                                    "INSERT INTO shop.doc (id, j) VALUES (2, '{\"k\": \"y\"}')",
                                    "INSERT INTO shop.parts VALUES (3, 3)"),
                    State.of(
                                    pair,
                                    "names that need quotes",
                                    "CREATE DATABASE `we``ird db`",
                                    "CREATE TABLE `we``ird db`.`x \"y\"-z` (`a b` INT PRIMARY KEY, `order` INT)",
                                    "INSERT INTO `we``ird db`.`x \"y\"-z` VALUES (1, 1)")
                            .after("INSERT INTO `we``ird db`.`x \"y\"-z` VALUES (2, 2)"),
                    State.of(
                                    pair,
                                    "types and keys of all kinds",
                                    "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
                                    "CREATE TABLE shop.kinds (id INT PRIMARY KEY AUTO_INCREMENT, f FLOAT, d DOUBLE, n DECIMAL(30,10),"
                                            + " b BIT(9), y YEAR, t TIME(3), dt DATETIME(6), ts TIMESTAMP NULL, e ENUM('a', 'b''c'), s"
                                            + " SET('x', 'y'), c CHAR(5), bi BINARY(5), vb VARBINARY(40), bl LONGBLOB, tx TEXT, g POINT NOT"
                                            + " NULL, KEY (n DESC, e), UNIQUE KEY (vb), FULLTEXT KEY (tx), SPATIAL KEY (g)) ENGINE=InnoDB",
                                    "INSERT INTO shop.kinds VALUES (0, 1.5, 1e300, 123456789.0123456789, b'101', 2024, '-11:22:33.444',"
                                            + " '2024-02-29 01:02:03.456789', '2024-01-01 00:00:00', 'b''c', 'x,y', 'a ', X'00FF', X'00275C0A',"
                                            + " REPEAT(X'00FF', 3000000), 'gr\u00fc\u00df \ud83d\ude00', ST_GeomFromText('POINT(1 2)'))")
                            .after(
                                    "UPDATE shop.kinds SET f = 2.5, bl = X'FF00', tx = 'after' WHERE id = 0",
                                    "INSERT INTO shop.kinds (g) VALUES (ST_GeomFromText('POINT(3 4)'))"),
                    State.of(
                            pair,
                            "a trigger that writes elsewhere",
                            "CREATE TABLE shop.audit (id INT PRIMARY KEY AUTO_INCREMENT, what VARCHAR(20))",
                            "SET SESSION sql_mode = 'STRICT_TRANS_TABLES'",
                            "CREATE TRIGGER shop.t AFTER INSERT ON shop.orders FOR EACH ROW INSERT INTO shop.audit (what) VALUES"
                                    + " (NEW.note)",
                            "INSERT INTO shop.orders VALUES (5, 'fifth')"),
                    State.of(
                                    pair,
                                    "a table in a general tablespace",
                                    "CREATE TABLESPACE shared_by ADD DATAFILE 'shared_by.ibd'",
                                    "CREATE TABLE shop.general (id INT PRIMARY KEY) TABLESPACE shared_by")
                            .advises(Advice.NOTHING)
                            .breaksADump(),
                    State.of(
                                    pair,
                                    "a table that is not InnoDB",
                                    "CREATE TABLE shop.m (id INT PRIMARY KEY) ENGINE=MyISAM")
                            .advises(Advice.DUMP),
                    State.of(
                                    pair,
                                    "a key into a database that is left out",
                                    "CREATE DATABASE other",
                                    "CREATE TABLE other.parent (id INT PRIMARY KEY)",
                                    "CREATE TABLE shop.child (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES other.parent (id))")
                            .ignoring("other")
                            .advises(Advice.DUMP),
                    State.of(
                                    pair,
                                    "a view that is broken",
                                    "CREATE TABLE shop.was (id INT PRIMARY KEY)",
                                    "CREATE VIEW shop.lost AS SELECT id FROM shop.was",
                                    "DROP TABLE shop.was")
                            .advises(Advice.NOTHING)
                            .breaksADump(),
                    State.of(
                            pair,
                            "a program whose definer is gone",
                            "SET SESSION sql_mode = 'STRICT_TRANS_TABLES'",
                            "CREATE DEFINER='gone'@'%' PROCEDURE shop.p() SELECT 1",
                            "CREATE DEFINER='gone'@'%' VIEW shop.orphan AS SELECT id FROM shop.orders"),
                    State.of(pair, "no RELOAD")
                            .rights(
                                    "SELECT",
                                    "PROCESS",
                                    "LOCK TABLES",
                                    "SHOW VIEW",
                                    "TRIGGER",
                                    "EVENT",
                                    "REPLICATION SLAVE",
                                    "REPLICATION CLIENT")
                            .advises(Advice.DUMP),
                    State.of(
                                    pair,
                                    "no EVENT",
                                    "CREATE EVENT shop.e ON SCHEDULE EVERY 1 YEAR STARTS '2037-01-01' DO SELECT 1")
                            .rights(
                                    "SELECT",
                                    "RELOAD",
                                    "PROCESS",
                                    "LOCK TABLES",
                                    "SHOW VIEW",
                                    "TRIGGER",
                                    "REPLICATION SLAVE",
                                    "REPLICATION CLIENT")
                            .advises(Advice.NOTHING)
                            .breaksADump(),
                    State.of(pair, "no SHOW VIEW", "CREATE VIEW shop.v AS SELECT id FROM shop.orders")
                            .rights(
                                    "SELECT",
                                    "RELOAD",
                                    "PROCESS",
                                    "LOCK TABLES",
                                    "TRIGGER",
                                    "EVENT",
                                    "REPLICATION SLAVE",
                                    "REPLICATION CLIENT")
                            .advises(Advice.NOTHING)
                            .breaksADump(),
                    State.of(
                                    pair,
                                    "no TRIGGER",
                                    "CREATE TRIGGER shop.t BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.note = 'x'")
                            .rights(
                                    "SELECT",
                                    "RELOAD",
                                    "PROCESS",
                                    "LOCK TABLES",
                                    "SHOW VIEW",
                                    "EVENT",
                                    "REPLICATION SLAVE",
                                    "REPLICATION CLIENT")
                            // The dump works, and lacks what nobody could see: that is said.
                            .advises(Advice.DUMP)
                            .breaksADump(),
                    State.of(pair, "no REPLICATION SLAVE")
                            .rights(
                                    "SELECT",
                                    "RELOAD",
                                    "PROCESS",
                                    "LOCK TABLES",
                                    "SHOW VIEW",
                                    "TRIGGER",
                                    "EVENT",
                                    "REPLICATION CLIENT")
                            .advises(Advice.DUMP),
                    State.of(
                                    pair,
                                    "a database that may not be read",
                                    "CREATE DATABASE hidden",
                                    "CREATE TABLE hidden.t (id INT PRIMARY KEY)")
                            .rights("RELOAD", "PROCESS", "SHOW DATABASES", "REPLICATION SLAVE", "REPLICATION CLIENT")
                            .advises(Advice.NOTHING)
                            .breaksADump(),
                    State.of(pair, "a table that is on the target already")
                            .onTarget(
                                    "CREATE DATABASE shop",
                                    "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                                    "INSERT INTO shop.orders VALUES (9)")
                            .advises(Advice.NOTHING)));
        }
        states.addAll(List.of(
                State.of(
                                Pair.OLD,
                                "a routine with a removed sql_mode",
                                "SET SESSION sql_mode = 'NO_AUTO_CREATE_USER,STRICT_TRANS_TABLES'",
                                "CREATE PROCEDURE shop.p() SELECT 1")
                        .filtered("NO_AUTO_CREATE_USER"),
                State.of(
                                Pair.OLD,
                                "a routine that sorts while grouping",
                                "CREATE PROCEDURE shop.p() SELECT note, COUNT(*) FROM shop.orders GROUP BY note DESC")
                        .advises(Advice.NOTHING)
                        .breaksADump(),
                State.of(
                                Pair.OLD,
                                "a view with a function that is gone",
                                "CREATE VIEW shop.v AS SELECT PASSWORD(note) AS p FROM shop.orders")
                        .advises(Advice.NOTHING)
                        .breaksADump(),
                State.of(
                                Pair.OLD,
                                "a view of a system table that is gone",
                                "CREATE VIEW shop.v AS SELECT VARIABLE_VALUE FROM information_schema.global_variables")
                        .advises(Advice.NOTHING)
                        .breaksADump(),
                State.of(
                        Pair.OLD,
                        "zero dates that a lax server took",
                        "SET SESSION sql_mode = ''",
                        "CREATE TABLE shop.dates (id INT PRIMARY KEY, d DATE NOT NULL DEFAULT '0000-00-00')",
                        "INSERT INTO shop.dates VALUES (1, '0000-00-00')"),
                State.of(
                        Pair.OLD,
                        "old and compressed row formats",
                        "CREATE TABLE shop.r (id INT PRIMARY KEY, a VARCHAR(100)) ROW_FORMAT=REDUNDANT",
                        "CREATE TABLE shop.z (id INT PRIMARY KEY, a VARCHAR(100)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"),
                State.of(
                        Pair.SAME,
                        "the collation that 8.0 begins with",
                        "CREATE TABLE shop.u (id INT PRIMARY KEY, a VARCHAR(20)) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci",
                        "INSERT INTO shop.u VALUES (1, '\u00e9')"),
                State.of(
                                Pair.NEW,
                                "an invisible column",
                                "CREATE TABLE shop.i (id INT PRIMARY KEY, a INT INVISIBLE DEFAULT 3)")
                        .after("INSERT INTO shop.i (id) VALUES (1)")));
        return states.stream();
    }

    private static final Map<Pair, Bench> BENCHES = new TreeMap<>();

    @AfterAll
    static void stop() {
        BENCHES.values().forEach(Bench::close);
        BENCHES.clear();
    }

    @ParameterizedTest
    @MethodSource("states")
    void whatIsAdvisedHolds(State state) {
        Bench bench = BENCHES.computeIfAbsent(state.pair, Bench::new);
        bench.prepare(state);
        Map<String, @Nullable Object> verdict = bench.verdict(state);
        String result = String.valueOf(verdict.get("result"));
        String method = String.valueOf(verdict.get("method"));

        assertThat(method)
                .as(result)
                .isEqualTo(
                        switch (state.advice) {
                            case REPLICATION -> "replication";
                            case DUMP -> "dump";
                            case NOTHING -> "null";
                        });
        if (method.equals("replication")) {
            bench.follow(state);
        }
        bench.prepare(state);
        String trouble = bench.dumpAndLoad(state);
        boolean unverified = !((List<?>) requireNonNull(verdict.get("unverified"))).isEmpty();
        if (method.equals("dump") && !unverified) {
            assertThat(trouble).as("the dump that is advised: " + result).isEmpty();
        }
        boolean dumpBlocked = !((List<?>) reasons(verdict).get("dump")).isEmpty();
        if (state.dumpFails) {
            assertThat(trouble).as("a dump that has to fail").isNotEmpty();
            assertThat(dumpBlocked || unverified)
                    .as("what fails is foretold: " + trouble)
                    .isTrue();
        } else if (!dumpBlocked) {
            assertThat(trouble).as("a dump that nothing speaks against").isEmpty();
        } else {
            assertThat(state.advice).as("no false alarm: this dump works").isEqualTo(Advice.NOTHING);
        }
    }

    private static Map<?, ?> reasons(Map<String, @Nullable Object> verdict) {
        return (Map<?, ?>) verdict.get("reasons");
    }

    /** A source and a target that are made fresh for each state. */
    private static final class Bench implements AutoCloseable {
        private final Pair pair;
        private final TestServer source;
        private final TestServer target;
        private final DumpClient client = DumpClient.of(Release.MYSQL_9_7);

        Bench(Pair pair) {
            this.pair = pair;
            CompletableFuture<TestServer> second =
                    CompletableFuture.supplyAsync(() -> numbered(pair.to, "2").start());
            this.source = numbered(pair.from, "1").start();
            this.target = second.join();
        }

        private static TestServer.Builder numbered(Release release, String id) {
            return TestServer.of(release)
                    .with("gtid_mode", "ON")
                    .with("enforce_gtid_consistency", "ON")
                    .with("log_slave_updates", "ON")
                    .with("server_id", id)
                    .with("log_bin_trust_function_creators", "ON");
        }

        void prepare(State state) {
            boolean newWords = target.release() == Release.MYSQL_9_7;
            target.execute(
                    newWords ? "STOP REPLICA" : "STOP SLAVE", newWords ? "RESET REPLICA ALL" : "RESET SLAVE ALL");
            for (TestServer server : List.of(source, target)) {
                for (List<@Nullable String> row :
                        server.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE"
                                + " SCHEMA_NAME NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')")) {
                    server.execute(
                            "SET FOREIGN_KEY_CHECKS = 0",
                            "DROP DATABASE `" + String.valueOf(row.get(0)).replace("`", "``") + "`");
                }
                for (List<@Nullable String> row : server.query("SELECT NAME FROM information_schema.INNODB_"
                        + (server.release() == Release.MYSQL_5_7 ? "SYS_" : "") + "TABLESPACES WHERE SPACE_TYPE ="
                        + " 'General' AND NAME <> 'mysql'")) {
                    server.execute("DROP TABLESPACE `" + row.get(0) + "`");
                }
                server.execute(
                        "DROP USER IF EXISTS 'mig'@'%'",
                        server.release() == Release.MYSQL_9_7 ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER");
            }
            List<String> sql = new ArrayList<>(List.of(
                    "SET NAMES utf8mb4",
                    "CREATE DATABASE shop CHARACTER SET utf8mb4",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))",
                    "INSERT INTO shop.orders VALUES (1, 'before')"));
            sql.addAll(state.sql);
            source.execute(sql.toArray(new String[0]));
            List<String> rights = state.rights;
            if (rights == null) {
                source.createMigrationAccount("mig", PASSWORD);
            } else {
                source.createAccount("mig", PASSWORD, rights.toArray(new String[0]));
            }
            if (!state.onTarget.isEmpty()) {
                target.execute(state.onTarget.toArray(new String[0]));
            }
        }

        Map<String, @Nullable Object> verdict(State state) {
            List<String> arguments = new ArrayList<>(List.of(
                    "check", source.uri("mig", PASSWORD), "--target-uri", target.uri("root", ""), "--format", "json"));
            if (!state.ignored.isEmpty()) {
                arguments.addAll(List.of("--ignore-dbs", state.ignored));
            }
            Cli.Result result = Cli.run(arguments.toArray(new String[0]));
            assertThat(result.all()).doesNotContain(PASSWORD);
            return Documents.read(result.out());
        }

        private List<String> databases(State state) {
            List<String> databases = new ArrayList<>();
            for (List<@Nullable String> row : source.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE"
                    + " SCHEMA_NAME NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')")) {
                if (!state.ignored.equals(row.get(0))) {
                    databases.add(String.valueOf(row.get(0)));
                }
            }
            return databases;
        }

        private DumpClient.Dump dump(State state, String... options) {
            List<String> arguments = new ArrayList<>(List.of("--single-transaction", "--column-statistics=0"));
            if (source.release() == Release.MYSQL_5_7) {
                // It does TLS 1.1 only; and it does not know the collation that the client greets with.
                arguments.addAll(List.of("--ssl-mode=DISABLED", "--default-character-set=utf8mb4"));
            }
            arguments.addAll(List.of(options));
            arguments.add("--databases");
            arguments.addAll(databases(state));
            DumpClient.Dump dump = client.dump(source, "mig", PASSWORD, arguments.toArray(new String[0]));
            if (!state.filter.isEmpty()) {
                dump.remove(state.filter);
            }
            return dump;
        }

        /** By mysqldump alone; says what went wrong, or what was lost, and nothing where all is there. */
        String dumpAndLoad(State state) {
            DumpClient.Dump dump = dump(state, "--set-gtid-purged=OFF", "--routines", "--events", "--triggers");
            if (!dump.succeeded()) {
                return "mysqldump: " + dump.errors();
            }
            DumpClient.Result load = client.load(dump, target);
            if (!load.succeeded()) {
                return "load: " + load.errors();
            }
            return difference(state, true);
        }

        /** As the handbook says: seeded by mysqldump with the GTIDs in it, then by the binary log. */
        void follow(State state) {
            DumpClient.Dump dump = dump(state, "--set-gtid-purged=ON", "--routines", "--events", "--triggers");
            assertThat(dump.succeeded()).as("seeding: " + dump.errors()).isTrue();
            DumpClient.Result load = client.load(dump, target);
            assertThat(load.succeeded()).as("seeding: " + load.errors()).isTrue();
            boolean newWords = pair.to == Release.MYSQL_9_7;
            String channel = "CHANGE MASTER TO MASTER_HOST = '" + source.host() + "', MASTER_PORT = " + source.port()
                    + ", MASTER_USER = 'mig', MASTER_PASSWORD = '" + PASSWORD
                    + "', MASTER_AUTO_POSITION = 1, MASTER_CONNECT_RETRY = 1, MASTER_RETRY_COUNT = 2"
                    + (pair.from == Release.MYSQL_5_7 ? "" : ", MASTER_SSL = 1");
            target.execute(
                    newWords
                            ? channel.replace("CHANGE MASTER", "CHANGE REPLICATION SOURCE")
                                    .replace("MASTER_", "SOURCE_")
                            : channel,
                    newWords ? "START REPLICA" : "START SLAVE");
            source.execute(state.after.toArray(new String[0]));
            String executed = source.variable("gtid_executed").replace("\n", "");
            List<List<@Nullable String>> waited =
                    target.query("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed + "', 120)");
            assertThat(waited.get(0).get(0))
                    .as(() -> "the replica does not catch up: "
                            + target.query(newWords ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS"))
                    .isEqualTo("0");
            assertThat(difference(state, false)).isEmpty();
        }

        /** What the target lacks, or has otherwise. */
        private String difference(State state, boolean programs) {
            StringBuilder difference = new StringBuilder();
            for (String database : databases(state)) {
                String quoted = database.replace("'", "''");
                for (List<@Nullable String> table :
                        source.query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE"
                                + " TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = '" + quoted + "'")) {
                    String select = "SELECT * FROM `" + database.replace("`", "``") + "`.`"
                            + String.valueOf(table.get(0)).replace("`", "``") + "`";
                    if (!rows(source, select).equals(rows(target, select))) {
                        difference.append("rows differ: ").append(select).append("; ");
                    }
                }
                if (programs) {
                    for (String count : List.of(
                            "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = '" + quoted + "'",
                            "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '" + quoted + "'",
                            "SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = '" + quoted + "'",
                            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + quoted + "'")) {
                        if (!source.query(count).equals(target.query(count))) {
                            difference.append("lost: ").append(count).append("; ");
                        }
                    }
                }
            }
            return difference.toString();
        }

        private static List<String> rows(TestServer server, String select) {
            List<String> rows = new ArrayList<>();
            for (List<@Nullable String> row : server.query(select)) {
                rows.add(String.valueOf(row));
            }
            Collections.sort(rows);
            return rows;
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }
}
