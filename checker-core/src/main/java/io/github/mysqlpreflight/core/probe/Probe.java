/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import java.sql.SQLException;
import java.util.List;

/**
 * One bounded read that fills one fact, and others that come of the same pass.
 *
 * @param <T> type of the fact's value
 */
interface Probe<T> {

    /** The fact it fills. */
    FactKey<T> key();

    /** Facts that it can fill in the same pass, by {@link ProbeContext#also}; it runs where one of them is wanted. */
    default List<FactKey<?>> also() {
        return List.of();
    }

    /** Whether it has to wait until every other probe has ended, because it builds on them. */
    default boolean isLast() {
        return false;
    }

    /** What would let the account read it when a privilege is missing; a statement or words. */
    String remedy();

    /** Reads. An error of the server becomes an unavailable fact. */
    T read(ProbeContext context) throws SQLException;
}
