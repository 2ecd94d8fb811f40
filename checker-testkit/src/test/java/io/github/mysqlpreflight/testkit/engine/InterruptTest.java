/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who interrupts a thread that reads gets it back soon, and the server its connections. */
@NeedsServer(Release.MYSQL_8_0)
final class InterruptTest {
    private record Reading(Thread thread, AtomicReference<Snapshot> result) {
        static Reading of(String uri) {
            AtomicReference<Snapshot> result = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                Snapshot snapshot = Live.read(uri, Live.limits(60_000, 60_000, 60_000));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                result.set(snapshot);
            });
            thread.start();
            return new Reading(thread, result);
        }

        Snapshot interrupted() throws InterruptedException {
            thread.interrupt();
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(result.get()).isNotNull();
            return result.get();
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void statementThatStallsIsGivenUp() throws InterruptedException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.createAccountWithPlugin("interrupted", "pw", "mysql_native_password", "SELECT");
        try (Proxy proxy = new Proxy(server).stallingAt("information_schema.SCHEMATA")) {
            Reading reading = Reading.of(proxy.uri("interrupted", "pw", "DISABLED"));
            // One connection stands at the statement; where others help, they are at their end by then.
            await("the statement", () -> proxy.nowOpen() > 0 && proxy.turns().get(0) > 6);
            Thread.sleep(500);
            Snapshot snapshot = reading.interrupted();
            assertThat(snapshot.find(Facts.SCHEMAS))
                    .isInstanceOfSatisfying(
                            Fact.Unavailable.class,
                            fact -> assertThat(fact.cause()).isEqualTo(Fact.Cause.RUN_TIMEOUT));
            assertThat(snapshot.knows(Facts.VARIABLES)).isTrue();
            await("closed connections", () -> proxy.nowOpen() == 0);
        }
    }

    @Test
    void loginThatStallsIsGivenUp() throws InterruptedException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.createAccountWithPlugin("sleeper", "pw", "mysql_native_password");
        // What the client answers to the greeting names the account, and does not reach the server.
        try (Proxy proxy = new Proxy(server).stallingAt("sleeper")) {
            Reading reading = Reading.of(proxy.uri("sleeper", "pw", "DISABLED"));
            await("the login", () -> proxy.nowOpen() > 0 && proxy.turns().get(0) > 0);
            Snapshot snapshot = reading.interrupted();
            assertThat(snapshot.get(Facts.CONNECTION).failure().problem()).isEqualTo(ConnectionProblem.TIMED_OUT);
            await("closed connections", () -> proxy.nowOpen() == 0);
        }
    }
}
