#!/usr/bin/env bash
# Installs what the tests need as far as it is missing, then builds everything and runs the whole test suite on real
# servers. What cannot be had here is skipped, and the run ends with a list of that; so is the comparison with Aiven's
# client unless AIVEN_CLIENT_DIR names a checkout of it.
#
#   scripts/test.sh             MySQL 5.7 and 8.0 (and whatever other servers are there already)
#   scripts/test.sh --all       every release: also 5.6, 9.7 and MariaDB 10.11, which are fetched; nothing may be skipped
#   scripts/test.sh --docker    the same, and then what is tagged "docker" on containers of every release
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."

servers=()
options=()
docker=no
case ${1:-} in
    "") ;;
    --all) servers=(--all) options=(-Dpreflight.skip=forbidden) ;;
    --docker) servers=(--all) options=(-Dpreflight.skip=forbidden) docker=yes ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac

"$here/setup-servers.sh" ${servers[@]+"${servers[@]}"}
mvn -B -ntp verify ${options[@]+"${options[@]}"}
"$here/compare-avn.sh"

if [ $docker = yes ]; then
    images=$("$here/setup-servers.sh" --docker)
    export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
    # Without -Dgroups all tests run on containers, which takes three times as long and asks the servers nothing new.
    # shellcheck disable=SC2086 # a list of options
    mvn -B -ntp verify -Dgroups=docker -Dpreflight.skip=forbidden $images
fi
