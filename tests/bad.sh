#!/usr/bin/env bash
# tests/bad.sh - broken inputs: the first line of tests/bad/CASE.expect is a command, with {} for
# tests/bad/CASE.xml; it must fail, and say every further line of CASE.expect somewhere.
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0 failed=0

for expect in tests/bad/*.expect; do
    [ -f "$expect" ] || continue
    T=$(mktemp -d -p "$work") && export T
    command=$(head -n 1 "$expect")
    bash -c "${command//\{\}/${expect%.expect}.xml}" >"$work/out" 2>&1 </dev/null
    status=$?
    : >"$work/missing"
    tail -n +2 "$expect" | while IFS= read -r line; do
        grep -qF -e "$line" "$work/out" || echo "not said: $line" >>"$work/missing"
    done
    if [ "$status" -ge 1 ] && [ "$status" -le 4 ] && [ ! -s "$work/missing" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $expect (status $status)"
        cat "$work/missing" "$work/out"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
