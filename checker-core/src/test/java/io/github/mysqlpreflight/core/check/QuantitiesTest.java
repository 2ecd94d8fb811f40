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
    @CsvSource({"50M, 52428800", "200 MB/s, 209715200", "1/S, 1", "1G/s, 1073741824"})
    void aThroughputIsASizeASecond(String text, long bytes) {
        assertThat(Quantities.bytesPerSecond(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/s", "0", "0M/s", "5M/h", "5M/s/s"})
    void whatIsNoThroughputIsNull(String text) {
        assertThat(Quantities.bytesPerSecond(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1 KB",
        "1536, 1.5 KB",
        "1048063, '1,023 KB'",
        "1048064, 1 MB",
        "442381631488, 412 GB",
        "9223372036854775807, '8,192 PB'"
    })
    void aSizeIsWrittenInTheLargestUnitItFills(long bytes, String text) {
        assertThat(Quantities.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "89, 1 min",
        "90, 2 min",
        "3569, 59 min",
        "3570, 1 h",
        "8400, 2 h 20 min",
        "172769, 47 h 59 min",
        "172770, 2 days",
        "273600, 3 days 4 h"
    })
    void aDurationIsWrittenInTwoUnitsAtMost(long seconds, String text) {
        assertThat(Quantities.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "1800, 30 min", "3600, 1 h", "5400, 1.5 h", "259200, 72 h", "4294967295, '1,193,046 h'"})
    void hoursAreHours(long seconds, String text) {
        assertThat(Quantities.hours(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.04, 0", "0.25, 0.3", "9.94, 9.9", "9.96, 10", "340.4, 340", "1234567.8, '1,234,568'"})
    void aNumberNeedNotBeExact(double value, String text) {
        assertThat(Quantities.number(value)).isEqualTo(text);
        assertThat(Quantities.grouped(-1_234)).isEqualTo("-1,234");
        assertThat(Quantities.grouped(-123)).isEqualTo("-123");
    }
}
