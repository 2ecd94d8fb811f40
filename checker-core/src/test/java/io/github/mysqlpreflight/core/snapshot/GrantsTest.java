/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrantsTest {

    private static final GrantRules MYSQL = GrantRules.mysql(0);
    private static final GrantRules MARIADB = GrantRules.mariaDb(0);

    static final List<String> servers = GrantRecords.SERVERS;

    /** 60 accounts a server with random grants: never more than the server allows, and less only where its choice is not told. */
    @ParameterizedTest
    @FieldSource("servers")
    void answersAreThoseOfTheServer(String server) {
        GrantRules rules = GrantRecords.rules(server);
        List<String> lines = new ArrayList<>();
        int asked = 0;
        for (String line : GrantRecords.file("effective", server)) {
            if (line.startsWith("GRANT")) {
                lines.add(line);
            } else if (line.isEmpty()) {
                lines.clear();
            } else if (line.indexOf('\t') > 0) {
                String[] parts = line.split("\t", -1);
                Grants grants = GrantParser.parse(lines);
                Set<String> worked =
                        new TreeSet<>(List.of(parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)));
                Set<String> claimed = new TreeSet<>();
                for (String privilege : List.of("SELECT", "INSERT", "DELETE")) {
                    if (grants.hasOnTable(privilege, parts[0], parts[1], rules)) {
                        claimed.add(privilege);
                    }
                }
                String what = lines + " on " + parts[0] + "." + parts[1];
                assertThat(worked).as(what).containsAll(claimed);
                boolean visible = parts[3].equals("visible");
                if (tied(grants, parts[0], rules)) {
                    assertThat(!grants.seesSchema(parts[0], rules) || visible)
                            .as(what)
                            .isTrue();
                } else {
                    assertThat(claimed).as(what).isEqualTo(worked);
                    assertThat(grants.seesSchema(parts[0], rules)).as(what).isEqualTo(visible);
                }
                asked++;
            }
        }
        assertThat(asked).isEqualTo(60 * 12);
    }

    private static boolean tied(Grants grants, String schema, GrantRules rules) {
        List<Long> ranks = new ArrayList<>();
        for (Grant grant : grants.grants()) {
            if (grant.scope() instanceof GrantScope.Schema scope) {
                SchemaPattern pattern = new SchemaPattern(scope.pattern());
                if (pattern.matches(schema, false)) {
                    ranks.add(rules.mariaDb() ? pattern.mariaDbRank() : pattern.mysqlRank());
                }
            }
        }
        ranks.sort(null);
        int size = ranks.size();
        return size > 1 && ranks.get(size - 1).equals(ranks.get(size - 2));
    }

    @ParameterizedTest
    @FieldSource("servers")
    void allPrivilegesMeansTheStaticOnes(String server) {
        Grants grants = GrantRecords.account(server, "allnogo");
        for (String privilege :
                List.of("REPLICATION SLAVE", "replication client", "SELECT", "LOCK TABLES", "SHOW VIEW")) {
            assertThat(grants.hasGlobal(privilege)).as(privilege).isTrue();
            assertThat(grants.hasOnSchema(privilege, "shop", MYSQL)).isTrue();
        }
        assertThat(grants.hasGlobal("BACKUP_ADMIN"))
                .isEqualTo(server.equals("mysql-8.0.15") || server.equals("mysql-9.7.4"));
        assertThat(grants.seesAllSchemas(MYSQL)).isTrue();
        assertThat(grants.seesAllTables(MYSQL)).isTrue();
    }

    @Test
    void superAndReplicationSeeNothing() {
        Grants grants = parse(
                "GRANT RELOAD, PROCESS, FILE, SUPER, REPLICATION SLAVE, REPLICATION CLIENT, CREATE USER ON *.* TO `u`@`%`");
        assertThat(grants.seesAllSchemas(MYSQL)).isFalse();
        assertThat(grants.seesSchema("shop", MYSQL)).isFalse();
        assertThat(parse("GRANT SUPER ON *.* TO `u`@`%`").hasGlobal("REPLICATION SLAVE"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "INSERT",
                "UPDATE",
                "DELETE",
                "CREATE",
                "DROP",
                "REFERENCES",
                "INDEX",
                "ALTER",
                "CREATE VIEW",
                "SHOW VIEW",
                "TRIGGER"
            })
    void tablePrivilegesShowAllTables(String privilege) {
        Grants grants = parse("GRANT " + privilege + " ON *.* TO `u`@`%`");
        assertThat(grants.seesAllSchemas(MYSQL)).isTrue();
        assertThat(grants.seesAllTables(MYSQL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW DATABASES",
                "CREATE TEMPORARY TABLES",
                "LOCK TABLES",
                "EXECUTE",
                "CREATE ROUTINE",
                "ALTER ROUTINE",
                "EVENT"
            })
    void otherPrivilegesOfSchemasShowSchemasOnly(String privilege) {
        Grants grants = parse("GRANT " + privilege + " ON *.* TO `u`@`%`");
        assertThat(grants.seesAllSchemas(MYSQL)).isTrue();
        assertThat(grants.seesAllTables(MYSQL)).isFalse();
    }

    @Test
    void aPartialRevokeTakesAwayFromGlobalPrivilegesOnly() {
        GrantRules rules = MYSQL.withPartialRevokes(true);
        Grants grants = parse(
                "GRANT SELECT, INSERT ON *.* TO `u`@`%`",
                "GRANT DELETE ON `shop`.* TO `u`@`%`",
                "GRANT SELECT ON `shop`.`t` TO `u`@`%`",
                "REVOKE SELECT ON `shop`.* FROM `u`@`%`");
        assertThat(grants.hasGlobal("SELECT")).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "shop", rules)).isFalse();
        assertThat(grants.hasOnSchema("INSERT", "shop", rules)).isTrue();
        assertThat(grants.hasOnSchema("DELETE", "shop", rules)).isTrue();
        assertThat(grants.hasOnTable("SELECT", "shop", "t", rules)).isTrue();
        assertThat(grants.hasOnTable("SELECT", "shop", "u", rules)).isFalse();
        assertThat(grants.hasOnSchema("SELECT", "other", rules)).isTrue();
        assertThat(grants.seesAllSchemas(rules)).isTrue();
    }

    @Test
    void aRevokeOfEverythingHidesTheSchemaUnlessDatabasesAreShown() {
        GrantRules rules = MYSQL.withPartialRevokes(true);
        Grants hidden = parse("GRANT SELECT ON *.* TO `u`@`%`", "REVOKE SELECT ON `shop`.* FROM `u`@`%`");
        assertThat(hidden.seesAllSchemas(rules)).isFalse();
        assertThat(hidden.seesAllTables(rules)).isFalse();
        Grants shown =
                parse("GRANT SELECT, SHOW DATABASES ON *.* TO `u`@`%`", "REVOKE SELECT ON `shop`.* FROM `u`@`%`");
        assertThat(shown.seesAllSchemas(rules)).isTrue();
        assertThat(shown.seesAllTables(rules)).isFalse();
    }

    @Test
    void wildcardsAreLiteralWithPartialRevokes() {
        Grants grants = parse("GRANT SELECT ON `a_b`.* TO `u`@`%`");
        assertThat(grants.hasOnSchema("SELECT", "axb", MYSQL)).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "axb", MYSQL.withPartialRevokes(true)))
                .isFalse();
        assertThat(grants.hasOnSchema("SELECT", "a_b", MYSQL.withPartialRevokes(true)))
                .isTrue();
    }

    @Test
    void withActiveRolesAPlainNameDecidesOrTheFirstPatternInByteOrder() {
        GrantRules rules = MYSQL.withActiveRoles(true);
        Grants grants = parse(
                "GRANT SELECT, INDEX ON `a%`.* TO `u`@`%`",
                "GRANT SELECT, DELETE ON `ab\\_cd`.* TO `u`@`%`", "GRANT DELETE ON `abxcd`.* TO `u`@`%`");
        assertThat(grants.hasOnSchema("SELECT", "ab_cd", rules)).isTrue();
        assertThat(grants.hasOnSchema("DELETE", "ab_cd", rules)).isFalse();
        assertThat(grants.hasOnSchema("INDEX", "ab_cd", rules)).isTrue();
        assertThat(grants.hasOnSchema("DELETE", "abxcd", rules)).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "abxcd", rules)).isFalse();
    }

    /** As seen on MariaDB 10.11.19: index of the account's own, insert of PUBLIC's more specific pattern; drop is not added. */
    @Test
    void mariaDbAddsUpAccountRolesAndPublic() {
        Grants grants = parse(
                "GRANT INDEX ON `abxcd`.* TO `u`@`%`",
                "GRANT INSERT ON `abx%`.* TO PUBLIC",
                "GRANT DROP ON `ab%`.* TO PUBLIC",
                "GRANT DELETE ON `ab_cd`.* TO `pr1`",
                "GRANT SELECT ON `ab%`.* TO `pr1`",
                "GRANT CREATE ON `abx%`.* TO `pr2`");
        List<String> has = new ArrayList<>();
        for (String privilege : List.of("INDEX", "INSERT", "DROP", "DELETE", "SELECT", "CREATE")) {
            if (grants.hasOnSchema(privilege, "abxcd", MARIADB)) {
                has.add(privilege);
            }
        }
        assertThat(has).containsExactly("INDEX", "INSERT", "DELETE");
    }

    /** Pairs tried on MariaDB 10.11.19 with the schema abxcd: the first one decided. */
    @ParameterizedTest
    @CsvSource({
        "a_xcd,abxc_",
        "a%xcd,abx%d",
        "ab%,a%c%",
        "_____,abx%",
        "____%,a%",
        "a____,ab%",
        "%%%d,a%",
        "ab_cd,ab%",
        "%cd,a%",
        "a%d,a%"
    })
    void mariaDbRanksByWhatAPatternCanMatch(String specific, String general) {
        assertThat(new SchemaPattern(specific).mariaDbRank()).isGreaterThan(new SchemaPattern(general).mariaDbRank());
    }

    @ParameterizedTest
    @CsvSource({"abxcd,ab_cd", "a\\_b,a_b", "ab_cd,a%", "a%,%cd", "ab\\_c%,ab_cd", "ab\\_%,ab_c%"})
    void mysqlRanksByTheFirstWildcard(String specific, String general) {
        assertThat(new SchemaPattern(specific).mysqlRank()).isGreaterThan(new SchemaPattern(general).mysqlRank());
    }

    @ParameterizedTest
    @CsvSource({
        "shop,shop,true", "shop,Shop,false", "sh%,shop,true", "sh%,sh,true", "s_op,shop,true", "s\\_op,shop,false",
        "s\\_op,s_op,true", "%o%,shop,true", "%x%,shop,false", "caf_,café,false", "caf__,café,true", "a\\,a\\,true",
        "%%p,shop,true", "_,'',false", "%,'',true", "%ab,aab,true", "a\\%b,a%b,true", "a\\%b,axb,false"
    })
    void patternsMatchAsInTheServer(String pattern, String schema, boolean expected) {
        assertThat(new SchemaPattern(pattern).matches(schema, false)).isEqualTo(expected);
    }

    @Test
    void namesAreComparedAsTheServerComparesThem() {
        Grants grants = parse("GRANT SELECT ON `Shop%`.* TO `u`@`%`", "GRANT SELECT ON `Crm`.`Log` TO `u`@`%`");
        assertThat(grants.hasOnSchema("SELECT", "shop1", MYSQL)).isFalse();
        assertThat(grants.hasOnSchema("SELECT", "shop1", GrantRules.mysql(1))).isTrue();
        assertThat(grants.hasOnTable("SELECT", "crm", "log", MYSQL)).isFalse();
        assertThat(grants.hasOnTable("SELECT", "crm", "log", GrantRules.mysql(1)))
                .isTrue();
    }

    @Test
    void aColumnIsEnoughToSeeATableButNotToReadIt() {
        Grants grants = parse("GRANT SELECT (`a`) ON `shop`.`t` TO `u`@`%`");
        assertThat(grants.anyOnSchema("shop", MYSQL)).isTrue();
        assertThat(grants.hasOnTable("SELECT", "shop", "t", MYSQL)).isFalse();
        assertThat(grants.anyOnSchema("crm", MYSQL)).isFalse();
    }

    @Test
    void allOnASchemaIsNotEverything() {
        Grants grants =
                parse("GRANT ALL PRIVILEGES ON `shop`.* TO `u`@`%`", "GRANT ALL PRIVILEGES ON `crm`.`t` TO `u`@`%`");
        assertThat(grants.hasOnSchema("LOCK TABLES", "shop", MYSQL)).isTrue();
        assertThat(grants.hasOnSchema("REPLICATION SLAVE", "shop", MYSQL)).isFalse();
        assertThat(grants.hasOnSchema("GRANT OPTION", "shop", MYSQL)).isFalse();
        assertThat(grants.hasOnTable("TRIGGER", "crm", "t", MYSQL)).isTrue();
        assertThat(grants.hasOnTable("LOCK TABLES", "crm", "t", MYSQL)).isFalse();
        assertThat(grants.hasGlobal("SELECT")).isFalse();
    }

    @Test
    void theGrantOptionOfDynamicPrivilegesIsTheirOwn() {
        assertThat(GrantRecords.account("mysql-9.7.4", "dynamic").hasGlobal("GRANT OPTION"))
                .isFalse();
        assertThat(GrantRecords.account("mysql-8.0.15", "dynamic").hasGlobal("GRANT OPTION"))
                .isTrue();
    }

    @Test
    void equalPartsMakeEqualGrants() {
        Grants one = GrantRecords.account("mysql-9.7.4", "partial");
        Grants other =
                new Grants(one.grants(), one.roleGrants(), one.defaultRoles(), one.partialRevokes(), one.unparsed());
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
    }

    @Test
    void accountsAreQuotedForEverySqlMode() {
        assertThat(new Account("mig", "%").quoted()).isEqualTo("'mig'@'%'");
        assertThat(new Account("o'b", "10.0.%").quoted()).isEqualTo("'o''b'@'10.0.%'");
        assertThat(new Account("o'b\\i`e", "%").quoted()).isEqualTo("`o'b\\i``e`@'%'");
        assertThat(new Account("", "localhost").quoted()).isEqualTo("''@'localhost'");
        assertThat(new Account("reader", "").quoted()).isEqualTo("'reader'");
        assertThat(new Account("PUBLIC", "").quoted()).isEqualTo("PUBLIC");
    }

    @Test
    void privilegesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(parse("grant replication client, insert on *.* to `u`@`%`")
                            .hasGlobal("insert"))
                    .isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Grants parse(String... lines) {
        return GrantParser.parse(List.of(lines));
    }
}
