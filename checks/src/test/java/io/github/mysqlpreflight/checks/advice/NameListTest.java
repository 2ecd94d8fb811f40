/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void namesThreeAndCountsTheRest() {
        assertThat(NameList.of(List.of("b", "a"))).isEqualTo("b, a");
        assertThat(NameList.of(List.of("a", "b", "c"))).isEqualTo("a, b, c");
        assertThat(NameList.of(List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b, c and 2 more");
        assertThat(NameList.of(List.of("a", "b", "c"), 44)).isEqualTo("a, b, c and 41 more");
    }
}
