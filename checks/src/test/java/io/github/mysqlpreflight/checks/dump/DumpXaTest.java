/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions;
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions.Xid;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpXaTest {
    private final CheckTester check = CheckTester.of(new DumpXa());

    private static SnapshotFixture prepared(Xid... xids) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(Facts.PREPARED_TRANSACTIONS, new PreparedTransactions(List.of(xids)));
    }

    @Test
    void passesWhereNothingIsPrepared() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
    }

    @Test
    void warnsOfEach() {
        Finding finding = check.on(prepared(new Xid(7, 2, 2, "67316231")))
                .finds(WARNING, "the XA transaction X'6731', X'6231', 7 of the source is prepared")
                .findings()
                .get(0);
        assertThat(finding.object().label()).isEqualTo("XA X'6731', X'6231', 7");
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(1).sql().get(0).sql()).isEqualTo("XA COMMIT X'6731', X'6231', 7");
        assertThat(finding.remedies().get(2).sql().get(0).sql()).isEqualTo("XA ROLLBACK X'6731', X'6231', 7");

        check.on(prepared(new Xid(1, 1, 0, "61"), new Xid(1, 1, 0, "62"))).finds(2, WARNING, "X'61', X'', 1");
    }

    @Test
    void isUnknownWhereTheAccountMayNotAsk() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .unavailable(Facts.PREPARED_TRANSACTIONS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the prepared XA transactions of the source: denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealTransactionWithoutItsManager(Release release) throws SQLException {
        mends(release, 1, "2");
        mends(release, 2, "1");
    }

    @Test
    @NeedsServer({Release.MYSQL_9_7, Release.MARIADB_10_11})
    void otherReleases() throws SQLException {
        mends(Release.MYSQL_9_7, 1, "2");
        mends(Release.MARIADB_10_11, 2, "1");
    }

    private void mends(Release release, int remedy, String value) throws SQLException {
        TestServer server = TestServer.of(release).shared();
        String uri = server.uri("root", "");
        check.on(uri).passes();
        server.execute(
                "CREATE DATABASE xa",
                "CREATE TABLE xa.t (id INT PRIMARY KEY, n INT) ENGINE=InnoDB",
                "INSERT INTO xa.t VALUES (1, 1)");
        try {
            try (Held application = new Held(server)) {
                application.run(
                        "XA START 'global one', 'b\\'ranch', 7",
                        "UPDATE xa.t SET n = 2",
                        "XA END 'global one', 'b\\'ranch', 7",
                        "XA PREPARE 'global one', 'b\\'ranch', 7");
            }
            // What is foretold: who comes near it waits, though its connection is gone.
            try (Held other = new Held(server)) {
                other.run("SET SESSION innodb_lock_wait_timeout = 1");
                assertThat(other.errorOf("UPDATE xa.t SET n = 3")).isEqualTo(1205);
            }
            Finding finding =
                    check.on(uri).finds(WARNING, "is prepared").findings().get(0);
            server.execute(finding.remedies().get(remedy).sql().get(0).sql());
            check.on(uri).passes();
            assertThat(server.query("SELECT n FROM xa.t").get(0)).containsExactly(value);
        } finally {
            server.execute("DROP DATABASE xa");
        }
    }
}
