#!/usr/bin/env bash
# tests/golden.sh [--update] BUILD - each tests/golden/CASE/cmd is run from the root of the repository;
# what it writes must be CASE/expected, to the byte. --update shows the difference and takes it over.
set -u
cd "$(dirname "$0")/.." || exit 2
update=false
[ "$1" != --update ] || { update=true && shift; }
PATH=$(cd "$1" && pwd):$PATH
export PATH LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000 COLUMNS=80
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0 failed=0

for folder in tests/golden/*/; do
    [ -f "$folder/cmd" ] || continue
    T=$(mktemp -d -p "$work") && export T
    bash "$folder/cmd" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ -f "$folder/expected" ] || : >"$work/none"
    expected=$folder/expected
    [ -f "$expected" ] || expected=$work/none
    # findings are no failure; a crash, a sanitizer's report or a bug of ours is
    if [ "$status" -le 4 ] || [ "$status" -eq 6 ]; then sound=true; else sound=false; fi
    if $sound && diff -u "$expected" "$work/out"; then
        passed=$((passed + 1))
    elif $sound && $update; then
        cp "$work/out" "$folder/expected"
        echo "taken over: ${folder}expected"
    else
        echo "FAILED ${folder}cmd (status $status)"
        cat "$work/err"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
