/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of the matrix and what has to come of it. Unless it says otherwise: database {@code shop} with an
 * InnoDB table, account {@code mig} with what replication and a dump need, the URI of the test kit, and the verdict
 * Replication with no check that blocks.
 */
final class MatrixCase {
    static final String PASSWORD = "S3cretMark-4711";
    /** What a dump of everything needs, without what only a replica needs. */
    static final String FOR_A_DUMP = "SELECT, RELOAD, PROCESS, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES";
    /** What both need. */
    static final String NEEDED = FOR_A_DUMP + ", REPLICATION SLAVE, REPLICATION CLIENT";
    /** What of it cannot be held on a database. */
    static final String NEEDED_GLOBALLY = "RELOAD, PROCESS, REPLICATION SLAVE, REPLICATION CLIENT";
    /** What of it can, and EXECUTE, which shows that a database has no routines. */
    static final String NEEDED_ON_A_DATABASE = "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES, EXECUTE";

    private static final String UNRESERVED = "-._~";

    final MatrixServer server;
    final String name;
    final List<String> before = new ArrayList<>();
    final List<String> last = new ArrayList<>();
    final List<String> undo = new ArrayList<>();
    final Map<String, String> globals = new LinkedHashMap<>();
    final List<String> targetBefore = new ArrayList<>();
    final List<String> targetUndo = new ArrayList<>();
    final List<String> connection = new ArrayList<>();
    final List<String> arguments = new ArrayList<>();
    final Map<String, String> variables = new LinkedHashMap<>();
    final Set<String> blockers = new TreeSet<>();
    final Set<String> unknown = new TreeSet<>();
    final Set<String> found = new TreeSet<>();
    final Set<String> absent = new TreeSet<>();
    final List<String> words = new ArrayList<>();
    final List<String> unsaid = new ArrayList<>();

    @Nullable
    MatrixServer target;

    @Nullable
    String gtidMode;

    boolean accountWanted = true;
    String user = "mig";
    String password = PASSWORD;
    String identified = "";
    String suffix = "";
    List<String> grants = List.of(NEEDED + " ON *.*");

    @Nullable
    String uri;

    String query = "";
    boolean withoutShop;
    int exit;
    boolean success = true;

    @Nullable
    String method = "replication";

    String input = "";

    @Nullable
    String defaultsFile;

    private MatrixCase(MatrixServer server, String name) {
        this.server = server;
        this.name = name;
    }

    static MatrixCase on(MatrixServer server, String name) {
        return new MatrixCase(server, name);
    }

    /** A configuration for which no server is needed. */
    static MatrixCase uri(String name, String uri) {
        MatrixCase made = new MatrixCase(MatrixServer.NONE, name);
        made.uri = uri;
        made.accountWanted = false;
        return made;
    }

    /** Statements of root before the account is made, under a mode that every target knows. */
    MatrixCase sql(String... statements) {
        if (before.isEmpty()) {
            before.add("SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'");
        }
        before.addAll(List.of(statements));
        return this;
    }

    /** Statements of root when all else stands. */
    MatrixCase last(String... statements) {
        last.addAll(List.of(statements));
        return this;
    }

    /** Statements of root when all is over; databases and accounts go without. */
    MatrixCase undo(String... statements) {
        undo.addAll(List.of(statements));
        return this;
    }

    /** A global variable, put back when all is over. */
    MatrixCase global(String variable, String value) {
        globals.put(variable, value);
        return this;
    }

    MatrixCase gtid(String mode) {
        gtidMode = mode;
        return this;
    }

    MatrixCase withoutShop() {
        withoutShop = true;
        return this;
    }

    MatrixCase grants(String... some) {
        grants = List.of(some);
        return this;
    }

    /** Nobody makes the account of the URI; statements may have. */
    MatrixCase withoutAccount() {
        accountWanted = false;
        return this;
    }

    MatrixCase user(String name) {
        user = name;
        return this;
    }

    MatrixCase password(String text) {
        password = text;
        return this;
    }

    /** The words between the account and its password, such as {@code WITH mysql_native_password BY}. */
    MatrixCase identified(String clause) {
        identified = clause;
        return this;
    }

    /** Words behind CREATE USER, such as REQUIRE SSL. */
    MatrixCase suffix(String clause) {
        suffix = clause;
        return this;
    }

    /** The URI with {@code {user} {password} {host} {port} {data}}; empty: no argument. */
    MatrixCase uri(String template) {
        uri = template;
        return this;
    }

    MatrixCase sslMode(String mode) {
        query = "?ssl-mode=" + mode;
        return this;
    }

    MatrixCase arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    MatrixCase variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    MatrixCase input(String text) {
        input = text;
        return this;
    }

    MatrixCase defaultsFile(String text) {
        defaultsFile = text;
        return this;
    }

    /** Statements of root on the server that {@code {target}} stands for. */
    MatrixCase targetSql(String... statements) {
        targetBefore.addAll(List.of(statements));
        return this;
    }

    /** Statements of root that put the target back. */
    MatrixCase targetUndo(String... statements) {
        targetUndo.addAll(List.of(statements));
        return this;
    }

    /** Adds {@code --target-uri} with an account that may do all on that server. */
    MatrixCase target(MatrixServer other) {
        target = other;
        arguments.add("--target-uri");
        arguments.add("{target}");
        return this;
    }

    /** Other ways to name the server than a URI; they stand before the arguments. */
    MatrixCase connection(String... options) {
        uri = "";
        connection.addAll(List.of(options));
        return this;
    }

    MatrixCase dump(String... inResult) {
        method = "dump";
        words.add("Not all pre-checks passed successfully, preferred migration method will be [Dump]: ");
        words.addAll(List.of(inResult));
        return this;
    }

    MatrixCase dumpAsAskedFor() {
        method = "dump";
        words.add("All pre-checks passed successfully, preferred migration method will be [Dump]");
        return this;
    }

    MatrixCase fails(String... inResult) {
        return ends(3, inResult);
    }

    MatrixCase wrongUse(String... inResult) {
        return ends(2, inResult);
    }

    MatrixCase unreachable(String... inResult) {
        blockers.add("conn.source");
        return ends(4, inResult);
    }

    MatrixCase targetUnreachable(String... inResult) {
        blockers.add("tgt.connection");
        return ends(4, inResult);
    }

    private MatrixCase ends(int code, String... inResult) {
        exit = code;
        success = false;
        method = null;
        words.add("Migration pre-checks failed: ");
        words.addAll(List.of(inResult));
        return this;
    }

    MatrixCase exit(int code) {
        exit = code;
        return this;
    }

    /** Exactly these checks have findings that block, all others none. */
    MatrixCase blocks(String... ids) {
        blockers.addAll(List.of(ids));
        return this;
    }

    /** These could not be judged. */
    MatrixCase unknown(String... ids) {
        unknown.addAll(List.of(ids));
        return this;
    }

    /** These have findings, be it that they only warn. */
    MatrixCase finds(String... ids) {
        found.addAll(List.of(ids));
        return this;
    }

    /** These neither have findings nor are unknown. */
    MatrixCase silent(String... ids) {
        absent.addAll(List.of(ids));
        return this;
    }

    MatrixCase doesNotSay(String... inResult) {
        unsaid.addAll(List.of(inResult));
        return this;
    }

    String account() {
        return literal(user) + "@'%'";
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
                out.append(character);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit((octet >> 4) & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
            }
        }
        return out.toString();
    }
}
