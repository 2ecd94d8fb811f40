/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.probe.SnapshotReader;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.AddressRefusedException;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ConnectFailedException;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.core.source.SourceSession;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that a rule is asked about is the one that is connected to, and no other. */
@NeedsServer(Release.MYSQL_8_0)
final class AddressRuleTest {
    private static final AddressRule NOTHING = (host, address, port) -> {
        throw new AddressRefusedException(host + ":" + port + " is not on the list", "Ask for it.");
    };

    private static TestServer server() {
        return SharedServers.get(Release.MYSQL_8_0);
    }

    private static SourceSession open(SourceUri uri, AddressRule rule) throws ConnectFailedException {
        ReadLimits limits = ReadLimits.defaults();
        return SourceSession.open(
                uri,
                ServerRole.SOURCE,
                rule,
                limits,
                System.nanoTime() + limits.total().toNanos());
    }

    private static SourceUri named(String host, TestServer server, String sslMode) {
        SourceUri own = SourceUri.parse(server.uri("root", "", sslMode));
        return SourceUri.parse("mysql://root@" + host + ":" + own.port() + "/?ssl-mode=" + sslMode)
                .withPassword(own.password());
    }

    private static Failure failure(SourceUri uri, AddressRule rule) {
        Snapshot snapshot = new SnapshotReader("test", ReadLimits.defaults(), ReadListener.SILENT)
                .read(uri, ServerRole.SOURCE, rule, Facts.all());
        Failure failure = snapshot.get(Facts.CONNECTION).failure();
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void whatTheRuleRefusesIsNotConnectedTo(String host) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Failure failure = failure(
                    SourceUri.parse("mysql://mig:secret-4711@" + host + ":" + listener.getLocalPort() + "/"), NOTHING);

            assertThat(failure.problem()).isEqualTo(ConnectionProblem.ADDRESS_NOT_ALLOWED);
            assertThat(failure.message()).isEqualTo(host + ":" + listener.getLocalPort() + " is not on the list");
            assertThat(failure.advice()).isEqualTo("Ask for it.");
            listener.setSoTimeout(200);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(listener::accept))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aRefusalIsNotTriedAgainWithoutEncryption() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        failure(named("127.0.0.1", server(), "PREFERRED"), (host, address, port) -> {
            asked.add(host);
            NOTHING.check(host, address, port);
        });
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISABLED", "REQUIRED"})
    void everyConnectionIsAskedForAndGoesWhereTheFirstOneWent(String sslMode)
            throws ConnectFailedException, SQLException {
        SourceUri uri = named("localhost", server(), sslMode);
        List<InetAddress> asked = Collections.synchronizedList(new ArrayList<>());
        List<String> hosts = Collections.synchronizedList(new ArrayList<>());
        AddressRule rule = (host, address, port) -> {
            hosts.add(host + ":" + port);
            asked.add(address);
        };
        try (SourceSession session = open(uri, rule);
                Connection first = session.borrow();
                Connection second = session.borrow()) {
            assertThat(first.isValid(5)).isTrue();
            assertThat(second.isValid(5)).isTrue();
        }
        assertThat(asked.size()).isGreaterThanOrEqualTo(2);
        assertThat(asked).allMatch(InetAddress::isLoopbackAddress);
        assertThat(asked.get(asked.size() - 1).getHostAddress())
                .isEqualTo(asked.get(asked.size() - 2).getHostAddress());
        // The second connection was made by the address, not by the name again.
        assertThat(asked.get(asked.size() - 1).toString()).startsWith("/");
        assertThat(hosts).containsOnly(uri.address());
    }
}
