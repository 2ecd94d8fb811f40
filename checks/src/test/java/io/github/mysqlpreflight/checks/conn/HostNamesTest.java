/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "db.localhost",
                "0.0.0.0",
                "ip6-localhost"
            })
    void meanTheMachineThatAsks(String host) {
        assertThat(HostNames.isLoopback(host)).isTrue();
        assertThat(HostNames.isPublicAddress(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.example", "128.0.0.1", "10.0.0.1", "127.example", "::2", "db1", ""})
    void meanAnother(String host) {
        assertThat(HostNames.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.0.1",
                "100.64.0.1",
                "fd00::1",
                "fe80::1",
                "db1",
                "db1.local",
                "DB1.Corp"
            })
    void areKnownToTheirOwnNetworkOnly(String host) {
        assertThat(HostNames.isPrivate(host)).isTrue();
        assertThat(HostNames.isPublicAddress(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"11.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "100.128.0.1", "2001:db8::1", "8.8.8.8"})
    void arePublicAddresses(String host) {
        assertThat(HostNames.isPrivate(host)).isFalse();
        assertThat(HostNames.isPublicAddress(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db1.example.com", "10.example.com", "1.2.3.4.5", "999.1.1.1.example"})
    void areNamesThatSayNothing(String host) {
        assertThat(HostNames.isPrivate(host)).isFalse();
        assertThat(HostNames.isPublicAddress(host)).isFalse();
    }
}
