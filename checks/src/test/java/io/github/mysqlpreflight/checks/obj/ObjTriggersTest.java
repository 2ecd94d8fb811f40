/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjTriggersTest {
    private final CheckTester check = CheckTester.of(new ObjTriggers());

    private static Triggers.Trigger trigger(String schema, String name) {
        return new Triggers.Trigger(
                schema, name, "customer", "BEFORE", "INSERT", "root@localhost", "", "SET NEW.id = 1");
    }

    @Test
    void mentionsTriggersOnceADatabase() {
        check.on(SnapshotFixture.mysql("8.0.36").trigger(trigger("shop", "b")).trigger(trigger("shop", "a")))
                .finds(NOTICE, "shop has 2 triggers: created before the rows, they would change them again");
    }

    @Test
    void passesWithoutTriggersAndLooksAtNoOthers() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
        check.on(SnapshotFixture.mysql("8.0.36").trigger(trigger("sys", "x"))).passes();
    }

    @Test
    void warnsOfThoseThatAreOnTheTargetBefore() {
        Plan plan = Plan.defaults()
                .withTarget(SnapshotFixture.mysql("8.4.3")
                        .trigger(trigger("shop", "old"))
                        .build());
        assertThat(check.with(plan).on(SnapshotFixture.mysql("8.0.36")).findings())
                .extracting(finding -> finding.effect() + " " + finding.message())
                .containsExactly(
                        "WARNING the target has 1 trigger in shop already: they fire for every row that is loaded");
    }

    @Test
    void isUnknownWithoutTheTriggers() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TRIGGERS, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** Without TRIGGER the server hides them; priv.trigger-event-routine says that. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void seesThemOnARealServer(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "83").shared();
        server.execute(
                "DROP DATABASE IF EXISTS fires",
                "CREATE DATABASE fires",
                "CREATE TABLE fires.t (id INT PRIMARY KEY)",
                "CREATE TRIGGER fires.x BEFORE INSERT ON fires.t FOR EACH ROW SET NEW.id = NEW.id + 1");
        server.createAccount("fires_blind", "pw-Fires-1", "SELECT");

        check.on(server.uri("root", "")).finds(NOTICE, "fires has 1 trigger");
        check.on(server.uri("fires_blind", "pw-Fires-1")).passes();
        server.execute("DROP DATABASE fires", "DROP USER fires_blind");
    }
}
