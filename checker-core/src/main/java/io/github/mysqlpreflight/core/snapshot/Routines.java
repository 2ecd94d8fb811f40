/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored procedures and functions that the account may see, those of the {@code sys} database left out.
 *
 * @param list one entry a routine, in the server's order
 */
public record Routines(List<Routine> list) {
    static FactCodec<Routines> codec() {
        return new RowsCodec<>(
                Routines::list,
                Routines::new,
                one -> RowsCodec.fields(
                        one.schema,
                        one.name,
                        one.type,
                        one.definer,
                        one.security,
                        one.dataAccess,
                        one.deterministic,
                        one.sqlMode,
                        one.returns,
                        one.databaseCollation,
                        one.body),
                row -> new Routine(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.flag(6),
                        row.text(7),
                        row.nullable(8),
                        row.nullable(9),
                        row.nullable(10)));
    }

    public Routines {
        list = List.copyOf(list);
    }

    /**
     * One routine.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param type {@code PROCEDURE}, {@code FUNCTION}; MariaDB also {@code PACKAGE} and {@code PACKAGE BODY}
     * @param definer user@host, without quotes
     * @param security {@code DEFINER} or {@code INVOKER}
     * @param dataAccess {@code CONTAINS SQL}, {@code NO SQL}, {@code READS SQL DATA} or {@code MODIFIES SQL DATA}
     * @param deterministic whether it says that it is
     * @param sqlMode the mode it was created under
     * @param returns type of a function's result with its character set; null for others
     * @param databaseCollation the collation of its database when it was created; null where the server does not say
     * @param body its statements; null where the account may not read them
     */
    public record Routine(
            String schema,
            String name,
            String type,
            String definer,
            String security,
            String dataAccess,
            boolean deterministic,
            String sqlMode,
            @Nullable String returns,
            @Nullable String databaseCollation,
            @Nullable String body) {
        public Routine {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(security, "security is null");
            requireNonNull(dataAccess, "dataAccess is null");
            requireNonNull(sqlMode, "sqlMode is null");
        }
    }
}
