/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class PasswordTest {
    @Test
    void textFormIsMasked() {
        assertThat(Password.of("s3cret")).hasToString("****");
        assertThat(Password.of("a")).hasToString("****");
    }

    @Test
    void emptyPasswordSaysThatItIsEmpty() {
        assertThat(Password.empty()).hasToString("(empty)").isEqualTo(Password.of(""));
        assertThat(Password.empty().isEmpty()).isTrue();
        assertThat(Password.of(" ").isEmpty()).isFalse();
    }

    @Test
    void revealGivesThePasswordBack() {
        assertThat(Password.of("p\u00e4ss").reveal()).isEqualTo("p\u00e4ss");
    }

    @Test
    void lengthIsInBytesOfUtf8() {
        assertThat(Password.empty().byteLength()).isZero();
        assertThat(Password.of("x".repeat(32)).byteLength()).isEqualTo(32);
        assertThat(Password.of("x".repeat(31) + "\u00e9").byteLength()).isEqualTo(33);
        assertThat(Password.of("\uD83D\uDE00").byteLength()).isEqualTo(4);
    }

    @Test
    void equalPasswordsAreEqual() {
        assertThat(Password.of("one")).isEqualTo(Password.of("one")).hasSameHashCodeAs(Password.of("one"));
        assertThat(Password.of("one")).isNotEqualTo(Password.of("two")).isNotEqualTo("one");
    }

    @Test
    void cannotBeSerialized() {
        assertThat(Serializable.class.isAssignableFrom(Password.class)).isFalse();
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> Password.of(null));
    }
}
