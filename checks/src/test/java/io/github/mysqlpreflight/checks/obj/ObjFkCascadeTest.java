/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjFkCascadeTest {
    private final CheckTester check = CheckTester.of(new ObjFkCascade());

    private static ForeignKey key(String name, String update, String delete) {
        return new ForeignKey(name, List.of("a"), "shop", "customer", List.of("id"), update, delete);
    }

    @ParameterizedTest
    @CsvSource({"CASCADE, RESTRICT", "NO ACTION, CASCADE", "SET NULL, NO ACTION", "NO ACTION, SET DEFAULT"})
    void mentionsAForeignKeyThatChangesRows(String update, String delete) {
        check.on(SnapshotFixture.mysql("8.0.36").foreignKey("shop", "bill", key("f", update, delete)))
                .finds(
                        NOTICE,
                        "1 foreign key changes rows without a trace in the binary log (of shop.bill): a replica needs the same"
                                + " keys");
    }

    @Test
    void isOneNoticeHoweverManyThereAre() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36");
        for (int i = 0; i < 5; i++) {
            fixture.foreignKey("shop", "t" + i, key("f" + i, "CASCADE", "CASCADE"));
        }
        check.on(fixture)
                .finds(
                        NOTICE,
                        "5 foreign keys change rows without a trace in the binary log (of shop.t0, shop.t1,"
                                + " shop.t2 and 2 more)");
    }

    @Test
    void passesWithoutSuchKeys() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .foreignKey("shop", "bill", key("f", "RESTRICT", "NO ACTION"))
                        .foreignKey("mysql", "bill", key("f", "CASCADE", "CASCADE")))
                .passes();
        check.with(new Plan(null, null, null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(SnapshotFixture.mysql("8.0.36").foreignKey("shop", "bill", key("f", "CASCADE", "CASCADE")))
                .passes();
    }

    @Test
    void doesNotConcernADump() {
        check.with(Plans.dump()).on(SnapshotFixture.mysql("8.0.36")).doesNotApply("a dump was asked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreignKeys", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void seesThoseOfARealServer(Release release) {
        TestServer server = Lab.server(release);
        server.execute(
                "CREATE DATABASE ca",
                "CREATE TABLE ca.p (id INT PRIMARY KEY)",
                "CREATE TABLE ca.c (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES ca.p (id))");
        String uri = server.uri("root", "");

        check.on(uri).passes();
        server.execute("CREATE TABLE ca.d (id INT, FOREIGN KEY (id) REFERENCES ca.p (id) ON DELETE SET NULL)");
        check.on(uri).finds(NOTICE, "(of ca.d)");
        server.execute("DROP DATABASE ca");
    }
}
