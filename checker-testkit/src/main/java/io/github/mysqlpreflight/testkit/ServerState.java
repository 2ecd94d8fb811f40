/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server was like at its start, as far as a test can see it, and how to get there again. Not part of it:
 * performance_schema, the uptime, files that a test writes into the data directory.
 */
record ServerState(Release release, Map<String, String> variables, Map<String, List<String>> parts) {
    private static final int NO_SUCH_THREAD = 1094;
    private static final List<String> GTID_MODES = List.of("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");
    private static final Pattern NUMBER = Pattern.compile("(-?\\d+(?:\\.\\d+)?)([KMG]?)");

    /** Tables that the server itself writes to, and large ones that nobody changes. */
    private static final Pattern UNSTABLE =
            Pattern.compile("general_log|slow_log|(innodb|slave|help|gtid|transaction)_.*|(table|index|column)_stats?");

    private static final String SCHEMAS = "SHOW DATABASES";
    private static final String ACCOUNTS = "SELECT User, Host FROM mysql.user ORDER BY 1, 2";
    private static final String TABLES = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE"
            + " TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema') ORDER BY 1, 2";
    private static final String STORED_PROGRAMS = "SELECT ROUTINE_SCHEMA, ROUTINE_NAME FROM"
            + " information_schema.ROUTINES UNION ALL SELECT EVENT_SCHEMA, EVENT_NAME FROM information_schema.EVENTS"
            + " ORDER BY 1, 2";
    private static final String OTHER_CONNECTIONS = "SELECT ID FROM information_schema.PROCESSLIST WHERE"
            + " ID <> CONNECTION_ID() AND USER NOT IN ('system user', 'event_scheduler')";

    /** The state of a server that has just been started. */
    static ServerState atStart(Statement statement, Release release) throws SQLException {
        resetBinaryLog(statement, release);
        return of(statement, release);
    }

    private static ServerState of(Statement statement, Release release) throws SQLException {
        Map<String, String> variables = variables(statement);
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("schemas", rows(statement, SCHEMAS));
        parts.put("accounts", rows(statement, ACCOUNTS));
        parts.put("plugins", rows(statement, "SHOW PLUGINS"));
        parts.put("channels", rows(statement, replicaStatus(release)));
        parts.put("prepared transactions", rows(statement, "XA RECOVER"));
        parts.put("tablespaces", tablespaces(statement, release));
        parts.put("tables", rows(statement, TABLES));
        parts.put("stored programs", rows(statement, STORED_PROGRAMS));
        String checked = firstColumn(statement, "SHOW FULL TABLES FROM mysql WHERE Table_type = 'BASE TABLE'").stream()
                .filter(name -> !UNSTABLE.matcher(name).matches())
                .map(name -> "mysql.`" + name + "`")
                .collect(Collectors.joining(", "));
        // Grants, plugins, loadable functions, time zones and in old releases stored programs are rows there.
        parts.put("system tables", rows(statement, "CHECKSUM TABLE " + checked));
        parts.put("binary logs", logs(variables) ? firstColumn(statement, "SHOW BINARY LOGS") : List.of());
        return new ServerState(release, variables, parts);
    }

    /** Makes the server what it was, and says in what it is still different. */
    List<String> restore(Statement statement) throws SQLException {
        // Whatever the test has set globally or left locked shall not stop this connection.
        statement.execute("SET SESSION sql_mode = '', sql_log_bin = 0, foreign_key_checks = 0, wait_timeout = 600,"
                + " lock_wait_timeout = 10");
        setBack(statement);
        killConnections(statement);
        forgetChannels(statement);
        for (String schema : added("schemas", rows(statement, SCHEMAS))) {
            statement.execute("DROP DATABASE `" + schema.replace("`", "``") + "`");
        }
        for (String tablespace : added("tablespaces", tablespaces(statement, release))) {
            statement.execute("DROP TABLESPACE `" + tablespace.replace("`", "``") + "`");
        }
        statement.execute("FLUSH PRIVILEGES");
        for (String account : added("accounts", rows(statement, ACCOUNTS))) {
            boolean role = release.isMariaDb() && account.endsWith("\t");
            String[] name = account.split("\t", -1);
            statement.execute(
                    role ? "DROP ROLE " + quoted(name[0]) : "DROP USER " + quoted(name[0]) + "@" + quoted(name[1]));
        }
        if (release.isMysql8OrNewer()) {
            statement.execute("RESET PERSIST");
        }
        statement.execute("FLUSH STATUS");
        resetBinaryLog(statement, release);
        setBack(statement);
        return differences(of(statement, release));
    }

    private List<String> differences(ServerState now) {
        List<String> differences = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (!value.equals(now.variables.get(name))) {
                differences.add(name + " is " + now.variables.get(name) + " instead of " + value);
            }
        });
        parts.forEach((part, rows) -> {
            List<String> others = now.parts.getOrDefault(part, List.of());
            if (!rows.equals(others)) {
                List<String> different = new ArrayList<>(added(part, others));
                rows.stream().filter(row -> !others.contains(row)).forEach(different::add);
                differences.add(part + " " + different.subList(0, Math.min(5, different.size())));
            }
        });
        return differences;
    }

    private List<String> added(String part, List<String> now) {
        List<String> before = parts.getOrDefault(part, List.of());
        return now.stream().filter(row -> !before.contains(row)).toList();
    }

    /** What is refused may have to wait for the second call; what stays different is found in the end. */
    private void setBack(Statement statement) throws SQLException {
        Map<String, String> now = variables(statement);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            String other = now.getOrDefault(name, variable.getValue());
            if (!other.equals(variable.getValue())) {
                List<String> values =
                        name.equals("gtid_mode") ? gtidModes(other, variable.getValue()) : List.of(variable.getValue());
                for (String value : values) {
                    succeeds(statement, "SET GLOBAL " + name + " = " + literal(value));
                }
            }
        }
    }

    /** The modes on the way from one to the other: the server takes one step at a time. */
    private static List<String> gtidModes(String from, String to) {
        List<String> steps = new ArrayList<>();
        int end = GTID_MODES.indexOf(to);
        for (int at = GTID_MODES.indexOf(from); at != end; ) {
            at += Integer.signum(end - at);
            steps.add(GTID_MODES.get(at));
        }
        return steps;
    }

    private static void killConnections(Statement statement) throws SQLException {
        for (int attempt = 0; attempt < 200; attempt++) {
            List<String> ids = rows(statement, OTHER_CONNECTIONS);
            if (ids.isEmpty()) {
                return;
            }
            for (String id : ids) {
                try {
                    statement.execute("KILL " + id);
                } catch (SQLException e) {
                    if (e.getErrorCode() != NO_SUCH_THREAD) {
                        throw e;
                    }
                }
            }
            statement.execute("DO SLEEP(0.01)");
        }
        throw new SQLException("connections of the test do not end");
    }

    private void forgetChannels(Statement statement) throws SQLException {
        if (release.isMariaDb()) {
            statement.execute("STOP ALL SLAVES");
            for (String channel : firstColumn(statement, replicaStatus(release))) {
                statement.execute("RESET SLAVE " + quoted(channel) + " ALL");
            }
        } else if (!rows(statement, replicaStatus(release)).isEmpty()) {
            String replica = hasNewWords(release) ? "REPLICA" : "SLAVE";
            statement.execute("STOP " + replica);
            statement.execute("RESET " + replica + " ALL");
        }
    }

    private static void resetBinaryLog(Statement statement, Release release) throws SQLException {
        if (logs(variables(statement))) {
            statement.execute(hasNewWords(release) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER");
        }
    }

    private static boolean logs(Map<String, String> variables) {
        return "ON".equals(variables.get("log_bin"));
    }

    private static String replicaStatus(Release release) {
        return hasNewWords(release)
                ? "SHOW REPLICA STATUS"
                : release.isMariaDb() ? "SHOW ALL SLAVES STATUS" : "SHOW SLAVE STATUS";
    }

    private static boolean hasNewWords(Release release) {
        return release == Release.MYSQL_8_4 || release == Release.MYSQL_9_7;
    }

    private static List<String> tablespaces(Statement statement, Release release) throws SQLException {
        return switch (release) {
            case MYSQL_5_6, MARIADB_10_11 -> List.of();
            case MYSQL_5_7 -> rows(statement, generalTablespaces("INNODB_SYS_TABLESPACES"));
            case MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> rows(statement, generalTablespaces("INNODB_TABLESPACES"));
        };
    }

    private static String generalTablespaces(String view) {
        return "SELECT NAME FROM information_schema." + view + " WHERE SPACE_TYPE = 'General' ORDER BY 1";
    }

    private static Map<String, String> variables(Statement statement) throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (ResultSet row = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            while (row.next()) {
                variables.put(row.getString(1), row.getString(2));
            }
        }
        return variables;
    }

    /** Each row as its values with tabs between them. */
    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("\t", row));
            }
        }
        return rows;
    }

    private static List<String> firstColumn(Statement statement, String sql) throws SQLException {
        return rows(statement, sql).stream().map(row -> row.split("\t", 2)[0]).toList();
    }

    /** Makes sure that a variable has an option's value. */
    static void set(Statement statement, String name, String value) throws SQLException {
        if (!has(statement, name, value)) {
            statement.execute("SET GLOBAL " + name + " = " + literal(value));
            if (!has(statement, name, value)) {
                throw new SQLException("SET GLOBAL " + name + " = " + literal(value) + " has given it another value");
            }
        }
    }

    /** Whether a variable has an option's value; false if there is no such variable. */
    static boolean has(Statement statement, String name, String value) throws SQLException {
        String now = variables(statement).get(name);
        return now != null && comparable(now).equals(comparable(value));
    }

    /** Whether the variable can be set at run time: it is set to what it is. */
    static boolean isDynamic(Statement statement, String name) throws SQLException {
        return succeeds(statement, "SET GLOBAL " + name + " = @@GLOBAL." + name);
    }

    /** False if the server refuses the statement, for whatever reason; a connection that is lost has no error number. */
    private static boolean succeeds(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) {
                throw e;
            }
            return false;
        }
    }

    private static String comparable(String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "ON", "TRUE" -> "1";
            case "OFF", "FALSE" -> "0";
            default ->
                NUMBER.matcher(upper).matches()
                        ? new BigDecimal(literal(upper)).stripTrailingZeros().toPlainString()
                        : upper;
        };
    }

    /** As SQL has it; an option's {@code 1M} is a number too. */
    private static String literal(String value) {
        Matcher number = NUMBER.matcher(value.toUpperCase(Locale.ROOT));
        if (!number.matches()) {
            return quoted(value);
        }
        int power = " KMG".indexOf(number.group(2).isEmpty() ? " " : number.group(2));
        return new BigDecimal(number.group(1))
                .multiply(BigDecimal.valueOf(1L << (10 * power)))
                .toPlainString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
