/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No false alarm: on a source that is configured well and holds an ordinary schema, no check finds anything above a notice, none is unknown,
 * and replication is recommended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CleanSourceTest {
    private static final String PASSWORD = "Pw-4711-mig";

    private TestServer source;

    @BeforeAll
    void start() {
        source = TestServer.of(Release.MYSQL_8_0)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("server_id", "17")
                .borrow();
        source.createMigrationAccount("mig", PASSWORD);
        source.createAccount("shop_app", "Pw-4711-app");
        source.execute(
                "CREATE DATABASE shop",
                "GRANT ALL ON shop.* TO 'shop_app'@'%'",
                "USE shop",
                "CREATE TABLE customer (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(190) NOT NULL,"
                        + " born DATE, balance DECIMAL(12,2) NOT NULL DEFAULT 0, kind ENUM('a','b') NOT NULL DEFAULT 'a',"
                        + " tags SET('x','y'), data JSON, note TEXT, photo LONGBLOB, created TIMESTAMP NOT NULL DEFAULT"
                        + " CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, seen DATETIME(6), mail_length INT AS"
                        + " (CHAR_LENGTH(email)), UNIQUE KEY email (email), FULLTEXT KEY words (note))",
                "CREATE TABLE bill (id BIGINT NOT NULL AUTO_INCREMENT, customer INT UNSIGNED NOT NULL, place POINT NOT NULL"
                        + " SRID 0, paid TINYINT(1) NOT NULL DEFAULT 0, PRIMARY KEY (id), SPATIAL KEY place (place),"
                        + " FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE)",
                "CREATE TABLE log (id INT NOT NULL, at DATE NOT NULL, line VARCHAR(700), PRIMARY KEY (id, at)) PARTITION BY"
                        + " RANGE (YEAR(at)) (PARTITION old VALUES LESS THAN (2020), PARTITION new VALUES LESS THAN MAXVALUE)",
                "INSERT INTO customer (email) VALUES ('a@example.com'), ('b@example.com')",
                "INSERT INTO bill (customer, place) VALUES (1, POINT(1, 2))");
        source.execute(
                "CREATE VIEW shop.unpaid AS SELECT id FROM shop.bill WHERE NOT paid",
                "CREATE PROCEDURE shop.settle(b BIGINT) UPDATE shop.bill SET paid = 1 WHERE id = b",
                "CREATE FUNCTION shop.taxed(a DECIMAL(12,2)) RETURNS DECIMAL(12,2) DETERMINISTIC NO SQL RETURN a * 1.2",
                "CREATE TRIGGER shop.lower_email BEFORE INSERT ON shop.customer FOR EACH ROW SET NEW.email = LOWER(NEW.email)",
                "CREATE EVENT shop.sweep ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.log WHERE at < '2020-01-01'");
    }

    @AfterAll
    void stop() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0", "8.0.36", "8.4"})
    void nothingAboveANoticeWithoutATarget(String version) {
        isClean("--target-version", version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mydumper", "mysqlsh"})
    void norForAnotherDumpTool(String tool) {
        isClean("--dump-tool", tool);
    }

    @Test
    void norWithItsRowsLookedAtAndTwoSamples() {
        isClean("--scan-data", "--sample", "1s");
    }

    @Test
    void norOntoATargetOfTheSameRelease() {
        onto(Release.MYSQL_8_0, source.uri("mig", PASSWORD));
    }

    /**
     * 8.4 cannot be had here; replication from 8.0 to 9.7 is not what MySQL supports, so it is held to a dump. 8.0.15 shows the text of a
     * view to its definer alone, and 9.7 may not take it, so the definer asks.
     */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void norOntoANewTargetByADump() {
        onto(Release.MYSQL_9_7, source.uri("root", ""), "--method", "dump");
    }

    private void onto(Release release, String uri, String... more) {
        try (TestServer target = TestServer.of(release)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("log_bin_trust_function_creators", "ON")
                .with("event_scheduler", "OFF")
                .with("local_infile", "ON")
                .with("server_id", "18")
                .borrow()) {
            List<String> arguments = new ArrayList<>(List.of("--target-uri", target.uri("root", "")));
            arguments.addAll(List.of(more));
            isCleanFor(uri, arguments.toArray(new String[0]));
        }
    }

    private void isClean(String... more) {
        isCleanFor(source.uri("mig", PASSWORD), more);
    }

    private static void isCleanFor(String uri, String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", uri, "--format", "json"));
        arguments.addAll(List.of(more));
        Cli.Result result = Cli.run(arguments.toArray(new String[0]));
        Map<String, @Nullable Object> document = Documents.read(result.out());
        List<String> alarms = new ArrayList<>();
        for (Object entry : (List<?>) document.get("checks")) {
            Map<?, ?> check = (Map<?, ?>) entry;
            if (check.get("outcome").equals("UNKNOWN") || check.get("outcome").equals("FAILED")) {
                alarms.add(check.get("id") + " " + check.get("outcome") + ": " + check.get("because"));
            }
            for (Object one : (List<?>) check.get("findings")) {
                Map<?, ?> finding = (Map<?, ?>) one;
                if (!finding.get("effect").equals("NOTICE")) {
                    alarms.add(check.get("id") + " " + finding.get("effect") + ": " + finding.get("message"));
                }
            }
        }
        assertThat(alarms).as(result.out()).isEmpty();
        assertThat(document.get("success")).isEqualTo(true);
        assertThat(document.get("method")).isEqualTo(arguments.contains("dump") ? "dump" : "replication");
    }
}
