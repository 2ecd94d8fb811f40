/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown, for the log: with its place and its causes, and without the password of the source that it came from. Nothing of ours
 * puts one into a message; what a driver does is not ours to say.
 */
final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;
    /** Causes may go in circles. */
    private static final int DEEPEST = 10;

    private Redacted(String message, @Nullable Redacted cause) {
        super(message, cause);
    }

    static Redacted of(Throwable thrown, Password password) {
        return of(thrown, password, 0);
    }

    private static Redacted of(Throwable thrown, Password password, int depth) {
        Throwable cause = thrown.getCause();
        Redacted redacted = new Redacted(
                without(thrown.toString(), password),
                cause == null || depth == DEEPEST ? null : of(cause, password, depth + 1));
        redacted.setStackTrace(thrown.getStackTrace());
        return redacted;
    }

    private static String without(String text, Password password) {
        if (password.isEmpty()) {
            return text;
        }
        String encoded = URLEncoder.encode(password.reveal(), StandardCharsets.UTF_8);
        return text.replace(password.reveal(), "****")
                .replace(encoded, "****")
                .replace(encoded.replace("+", "%20"), "****");
    }
}
