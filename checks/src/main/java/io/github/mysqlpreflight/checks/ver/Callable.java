/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which functions of its users a program can call without naming their database. Immutable once made. */
final class Callable {
    private final Map<String, Set<String>> bySchema = new HashMap<>();
    private final Set<String> everywhere = new HashSet<>();

    private Callable() {}

    /** The stored functions of the source, and its loadable ones where those are known; needs routines. */
    static Callable of(Snapshot source) {
        Callable callable = new Callable();
        if (source.find(Facts.EXTENSIONS) instanceof Fact.Known<ServerExtensions> extensions) {
            for (String function : extensions.value().functions()) {
                callable.everywhere.add(function.toUpperCase(Locale.ROOT));
            }
        }
        for (Routines.Routine routine : source.get(Facts.ROUTINES).list()) {
            if (routine.type().equals("FUNCTION")) {
                callable.bySchema
                        .computeIfAbsent(routine.schema(), schema -> new HashSet<>(callable.everywhere))
                        .add(routine.name().toUpperCase(Locale.ROOT));
            }
        }
        return callable;
    }

    /** The names, in upper case, that a program of that database can call. */
    Set<String> from(String schema) {
        Set<String> functions = bySchema.get(schema);
        return functions == null ? everywhere : functions;
    }
}
