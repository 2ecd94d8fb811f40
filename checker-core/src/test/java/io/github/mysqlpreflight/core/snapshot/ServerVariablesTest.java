/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerVariablesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1024, 1024",
        "999999999999999999, 999999999999999999",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551615, 9223372036854775807",
        "'', -7",
        "ON, -7",
        "-1, -7"
    })
    void numbersAreReadAsServersPrintThem(String text, long number) {
        assertThat(ServerVariables.parse(text, -7)).isEqualTo(number);
    }
}
