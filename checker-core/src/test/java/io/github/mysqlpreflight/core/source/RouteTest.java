/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class RouteTest {
    private static InetSocketAddress peer(String address) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), 3306);
    }

    @Test
    void theNameIsResolvedUntilAnAddressAnswered() throws UnknownHostException {
        Route route = new Route("db1.example", AddressRule.ANY);
        assertThat(route.target()).isEqualTo("db1.example");
        route.reached(peer("192.0.2.1"));
        assertThat(route.target()).isEqualTo("192.0.2.1");
        route.reached(peer("192.0.2.2"));
        assertThat(route.target()).isEqualTo("192.0.2.1");
    }

    @Test
    void anAddressIsWrittenSoThatItLeadsBackToItself() throws UnknownHostException {
        Route route = new Route("db1.example", AddressRule.ANY);
        route.reached(peer("2001:db8::1"));
        assertThat(InetAddress.getByName(route.target())).isEqualTo(InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void theRuleHearsHostAddressAndPort() throws UnknownHostException {
        Route route = new Route("db1.example", (host, address, port) -> {
            throw new AddressRefusedException(host + " " + address.getHostAddress() + " " + port, "advice");
        });
        InetSocketAddress peer = peer("192.0.2.1");
        assertThatThrownBy(() -> route.check(peer))
                .isInstanceOf(SocketException.class)
                .hasMessage("db1.example 192.0.2.1 3306")
                .hasCauseInstanceOf(AddressRefusedException.class);
    }

    @Test
    void whatIsNotResolvedIsRefused() {
        Route route = new Route("db1.example", AddressRule.ANY);
        assertThatThrownBy(() -> route.check(InetSocketAddress.createUnresolved("db1.example", 3306)))
                .hasCauseInstanceOf(AddressRefusedException.class);
        assertThatCode(() -> route.check(peer("192.0.2.1"))).doesNotThrowAnyException();
    }
}
