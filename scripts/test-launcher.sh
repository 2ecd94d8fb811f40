#!/usr/bin/env bash
# Tries the built distribution's launcher for real, with each Java of this machine: from any folder, through a symlink, from
# a folder that cannot be written, with and without an archive, and that an archive never outlives its jars.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

"$here/setup-servers.sh"
build
serve mysql_8_0 gtid_mode=ON enforce_gtid_consistency=ON
sql <<'SQL'
CREATE USER 'mig'@'%' IDENTIFIED BY 'pw';
GRANT SELECT, PROCESS, RELOAD, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'mig'@'%';
CREATE DATABASE shop;
SQL
uri="mysql://mig:pw@127.0.0.1:$port/"
export HOME=$work/home XDG_CACHE_HOME=
unset XDG_CACHE_HOME
echo '- {check: obj.engine, reason: nothing to accept}' >"$work/accept.yaml"
passed=0

# expect WORDS COMMAND ...: exit code 0, nothing on standard error, and the words on standard output.
expect() {
    local words=$1
    shift
    "$@" >"$work/out" 2>"$work/err" || die "$* ended with $?: $(cat "$work/out" "$work/err")"
    [ ! -s "$work/err" ] || die "$* said on standard error: $(cat "$work/err")"
    grep -qF "$words" "$work/out" || die "$* did not say '$words': $(cat "$work/out")"
    passed=$((passed + 1))
}

# The server: answers, and ends by SIGTERM with 0.
expect_server() {
    local dist=$1 pid address status
    "$dist/bin/mysql-preflight" serve --listen 127.0.0.1:0 --store "$dist/store" >"$work/out" 2>"$work/err" &
    pid=$!
    for ((i = 0; i < 300; i++)); do
        address=$(sed -n 's/.* listens on \([^,]*\), tasks are kept in .*/\1/p' "$work/err")
        [ -z "$address" ] || break
        kill -0 $pid 2>/dev/null || die "serve ended: $(cat "$work/err")"
        sleep 0.1
    done
    [ -n "$address" ] || die "serve did not say where it listens: $(cat "$work/err")"
    curl -fsS "${address}health" | grep -q '"status":"ok"' || die "/health does not answer ok"
    kill -TERM $pid
    wait $pid && status=0 || status=$?
    [ $status = 0 ] || die "serve ended with $status after SIGTERM: $(cat "$work/err")"
    [ ! -s "$work/out" ] || die "serve wrote to standard output: $(cat "$work/out")"
    ! grep -qE ' (WARN|ERROR) ' "$work/err" || die "serve is not content: $(cat "$work/err")"
    passed=$((passed + 1))
}

archives() {
    find "$1" -name '*.jsa' 2>/dev/null | wc -l
}

for home in $(javas); do
    export JAVA_HOME=$home
    dist=$work/$(basename "$home")
    cp -r "$root/checker-cli/target/mysql-preflight" "$dist"
    rm -rf "$dist/cache"
    replication='"result" : "All pre-checks passed successfully, preferred migration method will be [Replication]"'

    expect 'mysql-preflight' "$dist/bin/mysql-preflight" --version
    expect '"state" : "UNUSED"' "$dist/bin/mysql-preflight" check "$uri" --accept "$work/accept.yaml" --format json
    [ "$(archives "$dist")" = 0 ] || die "a command that reads no server, or a check with more jars, made an archive"
    expect "$replication" "$dist/bin/mysql-preflight" check "$uri?ssl-mode=DISABLED" --format json
    [ "$(archives "$dist")" = 1 ] || die "the first check made no archive"
    expect "$replication" "$dist/bin/mysql-preflight" check "$uri?ssl-mode=DISABLED" --format json
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    [ "$(archives "$dist")" = 2 ] || die "there should be an archive with TLS and one without"

    # The classes that read accepted findings come from the server's jars. A check without such a file loads none of them, and the
    # archive serves one with it too.
    reading='cli\.AcceptFile|engine\.AcceptList|report\.Acceptance|server\.yaml|snakeyaml'
    export MYSQL_PREFLIGHT_JAVA_OPTS="-Xlog:class+load:file=$work/loaded"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    ! grep -E "$reading" "$work/loaded" || die "a check that accepts nothing loads what reads accepted findings"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri" "--accept=$work/accept.yaml"
    grep -qE "$reading" "$work/loaded" || die "there is no log of what was loaded"
    shared=$(grep -c 'source: shared objects file' "$work/loaded")
    [ "$shared" -gt $(($(wc -l <"$work/loaded") * 8 / 10)) ] || die "a check with accepted findings uses no archive"
    unset MYSQL_PREFLIGHT_JAVA_OPTS
    [ "$(archives "$dist")" = 2 ] || die "a check with accepted findings made an archive"

    # The server's jars are on nobody else's class path, and serve makes and uses no archive.
    for jar in "$dist"/lib/server/*.jar; do
        [ ! -e "$dist/lib/${jar##*/}" ] || die "${jar##*/} is in lib and in lib/server"
    done
    expect_server "$dist"
    mv "$dist/lib/server" "$dist/lib/away"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    ! "$dist/bin/mysql-preflight" serve 2>"$work/err" || die "serve without its jars did not fail"
    grep -q 'the jars of the server are not on the class path' "$work/err" || die "serve without its jars said: $(cat "$work/err")"
    ! "$dist/bin/mysql-preflight" check "$uri" --accept "$work/accept.yaml" >/dev/null 2>"$work/err" || die "--accept without jars did not fail"
    grep -q 'the jars of the server are not on the class path' "$work/err" || die "--accept without jars said: $(cat "$work/err")"
    mv "$dist/lib/away" "$dist/lib/server"
    [ "$(archives "$dist")" = 2 ] || die "serve made an archive"

    ln -s "$dist/bin/mysql-preflight" "$work/link"
    ln -s link "$work/link-to-link"
    (cd / && expect '[Replication]' "$work/link-to-link" check "$uri")
    (cd "$dist/bin" && PATH=.:$PATH && expect '[Replication]' mysql-preflight check "$uri")
    rm "$work/link" "$work/link-to-link"

    # Another jar: another archive.
    mkdir "$work/extra" && echo "more" >"$work/extra/more.txt"
    (cd "$work/extra" && "$home/bin/jar" uf "$dist"/lib/checks-*.jar more.txt) && rm -r "$work/extra"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    [ "$(archives "$dist")" = 3 ] || die "the archive outlived a jar"

    # Where the folder cannot be written, the archive goes to the user's cache; where that cannot either, there is none.
    rm -rf "$dist/cache" && : >"$dist/cache"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    [ "$(archives "$HOME/.cache/mysql-preflight")" = 1 ] || die "no archive in the user's cache"
    rm -rf "$HOME" && : >"$HOME"
    expect '[Replication]' "$dist/bin/mysql-preflight" check "$uri"
    rm -f "$HOME"
    echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/Java \1/p' "$home/release"): the launcher works"
done
stop
echo "$passed passed, 0 failed"
