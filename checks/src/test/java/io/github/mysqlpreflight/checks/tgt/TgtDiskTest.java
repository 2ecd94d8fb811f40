/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TgtDiskTest {
    private final CheckTester check = CheckTester.of(new TgtDisk());

    @Test
    void doesNotApplyWithoutALimit() {
        check.on(SnapshotFixture.mysql("8.0.15").size("shop", 1L << 50)).doesNotApply("--max-total-size");
    }

    @Test
    void passesUpToTheLimitAndBlocksBeyond() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.15").size("shop", 1000);

        limited(1001L).on(source).passes();
        limited(1000L).on(source).passes();
        limited(999L)
                .on(source)
                .finds(
                        BLOCKS_MIGRATION,
                        "Database is larger than the maximum size of 999 bytes: 1000 bytes of data and indexes in 1"
                                + " database");
    }

    @Test
    void passesWhereThereIsNothingToMigrate() {
        limited(0L).on(SnapshotFixture.mysql("8.0.15").withoutSchema("shop")).passes();
    }

    @Test
    void countsOnlyWhatIsMigrated() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.15")
                .schema("legacy")
                .size("shop", 600)
                .size("legacy", 500)
                .size("mysql", 1L << 40);

        limited(1099L).on(source).finds(BLOCKS_MIGRATION, "1100 bytes of data and indexes in 2 databases");
        limited(1100L).on(source).passes();
        limited(600L, "legacy").on(source).passes();
        assertThat(limited(100L).on(source).findings().get(0).remedies())
                .anySatisfy(remedy -> assertThat(remedy.text()).contains("the largest is shop with 600 bytes"));
    }

    @Test
    void namesTheLargestTables() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.15")
                .size("shop", 1L << 40)
                .tableSize("shop", "a", 1, 1L << 30)
                .tableSize("shop", "b", 1, 1L << 39)
                .tableSize("shop", "c", 1, 1L << 20)
                .tableSize("shop", "d", 1, 5)
                .tableSize("mysql", "user", 1, 1L << 40);

        assertThat(limited(100L).on(source).findings().get(0).remedies().get(1).text())
                .endsWith("; the largest tables are shop.b (512 GB), shop.a (1 GB), shop.c (1 MB)");
    }

    @Test
    void findsDatabasesWhoseNamesDifferInCaseWhereTheServerDoesNotCare() {
        limited(999L)
                .on(SnapshotFixture.mysql("8.0.15")
                        .variable("lower_case_table_names", "2")
                        .withoutSchema("shop")
                        .schema("Shop")
                        .size("shop", 1000))
                .finds(BLOCKS_MIGRATION, ": 1000 bytes");
    }

    @Test
    void neverOverflows() {
        limited(Long.MAX_VALUE - 1)
                .on(SnapshotFixture.mysql("8.0.15")
                        .schema("a")
                        .schema("b")
                        .size("a", Long.MAX_VALUE)
                        .size("b", Long.MAX_VALUE))
                .finds(BLOCKS_MIGRATION, ": " + Long.MAX_VALUE + " bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "86400, ', by statistics that may be 24 h old'",
        "90, ', by statistics that may be 90 s old'",
        "0, in 1 database"
    })
    void saysHowOldTheNumbersMayBe(String expiry, String words) {
        assertThat(limited(1L)
                        .on(SnapshotFixture.mysql("8.0.15")
                                .variable("information_schema_stats_expiry", expiry)
                                .size("shop", 1000))
                        .findings()
                        .get(0)
                        .message())
                .endsWith(words);
    }

    @Test
    void isUnknownWithoutTheSizes() {
        limited(1L)
                .on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.SCHEMA_SIZES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("the databases' sizes of the source: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealServerWithData(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.execute(
                    "CREATE DATABASE big",
                    "CREATE TABLE big.t (id INT PRIMARY KEY AUTO_INCREMENT, text CHAR(200), KEY (text)) ENGINE=InnoDB",
                    "INSERT INTO big.t (text) VALUES ('a'), ('b'), ('c'), ('d')",
                    "INSERT INTO big.t (text) SELECT a.text FROM big.t a, big.t b, big.t c, big.t d, big.t e",
                    "CREATE DATABASE small",
                    "CREATE TABLE small.t (id INT PRIMARY KEY) ENGINE=InnoDB",
                    "CREATE VIEW small.v AS SELECT * FROM small.t",
                    "CREATE DATABASE nothing",
                    "ANALYZE TABLE big.t, small.t");
            Snapshot source = CheckTester.read(
                    server.uri("root", ""), new TgtDisk().info().facts());
            long size = source.get(Facts.SCHEMA_SIZES).bytes().get("big")
                    + source.get(Facts.SCHEMA_SIZES).bytes().get("small");

            assertThat(size).isGreaterThan(100_000);
            limited(size - 1)
                    .on(server.uri("root", ""))
                    .finds(BLOCKS_MIGRATION, ": " + size + " bytes of data and indexes in 3 databases");
            limited(size).on(server.uri("root", "")).passes();
            limited(size + 1).on(server.uri("root", "")).passes();
            limited(size - 1, "big").on(server.uri("root", "")).passes();
        }
    }

    private CheckTester limited(@Nullable Long bytes, String... ignored) {
        return check.with(new Plan(null, null, null, List.of(ignored), Plan.DumpTool.MYSQLDUMP, bytes, false));
    }
}
