/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjEventsTest {
    private final CheckTester check = CheckTester.of(new ObjEvents());

    private static Events.Event event(String schema, String status) {
        return new Events.Event(schema, "e", "root@localhost", status, "SYSTEM", "", true, "DELETE FROM shop.customer");
    }

    private static SnapshotFixture source(String status) {
        return SnapshotFixture.mysql("8.0.36").variable("event_scheduler", "ON").event(event("shop", status));
    }

    @Test
    void warnsOfEnabledEvents() {
        check.on(source("ENABLED"))
                .finds(
                        WARNING,
                        "1 event of shop is enabled: where event_scheduler is ON on the target, they run on both");
        check.on(source("ENABLED").variable("event_scheduler", "OFF")).finds(WARNING, "they begin to run there");
    }

    @Test
    void passesWithEventsThatDoNotRun() {
        check.on(source("DISABLED")).passes();
        check.on(source("SLAVESIDE_DISABLED")).passes();
        check.on(SnapshotFixture.mysql("8.0.36").event(event("mysql", "ENABLED")))
                .passes();
    }

    @Test
    void passesWhereTheTargetsSchedulerIsOff() {
        Plan off = Plan.defaults()
                .withTarget(SnapshotFixture.mysql("8.4.3")
                        .variable("event_scheduler", "OFF")
                        .build());
        Plan on = Plan.defaults()
                .withTarget(SnapshotFixture.mysql("8.4.3")
                        .variable("event_scheduler", "ON")
                        .build());
        check.with(off).on(source("ENABLED")).passes();
        check.with(on).on(source("ENABLED")).finds(WARNING, "1 event of shop");
    }

    @Test
    void isUnknownWithoutTheEvents() {
        check.on(source("ENABLED").unavailable(Facts.EVENTS, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** The real mysqldump is still busy after seconds with one such event, and is through at once without it. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void mysqldumpDoesNotComeToAnEnd() {
        TestServer server = TestServer.of(Release.MYSQL_8_0).shared();
        server.execute(
                "CREATE DATABASE endless",
                "CREATE EVENT endless.fine ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT ';'",
                "CREATE EVENT endless.e ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT ';;'",
                "CREATE PROCEDURE endless.p() SELECT ';;'");
        String[] options = {"--set-gtid-purged=OFF", "--events", "--routines", "--databases", "endless"};
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);

        check.on(server.uri("root", "")).finds(BLOCKS_DUMP, "event endless.e holds two semicolons in a row");
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER)).on(server.uri("root", "")).passes();
        assertThatThrownBy(() -> client.within(Duration.ofSeconds(5)).dump(server, "root", "", options))
                .hasMessageContaining("has not come to an end after 5 s");
        server.execute("DROP EVENT endless.e");
        assertThat(client.within(Duration.ofSeconds(20))
                        .dump(server, "root", "", options)
                        .succeeded())
                .isTrue();
        check.on(server.uri("root", "")).passes();
        server.execute("DROP DATABASE endless");
    }

    /** The remedy on the real target ends it. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealTarget(Release release) {
        try (TestServer source =
                        TestServer.of(release).with("event_scheduler", "ON").borrow();
                TestServer target = TestServer.of(Release.MYSQL_8_0)
                        .with("event_scheduler", "ON")
                        .borrow()) {
            source.execute("CREATE DATABASE ticks", "CREATE EVENT ticks.e ON SCHEDULE EVERY 1 HOUR DO SELECT 1");
            CheckTester both = check.on(source.uri("root", "")).onto(target.uri("root", ""));
            target.execute(both.finds(WARNING, "1 event of ticks is enabled").remedySql());
            check.on(source.uri("root", "")).onto(target.uri("root", "")).passes();
            assertThat(target.variable("event_scheduler")).isEqualTo("OFF");
        }
    }
}
