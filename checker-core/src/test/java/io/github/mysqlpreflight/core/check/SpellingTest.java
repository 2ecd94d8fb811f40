/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
    private static final List<String> NAMES = List.of("legacy", "shop", "warehouse", "a");

    @ParameterizedTest
    @CsvSource({"legcay, legacy", "LEGACY, legacy", "shopp, shop", "warehuse, warehouse", "b, a"})
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Spelling.nearest(typed, NAMES)).isEqualTo(meant);
    }

    @Test
    void doesNotGuess() {
        assertThat(Spelling.nearest("customer", NAMES)).isNull();
        assertThat(Spelling.nearest("sh", List.of("shop"))).isNull();
        assertThat(Spelling.nearest("shop", List.of())).isNull();
    }
}
