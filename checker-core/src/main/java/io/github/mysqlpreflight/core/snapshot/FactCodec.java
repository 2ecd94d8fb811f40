/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** How the value of a fact is written to, and read from, a snapshot file. */
interface FactCodec<T> {

    /** Writes the value as one JSON value. */
    void write(T value, JsonGenerator out);

    /**
     * Reads what {@link #write} wrote; the parser stands on the first token of the value and is left on its last.
     * Fields that a newer version added are skipped.
     */
    T read(JsonParser in);
}
