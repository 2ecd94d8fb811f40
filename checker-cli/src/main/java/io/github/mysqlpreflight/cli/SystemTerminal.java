/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.source.Password;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The terminal of the process. */
final class SystemTerminal implements Terminal {
    @Override
    public boolean isOut() {
        return isTerminal(1);
    }

    @Override
    public boolean isErr() {
        return isTerminal(2);
    }

    /** Linux tells it for each descriptor; elsewhere Java tells it for input and output together. */
    @SuppressWarnings("SystemConsoleNull") // the launcher keeps java.base's console, which is null without a terminal
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String device = Files.readSymbolicLink(link).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    @Override
    @SuppressWarnings("SystemConsoleNull")
    public @Nullable Password askPassword(String prompt) {
        Console console = isTerminal(0) && isTerminal(1) ? System.console() : null;
        if (console == null) {
            return null;
        }
        char[] typed = console.readPassword("%s", prompt);
        if (typed == null) {
            return null;
        }
        Password password = Password.of(new String(typed));
        Arrays.fill(typed, ' ');
        return password;
    }
}
