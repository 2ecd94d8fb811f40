/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjGeneratedTest {
    private final CheckTester check = CheckTester.of(new ObjGenerated());

    private static SnapshotFixture column(SnapshotFixture fixture, String table, String extra) {
        return fixture.table("shop", table, "InnoDB")
                .column("shop", table, new Column("c", "int", true, null, extra, null, "1 + 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIRTUAL GENERATED", "STORED GENERATED", "PERSISTENT"})
    void mentionsGeneratedColumns(String extra) {
        check.on(column(SnapshotFixture.mysql("8.0.36"), "t", extra))
                .finds(NOTICE, "1 table has generated columns or functional indexes (shop.t)");
    }

    @Test
    void mentionsFunctionalIndexes() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .index(
                        "shop",
                        "customer",
                        new Index(
                                "f", false, "BTREE", true, List.of(new Index.Part(null, null, true, "lower(`name`)"))));

        check.on(fixture).finds(NOTICE, "(shop.customer)");
        check.on(fixture.unavailable(Facts.INDEXES, Fact.Cause.TIMEOUT, "too slow"))
                .passes();
    }

    @Test
    void isOneNoticeHoweverManyTablesThereAre() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36");
        for (int i = 0; i < 5; i++) {
            column(fixture, "t" + i, "STORED GENERATED");
        }
        check.on(fixture)
                .finds(
                        NOTICE,
                        "5 tables have generated columns or functional indexes (shop.t0, shop.t1, shop.t2 and 2"
                                + " more)");
    }

    @Test
    void passesWithOrdinaryColumnsAndDefaults() {
        check.on(column(SnapshotFixture.mysql("8.0.36"), "t", "DEFAULT_GENERATED on update CURRENT_TIMESTAMP"))
                .passes();
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("shop", "a", "InnoDB")
                        .grants("GRANT TRIGGER ON *.* TO `mig`@`%`"))
                .isUnknown("the account does not see the columns of shop.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAMillionColumns() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            for (int j = 0; j < 9; j++) {
                fixture.column("shop", "t" + i, "c" + j, "int", true);
            }
            column(fixture, "t" + i, "STORED GENERATED");
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).finds(NOTICE, "100000 tables have"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MARIADB_10_11"})
    void seesThoseOfARealServer(Release release) {
        TestServer server = Lab.server(release);
        server.execute(
                "CREATE DATABASE ge",
                "CREATE TABLE ge.plain (id INT PRIMARY KEY, t TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)");
        String uri = server.uri("root", "");

        check.on(uri).passes();
        server.execute("CREATE TABLE ge.t (id INT PRIMARY KEY, n INT AS (id + 1) VIRTUAL)");
        check.on(uri).finds(NOTICE, "(ge.t)");
        if (release == Release.MYSQL_8_0) {
            server.execute("CREATE TABLE ge.f (id INT PRIMARY KEY, KEY ((id + 1)))");
            check.on(uri).finds(NOTICE, "(ge.f, ge.t)");
        }
        server.execute("DROP DATABASE ge");
    }
}
