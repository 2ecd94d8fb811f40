/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where InnoDB says that tables lie. The dictionary of 5.7 and the tablespaces of 8.0 cost nearly nothing; the tables of 8.0, which cost
 * a second for a thousand, are asked for only where there is a general tablespace.
 */
final class TablePlacesProbe implements Probe<TablePlaces> {
    /** What {@code INNODB_SYS_TABLES.FLAG} has for a table with a DATA DIRECTORY. */
    private static final int DATA_DIRECTORY = 64;

    private static final String PARTITION = "#p#";

    @Override
    public FactKey<TablePlaces> key() {
        return Facts.TABLE_PLACES;
    }

    @Override
    public String remedy() {
        return "GRANT PROCESS ON *.* to the account";
    }

    @Override
    public TablePlaces read(ProbeContext context) throws SQLException {
        Collected collected = new Collected();
        if (context.isMySqlAtLeast(8, 0, 0)) {
            readTablespaces(context, collected);
        } else {
            readDictionary(context, collected);
        }
        return new TablePlaces(collected.tablespaces.stream().sorted().toList(), collected.list());
    }

    private static void readTablespaces(ProbeContext context, Collected collected) throws SQLException {
        Map<Long, String> general = new HashMap<>();
        context.stream(
                "SELECT SPACE, NAME, PATH, SPACE_TYPE FROM information_schema.INNODB_TABLESPACES_BRIEF"
                        + " WHERE SPACE_TYPE = 'General' OR PATH NOT LIKE './%'",
                row -> {
                    String name = ProbeContext.text(row, 2);
                    String path = ProbeContext.text(row, 3);
                    if ("General".equals(row.getString(4))) {
                        general.put(row.getLong(1), name);
                        collected.tablespaces.add(name);
                    } else if (name.indexOf('/') > 0) {
                        // A name may hold more slashes; in the path those are encoded.
                        boolean plain = name.indexOf('/') == name.lastIndexOf('/');
                        Part part = plain ? Part.of(name, false) : Part.ofFile(path);
                        collected.at(part).directory = directory(path);
                    }
                });
        if (!general.isEmpty()) {
            StringBuilder sql =
                    new StringBuilder("SELECT NAME, SPACE FROM information_schema.INNODB_TABLES WHERE SPACE IN (");
            general.keySet()
                    .forEach(space -> sql.append(sql.charAt(sql.length() - 1) == '(' ? "" : ", ")
                            .append(space));
            context.stream(
                    sql.append(')').toString(),
                    row -> collected.at(Part.of(ProbeContext.text(row, 1), true)).tablespace =
                            general.get(row.getLong(2)));
        }
    }

    private static void readDictionary(ProbeContext context, Collected collected) throws SQLException {
        boolean typed = !context.isMariaDb() && context.isMySqlAtLeast(5, 7, 6);
        Map<Long, List<Part>> general = new HashMap<>();
        Map<Long, List<Part>> elsewhere = new HashMap<>();
        context.stream(
                "SELECT NAME, SPACE, FLAG & " + DATA_DIRECTORY + ", " + (typed ? "SPACE_TYPE" : "'Single'")
                        + " FROM information_schema.INNODB_SYS_TABLES WHERE FLAG & " + DATA_DIRECTORY
                        + (typed
                                ? " OR SPACE_TYPE = 'General' OR (SPACE_TYPE = 'System' AND NAME LIKE '%" + PARTITION
                                        + "%')"
                                : ""),
                row -> {
                    String name = ProbeContext.text(row, 1);
                    if (name.indexOf('/') > 0) {
                        Part part = Part.of(name, true);
                        boolean isGeneral = "General".equals(row.getString(4));
                        if (row.getInt(3) != 0) {
                            elsewhere
                                    .computeIfAbsent(row.getLong(2), space -> new ArrayList<>())
                                    .add(part);
                        } else if (part.isPartition()) {
                            Found found = collected.at(part);
                            found.shared++;
                            found.general += isGeneral ? 1 : 0;
                        } else if (isGeneral) {
                            general.computeIfAbsent(row.getLong(2), space -> new ArrayList<>())
                                    .add(part);
                        }
                    }
                });
        if (typed) {
            context.stream(
                    "SELECT SPACE, NAME FROM information_schema.INNODB_SYS_TABLESPACES WHERE SPACE_TYPE = 'General'",
                    row -> {
                        String name = ProbeContext.text(row, 2);
                        collected.tablespaces.add(name);
                        for (Part part : general.getOrDefault(row.getLong(1), List.of())) {
                            collected.at(part).tablespace = name;
                        }
                    });
        }
        if (!elsewhere.isEmpty()) {
            context.stream(
                    context.isMariaDb()
                            ? "SELECT SPACE, FILENAME FROM information_schema.INNODB_SYS_TABLESPACES"
                            : "SELECT SPACE, PATH FROM information_schema.INNODB_SYS_DATAFILES",
                    row -> addDirectory(row, elsewhere, collected));
        }
    }

    private static void addDirectory(ResultSet row, Map<Long, List<Part>> elsewhere, Collected collected)
            throws SQLException {
        String path = ProbeContext.text(row, 2);
        for (Part part : elsewhere.getOrDefault(row.getLong(1), List.of())) {
            collected.at(part).directory = directory(path);
        }
    }

    /** What was written as DATA DIRECTORY: without the file and the directory of the database. */
    private static String directory(String path) {
        int file = path.lastIndexOf('/');
        int schema = file < 0 ? -1 : path.lastIndexOf('/', file - 1);
        return schema < 0 ? path : path.substring(0, schema + 1);
    }

    /** A table, or a partition of it. */
    private record Part(String schema, String table, boolean isPartition) {
        static Part of(String name, boolean encoded) {
            int slash = name.indexOf('/');
            return of(name.substring(0, slash), name.substring(slash + 1), encoded);
        }

        static Part ofFile(String path) {
            int file = path.lastIndexOf('/');
            int schema = path.lastIndexOf('/', file - 1);
            return of(path.substring(schema + 1, file), path.substring(file + 1).replace(".ibd", ""), true);
        }

        private static Part of(String schema, String file, boolean encoded) {
            int mark = file.toLowerCase(Locale.ROOT).indexOf(PARTITION);
            String table = mark < 0 ? file : file.substring(0, mark);
            return new Part(
                    encoded ? InnoDbNames.decode(schema) : schema,
                    encoded ? InnoDbNames.decode(table) : table,
                    mark >= 0);
        }
    }

    private static final class Found {
        @Nullable
        String tablespace;

        @Nullable
        String directory;

        long shared;
        long general;
    }

    private static final class Collected {
        private final List<String> tablespaces = new ArrayList<>();
        private final Map<String, Map<String, Found>> bySchema = new TreeMap<>();

        Found at(Part part) {
            return bySchema.computeIfAbsent(part.schema(), schema -> new TreeMap<>())
                    .computeIfAbsent(part.table(), table -> new Found());
        }

        List<TablePlaces.Place> list() {
            List<TablePlaces.Place> list = new ArrayList<>();
            bySchema.forEach((schema, tables) -> tables.forEach((table, found) -> list.add(new TablePlaces.Place(
                    schema, table, found.tablespace, found.directory, found.shared, found.general))));
            return list;
        }
    }
}
