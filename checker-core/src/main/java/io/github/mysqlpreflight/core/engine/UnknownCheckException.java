/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name that was given is neither the id of a check nor a group. The message names the nearest one. */
public final class UnknownCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCheckException(String name, List<Check> checks) {
        super(message(name, checks));
    }

    private static String message(String name, List<Check> checks) {
        String nearest = nearest(name, checks);
        return "there is no check or group of checks called " + name
                + (nearest == null ? "" : " (did you mean " + nearest + "?)") + "; mysql-preflight checks lists them";
    }

    private static @Nullable String nearest(String name, List<Check> checks) {
        List<String> candidates = new ArrayList<>();
        for (Check check : checks) {
            candidates.add(check.info().id());
            candidates.add(check.info().category().group());
        }
        return Spelling.nearest(name, candidates);
    }
}
