/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which databases are migrated: those the account sees, without the system's and without those the plan leaves out.
 *
 * <p>Names are compared as the server compares names of databases: exactly with lower_case_table_names=0, without regard
 * to case otherwise (<a href="https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html">manual</a>).
 */
public final class Selection {
    private static final Set<String> SYSTEM =
            Set.of("mysql", "sys", "information_schema", "performance_schema", "ndbinfo");
    private static final Set<String> RDS_SYSTEM = Set.of("innodb", "tmp", "awsdms_control");

    private final List<String> databases;
    private final Set<String> databaseSet;
    private final List<String> unknownIgnored;
    private final boolean foldCase;

    private Selection(List<String> databases, List<String> unknownIgnored, boolean foldCase) {
        this.databases = List.copyOf(databases);
        this.databaseSet = Set.copyOf(databases);
        this.unknownIgnored = List.copyOf(unknownIgnored);
        this.foldCase = foldCase;
    }

    /**
     * Resolves the selection; needs the facts {@code schemas} and {@code variables}.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when one of them is not known
     */
    public static Selection of(Snapshot source, Plan plan) {
        boolean foldCase = source.get(Facts.VARIABLES).number("lower_case_table_names", 0) != 0;
        Server server = Server.of(source);
        Set<String> ignored = new LinkedHashSet<>();
        for (String name : plan.ignoredDatabases()) {
            ignored.add(fold(name, foldCase));
        }
        Set<String> missing = new LinkedHashSet<>(ignored);
        List<String> databases = new ArrayList<>();
        for (Schemas.Schema schema : source.get(Facts.SCHEMAS).list()) {
            String name = fold(schema.name(), foldCase);
            missing.remove(name);
            if (!ignored.contains(name) && !isSystem(schema.name(), server)) {
                databases.add(schema.name());
            }
        }
        List<String> unknown = new ArrayList<>();
        for (String name : plan.ignoredDatabases()) {
            if (missing.contains(fold(name, foldCase)) && !SYSTEM.contains(name.toLowerCase(Locale.ROOT))) {
                unknown.add(name);
            }
        }
        return new Selection(databases, unknown, foldCase);
    }

    /** The databases to migrate, in the server's order. */
    public List<String> databases() {
        return databases;
    }

    /** Whether the database is migrated; the name is one the server gave. */
    public boolean contains(String database) {
        return databaseSet.contains(database);
    }

    /** The ignored names that no database of the server has, as they were given. */
    public List<String> unknownIgnored() {
        return unknownIgnored;
    }

    /** Whether the server compares names of databases without regard to case. */
    public boolean foldsCase() {
        return foldCase;
    }

    /** Whether a database belongs to the server itself and is never migrated. */
    public static boolean isSystem(String database, Server server) {
        if (SYSTEM.contains(database)
                || database.equalsIgnoreCase("information_schema")
                || database.equalsIgnoreCase("performance_schema")) {
            return true;
        }
        boolean amazon = server.flavor() == Flavor.RDS || server.flavor() == Flavor.AURORA || server.managedOnRds();
        return amazon && RDS_SYSTEM.contains(database);
    }

    private static String fold(String name, boolean foldCase) {
        return foldCase ? name.toLowerCase(Locale.ROOT) : name;
    }
}
