/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import java.util.List;

/**
 * The sources that may be reached, as the configuration writes them; {@code server.access} gives them their meaning.
 *
 * @param rules such as {@code db1.example.com}, {@code *.example.com:3306}, {@code 10.0.0.0/8}, {@code [fd00::]/8:3306-3310}; {@code *} is everything
 *     that is not forbidden for good
 */
public record AllowedSources(List<String> rules) {
    public AllowedSources {
        rules = List.copyOf(rules);
    }

    /** Everything that is not forbidden for good: what holds while only this machine itself can ask. */
    public static AllowedSources any() {
        return new AllowedSources(List.of("*"));
    }
}
