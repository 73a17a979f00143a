#!/usr/bin/env bash
# tests/scenarios.sh - the scenarios of rules/, with the examples of a firm's own policy switched on beside the law. A
# place of a rulebook that no scenario exercises fails like a scenario.
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

cp -r rules "$work/rules"
cp rules/examples/*.xml "$work/rules/rulebooks"
cp rules/examples/scenarios/*.xml "$work/rules/scenarios"
giftrule rules test --coverage --rules "$work/rules" >"$work/out" 2>&1
uncovered=$(grep -c ': no scenario ' "$work/out")
last=$(tail -n 1 "$work/out")
if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=${BASH_REMATCH[1]} failed=$((BASH_REMATCH[2] + uncovered))
else
    passed=0 failed=1
fi
[ "$failed" -eq 0 ] || cat "$work/out"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
