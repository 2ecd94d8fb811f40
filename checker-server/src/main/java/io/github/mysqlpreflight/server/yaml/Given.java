/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.yaml;

import static java.util.Objects.requireNonNull;

/**
 * A value and the place where it was given.
 *
 * @param value the value
 * @param place how a message about it begins, such as {@code preflight.yaml:3: listen} or {@code --listen}
 */
public record Given<T>(T value, String place) {
    public Given {
        requireNonNull(value, "value is null");
        requireNonNull(place, "place is null");
    }

    /** The same place with another value. */
    public <U> Given<U> with(U other) {
        return new Given<>(other, place);
    }

    /**
     * The failure of this value.
     *
     * @param what what follows the place, such as {@code must be a number}
     */
    public UnusableInputException wrong(String what, String advice) {
        return new UnusableInputException(place + " " + what, advice);
    }
}
