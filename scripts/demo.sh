#!/usr/bin/env bash
# Shows what MySQL Preflight does, on a real MySQL 8.0 of its own: a source with problems, the same after the printed fixes
# were pasted, and the judgement of a snapshot when the source is gone. Takes a minute or two the first time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

"$here/setup-servers.sh"
echo "building ..."
build
echo "starting a MySQL 8.0 server ..."
serve mysql_8_0 gtid_mode=OFF enforce_gtid_consistency=OFF binlog_format=STATEMENT

sql <<'SQL'
CREATE DATABASE shop CHARACTER SET utf8mb4;
CREATE TABLE shop.customer (id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(190) NOT NULL UNIQUE);
CREATE TABLE shop.product (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), price DECIMAL(10,2));
CREATE TABLE shop.purchase (id BIGINT AUTO_INCREMENT PRIMARY KEY, customer_id INT NOT NULL, bought DATETIME NOT NULL, FOREIGN KEY (customer_id) REFERENCES shop.customer (id));
CREATE TABLE shop.log (id INT, line VARCHAR(500)) ENGINE=MyISAM;
CREATE TABLE shop.sessions (id CHAR(32) PRIMARY KEY, seen DATETIME) ENGINE=MEMORY;
INSERT INTO shop.customer (email) VALUES ('ada@example.org'), ('grace@example.org');
INSERT INTO shop.product (name, price) VALUES ('Teapot', 19.90), ('Cup', 4.50);
INSERT INTO shop.log VALUES (1, 'started');
CREATE DATABASE legacy;
CREATE TABLE legacy.notes (id INT PRIMARY KEY, text TEXT);
CREATE USER 'mig'@'%' IDENTIFIED BY 'a secret';
GRANT SELECT, PROCESS, RELOAD, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON *.* TO 'mig'@'%';
SQL

source="mysql://mig:a%20secret@127.0.0.1:$port/"
shown="mysql-preflight check mysql://mig:***@127.0.0.1:$port/"

say "1. A source with problems:  $shown --ignore-dbs legcay"
"$preflight" check "$source" --ignore-dbs legcay --all | tee "$work/report.txt"

say "2. Pasting the statements that the report printed"
grep -E '^ +(SET|ALTER|GRANT|FLUSH) .*;( +-- .*)?$' "$work/report.txt" | tee "$work/fixes.sql"
sql <"$work/fixes.sql"

say "   The same source again:  $shown --ignore-dbs legacy"
"$preflight" check "$source" --ignore-dbs legacy | tee "$work/report.txt"
grep -q '^All pre-checks passed successfully, preferred migration method will be \[Replication\]$' "$work/report.txt" ||
    die "the fixes did not lead to Replication"

say "3. A snapshot, judged when the source is gone:  mysql-preflight check --snapshot shop.json.gz"
"$preflight" snapshot "$source" -o "$work/shop.json.gz"
stop
"$preflight" check --snapshot "$work/shop.json.gz" --target-version 8.0
