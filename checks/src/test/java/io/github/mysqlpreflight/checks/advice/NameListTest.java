/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void namesThreeAtMostAndCountsTheRest() {
        assertThat(NameList.of(List.of())).isEmpty();
        assertThat(NameList.of(List.of("a"))).isEqualTo("a");
        assertThat(NameList.of(List.of("a", "b", "c"))).isEqualTo("a, b, c");
        assertThat(NameList.of(List.of("a", "b", "c", "d"))).isEqualTo("a, b, c and 1 more");
    }
}
