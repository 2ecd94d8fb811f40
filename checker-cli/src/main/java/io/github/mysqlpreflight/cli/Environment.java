/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.render.SafeText;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * All that the process touches around it, so that a run can be made inside a test.
 *
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param variables environment variables
 * @param terminal whether a person sits there
 */
record Environment(InputStream in, PrintStream out, PrintStream err, Map<String, String> variables, Terminal terminal) {

    /** That of this process. */
    static Environment system() {
        return new Environment(
                // Buffered, since the plain stream of Java 17 asks a pipe for its position and fails.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                new SystemTerminal());
    }

    /** Says something to the user, in a line or two that name the program. */
    void complain(String message, String advice) {
        err.println("mysql-preflight: " + SafeText.of(message));
        if (!advice.isEmpty()) {
            err.println(SafeText.of(advice));
        }
    }

    /** The width of the terminal in characters, as $COLUMNS says; 100 where it does not, or where output is no terminal. */
    int width() {
        String columns = variables.get("COLUMNS");
        if (columns == null || columns.isEmpty() || columns.length() > 4 || !terminal.isOut()) {
            return 100;
        }
        for (int i = 0; i < columns.length(); i++) {
            if (columns.charAt(i) < '0' || columns.charAt(i) > '9') {
                return 100;
            }
        }
        int width = Integer.parseInt(columns);
        return width == 0 ? 100 : Math.max(40, width);
    }
}
