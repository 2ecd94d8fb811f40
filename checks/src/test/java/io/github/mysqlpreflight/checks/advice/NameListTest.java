/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void namesThreeAndCountsTheRest() {
        assertThat(NameList.some(List.of("b", "a"))).isEqualTo("a, b");
        assertThat(NameList.some(List.of("c", "b", "a"))).isEqualTo("a, b, c");
        assertThat(NameList.some(List.of("e", "d", "c", "b", "a"))).isEqualTo("a, b, c and 2 more");
    }
}
