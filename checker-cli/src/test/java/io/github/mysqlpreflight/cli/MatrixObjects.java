/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static io.github.mysqlpreflight.cli.MatrixCase.on;
import static io.github.mysqlpreflight.cli.MatrixServer.MARIADB;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_5_7;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_8_0_FOLDING;
import static io.github.mysqlpreflight.cli.MatrixServer.MYSQL_9_7;

import java.util.ArrayList;
import java.util.List;

/** What is to be migrated: databases, tables, engines, sizes. */
final class MatrixObjects {
    private MatrixObjects() {}

    static List<MatrixCase> cases() {
        List<MatrixCase> cases = new ArrayList<>();
        for (String engine : List.of("MyISAM", "MEMORY", "CSV", "ARCHIVE", "BLACKHOLE")) {
            cases.add(on(MYSQL_8_0, engine)
                    .sql("CREATE TABLE shop.log (id INT NOT NULL) ENGINE=" + engine)
                    .blocks("obj.engine")
                    .dump("Only InnoDB engine is supported: 1 table is not InnoDB (shop.log)"));
        }
        for (MatrixServer server : List.of(MYSQL_5_7, MYSQL_8_0, MYSQL_9_7)) {
            cases.addAll(List.of(
                    on(server, "five tables of other engines")
                            .sql(
                                    "CREATE TABLE shop.a (id INT) ENGINE=MyISAM",
                                    "CREATE TABLE shop.b (id INT) ENGINE=MEMORY",
                                    "CREATE TABLE shop.c (id INT NOT NULL) ENGINE=CSV",
                                    "CREATE TABLE shop.d (id INT) ENGINE=ARCHIVE",
                                    "CREATE TABLE shop.e (id INT) ENGINE=BLACKHOLE")
                            .blocks("obj.engine")
                            .dump("5 tables are not InnoDB (shop.a, shop.b, shop.c and 2 more)"),
                    on(server, "partitioned InnoDB")
                            .sql("CREATE TABLE shop.parts (id INT PRIMARY KEY) ENGINE=InnoDB"
                                    + " PARTITION BY HASH (id) PARTITIONS 4"),
                    on(server, "views only")
                            .withoutShop()
                            .sql("CREATE DATABASE views", "CREATE VIEW views.one AS SELECT 1 AS one"),
                    on(server, "a view whose table is gone")
                            .sql(
                                    "CREATE TABLE shop.gone (id INT) ENGINE=InnoDB",
                                    "CREATE VIEW shop.ghost AS SELECT id FROM shop.gone",
                                    "DROP TABLE shop.gone")
                            .blocks("obj.views")
                            .fails("view shop.ghost cannot be used"),
                    on(server, "an empty database").withoutShop().sql("CREATE DATABASE hollow"),
                    on(server, "MyISAM in an ignored database")
                            .sql("CREATE DATABASE legacy", "CREATE TABLE legacy.t (id INT) ENGINE=MyISAM")
                            .arguments("--ignore-dbs", "legacy")
                            .silent("obj.selection"),
                    on(server, "no database")
                            .withoutShop()
                            .blocks("obj.selection")
                            .fails("No databases to migrate: the server has none besides its own"),
                    on(server, "all databases are ignored")
                            .arguments("--ignore-dbs", "shop")
                            .blocks("obj.selection")
                            .fails("No databases to migrate: the only one is ignored"),
                    on(server, "an ignored name that nobody has")
                            .arguments("--ignore-dbs", "shpo")
                            .finds("obj.selection"),
                    on(server, "an ignored name in another case")
                            .arguments("--ignore-dbs", "SHOP")
                            .finds("obj.selection"),
                    on(server, "a database whose name differs in case only")
                            .sql("CREATE DATABASE Shop", "CREATE TABLE Shop.t (id INT) ENGINE=MyISAM")
                            .arguments("--ignore-dbs", "Shop")
                            .silent("obj.selection"),
                    on(server, "names that need quoting")
                            .sql(
                                    "CREATE DATABASE `we\"ird`",
                                    "CREATE TABLE `we\"ird`.`a``b` (id INT) ENGINE=MyISAM",
                                    "CREATE DATABASE `per%cent`",
                                    "CREATE TABLE `per%cent`.`na\u00efve` (id INT) ENGINE=MyISAM",
                                    "CREATE DATABASE `it's \u043c\u0438\u0440`",
                                    "CREATE TABLE `it's \u043c\u0438\u0440`.`back\\slash` (id INT) ENGINE=MyISAM")
                            .blocks("obj.engine")
                            .dump("3 tables are not InnoDB", "per%cent.na<U+00EF>ve"),
                    on(server, "names that need quoting, ignored")
                            .sql(
                                    "CREATE DATABASE `we\"ird`",
                                    "CREATE TABLE `we\"ird`.`a``b` (id INT) ENGINE=MyISAM",
                                    "CREATE DATABASE `per%cent`",
                                    "CREATE TABLE `per%cent`.`na\u00efve` (id INT) ENGINE=MyISAM",
                                    "CREATE DATABASE `it's \u043c\u0438\u0440`",
                                    "CREATE TABLE `it's \u043c\u0438\u0440`.`back\\slash` (id INT) ENGINE=MyISAM")
                            .arguments("--ignore-dbs", "we\"ird,per%cent", "--ignore-dbs", "it's \u043c\u0438\u0440")
                            .silent("obj.selection", "obj.engine"),
                    on(server, "one byte too many")
                            .arguments("--max-total-size", "{size-1}")
                            .blocks("tgt.disk")
                            .fails("Database is larger than the maximum size of "),
                    on(server, "exactly the size").arguments("--max-total-size", "{size+0}"),
                    on(server, "one byte to spare").arguments("--max-total-size", "{size+1}"),
                    on(server, "too large for a dump too")
                            .arguments("--max-total-size", "1K", "--method", "dump")
                            .blocks("tgt.disk")
                            .fails("Database is larger than the maximum size of 1024 bytes"),
                    on(server, "the table of RDS, visible")
                            .sql("CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))")
                            .undo("DROP TABLE mysql.rds_configuration")
                            .finds("dump.ftwrl"),
                    on(server, "the table of RDS, and mydumper")
                            .sql("CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))")
                            .undo("DROP TABLE mysql.rds_configuration")
                            .arguments("--dump-tool", "mydumper")
                            .silent("dump.ftwrl"),
                    on(server, "the table of RDS, not visible")
                            .sql("CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))")
                            .undo("DROP TABLE mysql.rds_configuration")
                            .grants(
                                    MatrixCase.NEEDED_GLOBALLY + " ON *.*",
                                    MatrixCase.NEEDED_ON_A_DATABASE + " ON shop.*")
                            .unknown("priv.visibility")
                            .silent("dump.ftwrl")));
        }
        cases.addAll(List.of(
                on(MYSQL_8_0, "blanks and commas in --ignore-dbs")
                        .sql(
                                "CREATE DATABASE legacy",
                                "CREATE TABLE legacy.t (id INT) ENGINE=MyISAM",
                                "CREATE DATABASE older",
                                "CREATE TABLE older.t (id INT) ENGINE=MyISAM")
                        .arguments("--ignore-dbs", " legacy , ,older,,")
                        .silent("obj.selection"),
                on(MYSQL_8_0, "an empty --ignore-dbs")
                        .arguments("--ignore-dbs", "")
                        .silent("obj.selection"),
                on(MYSQL_8_0, "system databases in --ignore-dbs")
                        .arguments("--ignore-dbs", "mysql,sys,information_schema,performance_schema")
                        .silent("obj.selection"),
                on(MYSQL_8_0, "a blank within a name")
                        .sql("CREATE DATABASE `my shop`", "CREATE TABLE `my shop`.t (id INT) ENGINE=MyISAM")
                        .arguments("--ignore-dbs", " my shop ")
                        .silent("obj.selection"),
                on(MYSQL_8_0, "an accent makes another name")
                        .sql("CREATE DATABASE `caf\u00e9`", "CREATE TABLE `caf\u00e9`.t (id INT) ENGINE=MyISAM")
                        .arguments("--ignore-dbs", "cafe")
                        .blocks("obj.engine")
                        .finds("obj.selection")
                        .dump("caf<U+00E9>.t"),
                on(MYSQL_8_0_FOLDING, "an ignored name in another case")
                        .arguments("--ignore-dbs", "SHOP")
                        .blocks("obj.selection")
                        .fails("No databases to migrate: the only one is ignored"),
                on(MYSQL_8_0_FOLDING, "MyISAM in a database ignored in another case")
                        .sql("CREATE DATABASE Legacy", "CREATE TABLE LEGACY.T (id INT) ENGINE=MyISAM")
                        .arguments("--ignore-dbs", "LegacY")
                        .silent("obj.selection", "obj.engine"),
                on(MYSQL_8_0_FOLDING, "the size in another case").arguments("--max-total-size", "{size+0}"),
                on(MYSQL_8_0_FOLDING, "FEDERATED")
                        .sql("CREATE TABLE shop.far (id INT) ENGINE=FEDERATED"
                                + " CONNECTION='mysql://nobody@127.0.0.1:1/shop/orders'")
                        .blocks("obj.engine")
                        .fails("Only InnoDB engine is supported", "shop.far"),
                on(MARIADB, "Aria")
                        .sql("CREATE TABLE shop.log (id INT) ENGINE=Aria")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "ver.mariadb-only", "obj.engine")
                        .fails("MariaDB", "1 table is not InnoDB (shop.log)", "that only MariaDB has (shop.log)"),
                on(MARIADB, "a sequence")
                        .sql("CREATE SEQUENCE shop.numbers")
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "ver.mariadb-only")
                        .fails("MariaDB", "that only MariaDB has (shop.numbers)"),
                on(MARIADB, "no database")
                        .withoutShop()
                        .global("binlog_format", "ROW")
                        .blocks("ver.flavor", "obj.selection")
                        .fails("No databases to migrate", "MariaDB")));
        return cases;
    }
}
