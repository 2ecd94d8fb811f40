/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

/** Is told how reading goes on. Called from several threads, one at a time. */
@FunctionalInterface
public interface ReadListener {

    /** Hears nothing. */
    ReadListener SILENT = (what, rows) -> {};

    /**
     * Something is being read.
     *
     * @param what in words for a person, such as {@code the tables}
     * @param rows how many rows of it so far
     */
    void reading(String what, long rows);
}
