/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import java.sql.SQLException;

/**
 * One bounded read that fills one fact.
 *
 * @param <T> type of the fact's value
 */
interface Probe<T> {

    /** The fact it fills. */
    FactKey<T> key();

    /** What would let the account read it when a privilege is missing; a statement or words. */
    String remedy();

    /** Reads. An error of the server becomes an unavailable fact. */
    T read(ProbeContext context) throws SQLException;
}
