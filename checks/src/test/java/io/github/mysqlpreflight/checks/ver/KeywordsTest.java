/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {
    private static final Set<String> FUNCTIONS = Set.of("PATH");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "5.7.22 ~ 8.0.15 ~ SELECT rank, t.rank, `rank`, @rank FROM system ~ rank:1 system:1",
                "5.7.22 ~ 8.0.15 ~ SELECT rank(1) ~ rank:1",
                "5.7.22 ~ 8.0.1  ~ SELECT rank ~ ''",
                "5.7.22 ~ 8.0.2  ~ SELECT rank ~ rank:1",
                "8.0.2  ~ 8.4.0  ~ SELECT rank ~ ''",
                "8.0.1  ~ 8.4.0  ~ SELECT rank ~ rank:1",
                "8.0.36 ~ 8.4.0  ~ SELECT manual, parallel, qualify, intersect ~ manual:1 parallel:1 qualify:1",
                "8.0.36 ~ 9.7.4  ~ SELECT manual, parallel, qualify, library ~ qualify:1 library:1",
                "5.7.22 ~ 8.0.15 ~ SELECT admin, persist ~ persist:1",
                "5.7.22 ~ 8.0.16 ~ SELECT admin, persist ~ ''",
                "5.7.22 ~ 8.0.15 ~ SHOW FUNCTION STATUS ~ ''",
                "5.7.22 ~ 8.0.15 ~ SELECT function FROM t ~ function:1",
                "5.7.22 ~ 8.0.15 ~ SELECT ROW(1, 2) = (1, 2) ~ ''",
                "5.7.22 ~ 8.0.15 ~ SET binlog_format = ROW ~ ''",
                "5.7.22 ~ 8.0.15 ~ SET time_zone = SYSTEM ~ ''",
                "5.7.22 ~ 8.0.15 ~ SET @a = row ~ row:1",
                "5.7.22 ~ 8.0.15 ~ SELECT path(1), path FROM path ~ path:1",
                "5.7.22 ~ 8.0.15 ~ SELECT d.path(1), reference(1) ~ ''",
                "5.7.22 ~ 8.0.15 ~ INSERT INTO path (a) VALUES (1) ~ ''",
                "5.7.22 ~ 8.0.15 ~ import: LOOP LEAVE import; END LOOP ~ import:1 import:1",
                "5.7.22 ~ 8.0.15 ~ SELECT import, clone FROM restart ~ ''",
                "5.7.22 ~ 8.0.16 ~ SET session = 1 ~ session:1",
                "5.7.22 ~ 8.0.16 ~ SET session sort_buffer_size = 1 ~ ''",
                "5.6.14 ~ 5.7.22 ~ SELECT virtual ~ virtual:1"
            })
    void namesTheWordsThatTheTargetReserves(String source, String target, String sql, String expected) {
        Server server = new Server(ServerVersion.parse(source), source, Flavor.MYSQL, false);

        assertThat(uses(server, target, sql)).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT RANK() OVER (ORDER BY a) FROM t ~ ''",
                "SELECT rank, lead FROM t ~ rank:1 lead:1",
                "SELECT a FROM groups ~ groups:1",
                "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x ~ ''"
            })
    void knowsWhatMariaDbUsesItself(String sql, String expected) {
        Server server = new Server(new ServerVersion(10, 11, 18), "10.11.18-MariaDB", Flavor.MARIADB, false);

        assertThat(uses(server, "8.4.3", sql)).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @Test
    void tellsReservedNamesInAnyCase() {
        Server server = new Server(new ServerVersion(5, 7, 44), "5.7.44", Flavor.MYSQL, false);
        Keywords keywords = Keywords.between(server, ServerVersion.parse("8.4.0"));

        assertThat(keywords.reservedSince("Groups")).isEqualTo(new ServerVersion(8, 0, 2));
        assertThat(keywords.reservedSince("path")).isNull();
        assertThat(keywords.reservedSince("item")).isNull();
        assertThat(keywords.isEmpty()).isFalse();
        assertThat(Keywords.between(server, ServerVersion.parse("5.7.22")).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reserved | 8.0.2 | - | name", "sometimes | 8.0.2 | - | name | X", "reserved | x | - | name | X"
            })
    void aLineThatIsNotUnderstoodIsNamed(String line) {
        Server server = new Server(new ServerVersion(5, 7, 44), "5.7.44", Flavor.MYSQL, false);
        DataFile file = DataFile.parse("keywords.txt", "# x\n" + line);

        assertThatThrownBy(() -> Keywords.between(file, server, new ServerVersion(8, 4, 0)))
                .hasMessageContaining("keywords.txt, line 2");
    }

    @Test
    void theServersAgreeOnEveryReservedWord56To57() throws SQLException {
        theServersAgree(Release.MYSQL_5_6, Release.MYSQL_5_7, Release.MYSQL_8_0);
    }

    @Test
    void theServersAgreeOnEveryReservedWord57To80() throws SQLException {
        theServersAgree(Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_8_0);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theServersAgreeOnEveryReservedWord80To97() throws SQLException {
        theServersAgree(Release.MYSQL_8_0, Release.MYSQL_9_7, Release.MYSQL_9_7);
    }

    /** Every keyword there is, tried as a name: what only the newer server refuses is what is listed. */
    private static void theServersAgree(Release older, Release newer, Release lister) throws SQLException {
        Set<String> candidates = new TreeSet<>();
        SharedServers.get(lister)
                .query("SELECT word FROM information_schema.keywords")
                .forEach(row -> candidates.add(String.valueOf(row.get(0))));
        Set<String> refused = refused(SharedServers.get(newer), candidates);
        refused.removeAll(refused(SharedServers.get(older), candidates));

        Server server = server(SharedServers.get(older));
        Keywords keywords =
                Keywords.between(server, server(SharedServers.get(newer)).version());
        Set<String> listed = new TreeSet<>();
        for (String word : candidates) {
            if (keywords.reservedSince(word) != null) {
                listed.add(word);
            }
        }
        assertThat(listed).isEqualTo(refused);
    }

    private static Set<String> refused(TestServer server, Set<String> words) throws SQLException {
        Set<String> refused = new TreeSet<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS words");
            statement.execute("USE words");
            for (String word : words) {
                try {
                    statement.execute("CREATE PROCEDURE p() SELECT " + word + " FROM t AS " + word);
                    statement.execute("DROP PROCEDURE p");
                } catch (SQLException e) {
                    assertThat(e.getErrorCode()).as(word).isEqualTo(1064);
                    refused.add(word);
                }
            }
            statement.execute("DROP DATABASE words");
        }
        return refused;
    }

    private static Server server(TestServer server) {
        String version = server.variable("version");
        return new Server(ServerVersion.ofServer(version), version, Flavor.MYSQL, false);
    }

    private static String uses(Server source, String target, String sql) {
        ServerVersion version = ServerVersion.parse(target);
        List<String> uses = new ArrayList<>();
        for (Keywords.Use use :
                Keywords.between(source, version).uses(new SqlTokens(version).read(sql, ""), FUNCTIONS)) {
            uses.add(use.word() + ":" + use.line());
        }
        return String.join(" ", uses);
    }
}
