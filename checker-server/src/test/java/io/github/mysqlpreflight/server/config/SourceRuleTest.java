/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceRuleTest {
    @ParameterizedTest
    @CsvSource({
        "db1.example.com, Name",
        "DB1, Name",
        "db1:3306, Name",
        "*.example.com:3306, Below",
        "10.0.0.0/8, Network",
        "10.1.2.3:3306-3310, Network",
        "fd00::/8, Network",
        "[fd00::]/8:3306, Network",
        "::1, Network",
        "*, Anything",
        "*:3306, Anything",
        "self, Self",
        "SELF:3306, Self"
    })
    void aRuleIsOneOfFiveKinds(String text, String kind) {
        assertThat(SourceRule.parse(text).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void withoutAPortItIsEveryPort() {
        assertThat(SourceRule.parse("db1").ports()).isEqualTo(SourceRule.Ports.ANY);
        assertThat(SourceRule.parse("db1:3306").ports()).isEqualTo(new SourceRule.Ports(3306, 3306));
        assertThat(SourceRule.parse("[fd00::]/8:3306-3310").ports()).isEqualTo(new SourceRule.Ports(3306, 3310));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "db1:",
                "db1:0",
                "db1:65536",
                "db1:3310-3306",
                "db1:x",
                "db1:3306-",
                "db1/8",
                "*example.com",
                "*.",
                "a.*.example",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0/8",
                "0177.1",
                "2130706433",
                "300.1.1.1",
                "[fd00::/8",
                "[fd00::]8",
                "[db1]",
                "[fd00::]/129",
                "fd00::1/8",
                "fe80::1%eth0",
                "mysql://u:p@db1/",
                "db 1",
                "db1,db2",
                "-db1"
            })
    void whatIsNoRuleIsAnError(String text) {
        assertThatThrownBy(() -> SourceRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AllowedSources(List.of("db1", text))).isInstanceOf(IllegalArgumentException.class);
    }
}
