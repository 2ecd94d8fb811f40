/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * A real server for shell scripts: starts one, says where it is, and runs the SQL that it is fed as root.
 *
 * <p>{@code Serve RELEASE [name=value …]}. The first line of output is the port. Then each statement of standard input is
 * executed, and answered with the rows of its result and a line {@code ok} or {@code error: …}. The server ends with the
 * input.
 */
public final class Serve {
    private Serve() {}

    /** Ends with 0 when the input ended, with 1 when a statement failed. */
    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TestServer.Builder builder = TestServer.of(Release.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            builder = builder.with(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        boolean failed = false;
        try (TestServer server = builder.start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                Connection connection = server.connect()) {
            out.println(server.port());
            SqlScript script = new SqlScript();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                for (String sql : script.next(line)) {
                    failed |= !run(connection, sql, out);
                }
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static boolean run(Connection connection, String sql, PrintStream out) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                print(statement.getResultSet(), out);
            }
            out.println("ok");
            return true;
        } catch (SQLException e) {
            out.println("error: " + e.getMessage());
            return false;
        }
    }

    private static void print(ResultSet result, PrintStream out) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(i > 1 ? "\t" : "").append(result.getString(i));
            }
            out.println(row);
        }
    }
}
