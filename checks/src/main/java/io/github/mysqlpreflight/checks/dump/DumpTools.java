/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What dump programs make of which servers: the contents of {@code dump-tools.txt}. Immutable. */
final class DumpTools {
    private static final String RESOURCE = "dump-tools.txt";

    private final List<Rule> rules;

    private DumpTools(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param command the program
     * @param mySql whether it is about MySQL, not MariaDB
     * @param from the oldest release it is about; null for no bound
     * @param below the first release it is no longer about; null for no bound
     * @param what what happens
     * @param advice what to do
     */
    record Rule(
            Side side,
            String command,
            boolean mySql,
            @Nullable ServerVersion from,
            @Nullable ServerVersion below,
            Effect effect,
            String what,
            String advice) {
        boolean isAbout(Side server, DumpTool tool, boolean ofMySql, ServerVersion version) {
            return side == server
                    && command.equals(tool.command())
                    && mySql == ofMySql
                    && (from == null || version.compareTo(from) >= 0)
                    && (below == null || version.compareTo(below) < 0);
        }
    }

    /** The rules that come with the tool; read at first use. */
    static DumpTools builtIn() {
        return BuiltIn.TOOLS;
    }

    /** Holds the rules so that they are read only where a check asks. */
    private static final class BuiltIn {
        private static final DumpTools TOOLS = of(DataFile.of(DumpTools.class, RESOURCE));
    }

    static DumpTools of(DataFile file) {
        List<Rule> rules = new ArrayList<>();
        for (DataFile.Line line : file.lines()) {
            if (!line.kind().equals("rule") || line.fields().size() != 9) {
                throw line.wrong("an unknown kind of line, or fields are missing");
            }
            rules.add(new Rule(
                    side(line),
                    line.text(2),
                    isMySql(line),
                    line.versionOrNull(4),
                    line.versionOrNull(5),
                    effect(line),
                    line.text(7),
                    line.text(8)));
        }
        return new DumpTools(rules);
    }

    private static Side side(DataFile.Line line) {
        return switch (line.text(1)) {
            case "source" -> Side.SOURCE;
            case "target" -> Side.TARGET;
            default -> throw line.wrong(line.text(1) + " is neither source nor target");
        };
    }

    private static boolean isMySql(DataFile.Line line) {
        return switch (line.text(3)) {
            case "mysql" -> true;
            case "mariadb" -> false;
            default -> throw line.wrong(line.text(3) + " is neither mysql nor mariadb");
        };
    }

    private static Effect effect(DataFile.Line line) {
        return switch (line.text(6)) {
            case "NOTICE" -> Effect.NOTICE;
            case "BLOCKS_DUMP" -> Effect.BLOCKS_DUMP;
            default -> throw line.wrong(line.text(6) + " is no effect that this check announces");
        };
    }

    /** The rules about a server and a program, in the order of the file. */
    List<Rule> about(Side side, DumpTool tool, boolean mySql, ServerVersion version) {
        List<Rule> found = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.isAbout(side, tool, mySql, version)) {
                found.add(rule);
            }
        }
        return found;
    }
}
