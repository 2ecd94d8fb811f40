#!/usr/bin/env bash
# Measures the task API: 500 checks of four real sources through two instances with one store on MySQL, which are killed and
# started again meanwhile. Prints the throughput, and the median and the p99 of the API while they run.
#
#   scripts/benchmark-server.sh [--tasks N] [--calm]     --calm: nothing is killed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

"$here/setup-servers.sh"
build
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
"$java" -cp "$root/checker-testkit/target/classes:$(cat "$root/checker-testkit/target/classpath")" \
    io.github.mysqlpreflight.testkit.TaskLoad "$preflight" "$@"
