/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An empty database on a shared server, with an account that may do what an operator grants. */
record MysqlStore(String url, String user) {
    private static final AtomicInteger NEXT = new AtomicInteger();

    static MysqlStore on(Release release) {
        TestServer server = SharedServers.get(release);
        String name = "preflight_store_" + NEXT.incrementAndGet();
        server.execute("CREATE DATABASE " + name);
        server.createAccountWithPlugin(name, "pw", "mysql_native_password");
        server.execute("GRANT ALL ON " + name + ".* TO '" + name + "'@'%'");
        String parameters = release.offersModernTls() ? "" : "?sslMode=DISABLED";
        return new MysqlStore("jdbc:mysql://" + server.host() + ":" + server.port() + "/" + name + parameters, name);
    }

    StoreSettings settings(@Nullable Password key) {
        return new StoreSettings(null, url, user, Password.of("pw"), null, key);
    }

    Rows rows() {
        return new Rows(url, user, "pw");
    }
}
