/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The source that {@link SourceInputs} mean.
 *
 * @param uri where it is and who asks; check {@link SourceUri#passwordGiven()} before asking for a password
 * @param warnings what the user should know, one line of printable ASCII each, never a secret
 */
public record ResolvedSource(SourceUri uri, List<String> warnings) {
    public ResolvedSource {
        requireNonNull(uri, "uri is null");
        warnings = List.copyOf(warnings);
    }
}
