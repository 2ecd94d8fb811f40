/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints a task letter for letter as {@code avn} does.
 *
 * @param json a JSON array with the whole task, names in order
 * @param format names of fields in braces; null for none, otherwise it goes before {@code json}
 */
record TaskPrinter(boolean json, @Nullable String format) {
    private static final List<String> AT_CREATION = List.of("task_type", "success", "task_id");
    private static final List<String> ALWAYS = List.of("task_type", "success", "task_id", "result");

    /**
     * Whether the format can be understood at all, told before anything is asked for.
     *
     * @throws UsageException when it cannot
     */
    void verify() {
        if (format != null) {
            format(format, null);
        }
    }

    /** What {@code task-create} prints; its last line is the result, which is empty at that time. */
    String created(Json.Fields task) {
        return printed(task, AT_CREATION) + PythonText.shown(field(task, "result")) + "\n";
    }

    /** What {@code task-get} prints. */
    String got(Json.Fields task) {
        return printed(task, ALWAYS);
    }

    private String printed(Json.Fields task, List<String> columns) {
        if (format != null) {
            return format(format, task) + "\n";
        }
        if (json) {
            return PythonText.indentedJson(new Json.Items(List.of(task))) + "\n";
        }
        return table(task, columns);
    }

    private static String table(Json.Fields task, List<String> columns) {
        StringBuilder header = new StringBuilder();
        StringBuilder line = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (String column : columns) {
            String cell = cell(field(task, column));
            int width = Math.max(column.length(), cell.codePointCount(0, cell.length()));
            String gap = header.length() == 0 ? "" : "  ";
            header.append(gap).append(column.toUpperCase(Locale.ROOT)).append(" ".repeat(width - column.length()));
            line.append(gap).append("=".repeat(width));
            row.append(gap).append(cell).append(" ".repeat(width - cell.codePointCount(0, cell.length())));
        }
        return header + "\n" + line + "\n" + row.toString().strip() + "\n";
    }

    /** A text is bare where JSON would only put quotes around it; the signs for pound and euro are spared too. */
    private static String cell(Json value) {
        if (value instanceof Json.Items items) {
            StringBuilder cells = new StringBuilder();
            for (Json item : items.values()) {
                cells.append(cells.length() == 0 ? "" : ", ").append(cell(item));
            }
            return cells.toString();
        }
        if (value instanceof Json.Text text && isPlain(text.value())) {
            return text.value();
        }
        return PythonText.json(value);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean ascii = character >= 0x20 && character < 0x7f && character != '"' && character != '\\';
            if (!ascii && character != '\u00a3' && character != '\u20ac') {
                return false;
            }
        }
        return true;
    }

    private static Json field(Json.Fields task, String name) {
        Json value = task.get(name);
        if (value == null) {
            throw ServiceException.notUnderstood("the task has no " + name);
        }
        return value;
    }

    /** The format filled in; without a task it is only read, and nothing of any use is given back. */
    private static String format(String format, Json.@Nullable Fields task) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); ) {
            char character = format.charAt(i);
            if (character != '{' && character != '}') {
                out.append(character);
                i++;
            } else if (i + 1 < format.length() && format.charAt(i + 1) == character) {
                out.append(character);
                i += 2;
            } else {
                int end = character == '{' ? format.indexOf('}', i) : -1;
                if (end < 0) {
                    throw wrongFormat("--format has a brace without the other one");
                }
                out.append(filledIn(format.substring(i + 1, end), task));
                i = end + 1;
            }
        }
        return out.toString();
    }

    private static String filledIn(String place, Json.@Nullable Fields task) {
        boolean represented = place.endsWith("!r");
        String name = represented || place.endsWith("!s") ? place.substring(0, place.length() - 2) : place;
        if (name.isEmpty()) {
            throw wrongFormat("--format names no field between two braces");
        }
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (!(Character.isLetterOrDigit(character) || character == '_')) {
                throw wrongFormat("--format has more than the name of a field between two braces");
            }
        }
        if (task == null) {
            return "";
        }
        Json value = task.get(name);
        if (value == null) {
            throw new UsageException(
                    "--format names the field " + name + ", which the task does not have",
                    "It has: " + String.join(", ", task.values().keySet()) + ".");
        }
        return represented ? PythonText.represented(value) : PythonText.shown(value);
    }

    private static UsageException wrongFormat(String message) {
        return new UsageException(
                message, "For example: --format '{success}|{result}'; {{ and }} are braces themselves.");
    }

    /** Whether the task has ended: from then on it has a result. */
    static boolean hasEnded(Json.Fields task) {
        String result = task.text("result");
        return task.get("success") instanceof Json.Flag || (result != null && !result.isEmpty());
    }

    /** Whether the task has ended well. */
    static boolean hasSucceeded(Json.Fields task) {
        return task.get("success") instanceof Json.Flag flag && flag.value();
    }
}
