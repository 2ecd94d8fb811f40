/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What SHOW BINARY LOG STATUS (before 8.2: SHOW MASTER STATUS) answered.
 *
 * @param current the current position; null where the answer was empty, that is where the binary log is off
 */
public record BinaryLogStatus(@Nullable Position current) {

    /**
     * The row of the answer.
     *
     * @param file name of the current binary log file
     * @param position offset in that file, bytes
     * @param doDatabases Binlog_Do_DB, comma separated; empty where there is no such filter
     * @param ignoredDatabases Binlog_Ignore_DB, comma separated; empty where there is no such filter
     * @param executedGtidSet Executed_Gtid_Set; empty where no transaction has a GTID, null where there is no such column
     */
    public record Position(
            String file,
            long position,
            String doDatabases,
            String ignoredDatabases,
            @Nullable String executedGtidSet) {
        public Position {
            requireNonNull(file, "file is null");
            requireNonNull(doDatabases, "doDatabases is null");
            requireNonNull(ignoredDatabases, "ignoredDatabases is null");
        }
    }

    static final class Codec implements FactCodec<BinaryLogStatus> {
        @Override
        public void write(BinaryLogStatus value, JsonGenerator out) {
            out.writeStartArray();
            Position current = value.current;
            if (current != null) {
                out.writeString(current.file);
                out.writeString(Long.toString(current.position));
                out.writeString(current.doDatabases);
                out.writeString(current.ignoredDatabases);
                out.writeString(current.executedGtidSet);
            }
            out.writeEndArray();
        }

        @Override
        public BinaryLogStatus read(JsonParser in) {
            var row = Json.readRow(in, 0);
            if (row.isEmpty()) {
                return new BinaryLogStatus(null);
            }
            if (row.size() < 5) {
                throw new SnapshotFormatException("the binary log's status is incomplete");
            }
            return new BinaryLogStatus(new Position(
                    Json.required(row.get(0), "file"),
                    Long.parseLong(Json.required(row.get(1), "position")),
                    Json.required(row.get(2), "doDatabases"),
                    Json.required(row.get(3), "ignoredDatabases"),
                    row.get(4)));
        }
    }
}
