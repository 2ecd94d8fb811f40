/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

/** Whether a release can be had on this machine, in this lane. */
sealed interface Availability {
    /** It can be started. */
    record Available() implements Availability {}

    /** It could be had, but something has to be installed first; the reason says what. */
    record Missing(String reason) implements Availability {}

    /** It is not part of this lane on purpose, so its absence is never an error. */
    record LeftOut(String reason) implements Availability {}
}
