/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Views;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjDefinersTest {
    private final CheckTester check = CheckTester.of(new ObjDefiners());

    private static SnapshotFixture ownedBy(String definer) {
        return SnapshotFixture.mysql("8.0.36")
                .account("root", "localhost", "caching_sha2_password")
                .account("app", "%", "caching_sha2_password")
                .view(new Views.View("shop", "v", definer, "DEFINER", "select 1"));
    }

    @Test
    void mentionsWhoIsNeededOnTheTarget() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
        check.on(ownedBy("app@%"))
                .finds(
                        NOTICE,
                        "belongs to 'app'@'%', which has to exist on the target when they are used (error 1449)");
    }

    @Test
    void warnsOfWhoIsGone() {
        check.on(ownedBy("gone@10.%")).finds(WARNING, "'gone'@'10.%', which does not exist on the source");
        assertThat(check.on(ownedBy("gone@10.%")).remedySql())
                .containsExactly("CREATE USER 'gone'@'10.%' ACCOUNT LOCK");
        assertThat(check.on(ownedBy("o'brien@home@%")).remedySql())
                .containsExactly("CREATE USER 'o''brien@home'@'%' ACCOUNT LOCK");
    }

    @Test
    void warnsOfAVendorsOwn() {
        check.on(ownedBy("rdsadmin@localhost").account("rdsadmin", "localhost", "mysql_native_password"))
                .finds(WARNING, "'rdsadmin'@'localhost', which is the vendor's own");
    }

    @Test
    void takesNobodysRightsForGranted() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .view(new Views.View("shop", "v", "gone@%", "INVOKER", "select 1"))
                        .routine(new Routines.Routine(
                                "shop", "p", "PROCEDURE", "gone@%", "INVOKER", "NO SQL", true, "", null, null, "")))
                .passes();
    }

    @Test
    void looksOnTheTarget() {
        SnapshotFixture there = SnapshotFixture.mysql("8.4.3").account("app", "%", "caching_sha2_password");
        check.with(Plans.onto(there)).on(ownedBy("app@%")).passes();
        check.with(Plans.onto(there))
                .on(ownedBy("root@localhost"))
                .finds(WARNING, "'root'@'localhost', which does not exist on the target");
        check.with(Plans.onto(there)).on(ownedBy("gone@%")).finds(WARNING, "does not exist on the source");
        SnapshotFixture hidden = there.unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied");
        check.with(Plans.onto(hidden)).on(ownedBy("app@%")).finds(NOTICE, "has to exist on the target");
    }

    @Test
    void isUnknownWithoutTheAccountsOrThePrograms() {
        check.on(ownedBy("app@%").unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("nor whether the definer exists: app@%");
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .passes();
        check.on(ownedBy("rdsadmin@%").unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .finds(WARNING, "the vendor's own");
        check.on(ownedBy("app@%").unavailable(Facts.VIEWS, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** What it says is what using them meets, and the remedy mends it. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void foretells1449(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                    "CREATE DEFINER='gone'@'%' VIEW shop.v AS SELECT id FROM shop.t",
                    "CREATE DEFINER='gone'@'%' SQL SECURITY INVOKER VIEW shop.mine AS SELECT id FROM shop.t",
                    "CREATE DEFINER='gone'@'%' PROCEDURE shop.p() SELECT 1",
                    "CREATE DEFINER='gone'@'%' TRIGGER shop.x BEFORE INSERT ON shop.t FOR EACH ROW SET NEW.id = 1",
                    "CREATE DEFINER='gone'@'%' EVENT shop.e ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT 1");
            server.createAccount("few", "pw-Few-1", "SELECT", "SHOW VIEW", "TRIGGER", "EVENT");
            server.createAccount("blind", "pw-Blind-1");
            server.execute("GRANT SELECT, TRIGGER, EVENT, SHOW VIEW ON shop.* TO 'blind'@'%'");
            for (String use : new String[] {"SELECT * FROM shop.v", "CALL shop.p()", "INSERT INTO shop.t VALUES (1)"}) {
                assertThatThrownBy(() -> server.execute(use))
                        .hasMessageContaining("as a definer ('gone'@'%') does not exist");
            }
            assertThat(server.query("SELECT * FROM shop.mine")).isEmpty();

            check.on(server.uri("blind", "pw-Blind-1")).isUnknown("may not see which accounts there are");
            check.on(server.uri("few", "pw-Few-1"))
                    .finds(WARNING, "4 views, routines, triggers and events belong to 'gone'@'%'");
            server.execute(check.on(server.uri("root", "")).remedySql());
            server.execute("GRANT ALL ON shop.* TO 'gone'@'%'", "CALL shop.p()", "INSERT INTO shop.t VALUES (1)");
            assertThat(server.query("SELECT * FROM shop.v")).hasSize(1);
            check.on(server.uri("root", "")).finds(NOTICE, "has to exist on the target");
            check.onto(server.uri("root", "")).on(server.uri("root", "")).passes();
        }
    }

    /** A dump passes over a missing definer unless it locks tables, and so does its load. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aDumpBringsNoDefiner() {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        TestServer source = TestServer.of(Release.MYSQL_8_0).shared();
        TestServer target = TestServer.of(Release.MYSQL_9_7).shared();
        source.execute(
                "CREATE DATABASE owned",
                "CREATE TABLE owned.t (id INT PRIMARY KEY)",
                "CREATE DEFINER='gone'@'%' VIEW owned.v AS SELECT id FROM owned.t");
        DumpClient.Dump locking = client.dump(source, "root", "", "--set-gtid-purged=OFF", "--databases", "owned");
        assertThat(locking.succeeded()).isFalse();
        assertThat(locking.errors()).contains("1449");
        DumpClient.Dump dump = client.dump(
                source, "root", "", "--single-transaction", "--set-gtid-purged=OFF", "--databases", "owned");
        DumpClient.Result load = client.load(dump, target);
        assertThat(load.succeeded()).as(load.errors()).isTrue();
        source.execute("CREATE USER gone ACCOUNT LOCK");

        assertThat(check.onto(target.uri("root", "")).on(source.uri("root", "")).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("'gone'@'%', which does not exist on the target"));
        assertThatThrownBy(() -> target.query("SELECT * FROM owned.v")).hasMessageContaining("does not exist");
        source.execute("DROP DATABASE owned", "DROP USER gone");
        target.execute("DROP DATABASE owned");
    }
}
