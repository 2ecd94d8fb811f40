/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import io.github.mysqlpreflight.core.source.Password;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks are kept: in a directory of this machine, for one instance, or in a database, for several. Exactly one of the two is there.
 *
 * @param directory the directory of the embedded database; null for a database elsewhere
 * @param jdbcUrl {@code jdbc:mysql:…} or {@code jdbc:postgresql:…} without user and password; null for the embedded one
 * @param user the account in that database; null where the URL needs none
 * @param password its password; null for none
 * @param keyFile the file of the key that secrets are encrypted with; null for the environment's, or the embedded store's own
 * @param key the key itself, 32 bytes in Base64, from the environment; null for the file's
 */
public record StoreSettings(
        @Nullable Path directory,
        @Nullable String jdbcUrl,
        @Nullable String user,
        @Nullable Password password,
        @Nullable Path keyFile,
        @Nullable Password key) {
    public StoreSettings {
        if ((directory == null) == (jdbcUrl == null)) {
            throw new IllegalArgumentException("a store is a directory or a database");
        }
    }
}
