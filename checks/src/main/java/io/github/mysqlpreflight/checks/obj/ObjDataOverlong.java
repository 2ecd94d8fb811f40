/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The longest values fit into the packets of the dump's program and of the target. */
final class ObjDataOverlong implements Check {
    /** What mysqldump allows itself unless told otherwise. */
    private static final long OF_MYSQLDUMP = 24L << 20;

    private static final long DEFAULT_FROM_80 = 64L << 20;
    private static final long DEFAULT_BEFORE = 4L << 20;
    private static final long MOST = 1L << 30;

    /** Every byte may become two, as hexadecimal digits or behind a backslash. */
    private static final int AS_TEXT = 2;

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 column holds values that may be too long for a packet",
            "{n} columns hold values that may be too long for a packet");

    private static final CheckInfo INFO = CheckInfo.of("obj.data-overlong", "No value is too long for a packet")
            .why(
                    "A dump puts each row into a statement, in which a value takes up to twice its length. The target refuses one"
                            + " that is longer than its max_allowed_packet (error 1153), and mysqldump ends at a row that is longer than"
                            + " its own, 24 MB unless told otherwise (error 2020), after hours perhaps. Values are only measured with"
                            + " --scan-data.")
            .fix("Raise max_allowed_packet on the target while the dump is loaded, up to 1 GB, and give mysqldump"
                    + " --max-allowed-packet=1G.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/packet-too-large.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_max-allowed-packet")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.SCHEMAS)
            .uses(Facts.TABLES, Facts.COLUMNS, Facts.DATA_SCAN)
            .targetNeeds(Facts.VARIABLES)
            .privileges("SELECT on each table")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Outcome missing = ScannedRows.missing(source);
        if (missing != null) {
            return missing;
        }
        long limit = limit(source, plan);
        List<Finding> findings = new ArrayList<>();
        List<DataScan.Table> tables = ScannedRows.of(source, plan);
        for (DataScan.Table table : tables) {
            for (DataScan.Hit hit : table.hits()) {
                if (hit.kind() == Kind.LONGEST) {
                    boolean client = plan.dumpTool() == DumpTool.MYSQLDUMP && hit.number() > OF_MYSQLDUMP;
                    boolean target = AS_TEXT * hit.number() > limit;
                    if (client || target) {
                        findings.add(finding(table, hit, plan, limit, client, target));
                    }
                }
            }
        }
        return ScannedRows.outcome(tables, findings, HEADLINE);
    }

    /** What the target takes: what it says, else what it takes by default. */
    private static long limit(Snapshot source, Plan plan) {
        Snapshot target = plan.target();
        long standard = plan.targetVersionFor(source).atLeast(8, 0, 0) ? DEFAULT_FROM_80 : DEFAULT_BEFORE;
        ServerVariables variables = target == null ? null : target.get(Facts.VARIABLES);
        return variables == null ? standard : variables.number("max_allowed_packet", standard);
    }

    private static Finding finding(
            DataScan.Table table, DataScan.Hit hit, Plan plan, long limit, boolean client, boolean target) {
        String length = Quantities.size(hit.number());
        StringBuilder message = new StringBuilder();
        message.append("the longest value of ")
                .append(table.schema())
                .append('.')
                .append(table.name())
                .append('.')
                .append(hit.column())
                .append(" has ")
                .append(length);
        List<Remedy> remedies = new ArrayList<>();
        if (client) {
            message.append(", and mysqldump takes ")
                    .append(Quantities.size(OF_MYSQLDUMP))
                    .append(" a row by default (error 2020)");
            remedies.add(Remedy.of("Dump with mysqldump --max-allowed-packet=1G"));
        }
        if (target) {
            message.append(client ? "; " : ", ")
                    .append("up to twice that in a statement, and the target takes ")
                    .append(Quantities.size(limit))
                    .append(plan.target() == null ? " by default" : "")
                    .append(" (error 1153)");
            remedies.addAll(onTarget(plan));
        }
        return new Finding(
                Effect.WARNING,
                new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, table.schema(), table.name(), hit.column()),
                length,
                null,
                message.toString(),
                remedies);
    }

    private static List<Remedy> onTarget(Plan plan) {
        String words = "Raise max_allowed_packet on the target to 1 GB while the dump is loaded";
        Snapshot target = plan.target();
        if (target == null) {
            return List.of(Remedy.of(words));
        }
        Remedy first = SettingAdvice.online(
                        Server.of(target),
                        "max_allowed_packet",
                        Long.toString(MOST),
                        "connections that are open keep theirs")
                .get(0);
        // A statement for the target must not look like one for the source, where the finding is.
        String place = first.sql().isEmpty()
                ? first.text()
                : "there: " + first.sql().get(0).sql();
        return List.of(new Remedy(words + "; " + place, List.of(), first.settings()));
    }
}
