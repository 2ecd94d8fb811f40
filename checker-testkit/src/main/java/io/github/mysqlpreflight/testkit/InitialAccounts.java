/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

/** Every server of the testkit, in every lane, has root without a password from any host, and no anonymous account. */
final class InitialAccounts {
    /** For {@code mysqld --initialize-insecure --init-file}; one statement a line. */
    static final String STATEMENTS = """
            CREATE USER 'root'@'%' IDENTIFIED BY '';
            GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;
            """;

    /** After the system tables of {@code mysqld --bootstrap}, which knows no account statements. */
    static final String BOOTSTRAP_5_6 = """
            DELETE FROM mysql.user WHERE User = '' OR Host <> 'localhost';
            CREATE TEMPORARY TABLE root_account SELECT * FROM mysql.user WHERE User = 'root';
            UPDATE root_account SET Host = '%';
            INSERT INTO mysql.user SELECT * FROM root_account;
            DELETE FROM mysql.db;
            """;

    /** For {@code mariadb-install-db --extra-file}. */
    static final String BOOTSTRAP_MARIADB = """
            DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
            INSERT INTO mysql.global_priv SELECT '%', User, Priv FROM mysql.global_priv WHERE User = 'root';
            """;

    private InitialAccounts() {}
}
