/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class ConnTlsTest {
    private final CheckTester check = CheckTester.of(new ConnTls());

    @Test
    void passesWhenEncrypted() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @Test
    void noticesPlainTextThatWasChosen() {
        check.on(SnapshotFixture.mysql("8.0.15").plainText("DISABLED", null))
                .finds(NOTICE, "the session to the source is not encrypted, as ssl-mode=DISABLED asks for");
    }

    @Test
    void warnsOfPlainTextThatWasFallenBackTo() {
        check.on(SnapshotFixture.mysql("8.0.15").plainText("PREFERRED", "the server does not offer TLS"))
                .finds(WARNING, "although ssl-mode=PREFERRED asks for it: the server does not offer TLS");
    }

    @Test
    void warnsWhenNobodyKnowsWhyItIsPlainText() {
        check.on(SnapshotFixture.mysql("8.0.15").plainText("REQUIRED", null))
                .finds(WARNING, "the server reports no cipher");
    }

    @Test
    void warnsOfAKeyThatWasFetchedInTheOpen() {
        List<Finding> findings = check.on(SnapshotFixture.mysql("8.0.15")
                        .plainText("DISABLED", null)
                        .publicKeyRetrieved())
                .findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(NOTICE, WARNING);
        assertThat(findings.get(1).message()).contains("'mig'@'%'", "a machine in the middle could have replaced it");
    }

    @Test
    void judgesTheTargetToo() {
        Plan plan = Plan.defaults()
                .withTarget(SnapshotFixture.mysql("8.4.3")
                        .plainText("DISABLED", null)
                        .build());

        check.with(plan)
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(NOTICE, "the session to the target is not encrypted");
        assertThat(check.with(plan).on(SnapshotFixture.mysql("8.0.15")).findings())
                .extracting(finding -> finding.object().side())
                .containsExactly(Side.TARGET);
    }

    @Test
    void isUnknownWithoutASession() {
        check.on(SnapshotFixture.mysql("8.0.15").unreachable(ConnectionProblem.REFUSED, "no", "Try"))
                .isUnknown("there is no connection");
    }

    @Test
    void isUnknownWithoutASessionOnTheTarget() {
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mysql("8.4.3")
                                .unreachable(ConnectionProblem.REFUSED, "no", "Try")
                                .build()))
                .on(SnapshotFixture.mysql("8.0.15"))
                .isUnknown("of the target: there is no connection");
    }

    @Test
    void aRealServerIsEncryptedUnlessItIsNotToBe() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);

        check.on(server.uri("root", "", "REQUIRED")).passes();
        check.on(server.uri("root", "", "PREFERRED")).passes();
        check.on(server.uri("root", "", "DISABLED")).finds(NOTICE, "as ssl-mode=DISABLED asks for");
    }

    @Test
    void aRealServerWithoutModernTlsIsFallenBackFrom() {
        check.on(SharedServers.get(Release.MYSQL_5_7).uri("root", "", "PREFERRED"))
                .finds(WARNING, "although ssl-mode=PREFERRED asks for it: the server ");
    }

    @Test
    void aRealKeyIsFetchedOnceForAPasswordThatIsNotCachedYet() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.createAccountWithPlugin("tls_key", "secret", "caching_sha2_password");

        List<Finding> findings =
                check.on(server.uri("tls_key", "secret", "DISABLED")).findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(NOTICE, WARNING);
        assertThat(findings.get(1).message()).contains("'tls_key'@'%'");
        check.on(server.uri("tls_key", "secret", "REQUIRED")).passes();
    }
}
