/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The connections that were doing something, without the text of their statements; our own are left out.
 *
 * @param list one entry a connection that was not idle, at most {@link #MOST}
 * @param idle how many connections were idle
 */
public record Processes(List<Busy> list, long idle) {
    /** More are not read. */
    public static final int MOST = 5_000;

    public Processes {
        list = List.copyOf(list);
    }

    static final class Codec implements FactCodec<Processes> {
        private static final RowsCodec<List<Busy>, Busy> ROWS = new RowsCodec<>(
                list -> list,
                list -> list,
                one -> RowsCodec.fields(
                        one.connection, one.user, one.command, one.seconds, one.state, one.schema, one.statement),
                row -> new Busy(
                        row.number(0),
                        row.text(1),
                        row.text(2),
                        row.number(3),
                        row.text(4),
                        row.nullable(5),
                        row.nullable(6)));

        @Override
        public void write(Processes value, JsonGenerator out) {
            out.writeStartObject();
            out.writeNumberProperty("idle", value.idle);
            out.writeName("busy");
            ROWS.write(value.list, out);
            out.writeEndObject();
        }

        @Override
        public Processes read(JsonParser in) {
            long[] idle = new long[1];
            List<List<Busy>> busy = new ArrayList<>();
            Json.readObject(in, name -> {
                switch (name) {
                    case "idle" -> idle[0] = in.getLongValue();
                    case "busy" -> busy.add(ROWS.read(in));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new Processes(busy.isEmpty() ? List.of() : busy.get(0), idle[0]);
        }
    }

    /**
     * One connection.
     *
     * @param connection its number
     * @param user whose it is; {@code system user} for the server's own
     * @param command {@code Query}, {@code Binlog Dump}, {@code Daemon} …
     * @param seconds how long it has been in its state
     * @param state what it does or waits for; empty where the server says nothing
     * @param schema its default database; null where it has none
     * @param statement the kind of statement if it is one that changes definitions, such as {@code ALTER TABLE}; null otherwise
     */
    public record Busy(
            long connection,
            String user,
            String command,
            long seconds,
            String state,
            @Nullable String schema,
            @Nullable String statement) {
        public Busy {
            requireNonNull(user, "user is null");
            requireNonNull(command, "command is null");
            requireNonNull(state, "state is null");
        }
    }
}
