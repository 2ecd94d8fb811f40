/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlModesTest {
    private static final ServerVersion V57 = new ServerVersion(5, 7, 44);
    private static final ServerVersion V80 = new ServerVersion(8, 0, 0);

    private final SqlModes modes = SqlModes.builtIn();

    @ParameterizedTest
    @ValueSource(strings = {"NO_AUTO_CREATE_USER", "ORACLE", "MAXDB", "NO_FIELD_OPTIONS"})
    void someWentWith80AndStayedInMariaDb(String mode) {
        assertThat(modes.isKnown(mode, true, V57)).isTrue();
        assertThat(modes.isKnown(mode, true, V80)).isFalse();
        assertThat(modes.isKnown(mode, false, new ServerVersion(10, 11, 0))).isTrue();
    }

    @Test
    void othersCameOrAreNobodyElses() {
        assertThat(modes.isKnown("TIME_TRUNCATE_FRACTIONAL", true, V57)).isFalse();
        assertThat(modes.isKnown("TIME_TRUNCATE_FRACTIONAL", true, V80)).isTrue();
        assertThat(modes.isKnown("EMPTY_STRING_IS_NULL", true, V80)).isFalse();
        assertThat(modes.isKnown("STRICT_TRANS_TABLES", true, V57)).isTrue();
        assertThat(modes.isKnown("OF_A_RELEASE_TO_COME", true, V80)).isTrue();
    }

    @Test
    void namesForSeveralAreNone() {
        assertThat(modes.isSeveral("TRADITIONAL")).isTrue();
        assertThat(modes.isSeveral("ORACLE")).isTrue();
        assertThat(modes.isSeveral("ANSI_QUOTES")).isFalse();
        assertThat(modes.isSeveral("OF_A_RELEASE_TO_COME")).isFalse();
    }

    @Test
    void splitsAValue() {
        assertThat(SqlModes.split("")).isEmpty();
        assertThat(SqlModes.split("ansi_quotes,,STRICT_ALL_TABLES, X"))
                .containsExactly("ANSI_QUOTES", "STRICT_ALL_TABLES", "X");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealServerTakesWhatItSays(Release release) throws SQLException {
        agrees(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void a97TakesWhatItSays() throws SQLException {
        agrees(Release.MYSQL_9_7);
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void aMariaDbTakesWhatItSays() throws SQLException {
        agrees(Release.MARIADB_10_11);
    }

    private void agrees(Release release) throws SQLException {
        TestServer server = TestServer.of(release).shared();
        ServerVersion version = ServerVersion.ofServer(server.variable("version"));
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (DataFile.Line line :
                    DataFile.of(SqlModes.class, "sql-modes.txt").lines()) {
                String mode = line.text(1);
                boolean taken = true;
                try {
                    statement.execute("SET SESSION sql_mode = '" + mode + "'");
                } catch (SQLException e) {
                    assertThat(e.getErrorCode()).isEqualTo(1231);
                    taken = false;
                }
                assertThat(modes.isKnown(mode, !release.isMariaDb(), version))
                        .as(mode)
                        .isEqualTo(taken);
            }
        }
    }
}
