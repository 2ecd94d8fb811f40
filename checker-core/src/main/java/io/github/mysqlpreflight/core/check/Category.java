/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

/** The group a check belongs to; the order is that of a report. */
public enum Category {
    CONNECTION("conn", "Connectivity, TLS, account"),
    VERSION("ver", "Version and flavour"),
    BINARY_LOG("binlog", "Binary log"),
    GTID("gtid", "GTID"),
    PRIVILEGES("priv", "Privileges of the migration account"),
    DUMP("dump", "Consistent snapshot and dump"),
    OBJECTS("obj", "Databases and their objects"),
    SETTINGS("cfg", "Parity of settings"),
    TARGET("tgt", "Target and capacity"),
    UPGRADE("upgrade", "Upgrade compatibility");

    private final String group;
    private final String title;

    Category(String group, String title) {
        this.group = group;
        this.title = title;
    }

    /** The part of a check's id before the dot. */
    public String group() {
        return group;
    }

    /** The heading in a report. */
    public String title() {
        return title;
    }
}
