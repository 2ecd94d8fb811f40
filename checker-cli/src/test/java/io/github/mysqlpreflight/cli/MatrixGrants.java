/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_6;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;

import java.util.ArrayList;
import java.util.List;

/** What the account may do. */
final class MatrixGrants {
    private static final String INJECTION = "a, REPLICATION SLAVE ON *.* TO b";
    private static final String MYISAM = "CREATE TABLE other.old (id INT) ENGINE=MyISAM";

    private MatrixGrants() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>();
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "what is needed and no more"),
                    on(server, "only REPLICATION SLAVE")
                            .grants("REPLICATION SLAVE, SELECT ON *.*")
                            .blocks("priv.replication")
                            .dump("User does not have replication permissions", "lacks REPLICATION CLIENT on")
                            .doesNotSay("lacks REPLICATION SLAVE"),
                    on(server, "only REPLICATION CLIENT")
                            .grants("REPLICATION CLIENT, SELECT ON *.*")
                            .blocks("priv.replication")
                            .dump("User does not have replication permissions", "lacks REPLICATION SLAVE on")
                            .doesNotSay("and REPLICATION CLIENT"),
                    on(server, "SUPER without REPLICATION SLAVE")
                            .grants("SUPER, REPLICATION CLIENT, SELECT ON *.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "SUPER in place of REPLICATION CLIENT")
                            .grants("SUPER, REPLICATION SLAVE, SELECT ON *.*"),
                    on(server, "ALL").grants("ALL ON *.*"),
                    on(server, "ALL WITH GRANT OPTION")
                            .grants("ALL ON *.*")
                            .last("GRANT USAGE ON *.* TO mig@'%' WITH GRANT OPTION"),
                    on(server, "ALL on the database alone")
                            .grants("ALL ON shop.*")
                            .blocks("priv.replication")
                            .unknown("priv.visibility")
                            .dump("lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "only replication privileges")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*")
                            .blocks("obj.selection")
                            .unknown("priv.visibility")
                            .fails("No databases to migrate", "sees none"),
                    on(server, "a database that reads like a grant")
                            .sql("CREATE DATABASE `" + INJECTION + "`")
                            .grants("REPLICATION CLIENT, SELECT ON *.*", "SELECT ON `" + INJECTION + "`.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "a user that reads like a grant")
                            .user(INJECTION)
                            .grants("REPLICATION CLIENT, SELECT ON *.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "other databases hidden")
                            .sql("CREATE DATABASE other", MYISAM)
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON shop.*")
                            .unknown("priv.visibility"),
                    on(server, "other databases visible and not readable")
                            .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT) ENGINE=InnoDB")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT, SHOW DATABASES ON *.*", "SELECT ON shop.*")
                            .blocks("priv.select")
                            .fails("lacks SELECT on 1 database (other)"),
                    on(server, "other databases visible and ignored")
                            .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT) ENGINE=InnoDB")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT, SHOW DATABASES ON *.*", "SELECT ON shop.*")
                            .arguments("--ignore-dbs", "other"),
                    on(server, "columns alone")
                            .grants(
                                    "REPLICATION SLAVE, REPLICATION CLIENT ON *.*",
                                    "SELECT (id), INSERT ON shop.orders")
                            .blocks("priv.select")
                            .fails("lacks SELECT on 1 database (shop)"),
                    on(server, "a pattern covers the database")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON `s_op%`.*")
                            .unknown("priv.visibility"),
                    on(server, "an escaped pattern covers another database")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON `s\\_op`.*")
                            .blocks("obj.selection")
                            .fails("No databases to migrate"),
                    on(server, "a pattern covers everything")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON `%`.*"),
                    on(server, "another account of that name is nearer")
                            .last(
                                    "CREATE USER mig@localhost IDENTIFIED BY '" + MatrixCase.PASSWORD + "'",
                                    "GRANT SELECT ON *.* TO mig@localhost")
                            .blocks("priv.replication")
                            .dump("'mig'@'localhost' lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "every table by name")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON shop.orders")
                            .unknown("priv.visibility"),
                    on(server, "no privilege at all")
                            .grants()
                            .blocks("obj.selection", "priv.replication")
                            .fails("No databases to migrate", "lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "may run routines and not read")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "EXECUTE ON shop.*")
                            .blocks("priv.select")
                            .fails("lacks SELECT on 1 database (shop)"),
                    on(server, "ANSI_QUOTES and PROXY")
                            .global("sql_mode", "ANSI_QUOTES")
                            .last("GRANT PROXY ON 'root'@'%' TO 'mig'@'%'")
                            .undo("REVOKE PROXY ON 'root'@'%' FROM 'mig'@'%'")));
        }
        for (MatrixServer server : List.of(MYSQL_8_0, MYSQL_9_7)) {
            String[] roleAndAccount = {
                "CREATE ROLE puller", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO puller",
            };
            cases.addAll(List.of(
                    on(server, "a default role")
                            .sql(roleAndAccount)
                            .grants("SELECT ON *.*", "puller")
                            .last("SET DEFAULT ROLE ALL TO mig@'%'"),
                    on(server, "a granted role that idles")
                            .sql(roleAndAccount)
                            .grants("SELECT ON *.*", "puller")
                            .blocks("priv.replication", "priv.roles-effective")
                            .dump("lacks REPLICATION SLAVE and REPLICATION CLIENT", "not in force at login"),
                    on(server, "all roles are active at login")
                            .sql(roleAndAccount)
                            .grants("SELECT ON *.*", "puller")
                            .global("activate_all_roles_on_login", "ON"),
                    on(server, "a default role within a role")
                            .sql(roleAndAccount)
                            .sql("CREATE ROLE outer_role", "GRANT puller TO outer_role")
                            .grants("SELECT ON *.*", "outer_role")
                            .last("SET DEFAULT ROLE ALL TO mig@'%'"),
                    on(server, "a mandatory role that is active at login")
                            .sql(roleAndAccount)
                            .grants("SELECT ON *.*")
                            .global("activate_all_roles_on_login", "ON")
                            .last("SET GLOBAL mandatory_roles = 'puller'")
                            .undo("SET GLOBAL mandatory_roles = ''"),
                    on(server, "SELECT by an idle role")
                            .sql("CREATE ROLE reader", "GRANT SELECT ON shop.* TO reader")
                            .grants("REPLICATION SLAVE, REPLICATION CLIENT, SHOW DATABASES ON *.*", "reader")
                            .blocks("priv.select", "priv.roles-effective")
                            .fails("lacks SELECT on 1 database (shop)")));
        }
        cases.addAll(List.of(
                on(MYSQL_8_0, "a mandatory role that idles")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO puller")
                        .grants("SELECT ON *.*")
                        .last("SET GLOBAL mandatory_roles = 'puller'")
                        .undo("SET GLOBAL mandatory_roles = ''")
                        .blocks("priv.replication", "priv.roles-effective")
                        .dump("not in force at login"),
                on(MYSQL_9_7, "a mandatory role, which 9.7 makes active at login by itself")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO puller")
                        .grants("SELECT ON *.*")
                        .last("SET GLOBAL mandatory_roles = 'puller'")
                        .undo("SET GLOBAL mandatory_roles = ''"),
                on(MYSQL_9_7, "a partial revoke of the only database")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT ON shop.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .blocks("obj.selection")
                        .fails("No databases to migrate"),
                on(MYSQL_9_7, "a partial revoke of one of two databases")
                        .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT PRIMARY KEY)")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT ON other.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .unknown("priv.visibility"),
                on(MYSQL_9_7, "a partial revoke of an ignored database")
                        .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT PRIMARY KEY)")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT ON other.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .arguments("--ignore-dbs=other"),
                on(MYSQL_9_7, "a partial revoke of mysql")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT ON mysql.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'"),
                on(MYSQL_9_7, "the names of dynamic privileges")
                        .grants(
                                "REPLICATION CLIENT, SELECT ON *.*",
                                "REPLICATION_SLAVE_ADMIN, REPLICATION_APPLIER ON *.*")
                        .blocks("priv.replication")
                        .dump("lacks REPLICATION SLAVE"),
                on(MYSQL_5_6, "ALL")
                        .grants("ALL ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported")
                        .dump("source - 5.6.14-log,target - 8.4"),
                on(MYSQL_5_6, "neither replication privilege")
                        .grants("SELECT ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported", "priv.replication")
                        .dump(
                                "Replication method is not supported between MySQL versions",
                                "lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                on(MARIADB, "what is needed and no more")
                        .blocks("ver.flavor", "binlog.format")
                        .dump("MariaDB", "source - 10.11.", "Unsupported binary log format: MIXED"),
                on(MARIADB, "MariaDB's own names")
                        .grants("REPLICATION SLAVE, BINLOG MONITOR, SELECT ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .dump("MariaDB"),
                on(MARIADB, "MariaDB's own names, one missing")
                        .grants("REPLICATION SLAVE, SLAVE MONITOR, SELECT ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "priv.replication")
                        .dump("MariaDB", "lacks REPLICATION CLIENT"),
                on(MARIADB, "a role that idles")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO puller")
                        .grants("SELECT ON *.*", "puller")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "priv.replication", "priv.roles-effective")
                        .dump("MariaDB", "lacks REPLICATION SLAVE", "not in force at login"),
                on(MARIADB, "a default role")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO puller")
                        .grants("SELECT ON *.*", "puller")
                        .last("SET DEFAULT ROLE puller FOR mig@'%'")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .dump("MariaDB"),
                on(MARIADB, "a dump is asked for")
                        .grants("SELECT ON *.*")
                        .arguments("--method=dump")
                        .finds("ver.flavor")
                        .dumpAsAskedFor()));
        return cases;
    }
}
