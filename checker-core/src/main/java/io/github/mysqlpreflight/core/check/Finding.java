/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One problem on one object.
 *
 * @param effect what it means for the migration
 * @param object what it is about
 * @param found what is there, as short as the value itself; null where there is no such thing
 * @param needed what has to be there; null where there is no such thing
 * @param message what is wrong, one line without a full stop; makes sense on its own
 * @param remedies what to do, the best way first
 */
public record Finding(
        Effect effect,
        ObjectRef object,
        @Nullable String found,
        @Nullable String needed,
        String message,
        List<Remedy> remedies) {
    public Finding {
        requireNonNull(effect, "effect is null");
        requireNonNull(object, "object is null");
        requireNonNull(message, "message is null");
        if (message.isEmpty()) {
            throw new IllegalArgumentException("a message says something");
        }
        // A name may hold line ends, and no check has to think of that.
        message = message.indexOf('\n') < 0 ? message : message.replace("\n", "<U+000A>");
        remedies = List.copyOf(remedies);
    }

    /** A finding with found and needed left open. */
    public Finding(Effect effect, ObjectRef object, String message, Remedy... remedies) {
        this(effect, object, null, null, message, List.of(remedies));
    }
}
