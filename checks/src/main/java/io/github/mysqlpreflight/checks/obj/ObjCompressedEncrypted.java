/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Plugins;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compression, encryption and row formats of the tables are ones that the target takes.
 *
 * <p>Tried: with innodb_strict_mode, its default from 5.7 on, 8.0.15 and 9.7.4 refuse options that InnoDB does not have or that contradict each
 * other (1031), which older servers or ones without it took; the options that MariaDB writes in back-ticks are no SQL for MySQL (1064); an
 * encrypted table needs a keyring (3185).
 */
final class ObjCompressedEncrypted implements Check {
    private static final Set<String> FORMATS = Set.of("DEFAULT", "DYNAMIC", "COMPRESSED", "COMPACT", "REDUNDANT");
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table is stored in a way that the target may refuse",
            "{n} tables are stored in ways that the target may refuse");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.compressed-encrypted",
                    "Compression, encryption and row formats of the tables are ones that the target takes")
            .why(
                    "An encrypted table can be created only where a keyring is loaded (error 3185). Row formats that InnoDB does"
                            + " not have, and options that contradict each other, are refused in strict mode (error 1031), and"
                            + " MariaDB's own options everywhere (error 1064).")
            .fix(
                    "Load a keyring on the target, or decrypt the tables; take the options away that the target does not have.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-data-encryption.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-compression-syntax-warnings.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_strict_mode")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.PLUGINS)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Judge judge = new Judge(plan);
        Map<String, StorageOptions> parsed = new HashMap<>();
        List<String> compressed = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Tables.Table table : MigratedTables.of(source, plan)) {
            if (!table.createOptions().isEmpty() && "InnoDB".equalsIgnoreCase(table.engine())) {
                StorageOptions options = parsed.computeIfAbsent(table.createOptions(), StorageOptions::parse);
                Finding finding = judge.finding(table, options);
                if (finding != null) {
                    findings.add(finding);
                } else if (options.isCompressed() || isPageCompressed(options)) {
                    compressed.add(MigratedTables.label(table));
                }
            }
        }
        if (findings.isEmpty() && !compressed.isEmpty()) {
            return Outcome.found(compressed(compressed));
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static boolean isPageCompressed(StorageOptions options) {
        String compression = options.compression();
        return compression != null && !compression.isEmpty() && !compression.equals("none");
    }

    private static Finding compressed(List<String> tables) {
        tables.sort(null);
        String count = tables.size() == 1 ? "1 table" : tables.size() + " tables";
        return new Finding(
                Effect.NOTICE,
                ObjectRef.server(Side.SOURCE),
                count,
                null,
                count + (tables.size() == 1 ? " is" : " are") + " compressed (" + NameList.of(tables)
                        + "): the target needs innodb_file_per_table and pages of at most 16 KiB, and a dump is larger than"
                        + " the data",
                List.of(Remedy.of("Nothing has to be done where the target is an ordinary MySQL")));
    }

    /** What the target takes, as far as it is known. */
    private static final class Judge {
        private final boolean strict;
        private final boolean mayHaveKeyring;
        /** Why the target has no compressed tables; null where it has, or is not known. */
        private final @Nullable String noCompression;

        private final int largestBlock;

        Judge(Plan plan) {
            Snapshot target = plan.target();
            ServerVariables variables = target == null ? new ServerVariables(Map.of()) : target.get(Facts.VARIABLES);
            long pageSize = variables.number("innodb_page_size", 16_384);
            this.strict = variables.get("innodb_strict_mode") == null || variables.isOn("innodb_strict_mode");
            this.largestBlock = (int) Math.min(16, pageSize / 1024);
            this.mayHaveKeyring = target != null && hasKeyring(target);
            this.noCompression = pageSize > 16_384
                    ? "its innodb_page_size is " + pageSize
                    : variables.get("innodb_file_per_table") != null && !variables.isOn("innodb_file_per_table")
                            ? "its innodb_file_per_table is OFF"
                            : target != null && Server.of(target).flavor() == Flavor.AURORA
                                    ? "Amazon Aurora does not support them"
                                    : null;
        }

        /** A keyring plugin that is loaded; a keyring component is nowhere to be seen by SQL before 8.0.24. */
        private static boolean hasKeyring(Snapshot target) {
            if (target.find(Facts.PLUGINS) instanceof Fact.Known<Plugins> plugins) {
                for (Plugins.Plugin plugin : plugins.value().list()) {
                    if (plugin.name().toLowerCase(Locale.ROOT).startsWith("keyring")
                            && plugin.status().equals("ACTIVE")) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Nullable
        Finding finding(Tables.Table table, StorageOptions options) {
            String foreign = options.foreign();
            if (foreign != null) {
                return finding(
                        table,
                        Effect.BLOCKS_MIGRATION,
                        foreign,
                        "has MariaDB's option " + foreign + ", which is no SQL for MySQL (error 1064)",
                        alter(table, "Take it away:", SqlNames.quote(foreign) + "=DEFAULT"));
            }
            if (options.encrypted() && !mayHaveKeyring) {
                return finding(
                        table,
                        Effect.WARNING,
                        "ENCRYPTION='Y'",
                        "is encrypted: the target can create it only with a keyring (error 3185)",
                        Remedy.of("Load a keyring on the target before the dump"),
                        alter(table, "Decrypt it:", "ENCRYPTION='N'"));
            }
            String format = options.rowFormat();
            if (format != null && !FORMATS.contains(format)) {
                return refused(
                        table,
                        "ROW_FORMAT=" + format,
                        "InnoDB has no such row format",
                        alter(table, "Choose one of InnoDB's:", "ROW_FORMAT=DYNAMIC"));
            }
            boolean blocked = options.keyBlockSize() > 0 && format != null && !options.isCompressed();
            if (blocked || isNoBlockSize(options.keyBlockSize())) {
                return refused(
                        table,
                        "KEY_BLOCK_SIZE=" + options.keyBlockSize(),
                        blocked
                                ? "it contradicts ROW_FORMAT=" + format
                                : "InnoDB compresses to 1, 2, 4, 8 or 16 KiB and not more than a page",
                        alter(table, "Take it away:", "KEY_BLOCK_SIZE=0"));
            }
            if (options.isCompressed() && isPageCompressed(options)) {
                return refused(
                        table,
                        "COMPRESSION",
                        "it contradicts ROW_FORMAT=COMPRESSED",
                        alter(table, "Take it away:", "COMPRESSION='NONE'"));
            }
            return options.isCompressed() && noCompression != null
                    ? refused(
                            table,
                            "ROW_FORMAT=COMPRESSED",
                            noCompression,
                            alter(table, "Unpack it:", "ROW_FORMAT=DYNAMIC KEY_BLOCK_SIZE=0"))
                    : null;
        }

        private boolean isNoBlockSize(int size) {
            return size != 0 && (size > largestBlock || Integer.bitCount(size) != 1);
        }

        private Finding refused(Tables.Table table, String found, String because, Remedy remedy) {
            return strict
                    ? finding(
                            table,
                            Effect.BLOCKS_MIGRATION,
                            found,
                            "has " + found + ", and the target refuses it (error 1031): " + because,
                            remedy)
                    : finding(
                            table,
                            Effect.WARNING,
                            found,
                            "has " + found + ", and the target creates it without: " + because,
                            remedy);
        }

        private static Finding finding(
                Tables.Table table, Effect effect, String found, String words, Remedy... remedies) {
            return new Finding(
                    effect,
                    ObjectRef.table(table.schema(), table.name()),
                    found,
                    null,
                    MigratedTables.label(table) + " " + words,
                    List.of(remedies));
        }

        private static Remedy alter(Tables.Table table, String text, String option) {
            return Remedy.sql(
                    text,
                    List.of(new Remedy.Statement(
                            "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " " + option,
                            "rebuilds the table, blocks writes to it")));
        }
    }
}
