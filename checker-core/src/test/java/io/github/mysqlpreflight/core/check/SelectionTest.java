/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.snapshot.FactUnavailableException;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectionTest {
    private static Selection select(String host, String lowerCase, List<String> ignored, String... schemas) {
        return Selection.of(
                TestData.server(host, "version", "8.0.36", "lower_case_table_names", lowerCase)
                        .put(Facts.SCHEMAS, TestData.schemas(schemas))
                        .build(),
                new Plan(null, null, null, ignored, Plan.DumpTool.MYSQLDUMP, null, false));
    }

    @Test
    void leavesOutTheSystemsDatabases() {
        Selection selection = select(
                "db",
                "0",
                List.of(),
                "mysql",
                "sys",
                "information_schema",
                "performance_schema",
                "ndbinfo",
                "shop",
                "tmp");
        assertThat(selection.databases()).containsExactly("shop", "tmp");
        assertThat(selection.contains("shop")).isTrue();
        assertThat(selection.contains("mysql")).isFalse();
    }

    @Test
    void leavesOutAmazonsDatabasesOnRdsAlone() {
        assertThat(select("x.eu-west-1.rds.amazonaws.com", "0", List.of(), "innodb", "tmp", "shop")
                        .databases())
                .containsExactly("shop");
        assertThat(select("db", "0", List.of(), "innodb", "tmp", "shop").databases())
                .containsExactly("innodb", "tmp", "shop");
    }

    @Test
    void namesAreComparedExactlyWhereTheServerDoes() {
        Selection selection = select("db", "0", List.of("Shop"), "shop", "SHOP", "Shop");
        assertThat(selection.databases()).containsExactly("shop", "SHOP");
        assertThat(selection.foldsCase()).isFalse();
        assertThat(select("db", "0", List.of("LOG"), "log").unknownIgnored()).containsExactly("LOG");
    }

    @Test
    void namesAreComparedWithoutCaseWhereTheServerDoes() {
        for (String setting : List.of("1", "2")) {
            Selection selection = select("db", setting, List.of("SHOP", "lOg", "nil"), "shop", "Log", "rest");
            assertThat(selection.databases()).containsExactly("rest");
            assertThat(selection.unknownIgnored()).containsExactly("nil");
            assertThat(selection.foldsCase()).isTrue();
        }
    }

    @Test
    void systemDatabaseMayBeIgnoredByName() {
        assertThat(select("db", "0", List.of("mysql", "sys"), "mysql", "shop").unknownIgnored())
                .isEmpty();
    }

    @Test
    void doubledNamesCountOnce() {
        assertThat(select("db", "0", List.of("nil", "nil"), "shop").unknownIgnored())
                .containsExactly("nil");
    }

    @Test
    void unknownDatabasesAreNotNone() {
        assertThatThrownBy(() -> Selection.of(TestData.server("db").build(), Plan.defaults()))
                .isInstanceOf(FactUnavailableException.class);
    }
}
