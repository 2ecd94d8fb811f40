/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.source.SourceSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a probe works with: a connection, and what the first probes found out. Used by one thread. */
final class ProbeContext {
    /** A streamed result tells its progress after so many rows. */
    private static final int PROGRESS_ROWS = 1_000;

    private static final int SYNTAX_ERROR = 1064;

    private final Connection connection;
    private final Collection<FactKey<?>> wanted;
    private final Map<FactKey<?>, Fact<?>> facts;
    private final Map<FactKey<?>, Object> also = new HashMap<>();
    private final LongConsumer progress;

    /**
     * What one probe works with.
     *
     * @param wanted the facts that are asked for
     * @param facts what is known so far; other threads add to it
     */
    ProbeContext(
            Connection connection,
            Collection<FactKey<?>> wanted,
            Map<FactKey<?>, Fact<?>> facts,
            LongConsumer progress) {
        this.connection = connection;
        this.wanted = wanted;
        this.facts = facts;
        this.progress = progress;
    }

    /** Whether that fact is asked for. */
    boolean wants(FactKey<?> key) {
        return wanted.contains(key);
    }

    /** A fact that was read before; null where it is not known, or not yet. */
    <T> @Nullable T known(FactKey<T> key) {
        // Each probe puts a fact of its key's type.
        @SuppressWarnings("unchecked")
        Fact<T> fact = (Fact<T>) facts.get(key);
        return fact instanceof Fact.Known<T> known ? known.value() : null;
    }

    /**
     * A fact that was read before, without which there is nothing to read.
     *
     * @throws SQLException when it is not known, in the words and with the number that it failed with
     */
    <T> T required(FactKey<T> key) throws SQLException {
        T value = known(key);
        if (value != null) {
            return value;
        }
        if (facts.get(key) instanceof Fact.Unavailable<?> open) {
            throw new SQLException(key.title() + ": " + open.message(), open.sqlState(), open.errorCode());
        }
        throw new SQLException(key.title() + " were not read");
    }

    /** Fills one of the facts that {@link Probe#also} names. */
    <T> void also(FactKey<T> key, T value) {
        also.put(key, value);
    }

    /** What {@link #also} was given for that fact; null for nothing. */
    @Nullable
    Object alsoFilled(FactKey<?> key) {
        return also.get(key);
    }

    /** Takes one row of a result. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Runs a statement whose result is small. */
    void query(String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SourceSession.STATEMENT_COMMENT + sql)) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }

    /** Runs the first statement, or the second where the server does not know the first one's words (1064). */
    void queryEither(String sql, String otherwise, RowReader reader) throws SQLException {
        try {
            query(sql, reader);
        } catch (SQLException e) {
            if (e.getErrorCode() != SYNTAX_ERROR) {
                throw e;
            }
            query(otherwise, reader);
        }
    }

    /** Runs a statement whose result may be large: rows arrive one by one and are never held together. */
    void stream(String sql, RowReader reader) throws SQLException {
        stream(sql, reader, 0);
    }

    /** The same for one of several statements, which tells its progress with the rows that were read before. */
    void stream(String sql, RowReader reader, long readBefore) throws SQLException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet result = statement.executeQuery(SourceSession.STATEMENT_COMMENT + sql)) {
                long rows = 0;
                while (result.next()) {
                    reader.read(result);
                    if ((readBefore + ++rows) % PROGRESS_ROWS == 0) {
                        progress.accept(readBefore + rows);
                    }
                }
            }
        }
    }

    /** Sets a variable of the session. */
    void set(String assignment) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SourceSession.STATEMENT_COMMENT + "SET SESSION " + assignment);
        }
    }

    /** Whether there is no connection any more. */
    boolean isCut() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Whether the server is a MariaDB. */
    boolean isMariaDb() throws SQLException {
        return versionText().toLowerCase(Locale.ROOT).contains("mariadb");
    }

    /** Whether the server is at least that version of MySQL; never for MariaDB, whose numbers mean other things. */
    boolean isMySqlAtLeast(int major, int minor, int patch) throws SQLException {
        return !isMariaDb() && ServerVersion.ofServer(versionText()).atLeast(major, minor, patch);
    }

    /** Whether the server is a MariaDB of at least that version. */
    boolean isMariaDbAtLeast(int major, int minor, int patch) throws SQLException {
        return isMariaDb() && ServerVersion.ofServer(versionText()).atLeast(major, minor, patch);
    }

    /** The roles in force, as CURRENT_ROLE() named them; null where the session's facts are not known. */
    @Nullable
    SessionFacts session() {
        return known(Facts.SESSION);
    }

    /** The variable, since a gateway may greet in another server's name; the greeting where there is no variable. */
    private String versionText() throws SQLException {
        ServerVariables variables = known(Facts.VARIABLES);
        String version = variables == null ? null : variables.get("version");
        return version == null ? connection.getMetaData().getDatabaseProductVersion() : version;
    }

    /** A column of the current row, or the fallback where it is NULL. */
    static String text(ResultSet row, int column, String fallback) throws SQLException {
        String value = row.getString(column);
        return value == null ? fallback : value;
    }

    /** A column of the current row that must not be NULL. */
    static String text(ResultSet row, int column) throws SQLException {
        String value = row.getString(column);
        if (value == null) {
            throw new SQLException("the server answered NULL in column " + column + " where a value belongs");
        }
        return value;
    }
}
