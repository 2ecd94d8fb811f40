# shellcheck shell=bash
# Shared by .ci/run and scripts/nightly.sh: runs lanes, and ends with a table of what they took (bash, with the dot command).

lanes=$(mktemp -d "${TMPDIR:-/tmp}/preflight-lanes.XXXXXX")
trap lanes_end EXIT
export LC_ALL=C.UTF-8

# Runs a command as a lane: lane NAME COMMAND [ARGUMENT ...]
lane() {
    local name=$1 start=$EPOCHREALTIME status=0
    shift
    printf '\n== lane %s: %s\n\n' "$name" "$*"
    touch "$lanes/started"
    "$@" 2>&1 | tee "$lanes/output" || status=$?
    printf '%s\t%s\t%s\n' "$(lanes_seconds "$start")" "$name" "$([ $status = 0 ] || echo FAILED)" >>"$lanes/table"
    # Maven's list of its modules; a time is "12.345 s" or "01:23 min".
    sed -n 's/^\[INFO\] \([^.]*\) \.* *\(SUCCESS\|FAILURE\) \[ *\([0-9:.]*\) \(s\|min\)\]$/\3\t\1/p' "$lanes/output" |
        awk -F '\t' '{ n = split($1, t, ":"); s = n == 2 ? t[1] * 60 + t[2] : $1; if (s >= 1) printf "%.0f\t    %s\t\n", s, $2 }' >>"$lanes/table"
    find . -path '*/surefire-reports/TEST-*.xml' -newer "$lanes/started" -exec \
        sed -n '/<testsuite /{s/.* name="\([^"]*\)".* time="\([^"]*\)".*/\2\t\1/p;q}' {} \; |
        sed "s/\$/\t$name/" >>"$lanes/classes"
    return $status
}

# Says of a lane that it was not run, and why: left_out NAME REASON
left_out() {
    printf '%s: %s\n' "$1" "$2" >>"$lanes/left-out"
}

lanes_seconds() {
    awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.0f", to - from }'
}

lanes_end() {
    local status=$?
    printf '\n== seconds of each lane, and of the modules in it\n\n'
    awk -F '\t' '{ printf "%6d  %s %s\n", $1, $2, $3 } !/\t    / { sum += $1 } END { printf "%6d  all\n", sum }' "$lanes/table"
    printf '\n== the slowest test classes, in seconds\n\n'
    sort -rn "$lanes/classes" 2>/dev/null | head -n 20 | awk -F '\t' '{ printf "%6.1f  %s (%s)\n", $1, $2, $3 }'
    if [ -s "$lanes/left-out" ]; then
        printf '\n== left out\n\n'
        cat "$lanes/left-out"
    fi
    rm -rf "$lanes"
    exit $status
}
