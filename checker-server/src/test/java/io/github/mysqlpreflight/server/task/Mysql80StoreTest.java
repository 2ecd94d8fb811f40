/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

@NeedsServer(Release.MYSQL_8_0)
final class Mysql80StoreTest extends StoreContract {
    private MysqlStore store;

    @BeforeAll
    void open() {
        store = MysqlStore.on(Release.MYSQL_8_0);
    }

    @Override
    StoreSettings settings() {
        return store.settings(Given.KEY);
    }

    @Override
    StoreSettings settings(Password key) {
        return store.settings(key);
    }

    @Override
    List<byte[]> everythingStored() {
        return store.rows().everything();
    }

    @Override
    long executions() {
        return store.rows().executions();
    }

    @Override
    long secrets() {
        return store.rows().secrets();
    }
}
