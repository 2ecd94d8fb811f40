/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the views that the account may see are made of, those of the server's own databases left out.
 *
 * @param list one entry a view, in the server's order
 */
public record Views(List<View> list) {
    static final FactCodec<Views> CODEC = new RowsCodec<>(
            Views::list,
            Views::new,
            one -> RowsCodec.fields(one.schema, one.name, one.definer, one.security, one.definition),
            row -> new View(row.text(0), row.text(1), row.text(2), row.text(3), row.nullable(4)));

    public Views {
        list = List.copyOf(list);
    }

    /**
     * One view.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param definer user@host, without quotes
     * @param security {@code DEFINER} or {@code INVOKER}
     * @param definition its SELECT in the server's canonical form; null where the account may not read it (SHOW VIEW)
     */
    public record View(
            String schema,
            String name,
            String definer,
            String security,
            @Nullable String definition) {
        public View {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(security, "security is null");
        }
    }
}
