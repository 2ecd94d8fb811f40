/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsPostgres;
import io.github.mysqlpreflight.testkit.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

@NeedsPostgres
final class PostgresStoreTest extends StoreContract {
    private PostgresServer server;

    @BeforeAll
    void open() {
        server = PostgresServer.shared();
        server.createDatabase("preflight_contract");
    }

    private Rows rows() {
        return new Rows(server.jdbcUrl("preflight_contract"), server.user(), "");
    }

    @Override
    StoreSettings settings() {
        return settings(Given.KEY);
    }

    @Override
    StoreSettings settings(Password key) {
        return new StoreSettings(null, server.jdbcUrl("preflight_contract"), server.user(), null, null, key);
    }

    @Override
    List<byte[]> everythingStored() {
        return rows().everything();
    }

    @Override
    long executions() {
        return rows().executions();
    }

    @Override
    long secrets() {
        return rows().secrets();
    }
}
