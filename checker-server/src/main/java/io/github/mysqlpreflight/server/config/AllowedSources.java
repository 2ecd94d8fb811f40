/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import java.util.List;

/**
 * The sources that may be reached, as the configuration writes them; {@code server.access} gives them their meaning.
 *
 * @param rules such as {@code db1.example.com}, {@code *.example.com:3306}, {@code 10.0.0.0/8}, {@code [fd00::]/8:3306-3310}, each as
 *     {@link SourceRule#parse} reads it; {@code *} is everything but this machine and what is forbidden for good, {@code self} is this machine
 */
public record AllowedSources(List<String> rules) {
    /** @throws IllegalArgumentException where one of them is no rule */
    public AllowedSources {
        rules = List.copyOf(rules);
        for (String rule : rules) {
            SourceRule.parse(rule);
        }
    }

    /** Everything that is not forbidden for good, this machine too: what holds while only this machine itself can ask. */
    public static AllowedSources any() {
        return new AllowedSources(List.of("*", "self"));
    }
}
