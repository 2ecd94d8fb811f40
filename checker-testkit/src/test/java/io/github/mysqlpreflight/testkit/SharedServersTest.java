/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
@Tag("docker")
final class SharedServersTest {
    @Test
    void everybodyGetsTheSameServer() {
        List<TestServer> servers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(ignored -> SharedServers.get(Release.MYSQL_8_0))
                .toList();
        assertThat(servers).allMatch(server -> server == servers.get(0));
        assertThat(TestServer.of(Release.MYSQL_8_0).shared()).isSameAs(servers.get(0));
    }

    @Test
    void otherReleasesAndSettingsAreOtherServers() {
        TestServer plain = SharedServers.get(Release.MYSQL_5_7);
        TestServer changed = TestServer.of(Release.MYSQL_5_7)
                .with("binlog-format", "STATEMENT")
                .shared();
        TestServer same = TestServer.of(Release.MYSQL_5_7)
                .with("BINLOG_FORMAT", "STATEMENT")
                .shared();
        assertThat(changed).isNotSameAs(plain).isSameAs(same);
        assertThat(changed.variable("binlog_format")).isEqualTo("STATEMENT");
        assertThat(plain.variable("binlog_format")).isEqualTo("ROW");
    }

    @Test
    void nobodyStopsASharedServer() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.close();
        assertThat(server.query("SELECT 1").get(0)).containsExactly("1");
        assertThatThrownBy(server::restart).isInstanceOf(IllegalStateException.class);
    }
}
