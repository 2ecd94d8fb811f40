/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.FixCase.on;

import io.github.mysqlpreflight.testkit.Release;
import java.util.ArrayList;
import java.util.List;

/** Every remedy that is SQL and that a script can run has its case here: a line for a new check is enough. */
final class FixCases {
    /** All that a name may hold and that somebody could take for an end of it. */
    static final String HOSTILE = "a`b'c\"d */ -- e;\nDROP TABLE shop.customer;\r\n# f\\";

    private FixCases() {}

    static List<FixCase> all() {
        List<FixCase> all = new ArrayList<>();
        for (Release release : List.of(Release.MYSQL_5_7, Release.MYSQL_8_0)) {
            settings(release, all);
            accounts(release, all);
            objects(release, all);
            targets(release, all);
            all.add(everything(release));
        }
        all.addAll(List.of(
                on(Release.MYSQL_8_0, "roles that are not in force")
                        .sql(
                                "CREATE ROLE migration",
                                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO migration",
                                "CREATE USER 'mig'@'%' IDENTIFIED BY '" + FixTrial.PASSWORD + "'",
                                "GRANT migration TO 'mig'@'%'")
                        .grants("SELECT ON *.*")
                        .mends("priv.roles-effective", "priv.replication"),
                on(Release.MARIADB_10_11, "engines and privileges of MariaDB")
                        .sql("CREATE TABLE shop.a (id INT) ENGINE=Aria", "CREATE TABLE shop.b (id INT) ENGINE=MyISAM")
                        .grants("SHOW DATABASES ON *.*", "INSERT ON shop.*")
                        .mends("obj.engine", "priv.replication", "priv.select")
                        .then("dump"),
                on(Release.MYSQL_9_7, "a partial revoke")
                        .with("partial_revokes", "ON")
                        .sql("CREATE USER 'mig'@'%' IDENTIFIED BY '" + FixTrial.PASSWORD + "'")
                        .sql(
                                "CREATE DATABASE hidden",
                                "GRANT SELECT ON *.* TO 'mig'@'%'",
                                "REVOKE SELECT ON hidden.* FROM 'mig'@'%'")
                        .grants("REPLICATION SLAVE, REPLICATION CLIENT ON *.*")
                        .mends("priv.visibility")));
        return all;
    }

    private static void settings(Release release, List<FixCase> all) {
        all.addAll(List.of(
                on(release, "binlog_format").with("binlog_format", "STATEMENT").mends("binlog.format"),
                on(release, "no server_id").sql("SET GLOBAL server_id = 0").mends("binlog.server-id"),
                on(release, "no order of commits")
                        .sql("SET GLOBAL binlog_order_commits = OFF")
                        .mends("binlog.commit-order"),
                on(release, "a replica that does not keep the order of commits")
                        .sql(
                                "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1",
                                "SET GLOBAL slave_parallel_workers = 4",
                                "START SLAVE SQL_THREAD")
                        .arguments("--require-preserve-commit-order")
                        .mends("binlog.commit-order"),
                on(release, "no GTIDs")
                        .with("gtid_mode", "OFF")
                        .with("enforce_gtid_consistency", "OFF")
                        .mends("gtid.mode", "gtid.enforce-consistency", "gtid.executed-nonempty"),
                on(release, "GTIDs not enforced")
                        .with("gtid_mode", "OFF")
                        .with("enforce_gtid_consistency", "WARN")
                        .mends("gtid.mode", "gtid.enforce-consistency"),
                on(release, "GTIDs half-way")
                        .with("gtid_mode", "OFF_PERMISSIVE")
                        .mends("gtid.mode", "gtid.permissive", "gtid.executed-nonempty"),
                on(release, "GTIDs nearly there")
                        .with("gtid_mode", "ON_PERMISSIVE")
                        .mends("gtid.mode", "gtid.permissive")));
    }

    private static void accounts(Release release, List<FixCase> all) {
        String replication = "REPLICATION SLAVE, REPLICATION CLIENT ON *.*";
        all.addAll(List.of(
                on(release, "no replication privileges").grants("SELECT ON *.*").mends("priv.replication"),
                on(release, "one replication privilege")
                        .grants("SELECT, REPLICATION CLIENT ON *.*")
                        .mends("priv.replication"),
                on(release, "a database that cannot be read")
                        .sql("CREATE DATABASE `my_%`", "CREATE TABLE `my_%`.t (id INT PRIMARY KEY)")
                        .grants(replication, "SHOW DATABASES ON *.*", "SELECT ON shop.*")
                        .mends("priv.select"),
                on(release, "a table that cannot be read")
                        .sql("CREATE TABLE shop.`it's``` (id INT PRIMARY KEY)")
                        .grants(replication, "SHOW DATABASES ON *.*", "SELECT ON shop.customer", "INSERT ON shop.*")
                        .mends("priv.select"),
                on(release, "databases that cannot be seen")
                        .grants(replication, "SELECT ON shop.*")
                        .mends("priv.visibility"),
                on(release, "nothing that can be seen").grants(replication).mends("obj.selection", "priv.visibility")));
    }

    private static void objects(Release release, List<FixCase> all) {
        String quoted = "`" + HOSTILE.replace("`", "``") + "`";
        all.addAll(List.of(
                on(release, "engines")
                        .sql(
                                "CREATE TABLE shop.a (id INT, d DATETIME) ENGINE=MyISAM",
                                "INSERT INTO shop.a VALUES (1, NOW())",
                                "CREATE TABLE shop.b (id INT) ENGINE=MEMORY",
                                "CREATE TABLE shop.c (id INT NOT NULL) ENGINE=CSV",
                                "CREATE TABLE shop.d (id INT) ENGINE=ARCHIVE",
                                "CREATE TABLE shop.e (id INT) ENGINE=BLACKHOLE")
                        .mends("obj.engine"),
                on(release, "zero dates in what is converted")
                        .sql(
                                "SET SESSION sql_mode = ''",
                                "CREATE TABLE shop.a (d DATETIME NOT NULL DEFAULT '0000-00-00') ENGINE=MyISAM",
                                "INSERT INTO shop.a VALUES ('0000-00-00'), ('2024-00-00')")
                        .mends("obj.engine"),
                on(release, "a MERGE table and what it is made of")
                        .sql(
                                "CREATE TABLE shop.a (id INT) ENGINE=MyISAM",
                                "CREATE TABLE shop.b (id INT) ENGINE=MyISAM",
                                "CREATE TABLE shop.c (id INT) ENGINE=MERGE UNION=(shop.a, shop.b)",
                                "INSERT INTO shop.a VALUES (1)",
                                "CREATE VIEW shop.v AS SELECT id FROM shop.c")
                        .mends("obj.engine"),
                on(release, "names that look like something else")
                        .sql(
                                "CREATE DATABASE `da-ta b\\`",
                                "CREATE TABLE `da-ta b\\`." + quoted + " (id INT) ENGINE=MyISAM",
                                "CREATE TABLE shop.`-- target| x` (id INT) ENGINE=MyISAM",
                                "CREATE TABLE `da-ta b\\`.`na\u00efve \u043c\u0438\u0440` (id INT) ENGINE=MyISAM")
                        .mends("obj.engine")));
    }

    private static void targets(Release release, List<FixCase> all) {
        all.addAll(List.of(
                on(release, "a target without GTIDs")
                        .target(Release.MYSQL_8_0, "gtid_mode", "OFF", "enforce_gtid_consistency", "OFF")
                        .mends("gtid.mode", "gtid.enforce-consistency"),
                on(release, "a target that is read-only")
                        .target(Release.MYSQL_8_0, "gtid_mode", "ON", "enforce_gtid_consistency", "ON")
                        .targetSql("SET GLOBAL super_read_only = ON")
                        .mends("tgt.writable"),
                on(release, "the same server_id")
                        .with("server_id", "77")
                        .target(
                                Release.MYSQL_8_0,
                                "gtid_mode",
                                "ON",
                                "enforce_gtid_consistency",
                                "ON",
                                "server_id",
                                "77")
                        .mends("binlog.server-id-distinct")));
    }

    /** What the demo has, and more. */
    private static FixCase everything(Release release) {
        return on(release, "all at once")
                .with("gtid_mode", "OFF")
                .with("enforce_gtid_consistency", "OFF")
                .with("binlog_format", "STATEMENT")
                .sql(
                        "CREATE TABLE shop.a (id INT) ENGINE=MyISAM",
                        "CREATE TABLE shop.b (id INT) ENGINE=MEMORY",
                        "CREATE TABLE shop.c (id INT) ENGINE=MERGE UNION=(shop.a)",
                        "SET GLOBAL binlog_order_commits = OFF",
                        "SET GLOBAL server_id = 0")
                .grants("SHOW DATABASES, REPLICATION CLIENT ON *.*", "INSERT ON shop.*")
                .target(Release.MYSQL_8_0, "gtid_mode", "OFF", "enforce_gtid_consistency", "OFF")
                .targetSql("SET GLOBAL read_only = ON")
                .mends(
                        "priv.replication",
                        "priv.select",
                        "priv.visibility",
                        "binlog.format",
                        "binlog.server-id",
                        "binlog.commit-order",
                        "gtid.mode",
                        "gtid.enforce-consistency",
                        "gtid.executed-nonempty",
                        "obj.engine",
                        "tgt.writable");
    }
}
