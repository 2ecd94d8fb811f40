/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server is: version and flavour, recognised from its facts.
 *
 * <p>Derived, never stored, so that a newer version of this tool recognises more in an old snapshot. The signals stand
 * in the reference of source readiness; one that was denied leaves the question open and is no proof of the contrary.
 *
 * @param version as numbers
 * @param versionText as the server says it
 * @param flavor what kind of server
 * @param managedOnRds whether it is a MariaDB that Amazon RDS runs; the flavour tells it for MySQL
 */
public record Server(ServerVersion version, String versionText, Flavor flavor, boolean managedOnRds) {
    public Server {
        requireNonNull(version, "version is null");
        requireNonNull(versionText, "versionText is null");
        requireNonNull(flavor, "flavor is null");
    }

    /**
     * Recognises the server.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when its variables are not known
     */
    public static Server of(Snapshot snapshot) {
        ServerVariables variables = snapshot.get(Facts.VARIABLES);
        String text = variables.get("version");
        String versionText = text == null ? "0.0" : text;
        boolean rdsSigns = isRdsDirectory(variables) || hasRdsTables(snapshot);
        Flavor flavor = recognise(variables, versionText, host(snapshot), rdsSigns);
        boolean onRds = flavor == Flavor.MARIADB && (rdsSigns || host(snapshot).endsWith(".rds.amazonaws.com"));
        return new Server(ServerVersion.ofServer(versionText), versionText, flavor, onRds);
    }

    /** The server's name and version for a report, such as {@code MySQL 8.0.15}. */
    public String title() {
        return flavor.title() + " " + versionText;
    }

    /** Whether it is MySQL's own code. */
    public boolean isMySql() {
        return flavor.isMySql();
    }

    /** Whether a vendor runs it. */
    public boolean isManaged() {
        return flavor.isManaged() || managedOnRds;
    }

    private static Flavor recognise(ServerVariables variables, String versionText, String host, boolean rdsSigns) {
        String version = versionText.toLowerCase(Locale.ROOT);
        String comment = lower(variables.get("version_comment"));
        if (version.contains("tidb") || comment.contains("tidb")) {
            return Flavor.TIDB;
        }
        if (version.contains("vitess") || comment.contains("vitess") || host.endsWith(".psdb.cloud")) {
            return Flavor.VITESS;
        }
        if (version.contains("mariadb") || comment.contains("mariadb") || variables.get("gtid_strict_mode") != null) {
            return Flavor.MARIADB;
        }
        if (variables.get("aurora_version") != null || variables.get("aurora_server_id") != null) {
            return Flavor.AURORA;
        }
        if (version.contains("-google") || comment.contains("google")) {
            return Flavor.CLOUD_SQL;
        }
        if (version.contains("-azure") || host.endsWith(".mysql.database.azure.com")) {
            return Flavor.AZURE;
        }
        if (host.endsWith(".rds.aliyuncs.com")) {
            return Flavor.ALIBABA;
        }
        if (host.endsWith(".db.ondigitalocean.com")) {
            return Flavor.DIGITALOCEAN;
        }
        if (rdsSigns || host.endsWith(".rds.amazonaws.com")) {
            return Flavor.RDS;
        }
        return comment.contains("percona") ? Flavor.PERCONA : Flavor.MYSQL;
    }

    /** Where RDS keeps its data; unlike its tables, every account sees that. */
    private static boolean isRdsDirectory(ServerVariables variables) {
        String directory = variables.get("datadir");
        return directory != null && directory.startsWith("/rdsdbdata/");
    }

    private static boolean hasRdsTables(Snapshot snapshot) {
        return snapshot.find(Facts.TABLES) instanceof Fact.Known<Tables> tables
                && (tables.value().contains("mysql", "rds_configuration")
                        || tables.value().contains("mysql", "rds_topology"));
    }

    private static String host(Snapshot snapshot) {
        return snapshot.find(Facts.CONNECTION) instanceof Fact.Known<ConnectionFacts> connection
                ? connection.value().host().toLowerCase(Locale.ROOT)
                : "";
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
