/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

/** What a finding means for the migration. */
public enum Effect {
    /** Replication cannot be used; a dump may be. */
    BLOCKS_REPLICATION,
    /** A dump alone cannot be used; replication may be. */
    BLOCKS_DUMP,
    /** Neither method can be used. */
    BLOCKS_MIGRATION,
    /** The migration can go ahead, but something will differ, be slow, or may fail later. */
    WARNING,
    /** Worth knowing; nothing has to be done. */
    NOTICE;

    /** Whether this keeps the given method from being used. */
    public boolean blocks(Method method) {
        return switch (this) {
            case BLOCKS_MIGRATION -> true;
            case BLOCKS_REPLICATION -> method == Method.REPLICATION;
            case BLOCKS_DUMP -> method == Method.DUMP;
            case WARNING, NOTICE -> false;
        };
    }

    /** Whether this keeps any method from being used. */
    public boolean isBlocker() {
        return blocks(Method.REPLICATION) || blocks(Method.DUMP);
    }
}
