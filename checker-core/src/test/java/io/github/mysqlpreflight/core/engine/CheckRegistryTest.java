/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import io.github.mysqlpreflight.core.check.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckRegistryTest {
    private static CheckProvider provider(Category category, String... ids) {
        List<Check> checks = new ArrayList<>();
        for (String id : ids) {
            checks.add(TestData.check(id, Outcome.passed()));
        }
        return new CheckProvider() {
            @Override
            public Category category() {
                return category;
            }

            @Override
            public List<Check> checks() {
                return checks;
            }
        };
    }

    private static final CheckRegistry REGISTRY = CheckRegistry.of(List.of(
            provider(Category.GTID, "gtid.permissive", "gtid.mode"),
            provider(Category.BINARY_LOG, "binlog.format"),
            provider(Category.CONNECTION, "conn.tls", "conn.source")));

    private static List<String> ids(List<Check> checks) {
        return checks.stream().map(check -> check.info().id()).toList();
    }

    private static List<String> selected(List<String> included, List<String> excluded) {
        return ids(REGISTRY.select(included, excluded));
    }

    @Test
    void orderIsThatOfCategoriesAndIds() {
        assertThat(ids(REGISTRY.all()))
                .containsExactly("conn.source", "conn.tls", "binlog.format", "gtid.mode", "gtid.permissive");
    }

    @Test
    void selectsByIdAndGroupAndAlwaysTheConnection() {
        assertThat(selected(List.of(), List.of())).hasSize(5);
        assertThat(selected(List.of("gtid"), List.of())).containsExactly("conn.source", "gtid.mode", "gtid.permissive");
        assertThat(selected(List.of("gtid.mode"), List.of())).containsExactly("conn.source", "gtid.mode");
        assertThat(selected(List.of("gtid"), List.of("gtid.mode"))).containsExactly("conn.source", "gtid.permissive");
        assertThat(selected(List.of(), List.of("conn", "gtid"))).containsExactly("conn.source", "binlog.format");
    }

    @Test
    void unknownNameIsAnErrorThatNamesTheNearest() {
        assertThatThrownBy(() -> REGISTRY.select(List.of("gtid.mdoe"), List.of()))
                .isInstanceOf(UnknownCheckException.class)
                .hasMessageContaining("gtid.mdoe")
                .hasMessageContaining("did you mean gtid.mode?");
        assertThatThrownBy(() -> REGISTRY.select(List.of(), List.of("binlgo")))
                .hasMessageContaining("did you mean binlog?");
        assertThatThrownBy(() -> REGISTRY.select(List.of("something-else"), List.of()))
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void doubledIdsAndForeignCategoriesAreErrors() {
        assertThatThrownBy(() -> CheckRegistry.of(List.of(provider(Category.GTID, "gtid.mode", "gtid.mode"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gtid.mode");
        assertThatThrownBy(() -> CheckRegistry.of(List.of(provider(Category.GTID, "binlog.format"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("binlog.format");
    }

    @Test
    void findsById() {
        assertThat(REGISTRY.find("gtid.mode")).isNotNull();
        assertThat(REGISTRY.find("gtid")).isNull();
    }
}
