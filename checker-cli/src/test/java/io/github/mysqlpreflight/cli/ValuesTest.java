/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.render.SafeText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1024, 1024",
        "17B, 17",
        "1k, 1024",
        "500G, 536870912000",
        "500 GB, 536870912000",
        "500GiB, 536870912000",
        "2tib, 2199023255552",
        "8388607T, 9223370937343148032"
    })
    void aSizeIsBytesOrHasAUnitOf1024(String text, long bytes) {
        assertThat(Values.size("--max-total-size", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "-1", "1.5G", "1X", "1GG", "1iB", "1Gi", "8388608T", "9999999999999999999", "1e9"})
    void whatIsNoSizeIsAnErrorThatNamesTheOption(String text) {
        assertThatThrownBy(() -> Values.size("--max-total-size", text))
                .isInstanceOf(UsageException.class)
                .hasMessage("the option --max-total-size is not a size");
    }

    @Test
    void aThroughputIsASizeASecond() {
        assertThat(Values.throughput("--dump-throughput", "200M/s")).isEqualTo(200L << 20);
        assertThatThrownBy(() -> Values.throughput("--dump-throughput", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessage("the option --dump-throughput is not a size a second");
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "5m, 300", "2H, 7200", "24h, 86400"})
    void aTimeIsSecondsOrHasAUnit(String text, long seconds) {
        assertThat(Values.time("--timeout", text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "-5", "1.5m", "5d", "25h", "86401", "s"})
    void whatIsNoTimeIsAnErrorThatNamesTheOption(String text) {
        assertThatThrownBy(() -> Values.time("--timeout", text))
                .isInstanceOf(UsageException.class)
                .hasMessage("the option --timeout is not a time");
    }

    @Test
    void controlCharactersAreShownAsCodePoints() {
        assertThat(SafeText.of("a\u001b[2Jb\u0000c\u009bd\u202ee\nf"))
                .isEqualTo("a<U+001B>[2Jb<U+0000>c<U+009B>d<U+202E>e<U+000A>f");
        assertThat(SafeText.of("größe 表 😀")).isEqualTo("größe 表 😀");
        assertThat(SafeText.of("half \ud83d")).isEqualTo("half <U+D83D>");
    }
}
