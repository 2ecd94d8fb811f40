/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_6;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_6_WITHOUT_GTID;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7_WITHOUT_BINARY_LOG;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_FACTORY;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_WITHOUT_BINARY_LOG;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7_WITHOUT_BINARY_LOG;

import java.util.ArrayList;
import java.util.List;

/** GTIDs and the binary log. */
final class MatrixGtids {
    private MatrixGtids() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>();
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            String reset = server == MYSQL_9_7 ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
            cases.addAll(List.of(
                    on(server, "gtid_mode OFF")
                            .gtid("OFF")
                            .blocks("gtid.mode")
                            .silent("gtid.permissive")
                            .dump("GTID mode should be enabled on the source", "gtid_mode is OFF"),
                    on(server, "gtid_mode OFF_PERMISSIVE")
                            .gtid("OFF_PERMISSIVE")
                            .blocks("gtid.mode", "gtid.permissive")
                            .dump("GTID mode should be enabled on the source", "next step is ON_PERMISSIVE"),
                    on(server, "gtid_mode ON_PERMISSIVE")
                            .gtid("ON_PERMISSIVE")
                            .blocks("gtid.mode", "gtid.permissive")
                            .dump("GTID mode should be enabled on the source", "next step is ON"),
                    on(server, "enforce_gtid_consistency WARN")
                            .gtid("ON_PERMISSIVE")
                            .global("enforce_gtid_consistency", "WARN")
                            .blocks("gtid.mode", "gtid.permissive", "gtid.enforce-consistency")
                            .dump("enforce_gtid_consistency is WARN on the source"),
                    on(server, "enforce_gtid_consistency OFF")
                            .gtid("OFF")
                            .global("enforce_gtid_consistency", "OFF")
                            .blocks("gtid.mode", "gtid.enforce-consistency")
                            .dump("gtid_mode is OFF", "enforce_gtid_consistency is OFF on the source"),
                    on(server, "no transaction yet")
                            .last(reset)
                            .blocks("gtid.executed-nonempty")
                            .dump("GTID mode should be enabled on the source: Executed_Gtid_Set is empty"),
                    on(server, "gtid_mode OFF and no transaction")
                            .gtid("OFF")
                            .last(reset)
                            .blocks("gtid.mode", "gtid.executed-nonempty")
                            .dump("gtid_mode is OFF", "Executed_Gtid_Set is empty"),
                    on(server, "STATEMENT")
                            .global("binlog_format", "STATEMENT")
                            .blocks("binlog.format")
                            .dump("Unsupported binary log format: STATEMENT, only ROW is supported"),
                    on(server, "MIXED")
                            .global("binlog_format", "MIXED")
                            .blocks("binlog.format")
                            .dump("Unsupported binary log format: MIXED, only ROW is supported"),
                    on(server, "server_id 0")
                            .global("server_id", "0")
                            .blocks("binlog.server-id")
                            .dump("server_id of the source is 0"),
                    on(server, "everything at once")
                            .sql("CREATE TABLE shop.old (id INT) ENGINE=MyISAM")
                            .gtid("OFF")
                            .global("binlog_format", "STATEMENT")
                            .global("server_id", "0")
                            .grants(MatrixCase.FOR_A_DUMP + " ON *.*")
                            .blocks("gtid.mode", "binlog.format", "binlog.server-id", "priv.replication", "obj.engine")
                            .dump(
                                    "GTID mode should be enabled on the source",
                                    "Unsupported binary log format: STATEMENT",
                                    "server_id of the source is 0",
                                    "User does not have replication permissions",
                                    "Only InnoDB engine is supported",
                                    "shop.old")));
        }
        for (MatrixServer server :
                List.of(MYSQL_5_7_WITHOUT_BINARY_LOG, MYSQL_8_0_WITHOUT_BINARY_LOG, MYSQL_9_7_WITHOUT_BINARY_LOG)) {
            cases.addAll(List.of(
                    on(server, "GTIDs without a binary log")
                            .blocks("binlog.enabled", "gtid.executed-nonempty")
                            .dump(
                                    "GTID mode should be enabled on the source: SHOW MASTER STATUS is empty",
                                    "log_bin is OFF",
                                    "Executed_Gtid_Set is empty"),
                    on(server, "neither")
                            .gtid("OFF")
                            .blocks("binlog.enabled", "gtid.mode", "gtid.executed-nonempty")
                            .dump("SHOW MASTER STATUS is empty", "gtid_mode is OFF"),
                    on(server, "no binary log, and a dump is asked for")
                            .arguments("--method", "dump")
                            .dumpAsAskedFor()));
        }
        cases.addAll(List.of(
                on(MYSQL_5_6, "GTIDs and STATEMENT, its default")
                        .blocks("ver.supported", "binlog.format")
                        .global("binlog_format", "STATEMENT")
                        .dump("source - 5.6.14-log,target - 8.4", "Unsupported binary log format: STATEMENT"),
                on(MYSQL_5_6, "all is well but the version")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported")
                        .dump("source - 5.6.14-log,target - 8.4"),
                on(MYSQL_5_6, "the target's version is named")
                        .global("binlog_format", "ROW")
                        .arguments("--target-version=8.0.15")
                        .blocks("ver.supported")
                        .dump(
                                "Replication method is not supported between MySQL versions: source - 5.6.14-log,target - 8.0.15"),
                on(MYSQL_5_6, "no transaction yet")
                        .global("binlog_format", "ROW")
                        .last("RESET MASTER")
                        .blocks("ver.supported", "gtid.executed-nonempty")
                        .dump("Executed_Gtid_Set is empty"),
                on(MYSQL_5_6, "server_id 0")
                        .global("binlog_format", "ROW")
                        .global("server_id", "0")
                        .blocks("ver.supported", "binlog.server-id")
                        .dump("server_id of the source is 0"),
                on(MYSQL_5_6_WITHOUT_GTID, "as it comes")
                        .blocks(
                                "ver.supported",
                                "binlog.format",
                                "gtid.mode",
                                "gtid.enforce-consistency",
                                "gtid.executed-nonempty")
                        .dump("source - 5.6.14-log,target - 8.4", "gtid_mode is OFF", "Executed_Gtid_Set is empty"),
                on(MYSQL_5_6_WITHOUT_GTID, "a dump is asked for")
                        .arguments("--method=dump")
                        .finds("ver.supported")
                        .dumpAsAskedFor(),
                on(MYSQL_8_0_FACTORY, "as it comes")
                        .blocks("gtid.mode", "gtid.enforce-consistency", "gtid.executed-nonempty")
                        .dump("gtid_mode is OFF", "enforce_gtid_consistency is OFF", "Executed_Gtid_Set is empty"),
                on(MARIADB, "STATEMENT")
                        .global("binlog_format", "STATEMENT")
                        .blocks("ver.flavor", "binlog.format")
                        .dump("Unsupported binary log format: STATEMENT")));
        return cases;
    }
}
