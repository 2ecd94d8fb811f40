/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsPostgres;
import io.github.mysqlpreflight.testkit.PostgresServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

@NeedsPostgres
final class PostgresStoreTest extends StoreContract {
    private PostgresServer server;

    @BeforeAll
    void open() {
        server = PostgresServer.shared();
        server.createDatabase("preflight_contract");
    }

    @Override
    Rows rows() {
        return new Rows(server.jdbcUrl("preflight_contract"), server.user(), "");
    }

    @Override
    StoreSettings settings(@Nullable Password key) {
        return new StoreSettings(null, server.jdbcUrl("preflight_contract"), server.user(), null, null, key);
    }
}
