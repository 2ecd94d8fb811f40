/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "8.0.15, 8.0.15",
        "5.7.22-log, 5.7.22",
        "8.4, 8.4.0",
        "10.11.6-MariaDB-1:10.11.6+maria~ubu2204, 10.11.6",
        "26.10.0, 26.10.0",
        "8.0.36-28.1, 8.0.36",
        "8.0., 8.0.0"
    })
    void reads(String text, String version) {
        assertThat(ServerVersion.parse(text)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8.", "unknown", ".8.0", "99999999.1", "-8.0"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> ServerVersion.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ServerVersion.ofServer(text)).isEqualTo(new ServerVersion(0, 0, 0));
    }

    @Test
    void comparesNumerically() {
        assertThat(ServerVersion.parse("8.0.9")).isLessThan(ServerVersion.parse("8.0.10"));
        assertThat(ServerVersion.parse("9.0.0")).isLessThan(ServerVersion.parse("10.0.0"));
        assertThat(ServerVersion.parse("8.0.22").atLeast(8, 0, 22)).isTrue();
        assertThat(ServerVersion.parse("8.0.21").atLeast(8, 0, 22)).isFalse();
        assertThat(ServerVersion.parse("8.1.0").atLeast(8, 0, 22)).isTrue();
        assertThat(ServerVersion.parse("8.0.36").series()).isEqualTo(ServerVersion.parse("8.0"));
    }
}
