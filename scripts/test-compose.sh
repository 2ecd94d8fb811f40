#!/usr/bin/env bash
# Starts what docker-compose.yml describes, makes a check over the API and one by the command line, and takes all down again.
# Where no image can be pulled, so that stand-ins are made: for the official image of MySQL one of MySQL 9.7 that understands
# the same variables, for that of a Java runtime the Java of this machine.
#
#   scripts/test-compose.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

"$here/setup-servers.sh" --docker >/dev/null
build

image() { # NAME OPTION ... FOLDER
    local name=$1
    shift
    docker build -q -t "$name" "$@" >/dev/null 2>"$work/docker.log" || die "$name: $(cat "$work/docker.log")"
}

mkdir "$work/mysql" "$work/java"
cat >"$work/mysql/entrypoint.sh" <<'SH'
#!/bin/sh
set -eu
data=/var/lib/mysql
if [ ! -d $data/mysql ]; then
    mysqld --no-defaults --initialize-insecure --user=root --datadir=$data
    {
        echo "CREATE USER 'root'@'%' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';"
        echo "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
        echo "CREATE DATABASE \`$MYSQL_DATABASE\`;"
        if [ -n "${MYSQL_USER:-}" ]; then
            echo "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';"
            echo "GRANT ALL ON \`$MYSQL_DATABASE\`.* TO '$MYSQL_USER'@'%';"
        fi
    } >/tmp/init.sql
    set -- "$@" --init-file=/tmp/init.sql
fi
exec mysqld --no-defaults --user=root --datadir=$data --bind-address=0.0.0.0 --secure-file-priv= --mysqlx=OFF --socket=/tmp/mysql.sock "$@"
SH
cat >"$work/mysql/Dockerfile" <<'DOCKER'
FROM mysql-preflight/mysql:9.7
COPY entrypoint.sh /entrypoint.sh
RUN chmod 755 /entrypoint.sh && rm -rf /var/lib/mysql && mkdir -p /var/lib/mysql
ENTRYPOINT ["/entrypoint.sh"]
DOCKER
image mysql-preflight/mysql-official "$work/mysql"

say "An image of the checker, its last stage as in the Dockerfile"
runtime=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
mkdir "$work/java/java"
tar -C "$runtime" -h --exclude=./jmods --exclude=./lib/src.zip -c . | tar -C "$work/java/java" -x
cp -R "$root/checker-cli/target/mysql-preflight" "$work/java/mysql-preflight"
rm -rf "$work/java/mysql-preflight/cache"
printf 'FROM mysql-preflight/mysql:9.7\nCOPY java /opt/java\nENV PATH=/opt/java/bin:/usr/bin:/bin\n' |
    image mysql-preflight/java -f - "$work/java"
{
    echo 'ARG RUN_IMAGE'
    echo 'FROM scratch AS build'
    echo 'COPY mysql-preflight /build/checker-cli/target/mysql-preflight'
    sed -n '/^FROM ${RUN_IMAGE}/,$p' "$root/Dockerfile"
} | image mysql-preflight --build-arg RUN_IMAGE=mysql-preflight/java -f - "$work/java"

export MYSQL_IMAGE=mysql-preflight/mysql-official COMPOSE_PROJECT_NAME=preflight-test PREFLIGHT_PORT=18765 MYSQL_PORT=13306
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose -f "$root/docker-compose.yml" "$@"
    else
        docker-compose -f "$root/docker-compose.yml" "$@"
    fi
}
down() {
    compose --profile tools down -v >/dev/null 2>&1 || true
}
trap 'down; stop; rm -rf "$work"' EXIT
say "docker compose up"
compose up -d --no-build >"$work/up.log" 2>&1 || die "up failed: $(cat "$work/up.log")"

await() { # SECONDS COMMAND ...
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        if [ $SECONDS -ge $end ]; then
            compose logs --tail 30 >&2
            die "in vain: $*"
        fi
        sleep 0.5
    done
}

tasks=http://127.0.0.1:$PREFLIGHT_PORT/v1/project/demo/service/mysql/task
ask() {
    curl -fsS -H 'Authorization: Bearer preflight-demo-token' "$@"
}
await 120 curl -fsS http://127.0.0.1:$PREFLIGHT_PORT/health
healthy() {
    [ "$(docker inspect -f '{{.State.Health.Status}}' "$(compose ps -q server)")" = healthy ]
}
await 60 healthy
ask -H 'Content-Type: application/json' -o "$work/created.json" "$tasks" -d '{"task_type": "migration_check", "migration_check": {"source_service_uri": "mysql://root:preflight@source/"}}'
id=$(sed 's/.*"task_id":"\([^"]*\)".*/\1/' "$work/created.json")
ended() {
    ask -o "$work/task.json" "$tasks/$id"
    ! grep -q '"success":null' "$work/task.json"
}
await 60 ended
cat "$work/task.json" && echo
grep -q '"success":true' "$work/task.json" || die "the check of the source in the stack did not end well"

say "docker compose run checker"
compose run --rm -T checker check 'mysql://root:preflight@source/' || die "the check ended with $?"
