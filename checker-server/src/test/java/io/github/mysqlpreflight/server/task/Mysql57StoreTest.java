/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

@NeedsServer(Release.MYSQL_5_7)
final class Mysql57StoreTest extends StoreContract {
    private MysqlStore store;

    @BeforeAll
    void open() {
        store = MysqlStore.on(Release.MYSQL_5_7);
    }

    @Override
    Rows rows() {
        return store.rows();
    }

    @Override
    StoreSettings settings(@Nullable Password key) {
        return store.settings(key);
    }
}
