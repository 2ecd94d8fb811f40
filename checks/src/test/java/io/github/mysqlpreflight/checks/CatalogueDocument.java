/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import java.util.ArrayList;
import java.util.List;

/** Writes docs/checks.md from what the checks say of themselves. */
final class CatalogueDocument {
    private final List<Check> checks;
    private final StringBuilder text = new StringBuilder();

    private CatalogueDocument(List<Check> checks) {
        this.checks = checks;
    }

    /** The page: a table of all checks by category, then each with its words. */
    static String of(List<Check> checks) {
        return new CatalogueDocument(checks).write();
    }

    private String write() {
        text.append("# The checks\n\n")
                .append("<!-- Written by CatalogueTest from the checks' own words; do not edit. -->\n\n")
                .append(checks.size())
                .append(checks.size() == 1 ? " check." : " checks.")
                .append(
                        " A check whose facts could not be read is *unknown*, never passed; where replication depends on")
                .append(
                        " it, replication is not recommended then. `mysql-preflight explain ID` says the same words.\n");
        for (Category category : Category.values()) {
            List<CheckInfo> infos = of(category);
            if (!infos.isEmpty()) {
                text.append("\n## ").append(category.title()).append("\n\n");
                text.append("| check | what is verified | a finding |\n|---|---|---|\n");
                for (CheckInfo info : infos) {
                    text.append("| [`")
                            .append(info.id())
                            .append("`](#")
                            .append(anchor(info))
                            .append(") | ");
                    text.append(markdown(info.title()).replace("|", "\\|")).append(" | ");
                    text.append(effects(info)).append(" |\n");
                }
            }
        }
        text.append("\n## What each one says\n");
        for (Check check : checks) {
            write(check.info());
        }
        return text.toString();
    }

    private List<CheckInfo> of(Category category) {
        List<CheckInfo> infos = new ArrayList<>();
        for (Check check : checks) {
            if (check.info().category() == category) {
                infos.add(check.info());
            }
        }
        return infos;
    }

    private void write(CheckInfo info) {
        text.append("\n### ").append(info.id()).append("\n\n");
        text.append("**").append(markdown(info.title())).append("**\n\n");
        text.append(markdown(info.why())).append("\n\n");
        text.append("*Fix:* ").append(markdown(info.fix())).append("\n\n");
        text.append("- A finding: ").append(effects(info)).append('\n');
        if (info.canBlock(Method.REPLICATION)) {
            text.append("- Unknown: replication is not recommended\n");
        }
        line("Reads", titles(info.needs()));
        line("Reads of the target", titles(info.targetNeeds()));
        line("Sources", info.versions().isEmpty() ? "all versions" : markdown(info.versions()));
        line(
                "Cost",
                info.facts().isEmpty() ? "none for the source" : info.cost().words());
        line("Privileges", info.privileges().isEmpty() ? "none" : markdown(info.privileges()));
        line("Since", info.since());
        for (String link : info.links()) {
            line("See", "<" + link + ">");
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append("- ").append(name).append(": ").append(value).append('\n');
        }
    }

    private static String titles(List<FactKey<?>> keys) {
        List<String> titles = new ArrayList<>();
        keys.forEach(key -> titles.add(key.title()));
        return String.join(", ", titles);
    }

    private static String effects(CheckInfo info) {
        List<String> words = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            if (info.effects().contains(effect)) {
                words.add(
                        switch (effect) {
                            case BLOCKS_REPLICATION -> "blocks replication";
                            case BLOCKS_DUMP -> "blocks a dump";
                            case BLOCKS_MIGRATION -> "blocks both methods";
                            case WARNING -> "warning";
                            case NOTICE -> "notice";
                        });
            }
        }
        return String.join(", ", words);
    }

    /** GitHub drops the dot of a heading. */
    private static String anchor(CheckInfo info) {
        return info.id().replace(".", "");
    }

    /** Characters that Markdown would take for its own. */
    private static String markdown(String words) {
        StringBuilder escaped = new StringBuilder(words.length() + 8);
        for (int i = 0; i < words.length(); i++) {
            char character = words.charAt(i);
            if (character == '*' || character == '_' || character == '<' || character == '`' || character == '\\') {
                escaped.append('\\');
            }
            escaped.append(character);
        }
        return escaped.toString();
    }
}
