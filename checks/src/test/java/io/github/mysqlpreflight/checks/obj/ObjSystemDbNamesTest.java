/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjSystemDbNamesTest {
    private final CheckTester check = CheckTester.of(new ObjSystemDbNames());

    @Test
    void passesWithTheServersOwn() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("mysql", "user", "InnoDB")
                        .table("mysql", "rds_configuration", "InnoDB")
                        .table("mysql", "Time_Zone", "InnoDB"))
                .passes();
    }

    @Test
    void warnsOfATableThatSomebodyPutThere() {
        check.on(SnapshotFixture.mysql("8.0.36").table("mysql", "my_settings", "InnoDB"))
                .finds(WARNING, "table mysql.my_settings is none of the server's");
    }

    @Test
    void warnsOfADatabaseThatIsCalledLikeOneOfAServer() {
        check.on(SnapshotFixture.mysql("8.0.36").schema("SysDB"))
                .finds(WARNING, "database SysDB is called like one of a server");
    }

    @Test
    void warnsOfFunctionsAndMentionsComponents() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .fact(Facts.EXTENSIONS, new ServerExtensions(List.of("metaphon"), List.of(), true)))
                .finds(WARNING, "loadable function metaphon is not migrated");
        check.on(SnapshotFixture.mysql("8.0.36")
                        .fact(Facts.EXTENSIONS, new ServerExtensions(List.of(), List.of("file://component_x"), true)))
                .finds(NOTICE, "component file://component_x is not migrated");
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** A fresh server of each release has nothing but its own; then something is put there, and taken away again. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void knowsTheTablesOfARealServer(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "83").shared();
        String uri = server.uri("root", "");

        check.on(uri).passes();
        server.execute("CREATE TABLE mysql.of_mine (id INT)");
        check.on(uri).finds(WARNING, "table mysql.of_mine is none of the server's");
        server.execute("DROP TABLE mysql.of_mine");
    }
}
