/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.testkit.DelayingProxy;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Time, connections and round trips have their bounds whatever a server does. */
@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
final class BoundsTest {
    private static final int BIG = 3_000;

    /** What the small account may not see, or the server does not have. */
    private static final Set<FactKey<?>> NOT_FOR_THIS_ACCOUNT = Set.of(
            Facts.REPLICAS,
            Facts.TRANSACTIONS,
            Facts.PREPARED_TRANSACTIONS,
            Facts.RDS_CONFIGURATION,
            Facts.AURORA_TOPOLOGY);

    private static TestServer small() {
        return SharedServers.get(Release.MYSQL_8_0);
    }

    @BeforeAll
    static void accounts() {
        small().createAccountWithPlugin("bound", "pw", "mysql_native_password", "SELECT", "REPLICATION CLIENT");
    }

    @Test
    void smallServerIsReadOverOneConnectionInFewTurns() {
        try (Proxy proxy = new Proxy(small())) {
            Snapshot snapshot = Live.readDefaultFacts(proxy.uri("bound", "pw", "DISABLED"));
            assertThat(snapshot.connections()).isEqualTo(1);
            assertThat(proxy.turns()).hasSize(1);
            // Login and the switch to the account's plugin are two turns, the end is one; between them the session
            // is made harmless, and each kind of fact is one turn.
            assertThat(proxy.turns().get(0)).isLessThanOrEqualTo(2 + 28 + 1);
        }
    }

    /** No connection waits for the server more than 16 times after the first login, whose two turns do not count; nor does the end. */
    @Test
    void distantServerIsReadOverThreeConnectionsAtOnce() {
        try (DelayingProxy distance = new DelayingProxy(small().port(), Duration.ofMillis(50));
                Proxy proxy = new Proxy("127.0.0.1", distance.port())) {
            Snapshot snapshot = Live.readDefaultFacts(proxy.uri("bound", "pw", "DISABLED"));
            assertThat(snapshot.connections()).isEqualTo(3);
            assertThat(proxy.turns()).hasSize(3);
            assertThat(proxy.turns().get(0)).isLessThanOrEqualTo(2 + 16 + 1);
            assertThat(proxy.turns().subList(1, 3)).allMatch(turns -> turns <= 16 + 1);
        }
    }

    @Test
    void bigServerIsReadOverThreeConnectionsAtMost() {
        TestServer server = TestServer.of(Release.MYSQL_5_7)
                .with("table_open_cache", "100")
                .with("innodb_stats_on_metadata", "ON")
                .shared();
        List<String> statements = new ArrayList<>();
        statements.add("SET SESSION sql_log_bin = 0");
        statements.add("CREATE DATABASE IF NOT EXISTS big");
        for (int i = 0; i < BIG; i++) {
            statements.add("CREATE TABLE IF NOT EXISTS big.t" + i + " (id INT) ENGINE=MyISAM");
        }
        server.execute(statements.toArray(new String[0]));
        server.execute("FLUSH TABLES", "FLUSH STATUS");
        try (Proxy proxy = new Proxy(server)) {
            Snapshot snapshot = Live.read(proxy.uri("root", "", "DISABLED"));
            assertThat(snapshot.get(Facts.TABLES).list()).hasSizeGreaterThan(BIG);
            assertThat(proxy.mostOpen()).isBetween(1, ReadLimits.MOST_CONNECTIONS);
            assertThat(snapshot.connections()).isEqualTo(proxy.turns().size());
        }
        assertThat(Integer.parseInt(String.valueOf(server.query("SHOW GLOBAL STATUS LIKE 'Max_used_connections'")
                        .get(0)
                        .get(1))))
                .isLessThanOrEqualTo(ReadLimits.MOST_CONNECTIONS + 2);
    }

    @Test
    void stallingServerDoesNotOutliveTheRun() {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        for (int bytes : new int[] {0, 50, 200, 700, 5_000, 20_000}) {
            runs.add(CompletableFuture.runAsync(() -> assertEndsInTime(bytes), threads));
        }
        runs.forEach(CompletableFuture::join);
        threads.shutdown();
        assertNoThreadIsLeft();
    }

    private static void assertEndsInTime(int bytes) {
        try (Proxy proxy = new Proxy(small()).stallingAfter(bytes)) {
            long start = System.nanoTime();
            Snapshot snapshot = Live.read(proxy.uri("bound", "pw", "DISABLED"), Live.limits(3_000, 60_000, 60_000));
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as(bytes + " bytes")
                    .isBetween(2_500L, 30_000L);
            if (snapshot.connections() == 0) {
                assertThat(snapshot.get(Facts.CONNECTION).failure().message()).contains("timed out");
            } else {
                assertThat(causes(snapshot)).contains(Fact.Cause.RUN_TIMEOUT);
            }
        }
    }

    @Test
    void onlyTheStalledStatementIsLost() {
        try (Proxy proxy = new Proxy(small()).stallingAt("information_schema.SCHEMATA")) {
            Snapshot snapshot = Live.read(proxy.uri("bound", "pw", "DISABLED"), Live.limits(60_000, 3_000, 3_000));
            for (FactKey<?> key : Facts.all()) {
                if (key == Facts.SCHEMAS) {
                    assertThat(snapshot.find(key))
                            .isInstanceOfSatisfying(
                                    Fact.Unavailable.class,
                                    fact -> assertThat(fact.cause()).isEqualTo(Fact.Cause.TIMEOUT));
                } else {
                    assertThat(snapshot.knows(key) || NOT_FOR_THIS_ACCOUNT.contains(key))
                            .as(key.name())
                            .isTrue();
                }
            }
            assertThat(proxy.mostOpen()).isLessThanOrEqualTo(ReadLimits.MOST_CONNECTIONS);
        }
    }

    @Test
    void firstStatementThatStallsCostsOnlyItsFact() {
        try (Proxy proxy = new Proxy(small()).stallingAt("SHOW GLOBAL VARIABLES")) {
            Snapshot snapshot = Live.read(proxy.uri("bound", "pw", "DISABLED"), Live.limits(60_000, 3_000, 3_000));
            assertThat(snapshot.knows(Facts.VARIABLES)).isFalse();
            assertThat(snapshot.knows(Facts.BINARY_LOG_STATUS)).isTrue();
            assertThat(snapshot.knows(Facts.TABLES)).isTrue();
        }
    }

    @Test
    void serverEndsAStatementThatIsTooSlow() {
        TestServer server =
                TestServer.of(Release.MYSQL_5_7).with("table_open_cache", "99").shared();
        server.execute("CREATE DATABASE IF NOT EXISTS slow");
        // 1 ms: no pass over information_schema is so quick, so the server ends it and the connection stays.
        Snapshot snapshot = Live.read(server.uri("root", ""), Live.limits(60_000, 1, 20_000));
        assertThat(causes(snapshot)).contains(Fact.Cause.TIMEOUT).doesNotContain(Fact.Cause.ERROR);
        assertThat(snapshot.knows(Facts.VARIABLES)).isTrue();
    }

    private static List<Fact.Cause> causes(Snapshot snapshot) {
        List<Fact.Cause> causes = new ArrayList<>();
        for (FactKey<?> key : Facts.all()) {
            if (snapshot.find(key) instanceof Fact.Unavailable<?> unavailable) {
                causes.add(unavailable.cause());
            }
        }
        return causes;
    }

    private static void assertNoThreadIsLeft() {
        long end = System.nanoTime() + 60_000_000_000L;
        List<String> left = names();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
            left = names();
        }
        assertThat(left).isEmpty();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("probe-") || name.equals("connect") || name.startsWith("source")) {
                names.add(name);
            }
        }
        return names;
    }
}
