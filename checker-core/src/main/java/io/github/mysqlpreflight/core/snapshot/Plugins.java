/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's plugins, those that are compiled in included.
 *
 * @param list one entry a plugin, in the server's order
 */
public record Plugins(List<Plugin> list) {
    static FactCodec<Plugins> codec() {
        return new RowsCodec<>(
                Plugins::list,
                Plugins::new,
                one -> RowsCodec.fields(one.name, one.status, one.type, one.library),
                row -> new Plugin(row.text(0), row.text(1), row.text(2), row.nullable(3)));
    }

    public Plugins {
        list = List.copyOf(list);
    }

    /**
     * One plugin.
     *
     * @param name its name
     * @param status {@code ACTIVE}, {@code DISABLED} …
     * @param type {@code STORAGE ENGINE}, {@code AUTHENTICATION} …
     * @param library the file it was loaded from; null for one that is compiled in
     */
    public record Plugin(
            String name,
            String status,
            String type,
            @Nullable String library) {
        public Plugin {
            requireNonNull(name, "name is null");
            requireNonNull(status, "status is null");
            requireNonNull(type, "type is null");
        }
    }
}
