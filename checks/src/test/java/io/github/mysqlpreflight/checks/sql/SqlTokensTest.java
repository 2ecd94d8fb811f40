/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTokensTest {
    private static final ServerVersion V80 = new ServerVersion(8, 0, 15);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\1',
            value = {
                "select rank from t ~ W:select W:rank W:from W:t",
                "a.rank ~ W:a S:. N:rank",
                "a .rank ~ W:a S:. N:rank",
                "a. rank ~ W:a S:. W:rank",
                "`a`.rank ~ N:`a` S:. N:rank",
                "`ra``nk` ~ N:`ra``nk`",
                "'rank' ~ T:'rank'",
                "'it''s' ~ T:'it''s'",
                "'a\\'rank' ~ T:'a\\'rank'",
                "'a\\\\' rank ~ T:'a\\\\' W:rank",
                "\"rank\" ~ T:\"rank\"",
                "n'rank' X'41' b'1' ~ T:n'rank' T:X'41' T:b'1'",
                "_utf8'rank' ~ W:_utf8 T:'rank'",
                "an'rank' ~ W:an T:'rank'",
                "@rank @`rank` @'ra nk' @a.b ~ U:@rank U:@`rank` U:@'ra nk' U:@a.b",
                "@@rank @@session.rank ~ V:@@rank V:@@session.rank",
                "@ rank ~ U:@ W:rank",
                "u@localhost ~ W:u U:@localhost",
                "rank:=1 ~ W:rank S::= M:1",
                "rank: loop ~ W:rank S:: W:loop",
                "\\N \\n ~ S:\\N S:\\ W:n",
                "1+.5-1.5e-3 ~ M:1 S:+ M:.5 S:- M:1.5e-3",
                "1e5 1e 2nd 0x1F 0x1g 0b10 0b12 ~ M:1e5 W:1e W:2nd M:0x1F W:0x1g M:0b10 W:0b12",
                "t.1a t.1 ~ W:t S:. N:1a W:t S:. M:1",
                "$a _b \u00e9\u00e8 ~ W:$a W:_b W:\u00e9\u00e8",
                "(a,b)<=>c ~ S:( W:a S:, W:b S:) S:< S:= S:> W:c",
                "/* rank */ a /*+ rank */ b ~ W:a W:b",
                "/*M!100100 rank */ a ~ W:a",
                "/*! rank */ /*!50003 a */ /*!080000 b */ c ~ W:rank W:a W:b W:c",
                "/*!80016 rank */ /*!090000 a */ b ~ W:b",
                "/*!50003 a /* rank */ b */ c ~ W:a W:b W:c",
                "a */ b ~ W:a S:* S:/ W:b",
                "a--1 ~ W:a S:- S:- M:1",
                "'open ~ T:'open",
                "`open ~ N:`open",
                "/* open ~ ''",
                "'open\\ ~ T:'open\\"
            })
    void fallsIntoTokens(String sql, String expected) {
        assertThat(tokens(sql, "")).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @Test
    void skipsCommentsToTheEndOfTheLine() {
        assertThat(tokens("a -- rank\nb --\nc --\trank\nd # rank\ne --rank\n--", ""))
                .isEqualTo("W:a W:b W:c W:d W:e S:- S:- W:rank");
    }

    @Test
    void followsTheModeOfTheText() {
        assertThat(tokens("\"ra\"\"nk\" 'a\\'", "REAL_AS_FLOAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES"))
                .isEqualTo("N:\"ra\"\"nk\" T:'a\\'");
        assertThat(tokens("\"a\"", "ANSI_QUOTES_NOT,X")).isEqualTo("T:\"a\"");
        assertThat(SqlTokens.hasMode("A,B", "B")).isTrue();
        assertThat(SqlTokens.hasMode("A,BB", "B")).isFalse();
        assertThat(SqlTokens.hasMode("BB,B", "B")).isTrue();
        assertThat(SqlTokens.hasMode("", "B")).isFalse();
    }

    @Test
    void givesNamesWithoutTheirQuotes() {
        SqlTokens tokens = new SqlTokens(V80).read("`a``b` plain @`c` @d @@global.e @@f \"g\"", "ANSI_QUOTES");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            names.add(tokens.name(i));
        }
        assertThat(names).containsExactly("a`b", "plain", "c", "d", "e", "f", "g");
    }

    @Test
    void findsVariablesAndWordsInATable() {
        WordTable table = new WordTable(List.of("TX_ISOLATION", "RANK"));
        SqlTokens tokens = new SqlTokens(V80).read("@@session.tx_isolation @@tx_isolation `rank` Rank x", "");

        assertThat(tokens.findVariable(0, table)).isZero();
        assertThat(tokens.findVariable(1, table)).isZero();
        assertThat(tokens.findVariable(3, table)).isEqualTo(-1);
        assertThat(tokens.find(2, table)).isEqualTo(-1);
        assertThat(tokens.find(3, table)).isEqualTo(1);
        assertThat(tokens.find(0, table)).isEqualTo(-1);
    }

    @Test
    void countsLinesAndIsSafeBeyondItsEnds() {
        SqlTokens tokens = new SqlTokens(V80).read("a\nb\n\n c", "");

        assertThat(tokens.line(0)).isEqualTo(1);
        assertThat(tokens.line(1)).isEqualTo(2);
        assertThat(tokens.line(2)).isEqualTo(4);
        assertThat(tokens.text(-1)).isEmpty();
        assertThat(tokens.kind(3)).isEqualTo(SqlTokens.Kind.SYMBOL);
        assertThat(tokens.isSymbol(3, "")).isFalse();
        assertThat(tokens.isWord(-1, "A")).isFalse();
    }

    @Test
    void canBeReadAgain() {
        SqlTokens tokens = new SqlTokens(V80);

        assertThat(tokens.read("/*!50003 a b c", "ANSI_QUOTES").size()).isEqualTo(3);
        assertThat(tokens.read("*/", "").size()).isEqualTo(2);
        assertThat(tokens.read("", "").size()).isZero();
    }

    @Test
    void isQuickWithFiftyMegabytes() {
        String body =
                "BEGIN\n  DECLARE x INT; -- a remark\n  SELECT `a`, 'text', t.rank INTO @b FROM t WHERE c = 1.5;\nEND\n"
                        .repeat(100);
        SqlTokens tokens = new SqlTokens(V80);

        int count = Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            int sum = 0;
            for (int i = 0; i < 5_000; i++) {
                sum += tokens.read(body, "").size();
            }
            return sum;
        });

        assertThat(count).isEqualTo(5_000 * 100 * 23);
    }

    /** What a token is decides whether a reserved word parses there: the servers are the judges. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\1',
            value = {
                "SELECT t.select FROM t ~ true",
                "SELECT t .select FROM t ~ true",
                "SELECT t. select FROM t ~ false",
                "SELECT n'select', x'41', @select, @`select` ~ true",
                "SELECT 1 /*!99999 select */ ~ true",
                "SELECT 1 /*!50000 select */ ~ false",
                "SELECT 1 /*! select */ ~ false",
                "SELECT 1 --select ~ false",
                "SELECT 1 -- select ~ true",
                "SELECT 2nd.a FROM t 2nd ~ true",
                "SELECT 0x1g.a FROM t 0x1g ~ true",
                "SELECT 'a\\' select' ~ true",
                "SELECT \"select\" ~ true"
            })
    void readsAsTheServersDo(String sql, boolean parses) throws SQLException {
        for (Release release : List.of(Release.MYSQL_5_7, Release.MYSQL_8_0)) {
            TestServer server = SharedServers.get(release);
            boolean accepted;
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE IF NOT EXISTS tokens");
                statement.execute("USE tokens");
                try {
                    statement.execute("CREATE PROCEDURE p() " + sql);
                    accepted = true;
                } catch (SQLException e) {
                    assertThat(e.getErrorCode()).isEqualTo(1064);
                    accepted = false;
                }
                statement.execute("DROP DATABASE tokens");
            }
            assertThat(accepted).as(release.toString()).isEqualTo(parses);
        }
        SqlTokens tokens = new SqlTokens(V80).read(sql, "");
        int keywords = 0;
        for (int i = 0; i < tokens.size(); i++) {
            keywords += tokens.isWord(i, "SELECT") ? 1 : 0;
        }
        assertThat(keywords == 1).isEqualTo(parses);
    }

    private static String tokens(String sql, String mode) {
        SqlTokens tokens = new SqlTokens(V80).read(sql, mode);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            text.append(i == 0 ? "" : " ")
                    .append(letter(tokens.kind(i)))
                    .append(':')
                    .append(tokens.text(i));
        }
        return text.toString();
    }

    private static char letter(SqlTokens.Kind kind) {
        return switch (kind) {
            case WORD -> 'W';
            case NAME -> 'N';
            case STRING -> 'T';
            case NUMBER -> 'M';
            case USER_VARIABLE -> 'U';
            case SYSTEM_VARIABLE -> 'V';
            case SYMBOL -> 'S';
        };
    }
}
