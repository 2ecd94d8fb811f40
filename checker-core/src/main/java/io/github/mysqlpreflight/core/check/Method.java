/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

/** A way to migrate. */
public enum Method {
    /** A dump, then GTID replication until the switch. */
    REPLICATION("Replication"),
    /** A logical dump alone; what is written after it began is not migrated. */
    DUMP("Dump");

    private final String title;

    Method(String title) {
        this.title = title;
    }

    /** The name as it stands in the result message. */
    public String title() {
        return title;
    }
}
