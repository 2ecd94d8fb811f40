/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this machine has its browser for tests: Debian's packages {@code chromium} and {@code chromium-driver}, or what the system
 * properties {@code preflight.chromium} and {@code preflight.chromedriver} name.
 */
public final class Chromium {
    private Chromium() {}

    /** The browser's program. */
    public static Path browser() {
        return Path.of(System.getProperty("preflight.chromium", "/usr/bin/chromium"));
    }

    /** The program that drives it by the WebDriver protocol. */
    public static Path driver() {
        return Path.of(System.getProperty("preflight.chromedriver", "/usr/bin/chromedriver"));
    }

    static Optional<String> missing() {
        for (Path program : new Path[] {browser(), driver()}) {
            if (!Files.isExecutable(program)) {
                return Optional.of("Chromium cannot be had here: " + program
                        + " is missing; scripts/setup-servers.sh --all installs it");
            }
        }
        return Optional.empty();
    }
}
