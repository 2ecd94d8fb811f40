/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

/**
 * A value and the place where it was given.
 *
 * @param value the value
 * @param place how a message about it begins, such as {@code preflight.yaml:3: listen} or {@code --listen}
 */
record Given<T>(T value, String place) {
    Given {
        requireNonNull(value, "value is null");
        requireNonNull(place, "place is null");
    }

    /** The same place with another value. */
    <U> Given<U> with(U other) {
        return new Given<>(other, place);
    }

    /**
     * The failure of this value.
     *
     * @param what what follows the place, such as {@code must be a number}
     */
    UnusableSettingsException wrong(String what, String advice) {
        return new UnusableSettingsException(place + " " + what, advice);
    }
}
