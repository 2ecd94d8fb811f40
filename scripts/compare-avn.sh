#!/usr/bin/env bash
# Runs Aiven's own client and `mysql-preflight service` with the same commands against the same server, and compares what
# they print, letter for letter; only ids and times of two tasks may differ. Ends with 1 on any difference, and shows it.
#
#   scripts/compare-avn.sh DIR [URL]    DIR: a checkout of github.com/aiven/aiven-client; AIVEN_CLIENT_DIR names it too
#                                       URL: a running server, asked with the token and the project of the environment
#                                       (AIVEN_AUTH_TOKEN, AIVEN_PROJECT); it must be able to reach 127.0.0.1
#
# Without URL a server is started and ended, with a token of its own. Sources are real servers of this machine.
# Without DIR nothing is compared, and that is said. Needs Debian's python3-requests, python3-requests-toolbelt and
# python3-certifi; PYTHON names another Python.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

avn_dir=${1:-${AIVEN_CLIENT_DIR:-}}
url=${2:-}
case $avn_dir in
    "")
        echo "SKIPPED: aiven-client is not compared with, since no checkout of it was named"
        exit 0
        ;;
    -*) sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p}' "$0" && exit 2 ;;
esac
. "$here/lib.sh"
python=${PYTHON:-/usr/bin/python3}
[ -f "$avn_dir/aiven/client/__main__.py" ] || die "$avn_dir is no checkout of aiven-client"
avn_dir=$(cd "$avn_dir" && pwd)
"$python" -c 'import requests, requests_toolbelt, certifi' || die "install python3-requests python3-requests-toolbelt python3-certifi"

mkdir "$work/home"
unset REQUESTS_CA_BUNDLE CURL_CA_BUNDLE AIVEN_CA_CERT AIVEN_CONFIG_DIR AIVEN_CLIENT_CONFIG AIVEN_CREDENTIALS_FILE
unset MYSQL_PREFLIGHT_URL MYSQL_PREFLIGHT_TOKEN MYSQL_PREFLIGHT_PROJECT MYSQL_PREFLIGHT_SOURCE_URI
export AIVEN_PROJECT=${AIVEN_PROJECT:-local}
differences=0
compared=0

"$here/setup-servers.sh"
build

end_service() {
    if [ -n "${service_pid:-}" ]; then
        kill "$service_pid" 2>/dev/null || true
        wait "$service_pid" 2>/dev/null || true
        service_pid=
    fi
}
trap 'end_service; stop; rm -rf "$work"' EXIT

# Starts the server that the clients ask.
start_service() {
    local i
    export AIVEN_AUTH_TOKEN=compared-by-a-script-0123456789
    cat >"$work/preflight.yaml" <<YAML
listen: 127.0.0.1:0
store: $work/store
tokens:
  - name: compare
    sha256: $(printf %s "$AIVEN_AUTH_TOKEN" | sha256sum | cut -d' ' -f1)
    projects: [$AIVEN_PROJECT]
YAML
    "$preflight" serve --config "$work/preflight.yaml" >"$work/service.log" 2>&1 &
    service_pid=$!
    for ((i = 0; i < 300; i++)); do
        url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/service.log" | head -1) || true
        if [ -n "$url" ]; then
            return 0
        fi
        kill -0 "$service_pid" 2>/dev/null || break
        sleep 0.1
    done
    die "mysql-preflight serve did not start: $(cat "$work/service.log")"
}

avn() {
    HOME=$work/home PYTHONPATH=$avn_dir PYTHONDONTWRITEBYTECODE=1 "$python" -m aiven.client "$@"
}

ours() {
    HOME=$work/home "$preflight" "$@"
}

# What both said of an error: message and status. avn of some releases prints the answer's whole body instead.
error_line() {
    "$python" - "$1" <<'PYTHON'
import json, re, sys
text = open(sys.argv[1], encoding="utf-8").read().strip()
for line in text.splitlines():
    found = re.match(r"(?:ERROR\s+command failed: Error: |mysql-preflight: )(.*)", line)
    if found:
        said = found.group(1)
        body = re.match(r"(\{.*\})(?:, status\(.*\)=\d+)?$", said)
        if body:
            parsed = json.loads(body.group(1))
            said = f"{parsed['message']} (status {parsed['errors'][0]['status']})"
        print(said)
        break
else:
    print("no error: " + text)
PYTHON
}

# The id of the one task that was printed.
id_in() {
    grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' "$1" | head -1
}

# Hides what may differ between two tasks, without changing the width of anything.
same_everywhere() {
    sed -E -e 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/g' \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/0000-00-00T00:00:00Z/g' "$1"
}

verdict() {
    compared=$((compared + 1))
    if diff -u --label avn --label mysql-preflight "$work/avn.seen" "$work/ours.seen" >"$work/diff"; then
        printf 'same       %s\n' "$1"
    else
        differences=$((differences + 1))
        printf 'DIFFERENT  %s\n' "$1"
        cat -A "$work/diff"
    fi
}

# same NAME ARGUMENT...: standard output of both, and that both end with 0 and complain of nothing.
same() {
    local name=$1 client code
    shift
    for client in avn ours; do
        code=0
        "$client" --url "$url" service "$@" >"$work/$client.out" 2>"$work/$client.err" || code=$?
        { same_everywhere "$work/$client.out" && cat "$work/$client.err" && echo "exit code $code"; } >"$work/$client.seen"
    done
    verdict "$name"
}

# same_error NAME ARGUMENT...: message and status, and nothing on standard output.
same_error() {
    local name=$1 client
    shift
    for client in avn ours; do
        if "$client" --url "$url" service "$@" >"$work/$client.out" 2>"$work/$client.err"; then
            echo "exit code 0" >>"$work/$client.err"
        fi
        { cat "$work/$client.out" && error_line "$work/$client.err"; } >"$work/$client.seen"
    done
    verdict "$name"
    [ $# -eq 0 ] || printf '           %s\n' "$(cat "$work/avn.seen")"
}

# outcome NAME EXPECTED URI [OPTION...]: a task of each client, then the ended one as both show it.
outcome() {
    local name=$1 expected=$2 uri=$3 id
    shift 3
    same "$name: task-create" task-create --operation migration_check --source-service-uri "$uri" "$@" mysql
    grep -qE '^mysql_migration_check  null ' "$work/ours.out" || die "a new task is not null: $(cat "$work/ours.out")"
    id=$(id_in "$work/ours.out")
    ours --url "$url" service task-get --wait --timeout 120 --task-id "$id" mysql >"$work/ended" || [ $? -eq 3 ] ||
        die "$name: the task did not end"
    grep -qF "$expected" "$work/ended" || die "$name: not as expected, but $(cat "$work/ended")"
    same "$name: task-get" task-get --task-id "$id" mysql
    tail -n 1 "$work/avn.out" | sed 's/^/           /'
    same "$name: task-get --json" task-get --task-id "$id" --json mysql
    same "$name: task-get --format" task-get --task-id "$id" --format '{success}|{result}|{task_type}|{result_codes}' mysql
}

[ -n "$url" ] || start_service
echo "starting a MySQL 8.0 server ..."
serve mysql_8_0 gtid_mode=ON enforce_gtid_consistency=ON binlog_format=ROW server_id=4711
sql <<'SQL'
CREATE DATABASE shop;
CREATE TABLE shop.customer (id INT PRIMARY KEY, name VARCHAR(100));
CREATE USER 'mig'@'%' IDENTIFIED BY 'a secret';
GRANT SELECT, PROCESS, RELOAD, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'mig'@'%';
SQL
uri="mysql://mig:a%20secret@127.0.0.1:$port/?ssl-mode=REQUIRED"

say "What came of a task"
outcome "replication" "true     " "$uri"
grep -q '\[Replication\]' "$work/ended" || die "this source ought to be ready for replication: $(cat "$work/ended")"
sql <<<"CREATE TABLE shop.log (id INT) ENGINE=MyISAM;"
outcome "dump" "[Dump]" "$uri"
outcome "nothing to migrate" "false    " "$uri" --ignore-dbs "shop, test"
outcome "wrong password" "false    " "mysql://mig:wrong@127.0.0.1:$port/"
outcome "nobody there" "false    " "mysql://mig:wrong@127.0.0.1:1/"

say "task-create, printed otherwise"
same "task-create --json" task-create --operation migration_check --source-service-uri "$uri" --json mysql
same "task-create --format" task-create --operation migration_check --source-service-uri "$uri" --format '{success}|{{{task_type!r}}}' mysql

say "Errors"
unknown=00000000-0000-4000-8000-000000000000
same_error "no such task" task-get --task-id "$unknown" mysql
same_error "no id at all" task-get --task-id "../x y/é" mysql
same_error "no such service" task-get --task-id "$unknown" none
same_error "no such service" task-create --operation migration_check --source-service-uri "$uri" none
same_error "a URI that is none" task-create --operation migration_check --source-service-uri "mysql://mig@" mysql
same_error "another scheme" task-create --operation migration_check --source-service-uri "postgres://u:p@h/" mysql
same_error "a URI that is too long" task-create --operation migration_check --source-service-uri "mysql://u:p@h/$(printf 'x%.0s' {1..600})" mysql
same_error "a version that is none" task-create --operation upgrade_check --target-version 0123456789 mysql
if [ -n "${service_pid:-}" ]; then
    same_error "another project" task-get --project foreign --task-id "$unknown" mysql
    AIVEN_AUTH_TOKEN=wrong same_error "a wrong token" task-get --task-id "$unknown" mysql
    if grep -qF -e 'a%20secret' -e 'a secret' -e "$AIVEN_AUTH_TOKEN" "$work/service.log"; then
        die "the server's log holds a secret"
    fi
fi

say "$compared comparisons, $differences differences"
[ "$differences" -eq 0 ]
