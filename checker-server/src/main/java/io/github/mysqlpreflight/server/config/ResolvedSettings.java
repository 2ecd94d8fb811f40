/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The settings that {@link SettingsInputs} mean.
 *
 * @param settings all of them
 * @param warnings what the operator should know, one line each, never a secret
 */
public record ResolvedSettings(ServerSettings settings, List<String> warnings) {
    public ResolvedSettings {
        requireNonNull(settings, "settings is null");
        warnings = List.copyOf(warnings);
    }
}
