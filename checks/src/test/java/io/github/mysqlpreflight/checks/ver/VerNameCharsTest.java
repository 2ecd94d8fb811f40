/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerNameCharsTest {
    private final CheckTester check = CheckTester.of(new VerNameChars());

    private static SnapshotFixture named(String version, String table) {
        return SnapshotFixture.mysql(version).table("shop", table, "InnoDB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "order lines", "a-b", "a.b", "a$b", "_tmp", "2024", "a#b", "select"})
    void hasNothingToSayOfOrdinaryNames(String name) {
        check.on(named("8.0.36", name)).passes();
        check.on(named("5.7.44", name).variable("character_set_client", "latin1"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a`b", "it's", "a\"b", "a<b", "a>b", "a\\b", "a/b", "100%", "a\nb", " a"})
    void warnsOfWhatToolsTripOver(String name) {
        check.on(named("8.0.36", name)).finds(WARNING, "holds what tools trip over: ");
        check.on(SnapshotFixture.mysql("8.0.36").schema(name)).finds(WARNING, "holds what tools trip over: ");
    }

    @Test
    void looksAtProgramsToo() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .procedure("shop", "p'", "SELECT 1")
                        .trigger(new Triggers.Trigger(
                                "shop", "t'", "customer", "BEFORE", "INSERT", "root@localhost", "", ""))
                        .event(new Events.Event("shop", "e'", "root@localhost", "DISABLED", "SYSTEM", "", true, "")))
                .finds(3, WARNING, "the name shop.p' holds");
    }

    @Test
    void mentionsADollarInFrontWhereTheTargetWarnsOfIt() {
        SnapshotFixture fixture = named("8.0.15", "$a");
        check.with(onto(8, 0, 31)).on(fixture).passes();
        check.with(onto(8, 0, 32)).on(fixture).finds(NOTICE, "begin with a dollar sign");
        check.with(onto(9, 7, 0)).on(fixture).finds(NOTICE, "shop.$a");
    }

    private static Plan onto(int major, int minor, int patch) {
        return new Plan(new ServerVersion(major, minor, patch), null, null, List.of(), DumpTool.MYSQLDUMP, null, false);
    }

    @Test
    void goesByWhatTheServerFallsBackTo() {
        SnapshotFixture old = named("5.7.44", "caf\u00e9").variable("character_set_client", "latin1");
        check.on(old).finds(WARNING, "may not find shop.caf\u00e9 (error 1146)");
        check.on(old.variable("character_set_client", "utf8mb4")).finds(NOTICE, "other letters than ASCII");
        check.on(named("8.0.36", "caf\u00e9").variable("character_set_client", "latin1"))
                .finds(NOTICE, "other letters than ASCII: shop.caf\u00e9");
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER))
                .on(named("5.7.44", "caf\u00e9").variable("character_set_client", "latin1"))
                .finds(NOTICE, "shop.caf\u00e9");
    }

    @Test
    void looksAtWhatIsMigrated() {
        check.with(Plans.ignoring("it's"))
                .on(SnapshotFixture.mysql("8.0.36").schema("it's"))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.36").table("mysql", "it's", "InnoDB"))
                .passes();
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** The real mysqldump of 9.7 finds such names of a 5.7 and a MariaDB only where those fall back to UTF-8, or where it is told to. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MARIADB_10_11"})
    @NeedsServer({Release.MYSQL_9_7, Release.MARIADB_10_11})
    void foretellsWhatMysqldumpDoesNotFind(Release release) {
        for (String characterSet : List.of("latin1", "utf8mb4")) {
            boolean lost = characterSet.equals("latin1");
            TestServer server = TestServer.of(release)
                    .with("character_set_server", characterSet)
                    .shared();
            String[][] things = {
                {"d\u00e9", "CREATE TABLE `d\u00e9`.t (id INT PRIMARY KEY)", "1049"},
                {"caf1", "CREATE TABLE caf1.`\u65e5\u672c` (id INT PRIMARY KEY)", "1146"},
                {"caf2", "CREATE PROCEDURE caf2.`p\u00e9`() SELECT 1", "1305"},
                {"caf3", "CREATE EVENT caf3.`e\u00e9` ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT 1", "1539"},
                {"caf4", "CREATE VIEW caf4.`v\u00e9` AS SELECT 1 AS a", "1146"}
            };
            for (String[] thing : things) {
                server.execute("CREATE DATABASE `" + thing[0] + "`", thing[1]);
                server.execute("CREATE TABLE `" + thing[0] + "`.plain (id INT PRIMARY KEY)");
                DumpClient.Dump dump = dump(server, thing[0]);
                assertThat(dump.succeeded()).as(thing[1] + dump.errors()).isEqualTo(!lost);
                assertThat(dump(server, thing[0], "--init-command=SET NAMES utf8mb4")
                                .succeeded())
                        .isTrue();
                List<Finding> findings = check.on(server.uri("root", "")).findings();
                if (lost) {
                    assertThat(dump.errors()).contains(thing[2]);
                    assertThat(findings).extracting(Finding::message).anyMatch(message -> message.contains(thing[2]));
                } else {
                    assertThat(findings).extracting(Finding::effect).containsOnly(NOTICE);
                }
                server.execute("DROP DATABASE `" + thing[0] + "`");
            }
        }
    }

    private static DumpClient.Dump dump(TestServer server, String database, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--ssl-mode=DISABLED",
                "--column-statistics=0",
                "--single-transaction",
                "--set-gtid-purged=OFF",
                "--routines",
                "--events"));
        options.addAll(List.of(more));
        options.addAll(List.of("--databases", database));
        return DumpClient.of(Release.MYSQL_9_7).dump(server, "root", "", options.toArray(new String[0]));
    }

    /** As a server of 5.0 left them: the names of files are those of the objects. */
    @Test
    void mendsNamesThatAreNotEncoded() throws IOException {
        try (TestServer server = TestServer.of(Release.MYSQL_5_7).start()) {
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT) ENGINE=MyISAM", "FLUSH TABLES");
            String uri = server.uri("root", "");
            check.on(uri).passes();
            Path shop = server.dataDirectory().resolve("shop");
            for (String suffix : List.of(".frm", ".MYD", ".MYI")) {
                Files.copy(shop.resolve("t" + suffix), shop.resolve("a-b" + suffix));
            }
            Files.createDirectory(server.dataDirectory().resolve("da-ta"));

            server.execute(check.on(uri)
                    .finds(2, WARNING, "#mysql50#da-ta is called so")
                    .remedySql());
            check.on(uri).passes();
            assertThat(server.query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'"))
                    .containsExactly(List.of("a-b"), List.of("t"));
            assertThat(server.query("SHOW DATABASES LIKE 'da-ta'")).hasSize(1);
        }
    }

    /** Such names stay what they are on the way through the real mysqldump. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void mysqldumpCarriesWhatOtherToolsTripOver() {
        TestServer source = TestServer.of(Release.MYSQL_8_0).shared();
        TestServer target = TestServer.of(Release.MYSQL_9_7).shared();
        String[] names = {"$dollar", "q`u\"o'te", "back\\slash", "lt<gt>sl/as", "new\nline", "per%cent", "\u65e5\u672c"
        };
        source.execute("CREATE DATABASE odd_names");
        for (String name : names) {
            source.execute("CREATE TABLE odd_names.`" + name.replace("`", "``") + "` (id INT PRIMARY KEY)");
        }
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(source, "root", "", "--set-gtid-purged=OFF", "--databases", "odd_names");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
        DumpClient.Result load = client.load(dump, target);
        assertThat(load.succeeded()).as(load.errors()).isTrue();
        String tables = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'odd_names' ORDER BY 1";
        assertThat(target.query(tables)).hasSize(names.length).isEqualTo(source.query(tables));
        assertThat(check.on(source.uri("root", "")).findings())
                .extracting(Finding::effect)
                .containsOnly(WARNING, NOTICE);
        source.execute("DROP DATABASE odd_names");
        target.execute("DROP DATABASE odd_names");
    }
}
