/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.snapshot.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tells the rows of a table apart. */
enum RowIdentity {
    PRIMARY_KEY,
    /** A unique key over columns that do not take NULL. */
    UNIQUE_KEY,
    /** Unique keys alone that take NULL, or are over expressions: any number of rows may be equal. */
    NULLABLE_UNIQUE_KEY,
    NOTHING;

    static RowIdentity of(List<Index> indexes) {
        RowIdentity best = NOTHING;
        for (Index index : indexes) {
            if (index.isPrimary()) {
                return PRIMARY_KEY;
            }
            if (index.identifiesRows()) {
                best = UNIQUE_KEY;
            } else if (index.unique() && best == NOTHING) {
                best = NULLABLE_UNIQUE_KEY;
            }
        }
        return best;
    }

    /** The unique key that could be the primary key: one without NULL, over whole columns where there is such a one; else null. */
    static @Nullable Index candidate(List<Index> indexes) {
        Index candidate = null;
        for (Index index : indexes) {
            if (index.identifiesRows()) {
                if (isWhole(index)) {
                    return index;
                }
                candidate = candidate == null ? index : candidate;
            }
        }
        return candidate;
    }

    /** Whether no part of it is a prefix. */
    static boolean isWhole(Index index) {
        for (Index.Part part : index.parts()) {
            if (part.prefix() != null) {
                return false;
            }
        }
        return true;
    }
}
