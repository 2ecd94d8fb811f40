/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.FOR_A_DUMP;
import static io.github.mysqlpreflight.cli.MatrixCase.NEEDED;
import static io.github.mysqlpreflight.cli.MatrixCase.NEEDED_GLOBALLY;
import static io.github.mysqlpreflight.cli.MatrixCase.NEEDED_ON_A_DATABASE;
import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_WITHOUT_TLS;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;

import java.util.ArrayList;
import java.util.List;

/** One privilege less than a migration needs, and what the account is like. */
final class MatrixPrivileges {
    private static final String VIEW = "CREATE VIEW shop.v AS SELECT id FROM shop.orders";
    private static final String RDS = "CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))";

    private MatrixPrivileges() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>();
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "nothing is missing")
                            .sql(VIEW, "CREATE PROCEDURE shop.p() SELECT 1")
                            .silent(
                                    "priv.lock-tables",
                                    "priv.partial-revokes",
                                    "priv.process",
                                    "priv.reload",
                                    "priv.show-view",
                                    "priv.system-tables",
                                    "priv.trigger-event-routine",
                                    "conn.account-host",
                                    "conn.auth-plugin"),
                    on(server, "no RELOAD")
                            .grants(without("RELOAD"))
                            .blocks("priv.reload")
                            .dump("mysqldump ends with error 1227"),
                    on(server, "no RELOAD, and a dump is asked for")
                            .grants(without("RELOAD"))
                            .arguments("--method=dump")
                            .finds("priv.reload")
                            .dumpAsAskedFor(),
                    on(server, "no RELOAD, no GTIDs, and a dump is asked for")
                            .gtid("OFF")
                            .grants(without("RELOAD"))
                            .arguments("--method=dump")
                            .silent("priv.reload")
                            .dumpAsAskedFor(),
                    on(server, "no RELOAD, and mydumper locks the tables")
                            .grants(without("RELOAD"))
                            .arguments("--dump-tool=mydumper")
                            .silent("priv.reload", "priv.lock-tables"),
                    on(server, "no RELOAD, and mydumper may not lock the tables")
                            .grants(without("RELOAD", "LOCK TABLES"))
                            .arguments("--dump-tool=mydumper")
                            .blocks("priv.lock-tables")
                            .dump("The account lacks LOCK TABLES on 1 database"),
                    on(server, "no LOCK TABLES, and nobody needs it")
                            .grants(without("LOCK TABLES"))
                            .silent("priv.lock-tables"),
                    on(server, "no LOCK TABLES on RDS")
                            .sql(RDS)
                            .undo("DROP TABLE mysql.rds_configuration")
                            .grants(without("LOCK TABLES"))
                            .blocks("priv.lock-tables")
                            .dump("The account lacks LOCK TABLES on 1 database"),
                    unreadable(
                            server == MYSQL_5_7,
                            on(server, "no SHOW VIEW, and a view")
                                    .sql(VIEW)
                                    .grants(without("SHOW VIEW"))
                                    .blocks("priv.show-view")
                                    .fails("The account lacks SHOW VIEW on 1 database with views (shop)")),
                    on(server, "no SHOW VIEW, a view, and a dump is asked for")
                            .sql(VIEW)
                            .grants(without("SHOW VIEW"))
                            .arguments("--method=dump")
                            .blocks("priv.show-view")
                            .fails("The account lacks SHOW VIEW on 1 database with views (shop)"),
                    unreadable(
                            server == MYSQL_5_7,
                            on(server, "no SHOW VIEW, a view, and replication is asked for")
                                    .sql(VIEW)
                                    .grants(without("SHOW VIEW"))
                                    .arguments("--method=replication")
                                    .blocks("priv.show-view")
                                    .fails("The account lacks SHOW VIEW on 1 database with views (shop)")),
                    on(server, "no SHOW VIEW, and no view")
                            .grants(without("SHOW VIEW"))
                            .silent("priv.show-view"),
                    on(server, "no TRIGGER")
                            .grants(without("TRIGGER"))
                            .unknown("priv.trigger-event-routine")
                            .dump("not verified: priv.trigger-event-routine (without TRIGGER"),
                    on(server, "no TRIGGER, and replication blocked")
                            .gtid("OFF")
                            .grants(without("TRIGGER"))
                            .blocks("gtid.mode")
                            .unknown("priv.trigger-event-routine")
                            .dump("GTID mode should be enabled", "; not verified: priv.trigger-event-routine"),
                    on(server, "no EVENT, and a dump is asked for")
                            .grants(without("EVENT"))
                            .arguments("--method=dump")
                            .blocks("priv.trigger-event-routine")
                            .fails("cannot see events of shop"),
                    on(server, "triggers table by table")
                            .grants(without("TRIGGER"), "TRIGGER ON shop.orders")
                            .silent("priv.trigger-event-routine"),
                    unreadable(
                            server != MYSQL_9_7,
                            on(server, "routines that may be run and not read")
                                    .sql("CREATE PROCEDURE shop.p() SELECT 1")
                                    .grants(NEEDED_GLOBALLY + " ON *.*", "ALL ON shop.*")
                                    .blocks("priv.trigger-event-routine")
                                    .unknown("priv.visibility")
                                    .fails("cannot read stored routines of shop")),
                    on(server, "routines that are not seen")
                            .grants(
                                    NEEDED_GLOBALLY + " ON *.*",
                                    NEEDED_ON_A_DATABASE.replace(", EXECUTE", "") + " ON shop.*")
                            .arguments("--method=dump")
                            .unknown("priv.trigger-event-routine")
                            .dump("not verified: priv.trigger-event-routine"),
                    withoutPlaces(
                            server != MYSQL_8_0,
                            on(server, "no PROCESS").grants(without("PROCESS")).finds("priv.process")),
                    on(server, "system tables that may not be read")
                            .grants(NEEDED_GLOBALLY + " ON *.*", NEEDED_ON_A_DATABASE + " ON shop.*")
                            .finds("priv.system-tables")
                            .silent("priv.trigger-event-routine", "priv.show-view"),
                    on(server, "an account for this machine alone")
                            .withoutAccount()
                            .last(
                                    "CREATE USER mig@localhost IDENTIFIED BY '" + MatrixCase.PASSWORD + "'",
                                    "GRANT " + NEEDED + " ON *.* TO mig@localhost")
                            .finds("conn.account-host")));
        }
        for (MatrixServer server : List.of(MYSQL_8_0, MYSQL_9_7)) {
            cases.add(on(server, "RELOAD by a role in force")
                    .sql("CREATE ROLE flusher", "GRANT RELOAD ON *.* TO flusher")
                    .grants(without("RELOAD"), "flusher")
                    .last("SET DEFAULT ROLE ALL TO mig@'%'")
                    .silent("priv.reload"));
        }
        cases.addAll(List.of(
                on(MYSQL_5_7, "routines by mysql.proc")
                        .sql("CREATE PROCEDURE shop.p() SELECT 1")
                        .grants(
                                NEEDED_GLOBALLY + " ON *.*",
                                NEEDED_ON_A_DATABASE + " ON shop.*",
                                "SELECT ON mysql.proc")
                        .silent("priv.trigger-event-routine"),
                on(MYSQL_9_7, "routines by SHOW_ROUTINE")
                        .sql("CREATE PROCEDURE shop.p() SELECT 1")
                        .grants(NEEDED_GLOBALLY + " ON *.*", "SHOW_ROUTINE ON *.*", NEEDED_ON_A_DATABASE + " ON shop.*")
                        .silent("priv.trigger-event-routine"),
                on(MYSQL_9_7, "FLUSH_TABLES in place of RELOAD")
                        .grants(without("RELOAD"), "FLUSH_TABLES ON *.*")
                        .silent("priv.reload"),
                on(MYSQL_8_0_WITHOUT_TLS, "caching_sha2_password and no TLS")
                        .sslMode("PREFERRED")
                        .finds("conn.auth-plugin"),
                on(MYSQL_8_0_WITHOUT_TLS, "mysql_native_password and no TLS")
                        .identified("WITH mysql_native_password BY")
                        .sslMode("PREFERRED")
                        .silent("conn.auth-plugin"),
                on(MARIADB, "no RELOAD")
                        .grants(FOR_A_DUMP.replace(" RELOAD,", "") + ", REPLICATION SLAVE, BINLOG MONITOR ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .silent("priv.reload")
                        .dump("MariaDB"),
                on(MARIADB, "no EVENT")
                        .grants(FOR_A_DUMP.replace(" EVENT,", "") + ", REPLICATION SLAVE, BINLOG MONITOR ON *.*")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "priv.trigger-event-routine")
                        .fails("MariaDB", "cannot see events of shop")));
        return cases;
    }

    /** A newer series has given up some of the syntax: whether it takes a text that may not be read is not known. */
    private static MatrixCase unreadable(boolean newer, MatrixCase wanted) {
        return newer ? wanted.unknown("ver.upgrade-syntax").fails("not verified: ver.upgrade-syntax") : wanted;
    }

    /** Where tables lie is told to those with PROCESS; 8.0.15 tells everybody. */
    private static MatrixCase withoutPlaces(boolean hidden, MatrixCase wanted) {
        return hidden ? wanted.unknown("obj.tablespaces").dump("not verified: obj.tablespaces") : wanted;
    }

    /** All that is needed but these. */
    private static String without(String... privileges) {
        List<String> left = new ArrayList<>(List.of(NEEDED.split(", ", -1)));
        left.removeAll(List.of(privileges));
        return String.join(", ", left) + " ON *.*";
    }
}
