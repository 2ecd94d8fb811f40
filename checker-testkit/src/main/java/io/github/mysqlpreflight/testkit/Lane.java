/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.Locale;

/** Where servers come from; the same tests run in each lane. System property {@code preflight.lane} chooses. */
public enum Lane {
    /** Processes of this machine, from unpacked binaries. The default. */
    EMBEDDED {
        @Override
        Availability availability(Release release) {
            return Installations.availability(release);
        }

        @Override
        RunningServer launch(Release release, Settings settings) {
            return EmbeddedServer.launch(release, settings);
        }
    },
    /** Containers, from images named by the system properties {@code preflight.image.mysql80} and the like. */
    DOCKER {
        @Override
        Availability availability(Release release) {
            return ContainerServer.availability(release);
        }

        @Override
        RunningServer launch(Release release, Settings settings) {
            return ContainerServer.launch(release, settings);
        }
    };

    /** The lane of this run. */
    public static Lane current() {
        String name = System.getProperty("preflight.lane", "").strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "embedded" -> EMBEDDED;
            case "docker" -> DOCKER;
            default -> throw new IllegalArgumentException("preflight.lane is embedded or docker, not " + name);
        };
    }

    /** May take seconds at the first call for a release (unpacking, asking Docker); never throws for a missing server. */
    abstract Availability availability(Release release);

    /** Starts a server and waits until it answers. */
    abstract RunningServer launch(Release release, Settings settings);
}
