/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DumpClientTest {
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void dumpsAnyServerAndLoadsIntoAnother(Release release) {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        try (TestServer source = TestServer.of(release).borrow();
                TestServer target = TestServer.of(Release.MYSQL_8_0).borrow()) {
            source.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(20))");
            source.execute("INSERT INTO shop.item VALUES (1, 'p\u00e8re'), (2, NULL)");
            source.createAccount("mig", "s3'c\\ret", "SELECT", "PROCESS");

            DumpClient.Dump dump = client.dump(
                    source, "mig", "s3'c\\ret", "--single-transaction", "--set-gtid-purged=OFF", "--databases", "shop");

            assertThat(dump.errors()).isEmpty();
            assertThat(dump.exitCode()).isZero();
            assertThat(dump.text()).contains("CREATE TABLE `item`").contains("p\u00e8re");
            DumpClient.Result loaded = client.load(dump, target);
            assertThat(loaded.succeeded()).as(loaded.errors()).isTrue();
            assertThat(target.query("SELECT name FROM shop.item WHERE id = 1"))
                    .isEqualTo(List.of(List.of("p\u00e8re")));
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void tellsWhatWentWrong() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);

        DumpClient.Dump dump = DumpClient.of(Release.MYSQL_9_7).dump(server, "root", "", "--databases", "nowhere");

        assertThat(dump.exitCode()).isEqualTo(2);
        assertThat(dump.succeeded()).isFalse();
        assertThat(dump.errors()).contains("Unknown database 'nowhere'");
    }

    @Test
    @NeedsServer(Release.MYSQL_5_6)
    void thereIsAnOldOne() {
        TestServer server = SharedServers.get(Release.MYSQL_5_6);

        DumpClient.Dump dump = DumpClient.of(Release.MYSQL_5_6).dump(server, "root", "", "--databases", "mysql");

        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
    }
}
