/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjPkNullableUniqueTest {
    private final CheckTester check = CheckTester.of(new ObjPkNullableUnique());

    private static SnapshotFixture source() {
        return SnapshotFixture.mysql("8.0.36").table("shop", "log", "InnoDB").column("shop", "log", "a", "int", true);
    }

    private static Index unique(@Nullable String column, @Nullable String expression) {
        return new Index(
                "u",
                true,
                "BTREE",
                true,
                List.of(
                        new Index.Part("b", null, false, null),
                        new Index.Part(column, null, expression == null, expression)));
    }

    @Test
    void warnsOfAUniqueKeyThatTakesNull() {
        check.on(source().index("shop", "log", unique("a", null)))
                .finds(
                        WARNING,
                        "shop.log has no primary key, and its unique keys take NULL: they do not tell its rows apart");
        check.on(source().index("shop", "log", unique(null, "lower(`a`)"))).finds(WARNING, "shop.log");
    }

    @Test
    void onlyMentionsItForADump() {
        check.with(Plans.dump())
                .on(source().index("shop", "log", unique("a", null)))
                .finds(NOTICE, "shop.log");
    }

    @Test
    void passesWithAnotherKeyOrNone() {
        check.on(source()).passes();
        check.on(source().index("shop", "log", "k", false, "a")).passes();
        check.on(source().index("shop", "log", unique("a", null)).index("shop", "log", "v", true, "b"))
                .passes();
        check.on(source().index("shop", "log", unique("a", null)).primaryKey("shop", "log", "b"))
                .passes();
    }

    @Test
    void leavesWhatTheTargetRefusesToAnotherCheck() {
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("sql_require_primary_key", "ON")))
                .on(source().index("shop", "log", unique("a", null)))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "indexes", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(source().unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Lab.server(release);
        server.execute(
                "CREATE DATABASE nu",
                "CREATE TABLE nu.fine (id INT NOT NULL UNIQUE, a INT UNIQUE)",
                "CREATE TABLE nu.nothing (a INT)",
                "CREATE TABLE nu.t (a INT, b INT NOT NULL, UNIQUE (b, a))",
                "INSERT INTO nu.t VALUES (NULL, 1), (NULL, 1)");
        String uri = server.uri("root", "");

        server.execute(check.on(uri).finds(WARNING, "nu.t has no primary key").remedySql());

        check.on(uri).passes();
        assertThat(server.query("SELECT COUNT(*) FROM nu.t").get(0)).containsExactly("2");
        server.execute("DROP DATABASE nu");
    }
}
