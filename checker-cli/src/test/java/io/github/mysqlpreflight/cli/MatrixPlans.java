/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_6;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_FACTORY;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_FOLDING;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;

import java.util.ArrayList;
import java.util.List;

/** What the user wants: a method, a version, a target. */
final class MatrixPlans {
    private static final String PAIR = "Replication method is not supported between MySQL versions: source - ";

    private MatrixPlans() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>();
        cases.addAll(List.of(
                on(MYSQL_8_0, "replication is asked for and possible").arguments("--method", "replication"),
                on(MYSQL_8_0, "replication is asked for and blocked")
                        .gtid("OFF")
                        .arguments("--method", "REPLICATION")
                        .blocks("gtid.mode")
                        .fails("GTID mode should be enabled on the source")
                        .doesNotSay("[Dump]"),
                on(MYSQL_8_0, "a dump is asked for and replication blocked")
                        .gtid("OFF")
                        .grants(MatrixCase.FOR_A_DUMP + " ON *.*")
                        .arguments("--method", "dump")
                        .dumpAsAskedFor(),
                on(MYSQL_8_0, "a dump is asked for and replication possible")
                        .arguments("--method", "dump")
                        .dumpAsAskedFor(),
                on(MYSQL_8_0, "replication is required and there").arguments("--require", "replication"),
                on(MYSQL_8_0, "replication is required and blocked")
                        .gtid("OFF")
                        .arguments("--require", "replication")
                        .blocks("gtid.mode")
                        .dump("GTID mode should be enabled on the source")
                        .exit(3),
                on(MYSQL_8_0, "a dump is required and the verdict")
                        .gtid("OFF")
                        .arguments("--require=dump")
                        .blocks("gtid.mode")
                        .dump("GTID mode should be enabled on the source"),
                on(MYSQL_5_6, "replication is asked for")
                        .arguments("--method=replication")
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported")
                        .fails(PAIR + "5.6.14-log,target - 8.4"),
                on(MARIADB, "replication is asked for")
                        .arguments("--method=replication")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .fails("MariaDB"),
                on(MYSQL_5_7, "no target").finds("ver.pair"),
                on(MYSQL_5_7, "onto 8.0").arguments("--target-version", "8.0").silent("ver.pair"),
                on(MYSQL_5_7, "onto 8.4").arguments("--target-version", "8.4").finds("ver.pair"),
                on(MYSQL_5_7, "onto 9.7")
                        .arguments("--target-version", "9.7")
                        .blocks("ver.pair")
                        .dump(PAIR + "5.7.22", ",target - 9.7"),
                on(MYSQL_5_7, "onto 5.7")
                        .arguments("--target-version", "5.7")
                        .blocks("ver.pair")
                        .dump(PAIR, ",target - 5.7"),
                on(MYSQL_8_0, "no target").silent("ver.pair"),
                on(MYSQL_8_0, "onto 8.0").arguments("--target-version", "8.0").silent("ver.pair"),
                on(MYSQL_8_0, "onto a newer 8.0")
                        .arguments("--target-version", "8.0.36")
                        .silent("ver.pair"),
                on(MYSQL_8_0, "onto an older 8.0")
                        .arguments("--target-version", "8.0.11")
                        .finds("ver.pair"),
                on(MYSQL_8_0, "onto 8.4").arguments("--target-version", "8.4").silent("ver.pair"),
                on(MYSQL_8_0, "onto 5.7")
                        .arguments("--target-version", "5.7")
                        .blocks("ver.pair", "obj.charset")
                        .fails(PAIR + "8.0.15,target - 5.7", "downgrade", "collations that the target does not know"),
                on(MYSQL_8_0, "onto 9.7")
                        .arguments("--target-version", "9.7")
                        .blocks("ver.pair")
                        .dump(PAIR + "8.0.15,target - 9.7"),
                on(MYSQL_9_7, "no target").silent("ver.pair"),
                on(MYSQL_9_7, "onto 9.7").arguments("--target-version", "9.7").silent("ver.pair"),
                on(MYSQL_9_7, "onto 8.4")
                        .arguments("--target-version", "8.4")
                        .blocks("ver.pair")
                        .dump(PAIR + "9.7.", ",target - 8.4", "downgrade"),
                on(MYSQL_9_7, "onto 8.4, and a dump is asked for")
                        .arguments("--target-version", "8.4", "--method", "dump")
                        .finds("ver.pair")
                        .dumpAsAskedFor(),
                on(MYSQL_8_0, "a replica that reorders commits, required not to")
                        .last(
                                "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_AUTO_POSITION=1",
                                "SET GLOBAL slave_parallel_workers = 4")
                        .undo("SET GLOBAL slave_parallel_workers = 0", "RESET SLAVE ALL")
                        .arguments("--require-preserve-commit-order")
                        .blocks("binlog.commit-order")
                        .dump("slave_preserve_commit_order is OFF, replication is not available"),
                on(MYSQL_5_7, "a replica that reorders commits, required not to")
                        .last(
                                "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_AUTO_POSITION=1",
                                "SET GLOBAL slave_parallel_workers = 4")
                        .undo("SET GLOBAL slave_parallel_workers = 0", "RESET SLAVE ALL")
                        .arguments("--require-preserve-commit-order")
                        .blocks("binlog.commit-order")
                        .dump("slave_preserve_commit_order is OFF, replication is not available"),
                on(MYSQL_9_7, "a replica that keeps the order of commits")
                        .last(
                                "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=1, SOURCE_AUTO_POSITION=1")
                        .undo("RESET REPLICA ALL")
                        .arguments("--require-preserve-commit-order")
                        .silent("binlog.commit-order"),
                on(MYSQL_8_0, "a replica with one worker, required to keep the order")
                        .last("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_AUTO_POSITION=1")
                        .undo("RESET SLAVE ALL")
                        .arguments("--require-preserve-commit-order")
                        .silent("binlog.commit-order"),
                on(MYSQL_8_0, "no replica, required to keep the order")
                        .global("slave_parallel_workers", "4")
                        .arguments("--require-preserve-commit-order")
                        .silent("binlog.commit-order")));
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "one connection for each account").suffix("WITH MAX_USER_CONNECTIONS 1"),
                    on(server, "statements that may take a millisecond").global("max_execution_time", "1"),
                    on(server, "a source that is read-only")
                            .last("SET GLOBAL read_only = ON")
                            .undo("SET GLOBAL read_only = OFF"),
                    on(server, "a source that is super_read_only")
                            .last("SET GLOBAL super_read_only = ON")
                            .undo("SET GLOBAL read_only = OFF"),
                    on(server, "ANSI and padded text")
                            .global("sql_mode", "ANSI,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES"),
                    on(server, "each session begins with another character set")
                            .sql("CREATE DATABASE `caf\u00e9`", "CREATE TABLE `caf\u00e9`.t (id INT) ENGINE=MyISAM")
                            .last("SET GLOBAL init_connect = 'SET NAMES latin1'")
                            .undo("SET GLOBAL init_connect = ''")
                            .blocks("obj.engine")
                            .dump("(caf<U+00E9>.t)")));
        }
        cases.addAll(targets());
        return cases;
    }

    private static List<MatrixCase> targets() {
        MatrixServer target = MYSQL_8_0_FOLDING;
        String uuid = "4e1f0d2a-0000-11ee-8c99-0242ac120002";
        return List.of(
                on(MYSQL_8_0, "a fresh target").target(target).silent("tgt.connection", "tgt.writable", "gtid.mode"),
                on(MYSQL_8_0, "a target without GTIDs")
                        .target(MYSQL_8_0_FACTORY)
                        .blocks("gtid.mode", "gtid.enforce-consistency")
                        .dump("GTID mode should be enabled on the target: gtid_mode is OFF"),
                on(MYSQL_8_0, "a target with the same server_id")
                        .global("server_id", "900")
                        .target(target)
                        .targetSql("SET GLOBAL server_id = 900")
                        .targetUndo("SET GLOBAL server_id = 901")
                        .blocks("binlog.server-id-distinct")
                        .dump("Replication method is not available due to server_id overlapping,source and target have"
                                + " the same value - 900"),
                on(MYSQL_8_0, "a target that is read-only")
                        .target(target)
                        .targetSql("SET GLOBAL read_only = ON")
                        .targetUndo("SET GLOBAL read_only = OFF")
                        .blocks("tgt.writable")
                        .fails("the target is read-only: read_only is ON"),
                on(MYSQL_8_0, "a target that is super_read_only")
                        .target(target)
                        .targetSql("SET GLOBAL super_read_only = ON")
                        .targetUndo("SET GLOBAL read_only = OFF")
                        .arguments("--method", "dump")
                        .blocks("tgt.writable")
                        .fails("super_read_only is ON"),
                on(MYSQL_8_0, "a target that is a replica")
                        .target(target)
                        .targetSql("CHANGE MASTER TO MASTER_HOST='10.9.8.7', MASTER_AUTO_POSITION=1")
                        .targetUndo("RESET SLAVE ALL")
                        .blocks("tgt.writable")
                        .fails("the target is already a replica of 10.9.8.7"),
                on(MYSQL_8_0, "a target with GTIDs of a stranger")
                        .target(target)
                        .targetSql("SET GLOBAL gtid_purged = '" + uuid + ":1-5'")
                        .targetUndo("RESET MASTER")
                        .blocks("gtid.errant-on-target")
                        .dump("the target has more GTIDs than the source", uuid),
                on(MYSQL_8_0, "a target with writes of its own")
                        .target(target)
                        .targetSql("CREATE DATABASE mine")
                        .targetUndo("DROP DATABASE mine", "RESET MASTER")
                        .silent("gtid.errant-on-target"),
                on(MYSQL_8_0, "a target of another release")
                        .target(MYSQL_9_7)
                        .blocks("ver.pair")
                        .dump(PAIR + "8.0.15,target - 9.7."),
                on(MYSQL_8_0, "MariaDB as the target")
                        .target(MARIADB)
                        .blocks("ver.flavor", "gtid.mode")
                        .dump("the target is MariaDB"),
                on(MYSQL_8_0, "the source as the target")
                        .arguments("--target-uri", "mysql://{user}:{password}@{host}:{port}/")
                        .blocks("binlog.server-id-distinct", "obj.same-name-target", "tgt.privileges")
                        .fails("server_id overlapping", "same server_uuid", "the target already has 1 table of shop"),
                on(MYSQL_8_0, "a target where nothing listens")
                        .arguments("--target-uri", "mysql://dst:S3cretMark@127.0.0.1:{closed}/")
                        .targetUnreachable("Connection to target failed", "Connection refused"),
                on(MYSQL_8_0, "a target that refuses the login")
                        .arguments("--target-uri", "mysql://{user}:S3cretMark-no@{host}:{port}/")
                        .targetUnreachable("Connection to target failed", "Access denied for user 'mig'"),
                on(MYSQL_8_0, "the target by environment variable")
                        .variable("MYSQL_PREFLIGHT_TARGET_URI", "mysql://dst:S3cretMark@127.0.0.1:{closed}/")
                        .targetUnreachable("Connection to target failed"),
                on(MYSQL_5_7, "onto a real 8.0").target(target).silent("ver.pair"),
                on(MYSQL_9_7, "onto a real 8.0")
                        .target(target)
                        .blocks("ver.pair")
                        .dump(PAIR + "9.7.", "target - 8.0.15", "downgrade"),
                on(MARIADB, "onto a real 8.0")
                        .target(target)
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor")
                        .dump("target - 8.0.15", "MariaDB"),
                on(MYSQL_5_6, "onto a real 8.0")
                        .target(target)
                        .global("binlog_format", "ROW")
                        .blocks("ver.supported")
                        .dump(PAIR + "5.6.14-log,target - 8.0.15"));
    }
}
