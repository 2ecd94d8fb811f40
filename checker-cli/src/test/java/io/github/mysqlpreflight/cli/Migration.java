/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A source with a shop, and a target that is fresh. */
final class Migration implements AutoCloseable {
    final TestServer source;
    final TestServer target;
    private String password = MatrixCase.PASSWORD;

    Migration(TestServer.Builder source, TestServer.Builder target) {
        CompletableFuture<TestServer> second = CompletableFuture.supplyAsync(target::borrow);
        this.source = source.borrow();
        this.target = second.join();
        this.source.execute(
                "CREATE DATABASE shop CHARACTER SET utf8mb4",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))",
                "INSERT INTO shop.orders VALUES (1, 'before')");
    }

    Migration(Release release) {
        this(numbered(release), numbered(release));
    }

    static TestServer.Builder numbered(Release release) {
        return TestServer.of(release)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("log_slave_updates", "ON");
    }

    Migration account(String secret, String... privileges) {
        password = secret;
        source.createAccount("mig", secret, privileges);
        return this;
    }

    Migration account() {
        return account(MatrixCase.PASSWORD, MatrixCase.NEEDED);
    }

    Map<String, @Nullable Object> verdict() {
        Cli.Result result = Cli.run(
                "check", source.uri("mig", password), "--target-uri", target.uri("root", ""), "--format", "json");
        assertThat(result.all()).doesNotContain(password);
        return Documents.read(result.out());
    }

    void assertReplication() {
        Map<String, @Nullable Object> verdict = verdict();
        assertThat(verdict.get("method"))
                .as(String.valueOf(verdict.get("result")))
                .isEqualTo("replication");
    }

    void assertBlocked(String words) {
        Map<String, @Nullable Object> verdict = verdict();
        assertThat(verdict.get("method")).isNotEqualTo("replication");
        assertThat(String.valueOf(verdict.get("result"))).contains(words);
    }

    /** As mysqldump does: the rows, and the GTIDs that they hold already. */
    void copy() {
        String executed = source.variable("gtid_executed").replace("\n", "");
        target.execute(
                "SET SESSION sql_log_bin = 0",
                "CREATE DATABASE shop CHARACTER SET utf8mb4",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))",
                "INSERT INTO shop.orders VALUES (1, 'before')",
                "SET GLOBAL gtid_purged = '" + executed + "'");
    }

    DumpClient.Dump dump() {
        return DumpClient.of(Release.MYSQL_9_7)
                .dump(
                        source,
                        "mig",
                        password,
                        "--single-transaction",
                        "--source-data=2",
                        "--set-gtid-purged=ON",
                        "--routines",
                        "--triggers",
                        "--events",
                        "--databases",
                        "shop");
    }

    void load(DumpClient.Dump dump) {
        DumpClient.Result loaded = DumpClient.of(Release.MYSQL_9_7).load(dump, target);
        assertThat(loaded.succeeded()).as(loaded.errors()).isTrue();
    }

    /** What the target has of programs and views in the database, in one line. */
    String programs() {
        return String.valueOf(target.query(
                        "SELECT GROUP_CONCAT(what ORDER BY what SEPARATOR ', ') FROM (SELECT CONCAT(ROUTINE_TYPE, ' ',"
                                + " ROUTINE_NAME) AS what FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ="
                                + " 'shop' UNION ALL SELECT CONCAT('TRIGGER ', TRIGGER_NAME) FROM"
                                + " information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'shop' UNION ALL SELECT"
                                + " CONCAT('EVENT ', EVENT_NAME) FROM information_schema.EVENTS WHERE EVENT_SCHEMA ="
                                + " 'shop' UNION ALL SELECT CONCAT('VIEW ', TABLE_NAME) FROM information_schema.VIEWS"
                                + " WHERE TABLE_SCHEMA = 'shop') programs")
                .get(0)
                .get(0));
    }

    boolean newWords() {
        return target.release() == Release.MYSQL_9_7;
    }

    void follow() {
        target.execute(channel(), newWords() ? "START REPLICA" : "START SLAVE");
    }

    String channel() {
        boolean caching = source.release() != Release.MYSQL_5_7;
        String text = "CHANGE MASTER TO MASTER_HOST = '" + source.host() + "', MASTER_PORT = " + source.port()
                + ", MASTER_USER = 'mig', MASTER_PASSWORD = '" + password + "', MASTER_AUTO_POSITION = 1"
                + ", MASTER_CONNECT_RETRY = 1, MASTER_RETRY_COUNT = 1" + (caching ? ", MASTER_SSL = 1" : "");
        return newWords()
                ? text.replace("CHANGE MASTER", "CHANGE REPLICATION SOURCE").replace("MASTER_", "SOURCE_")
                : text;
    }

    void assertArrives() throws SQLException, InterruptedException {
        source.execute("INSERT INTO shop.orders VALUES (2, 'after')");
        String last = "";
        for (int i = 0; i < 1_200; i++) {
            if (target.query("SELECT id FROM shop.orders").size() == 2) {
                return;
            }
            last = status("Last_IO_Error") + status("Last_SQL_Error");
            Thread.sleep(50);
        }
        throw new AssertionError("nothing arrived: " + last);
    }

    int ioError() throws SQLException, InterruptedException {
        return Integer.parseInt(awaited("Last_IO_Errno", "0"));
    }

    /** What the error's text is: a channel that tries again has none for a moment. */
    String ioErrorText() throws SQLException, InterruptedException {
        return awaited("Last_IO_Error", "");
    }

    int sqlError() throws SQLException, InterruptedException {
        return Integer.parseInt(awaited("Last_SQL_Errno", "0"));
    }

    /** The first value that is another than the one of no error. */
    private String awaited(String column, String none) throws SQLException, InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            String value = status(column);
            if (!value.equals(none)) {
                return value;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no error came");
    }

    String status(String column) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(newWords() ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")) {
            return row.next() ? row.getString(column) : "";
        }
    }

    @Override
    public void close() {
        target.close();
        source.close();
    }
}
