/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TgtEmptyOrHaTest {
    private final CheckTester check = CheckTester.of(new TgtEmptyOrHa());

    private static SnapshotFixture withoutKeys() {
        return SnapshotFixture.mysql("8.0.36")
                .table("shop", "log", "InnoDB")
                .table("shop", "unique_only", "InnoDB")
                .table("shop", "nullable", "InnoDB")
                .index("shop", "unique_only", "u", true, "id")
                .index(
                        "shop",
                        "nullable",
                        new Index("u", true, "BTREE", true, List.of(new Index.Part("id", null, true, null))))
                .table("shop", "v", "VIEW", null, "");
    }

    private static SnapshotFixture member() {
        return SnapshotFixture.mysql("8.4.3")
                .variable("group_replication_group_name", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @Test
    void warnsOfTablesThatAGroupRefuses() {
        judge(withoutKeys(), member())
                .finds(
                        WARNING,
                        "2 tables have no primary key, and the target is a member of Group Replication, which refuses to"
                                + " write to them (error 3098): shop.log, shop.nullable");
        judge(
                        withoutKeys(),
                        SnapshotFixture.mysql("8.0.36")
                                .variable("wsrep_on", "ON")
                                .variable("pxc_strict_mode", "ENFORCING"))
                .finds(WARNING, "a node of a strict Galera cluster");
    }

    @Test
    void passesWhereNoneIsRefused() {
        judge(SnapshotFixture.mysql("8.0.36"), member()).passes();
        judge(withoutKeys(), SnapshotFixture.mysql("8.4.3").variable("group_replication_group_name", ""))
                .passes();
        judge(
                        withoutKeys(),
                        SnapshotFixture.mysql("8.0.36")
                                .variable("wsrep_on", "ON")
                                .variable("pxc_strict_mode", "PERMISSIVE"))
                .passes();
        judge(withoutKeys(), SnapshotFixture.mysql("8.4.3")).passes();
    }

    @Test
    void warnsOfTablesOnOneNodeAlone() {
        judge(
                        SnapshotFixture.mysql("8.0.36"),
                        SnapshotFixture.mysql("8.0.36")
                                .variable("wsrep_on", "ON")
                                .variable("wsrep_osu_method", "RSU"))
                .finds(WARNING, "wsrep_OSU_method of the target is RSU");
    }

    @Test
    void mentionsATargetThatCannotBeRestored() {
        judge(SnapshotFixture.mysql("8.0.36"), SnapshotFixture.mysql("8.4.3").variable("log_bin", "OFF"))
                .finds(NOTICE, "the target writes no binary log");
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(withoutKeys()).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheIndexesWhereTheyMatter() {
        SnapshotFixture blind = withoutKeys().unavailable(Facts.INDEXES, Fact.Cause.TIMEOUT, "slow");

        judge(blind, member()).isUnknown("slow");
        judge(blind, SnapshotFixture.mysql("8.4.3")).passes();
        judge(withoutKeys(), member().unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @Test
    void readsRealTargets() {
        CheckTester judged = check.on(withoutKeys());

        judged.onto(TestServer.of(Release.MYSQL_8_0).shared().uri("root", "")).passes();
        judged.onto(TestServer.of(Release.MYSQL_5_7).withoutBinaryLog().shared().uri("root", ""))
                .finds(NOTICE, "the target writes no binary log");
    }
}
