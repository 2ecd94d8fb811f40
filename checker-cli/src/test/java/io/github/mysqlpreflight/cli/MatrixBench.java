/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the matrix runs on, one source at a time and the targets it needs. Makes what a case wants, and puts the server back afterwards: cases
 * come one after the other.
 */
final class MatrixBench implements AutoCloseable {
    private static final Set<String> SYSTEM = Set.of("information_schema", "mysql", "performance_schema", "sys");
    private static final Set<String> SYSTEM_ACCOUNTS =
            Set.of("root", "mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys", "dst");
    private static final List<String> GTID_MODES = List.of("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");

    private final Map<MatrixServer, Seat> targets = new EnumMap<>(MatrixServer.class);
    private @Nullable MatrixServer current;
    private @Nullable Seat source;

    /** A running server with a connection of root that stays open whatever the settings are. */
    private record Seat(TestServer server, Connection root) implements AutoCloseable {
        static Seat take(MatrixServer which, String label) {
            TestServer server = which.builder().with("report_host", label).start();
            try {
                return new Seat(server, server.connect());
            } catch (SQLException e) {
                throw new IllegalStateException("root cannot log in to " + server, e);
            }
        }

        void execute(List<String> statements) {
            try (Statement statement = root.createStatement()) {
                for (String text : statements) {
                    execute(statement, text);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void execute(Statement statement, String text) {
            try {
                statement.execute(text);
            } catch (SQLException e) {
                throw new IllegalStateException(server + " refused: " + text + ": " + e.getMessage(), e);
            }
        }

        List<List<String>> query(String sql) {
            try (Statement statement = root.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(row);
                }
                return rows;
            } catch (SQLException e) {
                throw new IllegalStateException(server + " refused: " + sql + ": " + e.getMessage(), e);
            }
        }

        String value(String sql) {
            return query(sql).get(0).get(0);
        }

        @Override
        public void close() {
            try {
                root.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                server.close();
            }
        }
    }

    /** What was done for a case, so that it can be undone. */
    final class Setting implements AutoCloseable {
        private final MatrixCase matrixCase;
        private final @Nullable Seat seat;
        private final Map<String, String> earlier = new LinkedHashMap<>();
        private @Nullable String earlierGtidMode;

        private Setting(MatrixCase matrixCase, @Nullable Seat seat) {
            this.matrixCase = matrixCase;
            this.seat = seat;
        }

        private void make() {
            Seat there = seat;
            if (there == null) {
                return;
            }
            if (matrixCase.withoutShop) {
                there.execute(List.of("DROP DATABASE shop"));
            }
            there.execute(matrixCase.before);
            if (matrixCase.accountWanted) {
                account(there);
            }
            if (matrixCase.gtidMode != null) {
                earlierGtidMode = there.value("SELECT @@GLOBAL.gtid_mode");
                walk(there, matrixCase.gtidMode);
            }
            matrixCase.globals.forEach((name, value) -> {
                earlier.put(name, there.value("SELECT @@GLOBAL." + name));
                set(there, name, value);
            });
            there.execute(matrixCase.last);
            if (matrixCase.target != null) {
                target(matrixCase.target).execute(matrixCase.targetBefore);
            }
        }

        private void account(Seat there) {
            String words = matrixCase.identified.isEmpty() ? "BY" : matrixCase.identified;
            List<String> statements = new ArrayList<>();
            statements.add("CREATE USER " + matrixCase.account() + " IDENTIFIED " + words + " "
                    + MatrixCase.literal(matrixCase.password) + " " + matrixCase.suffix);
            for (String grant : matrixCase.grants) {
                statements.add("GRANT " + grant + " TO " + matrixCase.account());
            }
            there.execute(statements);
        }

        String host() {
            return requireNonNull(seat).server().host();
        }

        int port() {
            return requireNonNull(seat).server().port();
        }

        /** Fills in what only the running server knows. */
        String fill(String template) {
            String text = template;
            if (seat != null) {
                text = text.replace("{user}", MatrixCase.encoded(matrixCase.user))
                        .replace("{password}", MatrixCase.encoded(matrixCase.password))
                        .replace("{host}", host())
                        .replace("{port}", Integer.toString(port()));
                if (text.contains("{data}")) {
                    text = text.replace("{data}", seat.server().dataDirectory().toString());
                }
                if (text.startsWith("{size")) {
                    long size = Long.parseLong(seat.value("SELECT SUM(DATA_LENGTH + INDEX_LENGTH) FROM"
                            + " information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'"));
                    text = Long.toString(size + Long.parseLong(text.substring(5, text.length() - 1)));
                }
            }
            if (matrixCase.target != null && text.equals("{target}")) {
                text = target(matrixCase.target).server().uri("dst", MatrixCase.PASSWORD);
            }
            return text;
        }

        /** Takes away what the server remembers of logins, so that the next one goes as the first did. */
        void forgetLogins() {
            Seat there = seat;
            if (there != null) {
                there.execute(List.of("FLUSH NO_WRITE_TO_BINLOG PRIVILEGES"));
            }
        }

        /** The URI of the case; empty where the server is named in another way. */
        String uri() {
            String template = matrixCase.uri;
            if (template != null) {
                return fill(template);
            }
            TestServer server = requireNonNull(seat).server();
            if (matrixCase.query.isEmpty()) {
                return server.uri(matrixCase.user, matrixCase.password);
            }
            return fill("mysql://{user}:{password}@{host}:{port}/" + matrixCase.query);
        }

        @Override
        public void close() {
            Seat there = seat;
            if (there == null) {
                return;
            }
            if (matrixCase.target != null) {
                target(matrixCase.target).execute(matrixCase.targetUndo);
            }
            there.execute(matrixCase.undo);
            List<String> names = new ArrayList<>(earlier.keySet());
            for (int i = names.size() - 1; i >= 0; i--) {
                set(there, names.get(i), requireNonNull(earlier.get(names.get(i))));
            }
            if (earlierGtidMode != null) {
                walk(there, earlierGtidMode);
            }
            tidy(there, String.join(" ", matrixCase.before).contains("shop."));
        }
    }

    /** Starts what the case needs and makes its state. */
    Setting prepare(MatrixCase matrixCase) {
        if (current != matrixCase.server) {
            close();
            current = matrixCase.server;
            if (matrixCase.server != MatrixServer.NONE) {
                Seat started = Seat.take(matrixCase.server, "source");
                source = started;
                started.execute(shop());
            }
        }
        Setting setting = new Setting(matrixCase, source);
        try {
            setting.make();
        } catch (IllegalStateException e) {
            setting.close();
            throw e;
        }
        return setting;
    }

    private Seat target(MatrixServer which) {
        return targets.computeIfAbsent(which, name -> {
            Seat seat = Seat.take(name, "target");
            seat.execute(List.of(
                    "SET SESSION sql_log_bin = 0",
                    "CREATE USER dst@'%' IDENTIFIED BY '" + MatrixCase.PASSWORD + "'",
                    "GRANT ALL ON *.* TO dst@'%'"));
            return seat;
        });
    }

    private static List<String> shop() {
        return List.of(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20), KEY (note)) ENGINE=InnoDB",
                "INSERT INTO shop.orders VALUES (1, 'one'), (2, 'two')");
    }

    private static void set(Seat seat, String name, String value) {
        boolean number = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
        seat.execute(List.of("SET GLOBAL " + name + " = " + (number ? value : "'" + value.replace("'", "''") + "'")));
    }

    /** Step by step: the server takes no other way. */
    private static void walk(Seat seat, String wanted) {
        int at = GTID_MODES.indexOf(seat.value("SELECT @@GLOBAL.gtid_mode"));
        int to = GTID_MODES.indexOf(wanted);
        while (at != to) {
            at += Integer.signum(to - at);
            seat.execute(List.of("SET GLOBAL gtid_mode = " + GTID_MODES.get(at)));
        }
    }

    private static void tidy(Seat seat, boolean changed) {
        List<String> statements = new ArrayList<>();
        boolean shopThere = false;
        for (List<String> row : seat.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")) {
            String name = row.get(0);
            if (name.equals("shop")) {
                shopThere = !changed;
                if (changed) {
                    statements.add("DROP DATABASE shop");
                }
            } else if (!SYSTEM.contains(name.toLowerCase(Locale.ROOT))) {
                statements.add("DROP DATABASE `" + name.replace("`", "``") + "`");
            }
        }
        boolean mariaDb = seat.server().release().isMariaDb();
        for (List<String> row :
                seat.query("SELECT User, Host, " + (mariaDb ? "is_role" : "'N'") + " FROM mysql.user")) {
            if (!SYSTEM_ACCOUNTS.contains(row.get(0))) {
                statements.add(
                        row.get(2).equals("Y")
                                ? "DROP ROLE " + MatrixCase.literal(row.get(0))
                                : "DROP USER " + MatrixCase.literal(row.get(0)) + "@" + MatrixCase.literal(row.get(1)));
            }
        }
        if (!shopThere) {
            statements.addAll(shop());
        }
        seat.execute(statements);
    }

    @Override
    public void close() {
        targets.values().forEach(Seat::close);
        targets.clear();
        Seat last = source;
        source = null;
        current = null;
        if (last != null) {
            last.close();
        }
    }
}
