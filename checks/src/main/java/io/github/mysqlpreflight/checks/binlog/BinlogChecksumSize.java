/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary log can be read by others than replicas too, and damage to it is noticed. */
final class BinlogChecksumSize implements Check {
    /** The furthest position that the protocol's four bytes can name. */
    private static final long FOUR_BYTES = 4_294_967_295L;

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.checksum-size", "The binary log has checksums, and files that everybody can read")
            .why("A MySQL replica that goes by GTIDs takes events without checksums, from encrypted files and from"
                    + " files of any size. Without checksums nobody notices an event that was damaged on its way; tools"
                    + " that read the files themselves cannot read encrypted ones; and readers that go by file and"
                    + " position cannot name a position beyond 4 GiB.")
            .fix("Set binlog_checksum to CRC32; let tools read the log from the server, which decrypts it; keep"
                    + " transactions small, for one is never divided between files.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#sysvar_binlog_checksum",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-binlog-encryption.html")
            .effects(Effect.NOTICE)
            .needs(Facts.VARIABLES)
            .uses(Facts.BINARY_LOGS)
            .privileges("REPLICATION CLIENT, to see how large the files are")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        if ("NONE".equalsIgnoreCase(variables.get("binlog_checksum"))) {
            findings.add(new Finding(
                    Effect.NOTICE,
                    ObjectRef.setting(Side.SOURCE, "binlog_checksum"),
                    "NONE",
                    "CRC32",
                    "binlog_checksum is NONE on the source: nobody notices an event that was damaged on its way",
                    SettingAdvice.online(
                            Server.of(source), "binlog_checksum", "CRC32", "starts a new binary log file")));
        }
        if (variables.isOn("binlog_encryption")) {
            findings.add(new Finding(
                    Effect.NOTICE,
                    ObjectRef.setting(Side.SOURCE, "binlog_encryption"),
                    "ON",
                    null,
                    "binlog_encryption is ON on the source: replicas do not notice, tools that read the files"
                            + " themselves fail",
                    List.of(Remedy.of("Read the log from the server, as replicas and mysqlbinlog"
                            + " --read-from-remote-server do"))));
        }
        BinaryLogs.File largest = largest(source);
        if (largest != null && largest.bytes() > FOUR_BYTES) {
            findings.add(tooLarge(largest));
        }
        return Outcome.of(findings);
    }

    private static BinaryLogs.@Nullable File largest(Snapshot source) {
        BinaryLogs.File largest = null;
        if (source.find(Facts.BINARY_LOGS) instanceof Fact.Known<BinaryLogs> logs) {
            for (BinaryLogs.File file : logs.value().list()) {
                if (largest == null || file.bytes() > largest.bytes()) {
                    largest = file;
                }
            }
        }
        return largest;
    }

    private static Finding tooLarge(BinaryLogs.File file) {
        return new Finding(
                Effect.NOTICE,
                ObjectRef.server(Side.SOURCE),
                file.bytes() + " bytes",
                "at most " + FOUR_BYTES + " bytes",
                "the binary log file " + file.name() + " has " + file.bytes()
                        + " bytes: readers that go by file and position cannot name what lies beyond 4 GiB; GTIDs can",
                List.of(Remedy.of("Replicate by GTIDs, or start after that file; divide the large transactions that"
                        + " made it")));
    }
}
