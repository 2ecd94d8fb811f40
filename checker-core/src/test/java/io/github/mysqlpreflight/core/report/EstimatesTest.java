/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.BinaryLogRetention.State;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.render.EstimateWords;
import io.github.mysqlpreflight.core.render.HtmlReport;
import io.github.mysqlpreflight.core.snapshot.Activity;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.TableSizes.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EstimatesTest {
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    private static Snapshot.Builder source() {
        return TestData.server(
                        "db.example",
                        "version",
                        "8.0.36",
                        "log_bin",
                        "ON",
                        "binlog_expire_logs_seconds",
                        "259200",
                        "information_schema_stats_expiry",
                        "86400")
                .put(Facts.SCHEMAS, TestData.schemas("mysql", "shop", "blog", "legacy"))
                .put(
                        Facts.TABLE_SIZES,
                        new TableSizes(List.of(
                                new Size("mysql", "user", 5, 400 * GB, 0),
                                new Size("shop", "orders", 1_000, 292 * GB, 87 * GB),
                                new Size("shop", "log", 9_000, 120 * GB, 8 * GB),
                                new Size("legacy", "t", 1, GB, 0),
                                new Size("blog", "post", 7, 0, 0))))
                .put(Facts.INDEXES, indexes());
    }

    private static PerTable<Index> indexes() {
        List<Index.Part> id = List.of(new Index.Part("id", null, false, null));
        return PerTable.<Index>builder()
                .add("shop", "orders", 0, new Index("PRIMARY", true, "BTREE", true, id))
                .add("shop", "log", 0, new Index("unique", true, "BTREE", true, id))
                .build();
    }

    private static Estimates of(Snapshot.Builder source, Plan plan) {
        Estimates estimates = Estimates.of(source.build(), plan);
        assertThat(estimates).isNotNull();
        return estimates;
    }

    private static Plan without(String database) {
        return new Plan(null, null, null, List.of(database), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    @Test
    void addUpWhatIsMigrated() {
        Estimates estimates = of(source(), without("legacy"));

        assertThat(estimates.volume().tables()).isEqualTo(3);
        assertThat(estimates.volume().dataBytes()).isEqualTo(412 * GB);
        assertThat(estimates.volume().indexBytes()).isEqualTo(95 * GB);
        assertThat(estimates.volume().largest()).extracting(Size::table).containsExactly("orders", "log", "post");
        assertThat(estimates.withoutPrimaryKey().largest())
                .extracting(Size::table)
                .containsExactly("log", "post");
        assertThat(estimates.dumpSeconds()).isEqualTo(412 * 1024 / 50);
        assertThat(estimates.retention().seconds()).isEqualTo(259_200);
        assertThat(of(source(), without("legacy").withDumpThroughput(200 * MB)).dumpSeconds())
                .isEqualTo(412 * 1024 / 200);
    }

    @Test
    void nameTheLargestTenWhateverTheOrder() {
        List<Size> sizes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sizes.add(new Size("shop", "t" + (i * 7) % 40 / 10 + (i * 7) % 10, 1, (i * 7) % 40 / 2, 0));
        }
        Snapshot.Builder source = source().put(Facts.TABLE_SIZES, new TableSizes(sizes));
        List<Size> largest = of(source, Plan.defaults()).volume().largest();

        assertThat(largest)
                .extracting(Size::table)
                .containsExactly("t38", "t39", "t36", "t37", "t34", "t35", "t32", "t33", "t30", "t31");
        Collections.reverse(sizes);
        assertThat(of(source.put(Facts.TABLE_SIZES, new TableSizes(sizes)), Plan.defaults())
                        .volume()
                        .largest())
                .isEqualTo(largest);
    }

    @Test
    void readLikeThis() {
        Snapshot.Builder source = source().put(
                        Facts.STATUS,
                        new ServerStatus(Map.of(
                                "uptime", "864000",
                                "com_insert", "200000000",
                                "com_update", "93760000",
                                "innodb_rows_inserted", "1")));
        assertThat(EstimateWords.line(of(source, without("legacy"))))
                .isEqualTo(
                        "Data: 412 GB and 95 GB of indexes in 3 tables (statistics up to 24 h old), the largest shop.orders"
                                + " with 379 GB; a dump takes about 2 h 21 min at 50 MB/s; binary logs are kept for 72 h; 340"
                                + " writes/s on average since the server started, 10 days ago; 2 tables without a primary key"
                                + " (128 GB), the largest shop.log with 128 GB");
    }

    @Test
    void tellWhatWasSeenBetweenTwoSamples() {
        Estimates estimates = of(
                source().put(
                                Facts.ACTIVITY,
                                new Activity(
                                        4_000, Map.of("com_insert", 8L, "com_load", 2L, "questions", 99L), 8_192L)),
                Plan.defaults());

        Estimates.Writes writes = estimates.writes();
        assertThat(writes.sampled()).isTrue();
        assertThat(writes.statements()).isEqualTo(2.5);
        assertThat(writes.rows()).isNull();
        assertThat(writes.binaryLogBytes()).isEqualTo(2_048.0);
        assertThat(EstimateWords.line(estimates)).contains("2.5 writes/s and 2 KB/s of binary log, watched for 4 s");
    }

    @Test
    void neverCallUnknownNothing() {
        Estimates estimates = of(
                source().put(Facts.TABLE_SIZES, new Fact.Unavailable<>(Fact.Cause.TIMEOUT, "too slow", 0, null, null))
                        .put(Facts.STATUS, new ServerStatus(Map.of("uptime", "0", "com_insert", "5"))),
                Plan.defaults());

        assertThat(estimates.volume()).isNull();
        assertThat(estimates.withoutPrimaryKey()).isNull();
        assertThat(estimates.dumpSeconds()).isNull();
        assertThat(estimates.writes()).isNull();
        assertThat(estimates.areWorthALine()).isTrue();
        assertThat(EstimateWords.line(estimates))
                .isEqualTo(
                        "Data: size unknown (too slow); a dump takes an unknown time at 50 MB/s; binary logs are kept for 72"
                                + " h; how much is written is unknown");
    }

    @Test
    void areNotMadeOfWhatWasNotAskedFor() {
        assertThat(Estimates.of(
                        TestData.server("db.example", "version", "8.0.36").build(), Plan.defaults()))
                .isNull();
        assertThat(Estimates.of(Snapshot.builder(java.time.Instant.EPOCH, "1.0").build(), Plan.defaults()))
                .isNull();
    }

    @Test
    void areNotWorthALineWhereThereIsLittle() {
        Snapshot.Builder small =
                source().put(Facts.TABLE_SIZES, new TableSizes(List.of(new Size("shop", "t", 1, MB, MB))));

        assertThat(of(small, Plan.defaults()).areWorthALine()).isFalse();
        assertThat(of(small.put(Facts.ACTIVITY, new Activity(0, Map.of(), null)), Plan.defaults())
                        .areWorthALine())
                .isFalse();
        assertThat(of(small.put(Facts.ACTIVITY, new Activity(2_000, Map.of("com_insert", 0L), null)), Plan.defaults())
                        .areWorthALine())
                .isTrue();
        assertThat(of(source(), Plan.defaults()).areWorthALine()).isTrue();
    }

    @Test
    void sayNothingOfABinaryLogThatIsOff() {
        Snapshot.Builder off = TestData.server("db.example", "version", "8.0.36", "log_bin", "OFF")
                .put(Facts.SCHEMAS, TestData.schemas("shop"))
                .put(Facts.TABLE_SIZES, new TableSizes(List.of()));

        Estimates estimates = of(off, Plan.defaults());
        assertThat(estimates.retention()).isNull();
        assertThat(EstimateWords.line(estimates))
                .isEqualTo(
                        "Data: 0 bytes and 0 bytes of indexes in 0 tables; a dump takes less than a minute at 50 MB/s; how"
                                + " much is written is unknown");
    }

    @Test
    void standInBothDocuments() throws IOException {
        Snapshot snapshot = source().put(
                        Facts.BINARY_LOGS, new BinaryLogs(List.of(new BinaryLogs.File("b.1", 3 * GB, false))))
                .build();
        Preflight preflight = new Preflight(CheckRegistry.of(List.of()), "1.0");
        Check objects = TestData.check("obj.count", Outcome.passed());
        Check dump = TestData.check("dump.xa", Outcome.passed());
        Assessment assessment = preflight.judge(snapshot, Plan.defaults(), List.of(dump, objects));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        AssessmentJson.write(assessment, json);
        ByteArrayOutputStream html = new ByteArrayOutputStream();
        HtmlReport.write(assessment, html);

        assertThat(json.toString(StandardCharsets.UTF_8))
                .contains(
                        "\"estimates\" : {", "\"keptSeconds\" : 259200", "\"writes\" : null", "\"bytes\" : 3221225472");
        assertThat(html.toString(StandardCharsets.UTF_8))
                .contains(
                        "<h2 id=\"estimates\">Estimates</h2>", "shop.orders: 379 GB", "kept for 72 h; 3 GB are there");
        assertThat(assessment.estimates().retention().state()).isEqualTo(State.KEPT);
        assertThat(preflight.judge(snapshot, Plan.defaults(), List.of(dump)).estimates())
                .isNull();
        assertThat(preflight.judge(snapshot, Plan.defaults(), List.of(objects)).estimates())
                .isNull();
    }
}
