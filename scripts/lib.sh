# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # its variables are set and read by the scripts beside it
# Shared by the scripts beside it, which set `here` to their own folder and read this with the dot command (bash).

root=$(cd "$here/.." && pwd)
preflight=$root/checker-cli/target/mysql-preflight/bin/mysql-preflight
work=$(mktemp -d "${TMPDIR:-/tmp}/mysql-preflight.XXXXXX")
trap 'stop; rm -rf "$work"' EXIT

say() {
    printf '\n\033[1m== %s\033[0m\n\n' "$*"
}

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Builds the distribution and the test kit, unless that was done since the last change.
build() {
    if [ -x "$preflight" ] && [ -f "$root/checker-testkit/target/classpath" ] &&
        [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$root/checker-testkit/target/classpath" -print -quit)" ]; then
        return 0
    fi
    (cd "$root" && mvn -q -B -DskipTests package) || die "the build failed"
}

# Starts a real server in the background: serve RELEASE [name=value ...]. Afterwards $port is where it listens, and `sql`
# runs statements on it. One server at a time.
serve() {
    local java=java
    [ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
    coproc SERVER {
        "$java" -cp "$root/checker-testkit/target/classes:$(cat "$root/checker-testkit/target/classpath")" \
            io.github.mysqlpreflight.testkit.Serve "$@" 2>"$work/server.log"
    }
    # The shell keeps the descriptors of a coprocess from its subshells; copies reach there.
    server_pid=$SERVER_PID
    exec {server_in}>&"${SERVER[1]}" {server_out}<&"${SERVER[0]}" && eval "exec ${SERVER[1]}>&-"
    read -r port <&"$server_out" || die "the server did not start: $(cat "$work/server.log")"
}

# Runs the statements of standard input as root, prints the rows, and fails with the first error.
sql() {
    local line failed=0
    # Beside the reading: neither pipe holds what a long script says.
    { cat && echo "SELECT 'end of statements';"; } <&0 >&"$server_in" &
    while read -r line <&"$server_out"; do
        case $line in
            "end of statements") break ;;
            ok) ;;
            error:*) failed=1 && echo "$line" >&2 ;;
            *) echo "$line" ;;
        esac
    done
    read -r line <&"$server_out"
    return $failed
}

# Stops the server; nothing happens when there is none.
stop() {
    if [ -n "${server_pid:-}" ]; then
        exec {server_in}>&- {server_out}<&-
        wait "$server_pid" 2>/dev/null || true
        server_pid=
    fi
}

# The homes of the JDKs of this machine, 17 and newer.
javas() {
    local home
    for home in /usr/lib/jvm/*; do
        if [ -x "$home/bin/javac" ] && [ ! -L "$home" ] && grep -qE '^JAVA_VERSION="(1[7-9]|[2-9][0-9])' "$home/release" 2>/dev/null; then
            echo "$home"
        fi
    done
}
