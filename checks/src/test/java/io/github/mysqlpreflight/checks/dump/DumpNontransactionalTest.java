/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpNontransactionalTest {
    private final CheckTester check = CheckTester.of(new DumpNontransactional());

    private static SnapshotFixture server(String... engines) {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36");
        for (int i = 0; i < engines.length; i++) {
            fixture.table("shop", "t" + i, engines[i]);
        }
        return fixture;
    }

    @Test
    void warnsOnceForAllTables() {
        check.on(server("MyISAM", "MEMORY", "Aria", "CSV", "InnoDB"))
                .finds(
                        WARNING,
                        "4 tables are not part of the dump's snapshot (Aria, CSV, MEMORY, MyISAM): what is written to"
                                + " them while it runs makes them differ from the rest (shop.t0, shop.t1, shop.t2 and 1"
                                + " more)");
        check.on(server("ARCHIVE")).finds(WARNING, "1 table is not part of the dump's snapshot (ARCHIVE)");
    }

    @Test
    void passesForEnginesWithASnapshotAndThoseWithoutRows() {
        check.on(server("InnoDB", "ROCKSDB", "BLACKHOLE", "FEDERATED")
                        .table("shop", "v", "VIEW", null, "")
                        .table("shop", "broken", null))
                .passes();
    }

    @Test
    void looksAtWhatIsMigrated() {
        check.with(Plans.ignoring("shop")).on(server("MyISAM")).passes();
        check.on(SnapshotFixture.mysql("5.7.44").table("mysql", "user", "MyISAM"))
                .passes();
    }

    @Test
    void mydumperHoldsItsLock() {
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER)).on(server("MyISAM")).doesNotApply("while it holds its lock");
        assertThat(check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL))
                        .on(server("MyISAM"))
                        .findings()
                        .get(0)
                        .remedies()
                        .get(1)
                        .text())
                .contains("Dump their databases apart");
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(server().unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow")).isUnknown("slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void readsARealServer(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            String uri = server.uri("root", "");
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.a (id INT) ENGINE=InnoDB");
            check.on(uri).passes();
            server.execute("CREATE TABLE shop.b (id INT) ENGINE=MyISAM");
            check.on(uri).finds(WARNING, "1 table is not part of the dump's snapshot (MyISAM)");
            server.execute("ALTER TABLE shop.b ENGINE=InnoDB");
            check.on(uri).passes();
        }
    }
}
