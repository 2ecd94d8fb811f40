/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the views that the account may see are made of, those of the server's own databases left out.
 *
 * @param list one entry a view, in the server's order
 */
public record Views(List<View> list) {
    static FactCodec<Views> codec() {
        return new RowsCodec<>(Views::list, Views::new, Views::fields, Views::ofRow);
    }

    public Views {
        list = List.copyOf(list);
    }

    private static @Nullable Object[] fields(View view) {
        List<@Nullable Object> fields = new ArrayList<>();
        Collections.addAll(fields, view.schema, view.name, view.definer, view.security, view.definition);
        List<Reference> references = view.references;
        fields.add(references != null);
        if (references != null) {
            for (Reference reference : references) {
                fields.add(reference.schema);
                fields.add(reference.table);
            }
        }
        return fields.toArray();
    }

    private static View ofRow(RowsCodec.Row row) {
        List<Reference> references = new ArrayList<>();
        for (int i = 6; row.nullable(i) != null; i += 2) {
            references.add(new Reference(row.text(i), row.text(i + 1)));
        }
        return new View(
                row.text(0), row.text(1), row.text(2), row.text(3), row.nullable(4), row.flag(5) ? references : null);
    }

    /**
     * A table or view that a view reads.
     *
     * @param schema the database it is in
     * @param table its name; it need not be there
     */
    public record Reference(String schema, String table) {
        public Reference {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }
    }

    /**
     * One view.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param definer user@host, without quotes
     * @param security {@code DEFINER} or {@code INVOKER}
     * @param definition its SELECT in the server's canonical form; null where the account may not read it: without SHOW VIEW, and on
     *     8.0.15 also where it is not the definer
     * @param references what it reads, each once; null where the server does not say (before 8.0.13, MariaDB) or the
     *     account may not know
     */
    public record View(
            String schema,
            String name,
            String definer,
            String security,
            @Nullable String definition,
            @Nullable List<Reference> references) {
        public View {
            references = references == null ? null : List.copyOf(references);
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(security, "security is null");
        }

        /** A view of which the server does not say what it reads. */
        public View(String schema, String name, String definer, String security, @Nullable String definition) {
            this(schema, name, definer, security, definition, null);
        }
    }
}
