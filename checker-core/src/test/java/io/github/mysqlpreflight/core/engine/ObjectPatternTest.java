/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectPatternTest {
    @ParameterizedTest
    @CsvSource({
        "shop.log, shop.log",
        "shop.*, shop.log",
        "shop.*, shop.log.created",
        "shop.*, shop.",
        "*, shop.log",
        "**, x",
        "*.log, shop.log",
        "*.log, a.log.log",
        "s*p.l?g, shop.log",
        "shop.t??, shop.t10",
        "?, \uD83D\uDE00",
        "*log*, shop.catalog_2",
        "'mig@%', mig@%",
        "'target: gtid_*', 'target: gtid_mode'",
        "the source, the source",
        "shop.a\\*b, shop.a*b",
        "shop.a\\?b, shop.a?b",
        "shop.a\\\\b, shop.a\\b",
        "shop.a\\\\*, shop.a\\bc"
    })
    void itMeans(String pattern, String title) {
        assertThat(ObjectPattern.of(pattern).matches(title)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.log, shop.logs",
        "shop.log, shop.LOG",
        "shop.log, shopxlog",
        "shop.*, shopping.log",
        "shop.*, blog.shop.log",
        "shop.?, shop.",
        "shop.t??, shop.t100",
        "*.log, shop.logs",
        "gtid_*, 'target: gtid_mode'",
        "shop.a\\*b, shop.axb",
        "shop.a\\?b, shop.axb",
        "'', x",
        "x, ''"
    })
    void itDoesNotMean(String pattern, String title) {
        assertThat(ObjectPattern.of(pattern).matches(title)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\", "a\\b", "\\ *", "\\\\\\"})
    void aBackslashThatEscapesNothingIsRefused(String pattern) {
        assertThatThrownBy(() -> ObjectPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("has a backslash");
    }

    @Test
    void aLiteralIsTheOneTitleItMeans() {
        assertThat(ObjectPattern.of("shop.a\\*b\\\\").literal()).isEqualTo("shop.a*b\\");
        assertThat(ObjectPattern.of("shop.?").literal()).isNull();
        assertThat(ObjectPattern.of("*").literal()).isNull();
        assertThat(ObjectPattern.of("shop.a\\*b")).hasToString("shop.a\\*b");
    }

    @Test
    void manyStarsDoNotTakeLong() {
        ObjectPattern pattern = ObjectPattern.of("*a".repeat(200) + "b");
        String title = "a".repeat(5_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(pattern.matches(title)).isFalse());
    }
}
