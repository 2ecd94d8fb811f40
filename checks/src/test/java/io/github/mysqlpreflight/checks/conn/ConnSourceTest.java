/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class ConnSourceTest {
    private final CheckTester check = CheckTester.of(new ConnSource());

    @Test
    void passesWithAConnection() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @ParameterizedTest
    @EnumSource(ConnectionProblem.class)
    void blocksEverythingWhateverTheProblem(ConnectionProblem problem) {
        CheckTester judged =
                check.on(SnapshotFixture.mysql("8.0.15").unreachable(problem, "it said no", "Ask it again"));

        judged.finds(BLOCKS_MIGRATION, "Connection to source failed: it said no");
        Finding finding = judged.findings().get(0);
        assertThat(finding.found()).isEqualTo(problem.name());
        assertThat(finding.remedies().get(0).text()).isEqualTo("Ask it again");
    }

    @Test
    void saysThatADatabaseInThePathFiltersNothing() {
        check.on(SnapshotFixture.mysql("8.0.15").path("shop"))
                .finds(NOTICE, "the database in the URI's path (shop) is not a filter: the whole server is checked");
    }

    @Test
    void keepsAnOddPathOnOneLine() {
        check.on(SnapshotFixture.mysql("8.0.15").path("a\nb\"c")).finds(NOTICE, "(a b<U+0022>c)");
    }

    @Test
    void saysBothWhenThereIsNoConnectionEither() {
        assertThat(check.on(SnapshotFixture.mysql("8.0.15")
                                .path("shop")
                                .unreachable(ConnectionProblem.REFUSED, "no", "Try"))
                        .findings())
                .extracting(Finding::effect)
                .containsExactly(BLOCKS_MIGRATION, NOTICE);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aWrongPasswordIsToldInTheServersWords(Release release) {
        TestServer server = SharedServers.get(release);

        check.on(server.uri("root", "wrong"))
                .finds(BLOCKS_MIGRATION, "Connection to source failed: the server refused the login: Access denied");
        check.on(server.uri("root", "")).passes();
    }

    @Test
    void aServerWithoutModernTlsIsToldWithTheWordsOfTheOriginal() {
        TestServer server = SharedServers.get(Release.MYSQL_5_7);

        check.on(server.uri("root", "", "REQUIRED"))
                .finds(
                        BLOCKS_MIGRATION,
                        "Connection to source failed: SSL is required, but not supported by the source");
        assertThat(check.on(server.uri("root", "", "REQUIRED"))
                        .findings()
                        .get(0)
                        .remedies()
                        .get(0)
                        .text())
                .contains("ssl-mode=DISABLED");
        check.on(server.uri("root", "", "DISABLED")).passes();
    }

    @Test
    void aPortWhereNothingListensIsRefused() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        check.on("mysql://root:x@127.0.0.1:" + free + "/").finds(BLOCKS_MIGRATION, "Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_such_database", "mysql"})
    void aRealPathIsNoFilterWhetherItExistsOrNot(String path) {
        String uri = SharedServers.get(Release.MYSQL_8_0).uri("root", "", "REQUIRED");

        check.on(uri.replace("/?", "/" + path + "?")).finds(NOTICE, "(" + path + ")");
    }
}
