/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

/** What kind of server it is, as far as it lets itself be recognised. */
public enum Flavor {
    MYSQL("MySQL", false),
    PERCONA("Percona Server", false),
    MARIADB("MariaDB", false),
    AURORA("Amazon Aurora MySQL", true),
    RDS("Amazon RDS for MySQL", true),
    CLOUD_SQL("Google Cloud SQL for MySQL", true),
    AZURE("Azure Database for MySQL", true),
    ALIBABA("ApsaraDB RDS for MySQL", true),
    DIGITALOCEAN("DigitalOcean Managed MySQL", true),
    TIDB("TiDB", false),
    VITESS("Vitess or PlanetScale", false);

    private final String title;
    private final boolean managed;

    Flavor(String title, boolean managed) {
        this.title = title;
        this.managed = managed;
    }

    /** The product's name. */
    public String title() {
        return title;
    }

    /** Whether a vendor runs it, who keeps SUPER and the option file to himself. */
    public boolean isManaged() {
        return managed;
    }

    /** Whether it is MySQL's own code and so speaks its GTIDs and binary log. */
    public boolean isMySql() {
        return switch (this) {
            case MYSQL, PERCONA, AURORA, RDS, CLOUD_SQL, AZURE, ALIBABA, DIGITALOCEAN -> true;
            case MARIADB, TIDB, VITESS -> false;
        };
    }
}
