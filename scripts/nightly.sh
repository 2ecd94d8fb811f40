#!/usr/bin/env bash
# Everything: all tests, those with the large loads and all states too, on every release, on servers of this machine with each JDK and on
# servers in containers; the demo, the launcher, the stack of docker-compose.yml. Ends with a table of what took how long. Takes more than
# an hour on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lanes.sh

lane servers scripts/setup-servers.sh --docker
homes=$(here=scripts && . scripts/lib.sh && javas)
for jdk in $homes; do
    lane "all tests, ${jdk##*/}" env JAVA_HOME="$jdk" scripts/test.sh --all -Dtest.excluded=
done
lane "all tests, containers" scripts/test-docker.sh -Dtest.excluded=
lane demo scripts/demo.sh
lane launcher scripts/test-launcher.sh
lane compose scripts/test-compose.sh
[ -n "${AIVEN_CLIENT_DIR:-}" ] || left_out "comparison with Aiven's client" "AIVEN_CLIENT_DIR names no checkout of it"
left_out "MySQL 8.4 and managed services" "they cannot be had here"
