#!/usr/bin/env bash
# tests/run.sh BUILD [KIND...] - runs the tests of these kinds (all: none named) with what was built in
# BUILD, from the root of the repository. Says what failed, one line per kind, and at the end the sum.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$(cd "$1" && pwd) && shift
kinds=${*:-unit property fault scenario golden cli readme bad fuzz}

export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000 COLUMNS=80 PATH="$build:$PATH"
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0} UBSAN_OPTIONS=print_stacktrace=1
unset GIFTRULE_RULES
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
all_passed=0 all_failed=0 all_skipped=0

# Programs of cmocka, which speak TAP here; one that dies without a failed test counts as one.
run_cmocka() {
    local program status
    for program in "$build/tests/$1"/test_*; do
        [ -f "tests/$1/$(basename "$program").c" ] || continue
        CMOCKA_MESSAGE_OUTPUT=TAP "$program" >"$work/out" 2>"$work/err"
        status=$?
        [ -z "${GR_FAULT:-}" ] || grep '^# .* points' "$work/out"
        passed=$((passed + $(grep '^ok ' "$work/out" | grep -vc '# SKIP')))
        skipped=$((skipped + $(grep -c '^ok .*# SKIP' "$work/out")))
        failures=$(grep -c '^not ok ' "$work/out")
        [ "$status" -eq 0 ] || [ "$failures" -gt 0 ] || failures=1
        failed=$((failed + failures))
        [ "$failures" -eq 0 ] || { echo "FAILED $program (status $status)"; cat "$work/out" "$work/err"; }
    done
}
run_unit() { run_cmocka unit; }
run_property() { run_cmocka property; }
run_fault() { run_cmocka fault; }

# Runs a script that ends with "N passed, N failed", and adds its counts.
run_script() {
    local last
    "$@" >"$work/out" 2>&1
    last=$(tail -n 1 "$work/out")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
        sed '$d' "$work/out"
    else
        failed=$((failed + 1))
        echo "FAILED $*: it does not end with a count"
        cat "$work/out"
    fi
}
run_scenario() { run_script tests/scenarios.sh; }
run_golden() { run_script tests/golden.sh "$build"; }
run_cli() { run_script tests/session.sh tests/cli/*.session; }
run_readme() { ! [ -f README.md ] || run_script tests/session.sh README.md; }
run_bad() { run_script tests/bad.sh; }

# Every file that a fuzz target once found worth keeping.
run_fuzz() {
    local program corpus file
    for program in "$build"/tests/fuzz/fuzz_*; do
        [ -f "tests/fuzz/$(basename "$program").c" ] || continue
        corpus=tests/fuzz/corpus/$(basename "$program" | sed 's/^fuzz_//')
        for file in "$corpus"/*; do
            [ -f "$file" ] || continue
            if "$program" "$file" >"$work/out" 2>&1; then
                passed=$((passed + 1))
            else
                failed=$((failed + 1))
                echo "FAILED $program $file"
                cat "$work/out"
            fi
        done
    done
}

for kind in $kinds; do
    passed=0 failed=0 skipped=0
    "run_$kind"
    [ $((passed + failed + skipped)) -eq 0 ] || printf '%-9s %5d passed, %d failed\n' "$kind:" "$passed" "$failed"
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
    all_skipped=$((all_skipped + skipped))
done
printf '%d passed, %d failed' "$all_passed" "$all_failed"
[ "$all_skipped" -eq 0 ] || printf ', %d skipped' "$all_skipped"
echo
[ "$all_failed" -eq 0 ] && [ "$all_passed" -gt 0 ]
