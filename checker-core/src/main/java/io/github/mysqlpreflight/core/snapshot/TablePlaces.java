/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What InnoDB keeps elsewhere than in tablespaces of their own in the data directory. A whole table in the system tablespace is not among it:
 * every server has one.
 *
 * @param tablespaces names of the general tablespaces, used or not
 * @param list one entry a table that lies elsewhere, as a whole or in parts
 */
public record TablePlaces(List<String> tablespaces, List<Place> list) {
    public TablePlaces {
        tablespaces = List.copyOf(tablespaces);
        list = List.copyOf(list);
    }

    /**
     * Where one table lies.
     *
     * @param schema the database it is in
     * @param table its name
     * @param tablespace the general tablespace that it lies in as a whole; null for none
     * @param directory the directory that holds its files, or those of a partition, outside of the data directory; null for none
     * @param sharedPartitions how many of its partitions lie in a shared tablespace, which only 5.7 has
     * @param generalPartitions how many of those lie in a general tablespace, which the table's definition names; the others lie in the
     *     system tablespace, named or because innodb_file_per_table was off
     */
    public record Place(
            String schema,
            String table,
            @Nullable String tablespace,
            @Nullable String directory,
            long sharedPartitions,
            long generalPartitions) {
        public Place {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }
    }

    static final class Codec implements FactCodec<TablePlaces> {
        private static final RowsCodec<List<Place>, Place> ROWS = new RowsCodec<>(
                rows -> rows,
                rows -> rows,
                one -> RowsCodec.fields(
                        one.schema,
                        one.table,
                        one.tablespace,
                        one.directory,
                        one.sharedPartitions,
                        one.generalPartitions),
                row -> new Place(
                        row.text(0), row.text(1), row.nullable(2), row.nullable(3), row.number(4), row.number(5)));

        @Override
        public void write(TablePlaces value, JsonGenerator out) {
            out.writeStartObject();
            Json.writeStrings(out, "tablespaces", value.tablespaces);
            out.writeName("tables");
            ROWS.write(value.list, out);
            out.writeEndObject();
        }

        @Override
        public TablePlaces read(JsonParser in) {
            Builder builder = new Builder();
            Json.readObject(in, name -> {
                switch (name) {
                    case "tablespaces" -> builder.tablespaces = Json.readList(in, Json::readString);
                    case "tables" -> builder.list = ROWS.read(in);
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new TablePlaces(builder.tablespaces, builder.list);
        }
    }

    private static final class Builder {
        private List<String> tablespaces = List.of();
        private List<Place> list = List.of();
    }
}
