/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "64K, 65536", "500GiB, 536870912000", "8388607T, 9223370937343148032"})
    void aSizeIsBytesOrHasAUnitOf1024(String text, long bytes) {
        assertThat(Quantities.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "-1", "1.5G", "1X", "8388608T"})
    void whatIsNoSizeIsNull(String text) {
        assertThat(Quantities.bytes(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90", "90s, 90", "10m, 600", "24H, 86400", "30d, 2592000", "999999999d, 86399999913600"})
    void aTimeIsSecondsOrHasAUnit(String text, long seconds) {
        assertThat(Quantities.time(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5", "1.5m", "5w", "1000000000"})
    void whatIsNoTimeIsNull(String text) {
        assertThat(Quantities.time(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1.0 KiB",
        "1535, 1.4 KiB",
        "1536, 1.5 KiB",
        "10239, 9.9 KiB",
        "10240, 10 KiB",
        "1048575, 1023 KiB",
        "1048576, 1.0 MiB",
        "3650722201, 3.3 GiB",
        "9223372036854775807, 8388607 TiB"
    })
    void writesBytes(long bytes, String text) {
        assertThat(Quantities.text(bytes)).isEqualTo(text);
    }
}
