/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

/** What a finding means for the migration. */
public enum Effect {
    /** A replica cannot follow the source; a dump may be used. */
    BLOCKS_REPLICATION,
    /** A dump cannot be made or loaded, so neither can the one that a replica begins with. */
    BLOCKS_DUMP,
    /** Neither method can be used, however the replica begins. */
    BLOCKS_MIGRATION,
    /** The migration can go ahead, but something will differ, be slow, or may fail later. */
    WARNING,
    /** Worth knowing; nothing has to be done. */
    NOTICE;

    /** Whether this keeps the given method from being used. */
    public boolean blocks(Method method) {
        return switch (this) {
            case BLOCKS_MIGRATION, BLOCKS_DUMP -> true;
            case BLOCKS_REPLICATION -> method == Method.REPLICATION;
            case WARNING, NOTICE -> false;
        };
    }

    /** Whether this keeps any method from being used. */
    public boolean isBlocker() {
        return blocks(Method.REPLICATION) || blocks(Method.DUMP);
    }
}
