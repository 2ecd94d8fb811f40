/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No check of objects finds more than a notice in what everybody has. */
class OrdinarySchemaTest {
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void raisesNoAlarm(Release release) {
        TestServer source = Lab.server(release);
        TestServer target = TestServer.of(Release.MYSQL_9_7)
                .with("max_connections", "81")
                .with("sql_require_primary_key", "ON")
                .shared();
        source.execute(
                "CREATE DATABASE ord DEFAULT CHARACTER SET utf8mb4",
                "CREATE TABLE ord.customer (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(190) NOT NULL,"
                        + " born DATE, balance DECIMAL(12,2) NOT NULL DEFAULT 0, score DOUBLE, rate FLOAT, kind"
                        + " ENUM('a','b') NOT NULL DEFAULT 'a', tags SET('x','y'), data JSON, note TEXT, photo"
                        + " LONGBLOB, created TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, seen"
                        + " DATETIME(6), mail_length INT AS (CHAR_LENGTH(email)), UNIQUE KEY email (email), KEY note"
                        + " (note(100)), FULLTEXT KEY words (note))",
                "CREATE TABLE ord.bill (id BIGINT NOT NULL AUTO_INCREMENT, customer INT UNSIGNED NOT NULL, parent BIGINT,"
                        + " place POINT NOT NULL, paid TINYINT(1) NOT NULL DEFAULT 0, PRIMARY KEY (id), SPATIAL KEY place"
                        + " (place), CONSTRAINT owner FOREIGN KEY (customer) REFERENCES ord.customer (id) ON DELETE CASCADE,"
                        + " CONSTRAINT parent FOREIGN KEY (parent) REFERENCES ord.bill (id))",
                "CREATE TABLE ord.item (bill BIGINT NOT NULL, line SMALLINT NOT NULL, code CHAR(8) CHARACTER SET ascii,"
                        + " PRIMARY KEY (bill, line), FOREIGN KEY (bill) REFERENCES ord.bill (id))",
                "CREATE TABLE ord.log (id INT NOT NULL, at DATE NOT NULL, line VARCHAR(700), PRIMARY KEY (id, at)) PARTITION BY"
                        + " RANGE (YEAR(at)) (PARTITION old VALUES LESS THAN (2020), PARTITION new VALUES LESS THAN"
                        + " MAXVALUE)",
                "CREATE VIEW ord.unpaid AS SELECT id FROM ord.bill WHERE NOT paid");
        source.createAccount("ord_reader", "pw", "SELECT", "PROCESS");
        String uri = source.uri("ord_reader", "pw");

        for (Check check : new ObjChecks().checks()) {
            CheckTester tester = CheckTester.of(check).on(uri);
            for (CheckTester one : new CheckTester[] {tester, tester.onto(target.uri("root", ""))}) {
                Outcome outcome = one.outcome();
                assertThat(outcome).as(check.info().id()).isNotInstanceOf(Outcome.Unknown.class);
                if (outcome instanceof Outcome.Found found) {
                    assertThat(found.findings())
                            .as(check.info().id())
                            .extracting(Finding::effect)
                            .containsOnly(Effect.NOTICE);
                }
            }
        }
        assertThat(Lab.load(source, "ord", target)).isEmpty();
        source.execute("DROP DATABASE ord", "DROP USER ord_reader");
    }
}
