/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.render.SafeText;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how a long read goes on, and is gone at its end. */
final class Progress implements ReadListener, AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS = 100_000_000L;

    private final @Nullable PrintStream terminal;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean shown;

    private Progress(@Nullable PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows something only where standard error is a terminal that can rewrite a line and is not used for diagnostics. */
    static Progress on(Environment environment) {
        boolean wanted = Diagnostics.verbosity() == 0
                && environment.terminal().isErr()
                && !"dumb".equals(environment.variables().get("TERM"));
        return new Progress(wanted ? environment.err() : null);
    }

    @Override
    public void reading(String what, long rows) {
        long now = System.nanoTime();
        if (terminal == null || now - start < QUIET_NANOS || (shown && now - last < PAUSE_NANOS)) {
            return;
        }
        last = now;
        shown = true;
        terminal.print("\r\u001b[Kreading " + SafeText.of(what) + "… " + (rows > 0 ? grouped(rows) + " rows" : ""));
        terminal.flush();
    }

    private static String grouped(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    @Override
    public void close() {
        if (terminal != null && shown) {
            terminal.print("\r\u001b[K");
            terminal.flush();
        }
    }
}
