/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.FOR_A_DUMP;
import static io.github.mysqlpreflight.cli.MatrixCase.NEEDED_GLOBALLY;
import static io.github.mysqlpreflight.cli.MatrixCase.NEEDED_ON_A_DATABASE;
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
                            .grants(FOR_A_DUMP + ", REPLICATION SLAVE ON *.*")
                            .blocks("priv.replication")
                            .dump("User does not have replication permissions", "lacks REPLICATION CLIENT on")
                            .doesNotSay("lacks REPLICATION SLAVE"),
                    on(server, "only REPLICATION CLIENT")
                            .grants(FOR_A_DUMP + ", REPLICATION CLIENT ON *.*")
                            .blocks("priv.replication")
                            .dump("User does not have replication permissions", "lacks REPLICATION SLAVE on")
                            .doesNotSay("and REPLICATION CLIENT"),
                    on(server, "SUPER without REPLICATION SLAVE")
                            .grants(FOR_A_DUMP + ", SUPER, REPLICATION CLIENT ON *.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "SUPER in place of REPLICATION CLIENT")
                            .grants(FOR_A_DUMP + ", SUPER, REPLICATION SLAVE ON *.*"),
                    on(server, "ALL").grants("ALL ON *.*"),
                    on(server, "ALL WITH GRANT OPTION")
                            .grants("ALL ON *.*")
                            .last("GRANT USAGE ON *.* TO mig@'%' WITH GRANT OPTION"),
                    on(server, "ALL on the database alone")
                            .grants("ALL ON shop.*")
                            .blocks("priv.reload", "priv.replication")
                            .unknown("priv.visibility")
                            .dump("lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "only replication privileges")
                            .grants(NEEDED_GLOBALLY + " ON *.*")
                            .blocks("obj.selection")
                            .unknown("priv.visibility")
                            .fails("No databases to migrate", "sees none"),
                    on(server, "a database that reads like a grant")
                            .sql("CREATE DATABASE `" + INJECTION + "`")
                            .grants(FOR_A_DUMP + ", REPLICATION CLIENT ON *.*", "SELECT ON `" + INJECTION + "`.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "a user that reads like a grant")
                            .user(INJECTION)
                            .grants(FOR_A_DUMP + ", REPLICATION CLIENT ON *.*")
                            .blocks("priv.replication")
                            .dump("lacks REPLICATION SLAVE"),
                    on(server, "other databases hidden")
                            .sql("CREATE DATABASE other", MYISAM)
                            .grants(NEEDED_GLOBALLY + " ON *.*", NEEDED_ON_A_DATABASE + " ON shop.*")
                            .unknown("priv.visibility"),
                    on(server, "other databases visible and not readable")
                            .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT) ENGINE=InnoDB")
                            .grants(
                                    NEEDED_GLOBALLY + ", SHOW DATABASES ON *.*",
                                    NEEDED_ON_A_DATABASE + " ON shop.*",
                                    "EVENT, EXECUTE ON other.*")
                            .blocks("priv.select")
                            .fails("lacks SELECT on 1 database (other)"),
                    on(server, "other databases visible and ignored")
                            .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT) ENGINE=InnoDB")
                            .grants(NEEDED_GLOBALLY + ", SHOW DATABASES ON *.*", NEEDED_ON_A_DATABASE + " ON shop.*")
                            .arguments("--ignore-dbs", "other"),
                    on(server, "columns alone")
                            .grants(
                                    NEEDED_GLOBALLY + " ON *.*",
                                    "SHOW VIEW, TRIGGER, EVENT, LOCK TABLES, EXECUTE ON shop.*",
                                    "SELECT (id), INSERT ON shop.orders")
                            .blocks("priv.select")
                            .fails("lacks SELECT on 1 database (shop)"),
                    on(server, "a pattern covers the database")
                            .grants(NEEDED_GLOBALLY + " ON *.*", NEEDED_ON_A_DATABASE + " ON `s_op%`.*")
                            .unknown("priv.visibility"),
                    on(server, "an escaped pattern covers another database")
                            .grants(NEEDED_GLOBALLY + " ON *.*", NEEDED_ON_A_DATABASE + " ON `s\\_op`.*")
                            .blocks("obj.selection")
                            .fails("No databases to migrate"),
                    on(server, "a pattern covers everything")
                            .grants(NEEDED_GLOBALLY + " ON *.*", NEEDED_ON_A_DATABASE + " ON `%`.*"),
                    on(server, "another account of that name is nearer")
                            .last(
                                    "CREATE USER mig@localhost IDENTIFIED BY '" + MatrixCase.PASSWORD + "'",
                                    "GRANT " + FOR_A_DUMP + " ON *.* TO mig@localhost")
                            .blocks("priv.replication")
                            .dump("'mig'@'localhost' lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "every table by name")
                            .grants(
                                    NEEDED_GLOBALLY + " ON *.*",
                                    "SELECT, TRIGGER ON shop.orders",
                                    "EVENT, EXECUTE ON shop.*")
                            .unknown("priv.visibility"),
                    on(server, "no privilege at all")
                            .grants()
                            .blocks("obj.selection", "priv.reload", "priv.replication")
                            .fails("No databases to migrate", "lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                    on(server, "may run routines and not read")
                            .grants(NEEDED_GLOBALLY + " ON *.*", "EXECUTE, EVENT ON shop.*")
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
                            .grants(FOR_A_DUMP + " ON *.*", "puller")
                            .last("SET DEFAULT ROLE ALL TO mig@'%'"),
                    on(server, "a granted role that idles")
                            .sql(roleAndAccount)
                            .grants(FOR_A_DUMP + " ON *.*", "puller")
                            .blocks("priv.replication", "priv.roles-effective")
                            .dump("lacks REPLICATION SLAVE and REPLICATION CLIENT", "not in force at login"),
                    on(server, "all roles are active at login")
                            .sql(roleAndAccount)
                            .grants(FOR_A_DUMP + " ON *.*", "puller")
                            .global("activate_all_roles_on_login", "ON"),
                    on(server, "a default role within a role")
                            .sql(roleAndAccount)
                            .sql("CREATE ROLE outer_role", "GRANT puller TO outer_role")
                            .grants(FOR_A_DUMP + " ON *.*", "outer_role")
                            .last("SET DEFAULT ROLE ALL TO mig@'%'"),
                    on(server, "a mandatory role that is active at login")
                            .sql(roleAndAccount)
                            .grants(FOR_A_DUMP + " ON *.*")
                            .global("activate_all_roles_on_login", "ON")
                            .last("SET GLOBAL mandatory_roles = 'puller'")
                            .undo("SET GLOBAL mandatory_roles = ''"),
                    on(server, "SELECT by an idle role")
                            .sql("CREATE ROLE reader", "GRANT SELECT ON shop.* TO reader")
                            .grants(NEEDED_GLOBALLY + ", SHOW DATABASES ON *.*", "EVENT, EXECUTE ON shop.*", "reader")
                            .blocks("priv.select", "priv.roles-effective")
                            .fails("lacks SELECT on 1 database (shop)")));
        }
        cases.addAll(List.of(
                on(MYSQL_8_0, "a mandatory role that idles")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO puller")
                        .grants(FOR_A_DUMP + " ON *.*")
                        .last("SET GLOBAL mandatory_roles = 'puller'")
                        .undo("SET GLOBAL mandatory_roles = ''")
                        .blocks("priv.replication", "priv.roles-effective")
                        .dump("not in force at login"),
                on(MYSQL_9_7, "a mandatory role, which 9.7 makes active at login by itself")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO puller")
                        .grants(FOR_A_DUMP + " ON *.*")
                        .last("SET GLOBAL mandatory_roles = 'puller'")
                        .undo("SET GLOBAL mandatory_roles = ''"),
                on(MYSQL_9_7, "a partial revoke of the only database")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON shop.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .blocks("obj.selection", "priv.partial-revokes")
                        .fails("No databases to migrate"),
                on(MYSQL_9_7, "a partial revoke of one of two databases")
                        .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT PRIMARY KEY)")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON other.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .blocks("priv.partial-revokes")
                        .unknown("priv.visibility")
                        .fails("A partial revoke takes privileges from the account on 1 database (other)"),
                on(MYSQL_9_7, "a partial revoke of SELECT on one of two databases")
                        .sql("CREATE DATABASE other", "CREATE TABLE other.t (id INT PRIMARY KEY)")
                        .global("partial_revokes", "ON")
                        .last("REVOKE SELECT ON other.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .blocks("priv.partial-revokes", "priv.select")
                        .unknown("priv.trigger-event-routine")
                        .fails("lacks SELECT on 1 database (other)", "A partial revoke takes"),
                on(MYSQL_9_7, "a partial revoke of what no dump needs")
                        .global("partial_revokes", "ON")
                        .grants("ALL ON *.*")
                        .last("REVOKE INSERT, DROP ON shop.* FROM mig@'%'")
                        .undo("DROP USER mig@'%'")
                        .silent("priv.partial-revokes"),
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
                                FOR_A_DUMP + ", REPLICATION CLIENT ON *.*",
                                "REPLICATION_SLAVE_ADMIN, REPLICATION_APPLIER ON *.*")
                        .blocks("priv.replication")
                        .dump("lacks REPLICATION SLAVE"),
                on(MYSQL_5_6, "ALL")
                        .grants("ALL ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported")
                        .dump("source - 5.6.14-log,target - 8.4"),
                on(MYSQL_5_6, "neither replication privilege")
                        .grants(FOR_A_DUMP + " ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported", "priv.replication")
                        .dump(
                                "Replication method is not supported between MySQL versions",
                                "lacks REPLICATION SLAVE and REPLICATION CLIENT"),
                on(MARIADB, "what is needed and no more")
                        .blocks("ver.flavor", "binlog.format")
                        .dump("MariaDB", "source - 10.11.", "Unsupported binary log format: MIXED"),
                on(MARIADB, "MariaDB's own names")
                        .grants(FOR_A_DUMP + ", REPLICATION SLAVE, BINLOG MONITOR ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .dump("MariaDB"),
                on(MARIADB, "MariaDB's own names, one missing")
                        .grants(FOR_A_DUMP + ", REPLICATION SLAVE, SLAVE MONITOR ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "priv.replication")
                        .dump("MariaDB", "lacks REPLICATION CLIENT"),
                on(MARIADB, "a role that idles")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO puller")
                        .grants(FOR_A_DUMP + " ON *.*", "puller")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "priv.replication", "priv.roles-effective")
                        .dump("MariaDB", "lacks REPLICATION SLAVE", "not in force at login"),
                on(MARIADB, "a default role")
                        .sql("CREATE ROLE puller", "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO puller")
                        .grants(FOR_A_DUMP + " ON *.*", "puller")
                        .last("SET DEFAULT ROLE puller FOR mig@'%'")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .dump("MariaDB"),
                on(MARIADB, "a dump is asked for")
                        .grants(FOR_A_DUMP + " ON *.*")
                        .arguments("--method=dump")
                        .finds("ver.flavor")
                        .dumpAsAskedFor()));
        return cases;
    }
}
