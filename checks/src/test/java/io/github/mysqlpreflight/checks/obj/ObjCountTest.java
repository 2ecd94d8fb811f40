/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjCountTest {
    private final CheckTester check = CheckTester.of(new ObjCount());

    @Test
    void takesTenThousandDatabases() {
        check.on(withDatabases(10_000)).passes();
    }

    @Test
    void doesNotTakeOneMore() {
        check.on(withDatabases(10_001)).finds(BLOCKS_MIGRATION, "Too many databases to migrate: 10001 (> 10000)");
    }

    @Test
    void countsOnlyWhatIsMigrated() {
        Plan plan = new Plan(null, null, null, List.of("d5", "d6"), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(plan).on(withDatabases(10_002)).passes();
        check.with(plan).on(withDatabases(10_003)).finds(BLOCKS_MIGRATION, "Too many databases to migrate: 10001");
    }

    @Test
    void isUnknownWithoutTheDatabases() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void warnsOfMoreThanTenThousandTables() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.15").schema("other");
        for (int i = 1; i < 10_000; i++) {
            source.table("shop", "t" + i, "InnoDB");
        }
        source.table("other", "t", "InnoDB")
                .table("shop", "v", "VIEW", null, "")
                .table("mysql", "user", "InnoDB");
        Plan plan = new Plan(null, null, null, List.of("other"), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(plan).on(source).passes();
        check.on(source).finds(WARNING, "there are 10,001 tables to migrate");
    }

    @Test
    void isUnknownWithoutTheTablesUnlessThereAreTooManyDatabases() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("the tables of the source: too slow");
        check.on(withDatabases(10_001).unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow"))
                .finds(BLOCKS_MIGRATION, "10001");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void passesOnARealServer(Release release) {
        check.on(SharedServers.get(release).uri("root", "")).passes();
    }

    private static SnapshotFixture withDatabases(int count) {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.15").withoutSchema("shop");
        for (int i = 0; i < count; i++) {
            fixture.schema("d" + i);
        }
        return fixture;
    }
}
