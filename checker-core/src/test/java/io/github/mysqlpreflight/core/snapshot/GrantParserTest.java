/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrantParserTest {

    private static final String HASH = "5ECRE7";
    private static final String EVIL_SCHEMA = "a, REPLICATION SLAVE ON *.* TO b";

    static final List<String> servers = GrantRecords.SERVERS;

    @ParameterizedTest
    @FieldSource("servers")
    void everyRecordedLineIsUnderstood(String server) {
        Map<String, List<String>> accounts = GrantRecords.accounts(server);
        assertThat(accounts).hasSizeGreaterThan(20);
        accounts.forEach((name, lines) ->
                assertThat(GrantParser.parse(lines).unparsed()).as(name).isEmpty());
    }

    @ParameterizedTest
    @FieldSource("servers")
    void noHashGetsIntoAnyText(String server) {
        GrantRecords.accounts(server).forEach((name, lines) -> {
            List<String> spoilt = new ArrayList<>();
            for (String line : lines) {
                spoilt.add(line);
                spoilt.add(line + " ?");
                spoilt.add(line.replace("GRANT ", "GRUNT "));
            }
            assertThat(GrantParser.parse(spoilt).toString()).as(name).doesNotContain(HASH);
        });
    }

    @ParameterizedTest
    @FieldSource("servers")
    void aLineCutAnywhereIsReadOrKeptButNeverThrows(String server) {
        for (List<String> lines : GrantRecords.accounts(server).values()) {
            for (String line : lines) {
                for (int end = 0; end < line.length(); end++) {
                    Grants grants = GrantParser.parse(List.of(line.substring(0, end)));
                    assertThat(grants.toString()).doesNotContain(HASH);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("servers")
    void anEvilSchemaNameGrantsNothingGlobal(String server) {
        Grants grants = GrantRecords.account(server, "evilschema");
        assertThat(grants.hasGlobal("REPLICATION SLAVE")).isFalse();
        assertThat(grants.hasGlobal("SELECT")).isFalse();
        assertThat(scopes(grants))
                .containsExactlyInAnyOrder(
                        new GrantScope.Global(),
                        new GrantScope.Schema(EVIL_SCHEMA),
                        new GrantScope.Table(EVIL_SCHEMA, "SELECT ON *.* TO x"));
    }

    @ParameterizedTest
    @FieldSource("servers")
    void anEvilUserNameIsOnlyAName(String server) {
        Grants grants = GrantRecords.account(server, "eviluser");
        assertThat(grants.grants())
                .containsExactly(
                        grant(new Account("x ON *.* TO y", "localhost"), new GrantScope.Global(), false, "SUPER"));
    }

    @ParameterizedTest
    @FieldSource("servers")
    void quotesInUserNamesAreKept(String server) {
        Account account = new Account("o'b`r\"i\\e", "localhost");
        assertThat(GrantRecords.account(server, "quoteuser").grants())
                .containsExactly(
                        grant(account, new GrantScope.Global(), false),
                        grant(account, new GrantScope.Schema("shop"), false, "SELECT"));
    }

    @ParameterizedTest
    @FieldSource("servers")
    void schemaGrantsKeepPatternsAndEscapes(String server) {
        for (String mode : List.of("", ":ANSI_QUOTES", ":NO_BACKSLASH_ESCAPES")) {
            Account account = new Account("schema", "localhost");
            assertThat(GrantRecords.account(server, "schema" + mode).grants())
                    .containsExactlyInAnyOrder(
                            grant(account, new GrantScope.Global(), false),
                            grant(account, new GrantScope.Schema("shop"), false, "ALL PRIVILEGES"),
                            grant(account, new GrantScope.Schema("a\\_b"), true, "SELECT", "INSERT"),
                            grant(account, new GrantScope.Schema("a_b"), false, "DELETE"),
                            grant(account, new GrantScope.Schema("%"), false, "SELECT"),
                            grant(account, new GrantScope.Schema("da`ta"), false, "UPDATE"),
                            grant(
                                    account,
                                    new GrantScope.Schema("caf\u00e9"),
                                    false,
                                    "CREATE TEMPORARY TABLES",
                                    "LOCK TABLES"));
        }
    }

    @ParameterizedTest
    @FieldSource("servers")
    void columnGrantsAreToldFromTableGrants(String server) {
        for (String mode : List.of("", ":ANSI_QUOTES")) {
            Account account = new Account("column", "localhost");
            assertThat(GrantRecords.account(server, "column" + mode).grants())
                    .containsExactlyInAnyOrder(
                            grant(account, new GrantScope.Global(), false),
                            grant(account, new GrantScope.Table("shop", "t"), false, "DELETE"),
                            grant(account, columns("a", "c,d"), false, "SELECT"),
                            grant(account, columns("b"), false, "INSERT"),
                            grant(account, columns("e)"), false, "UPDATE"),
                            grant(account, columns("a"), false, "REFERENCES"));
        }
    }

    @ParameterizedTest
    @FieldSource("servers")
    void tableAndRoutineGrantsAreRead(String server) {
        Account account = new Account("routine", "localhost");
        assertThat(GrantRecords.account(server, "routine").grants())
                .contains(
                        grant(account, new GrantScope.Routine("PROCEDURE", "shop", "p"), false, "EXECUTE"),
                        grant(
                                account,
                                new GrantScope.Routine("FUNCTION", "shop", "f on"),
                                true,
                                "EXECUTE",
                                "ALTER ROUTINE"));
        assertThat(GrantRecords.account(server, "table").grants())
                .contains(
                        grant(new Account("table", "localhost"), new GrantScope.Table("shop", "t"), false, "SELECT"),
                        grant(
                                new Account("table", "localhost"),
                                new GrantScope.Table("shop", "we`ird.t"),
                                true,
                                "ALL PRIVILEGES"));
    }

    @ParameterizedTest
    @FieldSource("servers")
    void proxyIsRecognised(String server) {
        assertThat(GrantRecords.account(server, "proxy").hasProxy()).isTrue();
        assertThat(GrantRecords.account(server, "repl").hasProxy()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("servers")
    void grantOptionStandsBesideHashesAndLimits(String server) {
        assertThat(GrantRecords.account(server, "limits").hasGlobal("GRANT OPTION"))
                .isTrue();
        assertThat(GrantRecords.account(server, "all").hasGlobal("GRANT OPTION"))
                .isTrue();
        assertThat(GrantRecords.account(server, "allnogo").hasGlobal("GRANT OPTION"))
                .isFalse();
        assertThat(GrantRecords.account(server, "ssl").hasGlobal("GRANT OPTION"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"mysql-8.0.15,roles", "mysql-9.7.4,roles"})
    void rolesOfMysqlHaveHosts(String server, String name) {
        Account account = new Account("roles", "localhost");
        assertThat(GrantRecords.account(server, name).roleGrants())
                .containsExactly(
                        new RoleGrant(new Account("r1", "%"), account, false),
                        new RoleGrant(new Account("r2", "localhost"), account, false),
                        new RoleGrant(new Account("ro, le", "%"), account, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"active role", "active role:ANSI_QUOTES"})
    void rolesOfMariaDbHaveLinesOfTheirOwn(String name) {
        Grants grants = GrantRecords.account("mariadb-10.11.19", name);
        assertThat(grants.grantedRoles()).containsExactly(new Account("r1", ""), new Account("r2", ""));
        assertThat(grants.defaultRoles()).containsExactly(new Account("r1", ""));
        assertThat(grants.grants())
                .contains(grant(new Account("r1", ""), new GrantScope.Global(), false, "REPLICATION SLAVE"));
        assertThat(grants.hasGlobal("REPLICATION SLAVE")).isTrue();
    }

    @Test
    void mariaDbHasPublicAndOtherNames() {
        assertThat(GrantRecords.account("mariadb-10.11.19", "public").grants())
                .contains(grant(new Account("PUBLIC", ""), new GrantScope.Schema("ab%"), false, "DROP"));
        Grants grants = GrantRecords.account("mariadb-10.11.19", "dynamic");
        for (String privilege : List.of(
                "replication  client",
                "BINLOG MONITOR",
                "REPLICA MONITOR",
                "SLAVE MONITOR",
                "REPLICATION REPLICA ADMIN",
                "DELETE HISTORY",
                "READ_ONLY ADMIN")) {
            assertThat(grants.hasGlobal(privilege)).as(privilege).isTrue();
        }
        assertThat(grants.hasGlobal("REPLICATION SLAVE")).isFalse();
    }

    @Test
    void partialRevokesAreRead() {
        Grants grants = GrantRecords.account("mysql-9.7.4", "partial:ANSI_QUOTES");
        assertThat(grants.partialRevokes())
                .containsExactly(
                        new PartialRevoke(EVIL_SCHEMA, new TreeSet<>(List.of("INSERT", "SELECT"))),
                        new PartialRevoke("a_b", new TreeSet<>(List.of("INSERT"))),
                        new PartialRevoke("shop", new TreeSet<>(List.of("SELECT"))));
        assertThat(grants.schemasRevoked()).containsExactly(EVIL_SCHEMA, "a_b", "shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT USAGE ON *.* TO 'u'@'%' IDENTIFIED BY PASSWORD '*HASH' REQUIRE SSL WITH GRANT OPTION MAX_QUERIES_PER_HOUR 5",
                "GRANT SELECT ON *.* TO 'u'@'%' IDENTIFIED BY PASSWORD <secret> WITH GRANT OPTION",
                "GRANT SELECT ON *.* TO `u`@`%` IDENTIFIED VIA ed25519 USING 'HASH' OR unix_socket WITH GRANT OPTION",
                "GRANT SELECT ON *.* TO `u`@`%` WITH GRANT OPTION MAX_STATEMENT_TIME 5.000000",
                "  grant  select\ton *.*  to `u`@`%` with  grant option ",
                "GRANT SELECT ON *.* TO ''@'%' WITH GRANT OPTION",
                "GRANT SELECT ON *.* TO \"u\"@\"%\" WITH GRANT OPTION",
                "GRANT SELECT ON *.* TO r WITH GRANT OPTION",
            })
    void tailsOfAllDialectsAreRead(String line) {
        Grants grants = GrantParser.parse(List.of(line));
        assertThat(grants.unparsed()).isEmpty();
        assertThat(grants.hasGlobal("GRANT OPTION")).isTrue();
        assertThat(grants.toString()).doesNotContain("HASH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a column of 5.7, a user of 5.7, a role of MariaDB 10.3: none of them escaped
                "GRANT SELECT (a), REPLICATION SLAVE ON *.* TO b) ON `shop`.`t` TO 'u'@'h'",
                "GRANT SELECT (`a`), REPLICATION SLAVE ON *.* TO 'b'@'c' IDENTIFIED) ON `shop`.`t` TO 'u'@'h'",
                "GRANT USAGE ON *.* TO 'u'@'h' WITH GRANT OPTION'@'%'",
                "GRANT USAGE ON *.* TO 'x', REPLICATION SLAVE ON *.* TO 'y'@'h'",
                "GRANT REPLICATION SLAVE ON *.* TO b TO 'u'@'h'",
                "GRANT REPLICATION SLAVE ON *.* TO 'b'@'c' IDENTIFIED TO 'u'@'h'",
                "GRANT REPLICATION SLAVE ON *.* TO PUBLIC IDENTIFIED TO 'u'@'h'",
                "GRANT PROXY ON 'a'@'h' TO 'b', REPLICATION SLAVE ON *.* TO 'c'@'' TO 'u'@'%' WITH GRANT OPTION",
                "GRANT `REPLICATION SLAVE ON *.* TO b`@`%` TO `u`@`%`",
                "GRANT SELECT ON `x``.* TO y, REPLICATION SLAVE ON *.*`.* TO `u`@`%`",
                "GRANT USAGE ON *.* TO 'u'@'h' IDENTIFIED BY PASSWORD '*1' REQUIRE SUBJECT 'x' WITH GRANT OPTION' WITH MAX_USER_CONNECTIONS 3",
            })
    void textInNamesGrantsNothing(String line) {
        Grants grants = GrantParser.parse(List.of(line));
        assertThat(grants.hasGlobal("REPLICATION SLAVE")).isFalse();
        assertThat(grants.hasGlobal("GRANT OPTION")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GRANT SELECT ON *.* TO 'u'@'h' NEWCLAUSE 5|GRANT SELECT ON *.* TO 'u'@'h' NEWCLAUSE 5",
                "GRANT SELECT ON *.* FOR 'u'@'h' identified by password 'HASH'|GRANT SELECT ON *.* FOR 'u'@'h'",
                "REVOKE SELECT ON `a`.`b` FROM `u`@`%`|REVOKE SELECT ON `a`.`b` FROM `u`@`%`",
                "GRANT SELECT ON `a.* TO `u`@`%`|GRANT SELECT ON `a.* TO `u`@`%`",
                "GRANT SELECT ON *.t TO `u`@`%`|GRANT SELECT ON *.t TO `u`@`%`",
                "GRANT SELECT (`a`) ON *.* TO `u`@`%`|GRANT SELECT (`a`) ON *.* TO `u`@`%`",
                "GRANT SELECT () ON `a`.`b` TO `u`@`%`|GRANT SELECT () ON `a`.`b` TO `u`@`%`",
                "GRANT|GRANT",
                "GRANT ON *.* TO `u`@`%`|GRANT ON *.* TO `u`@`%`",
                "GRANT SELECT, ON *.* TO `u`@`%`|GRANT SELECT, ON *.* TO `u`@`%`",
                "SET DEFAULT ROLE|SET DEFAULT ROLE",
                "GRANT SELECT ON *.* TO 'u'@'h' WITH GRANT OPTION MAX_QUERIES_PER_HOUR many|GRANT SELECT ON *.* TO 'u'@'h' WITH GRANT OPTION MAX_QUERIES_PER_HOUR many",
            })
    void whatIsNotUnderstoodIsKeptWithoutTheSecret(String line, String kept) {
        Grants grants = GrantParser.parse(List.of(line, "GRANT SELECT ON `x`.* TO `u`@`%`"));
        assertThat(grants.unparsed()).hasSize(1);
        assertThat(grants.unparsed().get(0).strip()).isEqualTo(kept);
        assertThat(grants.grants()).hasSize(1);
    }

    @Test
    void oldMariaDbAndTypedFormsAreRead() {
        Grants grants = GrantParser.parse(List.of(
                "GRANT r TO 'u'@'%' WITH ADMIN OPTION",
                "SET DEFAULT ROLE r FOR 'u'@'%'",
                "GRANT USAGE ON *.* TO 'r'",
                "GRANT SELECT, Create  Temporary   Tables ON db.t TO 'u'@'%'",
                "GRANT SELECT (a, b), INSERT (c) ON db.t TO `u`@`%`",
                "GRANT EXECUTE ON PACKAGE BODY `db`.`p` TO `u`@`%`",
                "GRANT EXECUTE ON LIBRARY `db`.`l` TO `u`@`%`"));
        assertThat(grants.unparsed()).isEmpty();
        assertThat(grants.roleGrants())
                .containsExactly(new RoleGrant(new Account("r", ""), new Account("u", "%"), true));
        assertThat(grants.defaultRoles()).containsExactly(new Account("r", ""));
        Account account = new Account("u", "%");
        assertThat(grants.grants())
                .containsExactly(
                        grant(new Account("r", ""), new GrantScope.Global(), false),
                        grant(account, new GrantScope.Table("db", "t"), false, "SELECT", "CREATE TEMPORARY TABLES"),
                        grant(account, new GrantScope.Columns("db", "t", List.of("a", "b")), false, "SELECT"),
                        grant(account, new GrantScope.Columns("db", "t", List.of("c")), false, "INSERT"),
                        grant(account, new GrantScope.Routine("PACKAGE BODY", "db", "p"), false, "EXECUTE"),
                        grant(account, new GrantScope.Routine("LIBRARY", "db", "l"), false, "EXECUTE"));
    }

    private static GrantScope columns(String... names) {
        return new GrantScope.Columns("shop", "t", List.of(names));
    }

    private static Grant grant(Account account, GrantScope scope, boolean grantOption, String... privileges) {
        return new Grant(account, scope, new TreeSet<>(List.of(privileges)), grantOption);
    }

    private static List<GrantScope> scopes(Grants grants) {
        List<GrantScope> scopes = new ArrayList<>();
        for (Grant grant : grants.grants()) {
            scopes.add(grant.scope());
        }
        return scopes;
    }
}
