/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import java.util.List;

/** Brings the checks of one category, found by {@link java.util.ServiceLoader}. */
public interface CheckProvider {

    /** The category all of them belong to. */
    Category category();

    /** The checks, ordered by id. */
    List<Check> checks();
}
