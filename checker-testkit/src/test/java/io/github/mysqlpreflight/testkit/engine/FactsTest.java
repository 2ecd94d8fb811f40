/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of each release is what the server says by another way, and survives a file. */
@Tag("docker")
final class FactsTest {
    private static final String PASSWORD = "Pw-4711-secret";
    private static final String ODD = "o`d\"d 'na.me' ü 日本 \uD83D\uDE00".replace("\uD83D\uDE00", "é");

    @TempDir
    private Path directory;

    private static TestServer server(Release release) {
        TestServer server = TestServer.of(release).with("general_log", "OFF").shared();
        synchronized (FactsTest.class) {
            if (server.query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'facts'")
                    .isEmpty()) {
                server.execute(
                        "SET NAMES utf8mb4",
                        "CREATE DATABASE facts CHARACTER SET latin1",
                        "CREATE DATABASE `" + ODD.replace("`", "``") + "`",
                        "CREATE TABLE facts.parts (id INT PRIMARY KEY) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 3",
                        "CREATE TABLE facts.memory (id INT) ENGINE=MEMORY",
                        "CREATE TABLE facts.myisam (id INT) ENGINE=MyISAM ROW_FORMAT=FIXED",
                        "CREATE TABLE facts.csv (id INT NOT NULL) ENGINE=CSV",
                        "CREATE VIEW facts.a_view AS SELECT id FROM facts.memory",
                        "CREATE TABLE `" + ODD.replace("`", "``") + "`.`" + ODD.replace("`", "``")
                                + "` (id INT PRIMARY KEY)");
                server.createAccount("facts_all", PASSWORD, "ALL PRIVILEGES");
                server.createAccount("facts_few", PASSWORD, "SELECT");
            }
        }
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void everyFactIsKnownAndRight(Release release) {
        TestServer server = server(release);
        Snapshot snapshot = Live.read(server.uri("facts_all", PASSWORD));
        for (FactKey<?> key : Facts.all()) {
            assertThat(snapshot.find(key))
                    .as(key.name())
                    .isInstanceOf(isThere(key, release) ? Fact.Known.class : Fact.Unavailable.class);
        }
        assertVariables(server, snapshot);
        assertObjects(server, snapshot);

        SessionFacts session = snapshot.get(Facts.SESSION);
        assertThat(session.account().user()).isEqualTo("facts_all");
        assertThat(session.account().host()).isEqualTo("%");
        assertThat(session.clientUser()).startsWith("facts_all@");
        assertThat(session.activeRoles()).isEmpty();
        assertThat(session.isEncrypted()).isEqualTo(release.offersModernTls());
        if (release.offersModernTls()) {
            assertThat(session.tlsVersion()).isIn("TLSv1.2", "TLSv1.3");
        }

        ConnectionFacts connection = snapshot.get(Facts.CONNECTION);
        assertThat(connection.port()).isEqualTo(server.port());
        assertThat(connection.failure()).isNull();
        assertThat(connection.plainTextBecause()).isNull();

        BinaryLogStatus.Position position =
                snapshot.get(Facts.BINARY_LOG_STATUS).current();
        assertThat(position).isNotNull();
        assertThat(position.file()).startsWith("binlog.0");
        assertThat(position.position()).isPositive();
        assertThat(snapshot.get(Facts.REPLICA_STATUS).isReplica()).isFalse();
        AccountGrants grants = snapshot.get(Facts.GRANTS);
        assertThat(grants.effective().unparsed()).isEmpty();
        assertThat(grants.withAllRoles()).isNull();
        assertThat(snapshot.get(Facts.SCHEMA_SIZES).bytes()).containsKey("facts");
    }

    /** Whether a server of that release has such a thing at all. */
    private static boolean isThere(FactKey<?> key, Release release) {
        if (key == Facts.SESSION_FORMATS) {
            return release != Release.MYSQL_5_6 && release != Release.MARIADB_10_11;
        }
        return key != Facts.RDS_CONFIGURATION && key != Facts.AURORA_TOPOLOGY;
    }

    private static void assertVariables(TestServer server, Snapshot snapshot) {
        Map<String, String> expected = new HashMap<>();
        for (List<String> row : server.query("SHOW GLOBAL VARIABLES")) {
            expected.put(row.get(0).toLowerCase(java.util.Locale.ROOT), row.get(1) == null ? "" : row.get(1));
        }
        // Those tell the time or count what the two sessions do.
        for (String changing :
                List.of("timestamp", "gtid_executed", "gtid_binlog_pos", "gtid_current_pos", "gtid_binlog_state")) {
            expected.remove(changing);
        }
        Map<String, String> actual = new HashMap<>(snapshot.get(Facts.VARIABLES).values());
        List<String> secret = List.of("report_password", "wsrep_sst_auth");
        expected.keySet().removeAll(secret);
        assertThat(actual.keySet()).containsAll(expected.keySet()).doesNotContainAnyElementsOf(secret);
        expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isEqualTo(value));
    }

    private static void assertObjects(TestServer server, Snapshot snapshot) {
        List<List<String>> schemas = new ArrayList<>();
        snapshot.get(Facts.SCHEMAS)
                .list()
                .forEach(schema -> schemas.add(List.of(
                        schema.name(), String.valueOf(schema.characterSet()), String.valueOf(schema.collation()))));
        assertThat(schemas)
                .containsExactlyInAnyOrderElementsOf(
                        server.query("SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM"
                                + " information_schema.SCHEMATA"));
        assertThat(schemas).anySatisfy(schema -> assertThat(schema.get(0)).isEqualTo(ODD));

        List<String> tables = new ArrayList<>();
        for (Tables.Table table : snapshot.get(Facts.TABLES).list()) {
            tables.add(table.schema() + "|" + table.name() + "|" + table.type() + "|" + table.engine() + "|"
                    + table.createOptions());
        }
        List<String> expected = new ArrayList<>();
        for (List<String> row : server.query("SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE,"
                + " IFNULL(CREATE_OPTIONS, '') FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN"
                + " ('information_schema', 'performance_schema', 'sys')")) {
            expected.add(String.join("|", row.get(0), row.get(1), row.get(2), String.valueOf(row.get(3)), row.get(4)));
        }
        assertThat(tables).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tables)
                .contains(
                        "facts|memory|BASE TABLE|MEMORY|",
                        "facts|csv|BASE TABLE|CSV|",
                        "facts|parts|BASE TABLE|InnoDB|partitioned",
                        ODD + "|" + ODD + "|BASE TABLE|InnoDB|")
                .anySatisfy(table -> assertThat(table).startsWith("facts|a_view|VIEW|null|"));
        assertThat(snapshot.get(Facts.TABLES).list()).anySatisfy(table -> {
            assertThat(table.name()).isEqualTo("parts");
            assertThat(table.isPartitioned()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheAccountMayNotSeeIsUnavailableWithItsRemedy(Release release) {
        TestServer server = server(release);
        Snapshot snapshot = Live.read(server.uri("facts_few", PASSWORD));
        for (FactKey<?> key : List.of(Facts.BINARY_LOG_STATUS, Facts.REPLICA_STATUS)) {
            assertThat(snapshot.find(key)).as(key.name()).isInstanceOfSatisfying(Fact.Unavailable.class, fact -> {
                assertThat(fact.cause()).isEqualTo(Fact.Cause.PRIVILEGE);
                assertThat(fact.errorCode()).isEqualTo(1227);
                assertThat(fact.sqlState()).isEqualTo("42000");
                assertThat(fact.message()).contains("Access denied");
                assertThat(fact.remedy()).contains("REPLICATION CLIENT");
            });
        }
        for (FactKey<?> key : List.of(Facts.SESSION, Facts.VARIABLES, Facts.GRANTS, Facts.SCHEMAS, Facts.TABLES)) {
            assertThat(snapshot.knows(key)).as(key.name()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7"})
    void rolesInForceAndIdleRoles(Release release) {
        TestServer server = server(release);
        server.execute(
                "CREATE ROLE IF NOT EXISTS 'facts role', facts_idle",
                "GRANT REPLICATION CLIENT ON *.* TO 'facts role'",
                "GRANT REPLICATION SLAVE ON *.* TO facts_idle",
                "CREATE USER IF NOT EXISTS facts_roles@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT 'facts role', facts_idle TO facts_roles@'%'",
                "SET DEFAULT ROLE 'facts role' TO facts_roles@'%'");
        Snapshot some = Live.read(server.uri("facts_roles", PASSWORD));
        assertThat(some.get(Facts.SESSION).activeRoles()).containsExactly("facts role@%");
        assertThat(some.knows(Facts.BINARY_LOG_STATUS)).isTrue();
        AccountGrants grants = some.get(Facts.GRANTS);
        assertThat(grants.withAllRoles()).isNotNull();
        assertThat(grants.effective().toString()).doesNotContain("REPLICATION SLAVE");
        assertThat(grants.withAllRoles().toString()).contains("REPLICATION SLAVE");

        server.execute("SET DEFAULT ROLE ALL TO facts_roles@'%'");
        Snapshot all = Live.read(server.uri("facts_roles", PASSWORD));
        assertThat(all.get(Facts.SESSION).activeRoles()).containsExactlyInAnyOrder("facts role@%", "facts_idle@%");
        assertThat(all.get(Facts.GRANTS).withAllRoles()).isNull();
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void rolesOfMariaDb() {
        TestServer server = server(Release.MARIADB_10_11);
        server.execute(
                "CREATE ROLE IF NOT EXISTS facts_role",
                "GRANT REPLICATION SLAVE ON *.* TO facts_role",
                "CREATE USER IF NOT EXISTS facts_roles@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT facts_role TO facts_roles@'%'");
        Snapshot hidden = Live.read(server.uri("facts_roles", PASSWORD));
        assertThat(hidden.get(Facts.SESSION).activeRoles()).isEmpty();
        assertThat(hidden.get(Facts.GRANTS).withAllRoles())
                .as("MariaDB tells of an idle role only who may read the mysql database")
                .isNull();
        server.execute("GRANT SELECT ON mysql.* TO facts_roles@'%'");
        Snapshot idle = Live.read(server.uri("facts_roles", PASSWORD));
        assertThat(idle.get(Facts.GRANTS).withAllRoles().toString()).contains("REPLICATION SLAVE");
        assertThat(idle.get(Facts.GRANTS).effective().toString()).doesNotContain("REPLICATION SLAVE");
        server.execute("SET DEFAULT ROLE facts_role FOR facts_roles@'%'");
        Snapshot active = Live.read(server.uri("facts_roles", PASSWORD));
        assertThat(active.get(Facts.SESSION).activeRoles()).containsExactly("facts_role");
        assertThat(active.get(Facts.GRANTS).withAllRoles()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void fileGivesTheSameSnapshotAndHoldsNoCredential(Release release) throws IOException {
        TestServer server = server(release);
        Snapshot snapshot = Live.read(server.uri("facts_all", PASSWORD));
        assertThat(snapshot.knows(Facts.GRANTS)).isTrue();
        Path plain = directory.resolve("s.json");
        Path packed = directory.resolve("s.json.gz");
        Path again = directory.resolve("again.json");
        SnapshotFile.write(snapshot, plain);
        SnapshotFile.write(snapshot, packed);
        SnapshotFile.write(SnapshotFile.read(packed), again);
        assertThat(again).hasSameBinaryContentAs(plain);
        assertThat(unpacked(packed)).isEqualTo(Files.readAllBytes(plain));
        assertThat(Files.size(packed)).isLessThan(Files.size(plain) / 2);
        try (var files = Files.list(directory)) {
            assertThat(files).as("no remains of an atomic write").hasSize(3);
        }
        String text = Files.readString(plain);
        assertThat(text).contains("facts_all").doesNotContain(PASSWORD);
        for (List<String> row : server.query("SELECT DISTINCT " + hashColumn(release) + " FROM mysql.user")) {
            String hash = row.get(0);
            if (hash != null && !hash.isBlank()) {
                assertThat(text).doesNotContain(hash);
            }
        }
    }

    private static String hashColumn(Release release) {
        return switch (release) {
            case MYSQL_5_6, MARIADB_10_11 -> "Password";
            case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> "authentication_string";
        };
    }

    private static byte[] unpacked(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            in.transferTo(bytes);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("{");
        return bytes.toByteArray();
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void nothingIsReadThatWasNotAskedFor() {
        Snapshot snapshot =
                Live.readDefaultFacts(SharedServers.get(Release.MYSQL_8_0).uri("root", ""));
        assertThat(snapshot.find(Facts.SCHEMA_SIZES))
                .isInstanceOfSatisfying(
                        Fact.Unavailable.class, fact -> assertThat(fact.cause()).isEqualTo(Fact.Cause.NOT_READ));
    }
}
