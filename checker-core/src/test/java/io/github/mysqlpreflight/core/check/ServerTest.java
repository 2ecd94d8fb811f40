/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    db | 8.0.36 | MySQL Community Server - GPL | | MYSQL
                    db | 5.7.44-log | MySQL Community Server (GPL) | | MYSQL
                    db | 8.0.36-28 | Percona Server (GPL), Release 28 | | PERCONA
                    db | 8.0.36-28.1 | Percona XtraDB Cluster (GPL) | wsrep_on | PERCONA
                    db | 10.11.6-MariaDB-log | mariadb.org binary distribution | | MARIADB
                    db | 10.6.14 | Source distribution | gtid_strict_mode | MARIADB
                    db | 8.0.28 | Source distribution | aurora_version | AURORA
                    db | 5.7.12-log | MySQL Community Server (GPL) | aurora_server_id | AURORA
                    x.cluster-c.eu-west-1.rds.amazonaws.com | 8.0.28 | Source distribution | aurora_version | AURORA
                    x.c.eu-west-1.rds.amazonaws.com | 8.0.35 | Source distribution | | RDS
                    X.C.EU-WEST-1.RDS.AMAZONAWS.COM | 8.0.35 | Source distribution | | RDS
                    db | 8.0.31-google | (Google) | | CLOUD_SQL
                    x.mysql.database.azure.com | 8.0.35 | MySQL Community Server (GPL) | | AZURE
                    db | 8.0.35-azure | MySQL Community Server (GPL) | | AZURE
                    rm-x.mysql.rds.aliyuncs.com | 8.0.28 | Source distribution | | ALIBABA
                    x.db.ondigitalocean.com | 8.0.30 | Source distribution | | DIGITALOCEAN
                    db | 8.0.11-TiDB-v7.5.0 | TiDB Server (Apache License 2.0) | | TIDB
                    db | 8.0.30-Vitess | Version: 18 | | VITESS
                    aws.connect.psdb.cloud | 8.0.30 | Source distribution | | VITESS
                    """)
    void recognisesTheFlavour(String host, String version, String comment, String variable, Flavor flavor) {
        Snapshot snapshot = TestData.server(
                        host, "version", version, "version_comment", comment, variable == null ? "port" : variable, "1")
                .build();
        Server server = Server.of(snapshot);
        assertThat(server.flavor()).isEqualTo(flavor);
        assertThat(server.versionText()).isEqualTo(version);
        assertThat(server.title()).isEqualTo(flavor.title() + " " + version);
        assertThat(server.isManaged()).isEqualTo(flavor.isManaged());
    }

    @Test
    void rdsIsRecognisedByItsTables() {
        Tables tables =
                new Tables(List.of(new Tables.Table("mysql", "rds_configuration", "BASE TABLE", "InnoDB", null, "")));
        assertThat(Server.of(TestData.server("10.0.0.1", "version", "8.0.35")
                                .put(Facts.TABLES, tables)
                                .build())
                        .flavor())
                .isEqualTo(Flavor.RDS);
        Server mariaDb = Server.of(TestData.server("10.0.0.1", "version", "10.6.14-MariaDB")
                .put(Facts.TABLES, tables)
                .build());
        assertThat(mariaDb.flavor()).isEqualTo(Flavor.MARIADB);
        assertThat(mariaDb.managedOnRds()).isTrue();
        assertThat(mariaDb.isManaged()).isTrue();
    }

    @Test
    void serverThatHidesOrGarblesItsVersionIsOlderThanAll() {
        assertThat(Server.of(TestData.server("db").build()).version()).isEqualTo(new ServerVersion(0, 0, 0));
        assertThat(Server.of(TestData.server("db", "version", "unknown").build())
                        .version())
                .isEqualTo(new ServerVersion(0, 0, 0));
    }
}
