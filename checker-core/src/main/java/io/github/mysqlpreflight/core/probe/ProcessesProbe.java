/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.source.SourceSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the connections do. Of a statement only its beginning is asked for, and only two words are kept, if they are those of a change of
 * definitions: the rest may hold anything.
 */
final class ProcessesProbe implements Probe<Processes> {
    private static final Set<String> VERBS =
            Set.of("ALTER", "CREATE", "DROP", "TRUNCATE", "RENAME", "OPTIMIZE", "ANALYZE", "REPAIR", "FLUSH");
    private static final Set<String> NOUNS = Set.of(
            "TABLE",
            "TABLES",
            "INDEX",
            "UNIQUE",
            "FULLTEXT",
            "SPATIAL",
            "DATABASE",
            "SCHEMA",
            "VIEW",
            "TRIGGER",
            "ONLINE",
            "LOCAL");

    @Override
    public FactKey<Processes> key() {
        return Facts.PROCESSES;
    }

    @Override
    public String remedy() {
        return "GRANT PROCESS ON *.* to the account";
    }

    @Override
    public Processes read(ProbeContext context) throws SQLException {
        List<Processes.Busy> busy = new ArrayList<>();
        long[] idle = new long[1];
        context.stream(
                "SELECT ID, USER, COMMAND, TIME, STATE, DB, LEFT(INFO, 60) FROM information_schema.PROCESSLIST",
                row -> {
                    String begin = ProbeContext.text(row, 7, "");
                    if (begin.startsWith(SourceSession.STATEMENT_COMMENT.strip())) {
                        return;
                    }
                    String command = ProbeContext.text(row, 3, "");
                    if (command.equals("Sleep")) {
                        idle[0]++;
                    } else if (busy.size() < Processes.MOST) {
                        busy.add(new Processes.Busy(
                                row.getLong(1),
                                ProbeContext.text(row, 2, ""),
                                command,
                                Math.max(0, row.getLong(4)),
                                ProbeContext.text(row, 5, ""),
                                row.getString(6),
                                kind(begin)));
                    }
                });
        return new Processes(busy, idle[0]);
    }

    /** The first two words where they are those of a change of definitions; null for everything else. */
    private static @Nullable String kind(String begin) {
        String[] words = begin.strip().toUpperCase(Locale.ROOT).split("\\s+", 3);
        return words.length >= 2 && VERBS.contains(words[0]) && NOUNS.contains(words[1])
                ? words[0] + ' ' + words[1]
                : null;
    }
}
