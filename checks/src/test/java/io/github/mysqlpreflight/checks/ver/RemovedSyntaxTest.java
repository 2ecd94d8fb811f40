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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemovedSyntaxTest {
    /** What is no statement by itself, made one. */
    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("PROCEDURE ANALYSE (", "SELECT a FROM t PROCEDURE ANALYSE()"),
            Map.entry("\\N", "SELECT \\N"),
            Map.entry("^ EXPLAIN EXTENDED", "EXPLAIN EXTENDED SELECT 1"),
            Map.entry("^ EXPLAIN PARTITIONS", "EXPLAIN PARTITIONS SELECT 1"),
            Map.entry("^ DESCRIBE EXTENDED", "DESCRIBE EXTENDED SELECT 1"),
            Map.entry("^ DESC EXTENDED", "DESC EXTENDED SELECT 1"),
            Map.entry("IDENTIFIED BY PASSWORD", "CREATE USER u IDENTIFIED BY PASSWORD '*x'"),
            Map.entry("UPGRADE PARTITIONING", "ALTER TABLE t UPGRADE PARTITIONING"),
            Map.entry("^ CHANGE MASTER TO", "CHANGE MASTER TO MASTER_HOST = 'h'"),
            Map.entry("^ PURGE MASTER LOGS", "PURGE MASTER LOGS TO 'b'"),
            Map.entry("IDENTIFIED", "GRANT SELECT ON t TO u IDENTIFIED BY 'x'"),
            Map.entry("REQUIRE", "GRANT SELECT ON t TO u REQUIRE SSL"),
            Map.entry("SQL_CACHE", "SELECT SQL_CACHE * FROM t"),
            Map.entry("LEADING_DOT", "SELECT a FROM .t"),
            Map.entry("GROUP_BY_ORDER", "SELECT a FROM t GROUP BY a DESC"));

    /** Variables that came after 8.0.15. */
    private static final Set<String> YOUNGER = Set.of("replica_parallel_type", "temptable_use_mmap");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\1',
            value = {
                "SELECT ENCODE('a', 'b'), encode ('a', 'b') ~ ENCODE():1305 ENCODE():1305",
                "SELECT encode, d.encode(1), `encode`(1) FROM encode ~ ''",
                "CALL encode('a') ~ ''",
                "INSERT INTO distance (a) VALUES (1) ~ ''",
                "SELECT own(1), x(p), y ~ X():1305",
                "SELECT PASSWORD('a'), password FROM t ~ !PASSWORD():1064",
                "SELECT CONTAINS(a, b) ~ !CONTAINS():1064",
                "SELECT 'ENCODE(a)', \"ENCODE(a)\" /* ENCODE(a) */ ~ ''",
                "FLUSH QUERY CACHE ~ !FLUSH QUERY CACHE:1064",
                "BEGIN IF a THEN reset  query cache; END IF; END ~ !RESET QUERY CACHE:1064",
                "SELECT flush query FROM cache ~ ''",
                "SELECT a FROM t PROCEDURE ANALYSE() ~ !PROCEDURE ANALYSE():1064",
                "SELECT \\N, '\\N' ~ !\\N:1064",
                "GRANT SELECT ON *.* TO u IDENTIFIED BY 'x' ~ !GRANT with IDENTIFIED:1064",
                "GRANT SELECT ON *.* TO u; CREATE USER v IDENTIFIED BY 'x' ~ ''",
                "SELECT SQL_CACHE * FROM t ~ !SQL_CACHE:1064",
                "SELECT DISTINCT SQL_CACHE t.a FROM t ~ !SQL_CACHE:1064",
                "SELECT SQL_CACHE a, b FROM t ~ SQL_CACHE:1054",
                "SELECT SQL_CACHE a FROM t ~ SQL_CACHE:1054",
                "SELECT SQL_NO_CACHE a, sql_cache FROM t ~ ''",
                "SELECT a FROM .t ~ !a name with a dot before it:1064",
                "SELECT t .a, .5 FROM t ~ ''",
                "SELECT a FROM t GROUP BY a, b DESC ~ !GROUP BY with ASC or DESC:1064",
                "SELECT a FROM t GROUP BY (a + 1) asc WITH ROLLUP ~ !GROUP BY with ASC or DESC:1064",
                "SELECT a FROM t GROUP BY a ORDER BY a DESC ~ ''",
                "SELECT a FROM t GROUP BY a; SELECT b FROM t ORDER BY b DESC ~ ''",
                "SELECT a FROM (SELECT a FROM t GROUP BY a) d ORDER BY a DESC ~ ''",
                "SELECT a FROM t GROUP BY (SELECT b FROM u ORDER BY b DESC LIMIT 1) ~ ''",
                "SELECT GROUP_CONCAT(a ORDER BY a DESC) FROM t GROUP BY b ~ ''",
                "SELECT `group`, by_desc FROM t ORDER BY 1 DESC ~ ''",
                "SELECT @@tx_isolation, @@session.tx_isolation ~ !the variable tx_isolation:1193 !the variable tx_isolation:1193",
                "SET SESSION tx_isolation = 'x' ~ !the variable tx_isolation:1193",
                "SET @a = 1, tx_isolation = 'x', b = (SELECT 1, 2) ~ !the variable tx_isolation:1193",
                "BEGIN DECLARE b, tx_isolation INT; SET tx_isolation = 1; END ~ ''",
                "UPDATE t SET tx_isolation = 1 ~ ''",
                "SET a = tx_isolation ~ ''",
                "SHOW SLAVE STATUS ~ ''"
            })
    void findsWhatIsGoneIn80(String sql, String expected) {
        assertThat(problems("5.7.22", "8.0.36", sql, RemovedSyntax.Place.PROGRAM))
                .isEqualTo(expected.equals("''") ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "8.0.36 ~ 8.4.0 ~ SHOW SLAVE STATUS ~ !SHOW SLAVE STATUS:1064",
                "8.0.36 ~ 8.4.0 ~ SELECT MD5(a), ENCODE(a) ~ ''",
                "8.0.36 ~ 8.4.0 ~ DO wait_until_sql_thread_after_gtids('') ~ WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS():1305",
                "8.0.36 ~ 9.6.0 ~ SELECT MD5(a), SHA(b) ~ MD5():1305 SHA():1305",
                "9.6.0 ~ 9.7.4 ~ SELECT MD5(a), SHA(b) ~ ''",
                "8.0.12 ~ 8.0.13 ~ SELECT a FROM t GROUP BY a DESC ~ !GROUP BY with ASC or DESC:1064",
                "8.0.13 ~ 8.4.0 ~ SELECT a FROM t GROUP BY a DESC ~ ''",
                "5.7.22 ~ 8.0.12 ~ SELECT a FROM t GROUP BY a DESC ~ ''",
                "5.7.22 ~ 5.7.44 ~ SELECT ENCODE(a) ~ ''"
            })
    void looksAtBothReleases(String source, String target, String sql, String expected) {
        assertThat(problems(source, target, sql, RemovedSyntax.Place.PROGRAM))
                .isEqualTo(expected.equals("''") ? "" : expected);
    }

    @Test
    void aFunctionThatIsGoneIsFoundOutWhenAViewOrTableIsMade() {
        assertThat(problems("5.7.22", "8.0.36", "select encode('a','b') AS `x`", RemovedSyntax.Place.VIEW))
                .isEqualTo("!ENCODE():1305");
        assertThat(problems("5.7.22", "8.0.36", "encode(`a`,'b')", RemovedSyntax.Place.GENERATED_COLUMN))
                .isEqualTo("!ENCODE():3763");
    }

    @Test
    void knowsModesAndLengths() {
        RemovedSyntax removed = RemovedSyntax.between(server("5.7.22"), new ServerVersion(8, 0, 36));

        assertThat(removed.removedModes("ANSI_QUOTES,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"))
                .containsExactly("NO_AUTO_CREATE_USER");
        assertThat(removed.removedModes("")).isEmpty();
        assertThat(removed.limit(RemovedSyntax.Limit.What.SET_ELEMENT))
                .isEqualTo(new RemovedSyntax.Limit(new ServerVersion(8, 0, 11), 255, 3505));
        RemovedSyntax later = RemovedSyntax.between(server("8.0.36"), new ServerVersion(8, 4, 0));
        assertThat(later.removedModes("NO_AUTO_CREATE_USER")).isEmpty();
        assertThat(later.limit(RemovedSyntax.Limit.What.FOREIGN_KEY)).isNull();
        assertThat(later.isEmpty(RemovedSyntax.Place.VIEW)).isTrue();
        assertThat(later.isEmpty(RemovedSyntax.Place.PROGRAM)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forgotten | 8.0.3 | X",
                "special | 8.0.3 | X | -",
                "function | x | X | -",
                "clause | 8.0.3 | GRANT",
                "length | 8.0.3 | FOREIGN_KEY | many | 1"
            })
    void aLineThatIsNotUnderstoodIsNamed(String line) {
        DataFile file = DataFile.parse("removed-syntax.txt", "# x\n" + line);

        assertThatThrownBy(() -> RemovedSyntax.between(file, server("5.7.22"), new ServerVersion(8, 4, 0)))
                .hasMessageContaining("removed-syntax.txt, line 2");
    }

    @Test
    void theServersAgree57To80() throws SQLException {
        theServersAgree(Release.MYSQL_5_7, Release.MYSQL_8_0);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theServersAgree80To97() throws SQLException {
        theServersAgree(Release.MYSQL_8_0, Release.MYSQL_9_7);
    }

    /** Each entry that lies between them is taken by the older one and refused by the newer one, with the error it names. */
    private static void theServersAgree(Release older, Release newer) throws SQLException {
        DataFile file = DataFile.of(RemovedSyntax.class, "removed-syntax.txt");
        ServerVersion from = version(SharedServers.get(older));
        ServerVersion to = version(SharedServers.get(newer));
        int tried = 0;
        for (DataFile.Line line : file.lines()) {
            boolean between = from.compareTo(line.version(1)) < 0 && to.compareTo(line.version(1)) >= 0;
            String statement = between ? statement(line) : null;
            if (statement != null) {
                tried++;
                int error = error(SharedServers.get(newer), statement);
                assertThat(error).as(statement + " on " + newer).isEqualTo(expectedError(line));
                if (!YOUNGER.contains(line.text(2))) {
                    assertThat(error(SharedServers.get(older), statement))
                            .as(statement + " on " + older)
                            .isNotEqualTo(error);
                }
            }
        }
        assertThat(tried).isGreaterThan(10);
    }

    /** MariaDB knows each function that is called its own, MySQL does not. */
    @Test
    @NeedsServer({Release.MARIADB_10_11, Release.MYSQL_9_7})
    void theServersAgreeOnWhatIsMariaDbs() throws SQLException {
        int tried = 0;
        for (DataFile.Line line :
                DataFile.of(RemovedSyntax.class, "removed-syntax.txt").lines()) {
            if (line.kind().equals("mariadb")) {
                tried++;
                String statement = "DO " + line.text(2) + "()";
                assertThat(error(SharedServers.get(Release.MARIADB_10_11), statement))
                        .as(statement)
                        .isNotEqualTo(1305);
                for (Release release : List.of(Release.MYSQL_8_0, Release.MYSQL_9_7)) {
                    assertThat(error(SharedServers.get(release), statement))
                            .as(statement + " on " + release)
                            .isEqualTo(1305);
                }
            }
        }
        assertThat(tried).isGreaterThan(30);
    }

    private static @Nullable String statement(DataFile.Line line) {
        String word = line.text(2);
        return switch (line.kind()) {
            case "function", "mariadb", "waiting" -> "DO " + word + "()";
            case "keyword" -> "DO " + word + (word.equals("CONTAINS") ? "(1, 2)" : "(1)");
            case "syntax" -> procedure(STATEMENTS.getOrDefault(word, word.replace("^ ", "")));
            case "clause" ->
                procedure(STATEMENTS.getOrDefault(line.text(3), "GRANT SELECT ON t TO u WITH " + line.text(3) + " 1"));
            case "special" -> procedure(STATEMENTS.get(word));
            case "variable" -> procedure("SELECT @@" + word);
            case "table" -> "CREATE VIEW v AS SELECT * FROM " + word;
            case "mode" -> isMariaDbs(word) ? null : "SET sql_mode = '" + word + "'";
            case "length" -> null;
            default -> throw new IllegalStateException("no test for " + line.kind());
        };
    }

    private static boolean isMariaDbs(String mode) {
        return Set.of("EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT", "TIME_ROUND_FRACTIONAL")
                .contains(mode);
    }

    private static String procedure(String statement) {
        return "CREATE PROCEDURE removed.p() " + statement;
    }

    private static int expectedError(DataFile.Line line) {
        return switch (line.kind()) {
            case "function", "waiting" -> 1305;
            case "variable" -> 1193;
            case "table" -> line.text(2).startsWith("information_schema.") ? 1109 : 1146;
            case "mode" -> 1231;
            default -> 1064;
        };
    }

    private static int error(TestServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS removed");
            statement.execute("USE removed");
            statement.execute("DROP PROCEDURE IF EXISTS p");
            statement.execute("SET sql_mode = ''");
            try {
                statement.execute(sql);
                return 0;
            } catch (SQLException e) {
                return e.getErrorCode();
            } finally {
                statement.execute("DROP DATABASE removed");
            }
        }
    }

    private static ServerVersion version(TestServer server) {
        return ServerVersion.ofServer(server.variable("version"));
    }

    private static Server server(String version) {
        return new Server(ServerVersion.parse(version), version, Flavor.MYSQL, false);
    }

    private static String problems(String source, String target, String sql, RemovedSyntax.Place place) {
        ServerVersion version = ServerVersion.parse(target);
        SqlTokens tokens = new SqlTokens(version).read(sql, "");
        List<String> problems = new ArrayList<>();
        for (RemovedSyntax.Problem problem :
                RemovedSyntax.between(server(source), version).problems(tokens, place, Set.of("OWN"))) {
            problems.add((problem.refused() ? "!" : "") + problem.what() + ":" + problem.error());
        }
        return String.join(" ", problems);
    }
}
