/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FindingTest {
    @Test
    void aMessageIsOneLineWhateverNamesAreInIt() {
        Finding finding = new Finding(Effect.WARNING, ObjectRef.table("a", "b\nc"), "a.b\nc is not so");
        assertThat(finding.message()).isEqualTo("a.b<U+000A>c is not so");
        assertThat(finding.object().name()).isEqualTo("b\nc");
        assertThatThrownBy(() -> new Finding(Effect.WARNING, ObjectRef.table("a", "b"), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
