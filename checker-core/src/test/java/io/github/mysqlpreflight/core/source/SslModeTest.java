/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SslModeTest {
    @ParameterizedTest
    @CsvSource({
        "DISABLED, DISABLED",
        "disabled, DISABLED",
        "DISABLE, DISABLED",
        "Disable, DISABLED",
        "preferred, PREFERRED",
        "REQUIRED, REQUIRED",
        "rEqUiReD, REQUIRED",
        "'', REQUIRED",
        "'  ', REQUIRED",
        "verify_ca, VERIFY_CA",
        "VERIFY_IDENTITY, VERIFY_IDENTITY"
    })
    void modeIsReadInAnyCase(String text, SslMode expected) {
        assertThat(SslMode.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyModeReadsItsOwnName(SslMode mode) {
        assertThat(SslMode.parse(mode.name())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "0", "VERIFY-CA", "VERIFY_FULL", "REQU\u0131RED", "d\u0130sabled", "sw0rdfish"})
    void anythingElseIsAnErrorThatDoesNotRepeatIt(String text) {
        UnusableSourceException failure =
                catchThrowableOfType(UnusableSourceException.class, () -> SslMode.parse(text));

        assertThat(failure.code()).isEqualTo(UnusableSourceException.Code.PARAMETER);
        assertThat(failure.message())
                .contains("ssl-mode must be either 'DISABLED' or 'REQUIRED'")
                .doesNotContain(text);
    }
}
