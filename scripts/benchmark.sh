#!/usr/bin/env bash
# Measures what a check costs, on real servers of its own, and prints it side by side.
#
#   scripts/benchmark.sh               start-up: a whole check of a small MySQL 8.0 against a bare Java that prints one line,
#                                      without and with TLS, for each Java of this machine (17 and newer)
#   scripts/benchmark.sh --tables N    all rules on a source with N tables (MySQL 5.7 and 8.0; two indexes and five columns each, or
#                                      ten and all in one file from 100000 tables on) against an empty one and against plain
#                                      streamed passes over information_schema.TABLES, COLUMNS and STATISTICS (without
#                                      cardinality) by the C client (mysql has to be installed); the most memory that such a
#                                      check takes, or writing a snapshot, or judging it
#   scripts/benchmark.sh --rtt MS      a whole check of a small MySQL 5.7 and 8.0 that is so many milliseconds away, and of the same
#                                      server nearby; the difference in round-trip times, without and with TLS
#   --runs N                           measurements of each, of which the median counts (default 15; 5 with --tables)
#
# Run it on a machine that does nothing else; quote ratios, not milliseconds.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

tables=0
rtt=0
runs=
while [ $# -gt 0 ]; do
    case $1 in
        --tables) tables=$2 && shift 2 ;;
        --rtt) rtt=$2 && shift 2 ;;
        --runs) runs=$2 && shift 2 ;;
        *) sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p}' "$0" && exit 2 ;;
    esac
done

now() {
    date +%s%N
}

# The median wall time of a command in milliseconds: median COUNT COMMAND ...
median() {
    local count=$1 i start
    shift
    for ((i = 0; i < count; i++)); do
        start=$(now)
        "$@" >/dev/null 2>"$work/stderr" || [ $? -eq 3 ] || die "$* failed: $(cat "$work/stderr")"
        echo $((($(now) - start) / 10000))
    done | sort -n | awk '{a[NR] = $1} END {printf "%.1f", a[int((NR + 1) / 2)] / 100}'
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN {printf "%.1f", a / b}'
}

account() {
    sql <<'SQL'
CREATE USER 'mig'@'%' IDENTIFIED BY 'pw';
GRANT SELECT, RELOAD, PROCESS, LOCK TABLES, REPLICATION SLAVE, REPLICATION CLIENT, SHOW VIEW, EVENT, TRIGGER ON *.* TO 'mig'@'%';
CREATE DATABASE shop;
CREATE TABLE shop.customer (id INT PRIMARY KEY, name VARCHAR(100), KEY (name));
SQL
}

start_up() {
    local home version bare plain tls
    mkdir -p "$work/bare"
    cat >"$work/bare/Bare.java" <<'JAVA'
public class Bare {
    public static void main(String[] arguments) {
        System.out.println("one line");
    }
}
JAVA
    serve mysql_8_0 gtid_mode=ON enforce_gtid_consistency=ON
    account
    printf '%-28s %9s %9s %9s %9s %9s\n' "java" "bare ms" "check ms" "x bare" "TLS ms" "x bare"
    javas | while read -r home; do
        export JAVA_HOME=$home
        version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release")
        "$home/bin/javac" -d "$work/bare/$version" "$work/bare/Bare.java"
        # The first check makes the archive; one more of each kind warms the files up.
        for mode in DISABLED DISABLED REQUIRED; do
            "$preflight" check "mysql://mig:pw@127.0.0.1:$port/?ssl-mode=$mode" >/dev/null
        done
        bare=$(median "$runs" "$home/bin/java" -cp "$work/bare/$version" Bare)
        plain=$(median "$runs" "$preflight" check "mysql://mig:pw@127.0.0.1:$port/?ssl-mode=DISABLED")
        tls=$(median "$runs" "$preflight" check "mysql://mig:pw@127.0.0.1:$port/?ssl-mode=REQUIRED")
        printf '%-28s %9s %9s %9s %9s %9s\n' "$version" "$bare" "$plain" "$(ratio "$plain" "$bare")" "$tls" "$(ratio "$tls" "$bare")"
    done
    stop
}

distance() {
    local release=$1 far held modes=DISABLED mode near away
    # Java of today does not speak the TLS of 5.7.
    [ "$release" = mysql_5_7 ] || modes="DISABLED REQUIRED"
    serve "$release" gtid_mode=ON enforce_gtid_consistency=ON
    account
    rm -f "$work/far"
    exec {held}> >(java -cp "$root/checker-testkit/target/classes" io.github.mysqlpreflight.testkit.DelayingProxy "$port" "$rtt" >"$work/far")
    until [ -s "$work/far" ]; do sleep 0.1; done
    far=$(cat "$work/far")
    for mode in $modes; do
        for _ in 1 2; do "$preflight" check "mysql://mig:pw@127.0.0.1:$port/?ssl-mode=$mode" >/dev/null; done
        near=$(median "$runs" "$preflight" check "mysql://mig:pw@127.0.0.1:$port/?ssl-mode=$mode")
        away=$(median "$runs" "$preflight" check "mysql://mig:pw@127.0.0.1:$far/?ssl-mode=$mode")
        printf '%-10s %-9s %9s %9s %12s\n' "$release" "$mode" "$near" "$away" \
            "$(awk -v n="$near" -v f="$away" -v r="$rtt" 'BEGIN {printf "%.1f", (f - n) / r}')"
    done
    exec {held}>&-
    stop
}

status() {
    echo "SHOW GLOBAL STATUS LIKE '$1';" | sql | cut -f 2
}

# The most resident memory in MiB of our program with these arguments, as often as there are lines of them: peak_memory <<< ...
peak_memory() {
    local pid most=0 line arguments
    while read -ra arguments; do
        "$preflight" "${arguments[@]}" >/dev/null 2>&1 &
        pid=$!
        while kill -0 $pid 2>/dev/null; do
            line=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status 2>/dev/null || true)
            [ -n "$line" ] && [ "$line" -gt "$most" ] && most=$line
            sleep 0.01
        done
        wait $pid || [ $? -eq 3 ] || die "${arguments[0]} failed"
    done
    echo $((most / 1024))
}

# Every column of STATISTICS but the cardinality, which no check needs and which costs the server a look into each table.
statistics_columns="TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, NON_UNIQUE, INDEX_SCHEMA, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, COLLATION, SUB_PART, PACKED, NULLABLE, INDEX_TYPE, COMMENT, INDEX_COMMENT"

# The three plain passes, streamed, one after the other: pass PORT
plain_passes() {
    mysql --quick -h127.0.0.1 -P"$1" -umig -ppw \
        -e "SELECT * FROM information_schema.TABLES; SELECT * FROM information_schema.COLUMNS; SELECT $statistics_columns FROM information_schema.STATISTICS"
}

many_tables() {
    local release=$1 uri empty pass full bound factor statements read_rows opened memory before after i schema
    local files=1 columns=""
    if [ "$tables" -ge 100000 ]; then
        # Making so many files would take most of the time.
        files=0 columns="e INT, f VARCHAR(30) NOT NULL, g DATETIME, h TEXT, i DECIMAL(10,2), "
    fi
    serve "$release" gtid_mode=ON enforce_gtid_consistency=ON innodb_file_per_table=$files innodb_flush_log_at_trx_commit=0
    account
    uri="mysql://mig:pw@127.0.0.1:$port/?ssl-mode=DISABLED"
    "$preflight" check "$uri" >/dev/null
    empty=$(median "$runs" "$preflight" check "$uri")
    {
        echo "SET sql_log_bin = 0;"
        for ((i = 0; i < tables; i++)); do
            schema=many_$((i % 50))
            [ $i -lt 50 ] && echo "CREATE DATABASE $schema;"
            echo "CREATE TABLE $schema.t$i (id INT PRIMARY KEY, a INT, b VARCHAR(20), c DATE, d INT, ${columns}KEY (a), KEY (b));"
        done
    } >"$work/tables.sql"
    sql <"$work/tables.sql"
    pass=$(median "$runs" plain_passes "$port")
    before=$(statistics)
    echo "FLUSH STATUS;" | sql
    statements=$(status Queries)
    read_rows=$(status Handler_read_rnd_next)
    opened=$(status Opened_tables)
    full=$(median "$runs" "$preflight" check "$uri")
    statements=$((($(status Queries) - statements) / runs))
    read_rows=$((($(status Handler_read_rnd_next) - read_rows) / runs))
    opened=$((($(status Opened_tables) - opened) / runs))
    after=$(statistics)
    memory=$(printf '%s\n' "check $uri" "snapshot $uri -o $work/many.json.gz" "check --snapshot $work/many.json.gz" | peak_memory)
    factor=1.5
    [ "$tables" -ge 100000 ] && factor=2
    bound=$(awk -v e="$empty" -v p="$pass" -v f=$factor 'BEGIN {printf "%.0f", e + f * p}')
    printf '%-10s %9s %9s %9s %9s %6s %6s %10s %9s %8s %11s  %s\n' "$release" "$empty" "$pass" "$full" "$bound" \
        "$(awk -v e="$empty" -v p="$pass" -v c="$full" 'BEGIN {printf "%.2f", (c - e) / p}')" \
        "$(($(status Max_used_connections) - 1))" "$statements" "$read_rows" "$opened" "$memory MiB" \
        "$([ "$before" = "$after" ] && echo "nothing changed" || echo "STATISTICS CHANGED")"
    stop
}

# What the server keeps as statistics; a check must leave it as it is.
statistics() {
    {
        echo "CHECKSUM TABLE mysql.innodb_table_stats, mysql.innodb_index_stats;"
        echo "SELECT COUNT(*), MAX(last_update) FROM mysql.innodb_table_stats;"
    } | sql
}

"$here/setup-servers.sh"
build
if [ "$rtt" -gt 0 ]; then
    runs=${runs:-15}
    printf '%-10s %-9s %9s %9s %12s\n' "$rtt ms away" "ssl-mode" "near ms" "far ms" "round trips"
    distance mysql_5_7
    distance mysql_8_0
elif [ "$tables" -eq 0 ]; then
    runs=${runs:-15}
    start_up
else
    runs=${runs:-5}
    command -v mysql >/dev/null || die "the C client mysql is needed for the plain pass (apt-get install default-mysql-client-core)"
    # The ratio is what the tables cost the check, in plain passes. Each statement is one round trip.
    printf '%-10s %9s %9s %9s %9s %6s %6s %10s %9s %8s %11s\n' "$tables" "empty ms" "passes ms" "check ms" "bound ms" "ratio" \
        "conns" "statements" "rows read" "opened" "peak memory"
    many_tables mysql_5_7
    many_tables mysql_8_0
fi
