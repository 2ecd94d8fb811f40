/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What happens when a test needs a server that cannot be had: a visible skip, or a failure where skips are forbidden. */
final class Requirements {
    private Requirements() {}

    /** With {@code -Dpreflight.skip=forbidden} a server that could be installed and is not is an error. */
    static boolean skipIsForbidden() {
        String value = System.getProperty("preflight.skip", "allowed");
        return switch (value) {
            case "allowed" -> false;
            case "forbidden" -> true;
            default -> throw new IllegalArgumentException("preflight.skip is allowed or forbidden, not " + value);
        };
    }

    /**
     * Why a test that needs this release has to be skipped, or empty if it can run.
     *
     * @throws IllegalStateException if it has to be skipped and must not
     */
    static Optional<String> reasonToSkip(Release release) {
        return reasonToSkip(release, Lane.current().availability(release));
    }

    private static Optional<String> reasonToSkip(Release release, Availability availability) {
        if (availability instanceof Availability.LeftOut leftOut) {
            return Optional.of(release + " is left out: " + leftOut.reason());
        }
        if (availability instanceof Availability.Missing missing) {
            String reason = release + " cannot be had here: " + missing.reason();
            if (skipIsForbidden()) {
                throw new IllegalStateException(reason + " (and -Dpreflight.skip=forbidden)");
            }
            return Optional.of(reason);
        }
        return Optional.empty();
    }

    static void require(Release release) {
        reasonToSkip(release).ifPresent(Assumptions::abort);
    }

    /** For programs of this machine, whatever lane the servers are in. */
    static void requireInstalled(Release release) {
        reasonToSkip(release, Installations.availability(release)).ifPresent(Assumptions::abort);
    }

    /** For a program that comes with a server, or does not. */
    static void requireProgram(Release release, Path program) {
        if (!Files.isExecutable(program)) {
            Assumptions.abort("there is no " + program + " for " + release);
        }
    }
}
