#!/usr/bin/env bash
# Installs what the tests need as far as it is missing, then builds everything and runs the test suite on real servers. What
# cannot be had here is skipped, and the run ends with a list of that; so is the comparison with Aiven's client unless
# AIVEN_CLIENT_DIR names a checkout of it.
#
#   scripts/test.sh             MySQL 5.7 and 8.0 (and whatever other servers are there already)
#   scripts/test.sh --all       every release: also 5.6, 9.7 and MariaDB 10.11, which are fetched; nothing may be skipped
#
# Further options go to Maven.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."

servers=()
options=()
case ${1:-} in
    --all) servers=(--all) options=(-Dpreflight.skip=forbidden) && shift ;;
    -h | --help) sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p}' "$0" && exit 2 ;;
esac

"$here/setup-servers.sh" ${servers[@]+"${servers[@]}"}
mvn -B -ntp verify ${options[@]+"${options[@]}"} "$@"
"$here/compare-avn.sh"
echo "The rest: scripts/test.sh --all tests every release, .ci/run what has to pass before a change lands, scripts/nightly.sh everything."
