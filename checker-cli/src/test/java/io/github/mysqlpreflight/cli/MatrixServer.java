/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;

/** The servers of the matrix: a release and the settings that cannot be changed while it runs. */
enum MatrixServer {
    /** No server: a URI that is refused before anybody connects, or one that leads nowhere. */
    NONE(Release.MYSQL_8_0),
    MYSQL_5_6(Release.MYSQL_5_6),
    MYSQL_5_6_WITHOUT_GTID(Release.MYSQL_5_6),
    MYSQL_5_7(Release.MYSQL_5_7),
    MYSQL_5_7_WITHOUT_BINARY_LOG(Release.MYSQL_5_7),
    MYSQL_8_0(Release.MYSQL_8_0),
    MYSQL_8_0_WITHOUT_BINARY_LOG(Release.MYSQL_8_0),
    MYSQL_8_0_WITHOUT_TLS(Release.MYSQL_8_0),
    MYSQL_8_0_FOLDING(Release.MYSQL_8_0),
    MYSQL_8_0_FACTORY(Release.MYSQL_8_0),
    MYSQL_9_7(Release.MYSQL_9_7),
    MYSQL_9_7_WITHOUT_BINARY_LOG(Release.MYSQL_9_7),
    MARIADB(Release.MARIADB_10_11);

    private final Release release;

    MatrixServer(Release release) {
        this.release = release;
    }

    Release release() {
        return release;
    }

    boolean hasGtids() {
        return this != MYSQL_5_6_WITHOUT_GTID && this != MYSQL_8_0_FACTORY && this != MARIADB;
    }

    /** What to start; nothing of {@link #NONE} is ever started. */
    TestServer.Builder builder() {
        TestServer.Builder builder = TestServer.of(release);
        if (hasGtids()) {
            builder = builder.with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
        }
        return switch (this) {
            case NONE, MYSQL_8_0, MYSQL_9_7, MARIADB, MYSQL_5_6_WITHOUT_GTID -> builder;
            case MYSQL_5_6, MYSQL_5_7 -> builder.with("log_slave_updates", "ON");
            case MYSQL_5_7_WITHOUT_BINARY_LOG, MYSQL_8_0_WITHOUT_BINARY_LOG, MYSQL_9_7_WITHOUT_BINARY_LOG ->
                builder.withoutBinaryLog();
            case MYSQL_8_0_WITHOUT_TLS -> builder.with("ssl", "OFF");
            case MYSQL_8_0_FOLDING ->
                builder.with("lower_case_table_names", "1").with("federated", "");
            case MYSQL_8_0_FACTORY -> builder.without("server_id").with("disconnect_on_expired_password", "OFF");
        };
    }
}
