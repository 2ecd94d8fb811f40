#!/usr/bin/env bash
# Runs tests on servers in containers, of images made here: scripts/test-docker.sh [MAVEN-OPTION ...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."

images=$("$here/setup-servers.sh" --docker)
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
# shellcheck disable=SC2086 # a list of options
mvn -B -ntp test -Dpreflight.skip=forbidden $images "$@"
