#!/usr/bin/env bash
# tests/run.sh BUILD [KIND...] - runs the tests of these kinds (all: none named) with what was built in
# BUILD, from the root of the repository: one program or script for each processor at a time. Says what failed, one line per
# kind, and at the end the sum.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$(cd "$1" && pwd) && shift
kinds=${*:-fault unit property serve web scenario golden cli readme bad fuzz office}

export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000 COLUMNS=80 PATH="$build:$PATH"
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0} UBSAN_OPTIONS=print_stacktrace=1
unset GIFTRULE_RULES
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

# ---- one task: it leaves "passed failed skipped" in $work/N.sum, and what there is to say in $work/N.say

# A program of cmocka, which speaks TAP here; one that dies without a failed test counts as one.
run_cmocka() {
    local program=$1 to=$2 status failures
    CMOCKA_MESSAGE_OUTPUT=TAP "$program" >"$to.out" 2>"$to.err"
    status=$?
    [ -z "${GR_FAULT:-}" ] || grep '^# .* points' "$to.out"
    failures=$(grep -c '^not ok ' "$to.out")
    [ "$status" -eq 0 ] || [ "$failures" -gt 0 ] || failures=1
    [ "$failures" -eq 0 ] || { echo "FAILED $program (status $status)"; cat "$to.out" "$to.err"; }
    echo "$(grep '^ok ' "$to.out" | grep -vc '# SKIP') $failures $(grep -c '^ok .*# SKIP' "$to.out")" >"$to.sum"
}

# A script that ends with "N passed, N failed".
run_script() {
    local to=$1 last && shift
    "$@" >"$to.out" 2>&1
    last=$(tail -n 1 "$to.out")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
        echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} 0" >"$to.sum"
        sed '$d' "$to.out"
    else
        echo "FAILED $*: it does not end with a count"
        cat "$to.out"
        echo "0 1 0" >"$to.sum"
    fi
}

# Every file that a fuzz target once found worth keeping.
run_corpus() {
    local program=$1 to=$2 passed=0 failed=0 file
    for file in "tests/fuzz/corpus/$(basename "$program" | sed 's/^fuzz_//')"/*; do
        [ -f "$file" ] || continue
        if "$program" "$file" >"$to.out" 2>&1; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAILED $program $file"
            cat "$to.out"
        fi
    done
    echo "$passed $failed 0" >"$to.sum"
}

run_task() {
    local kind=$1 what=$2 to=$3
    case $kind in
    unit | property | fault) run_cmocka "$what" "$to" ;;
    scenario) run_script "$to" tests/scenarios.sh ;;
    golden) run_script "$to" tests/golden.sh "$build" ;;
    cli | readme) run_script "$to" tests/session.sh "$what" ;;
    bad) run_script "$to" tests/bad.sh ;;
    office) run_script "$to" tests/office.sh "$build" ;;
    web) run_script "$to" tests/web/run.sh "$build" ;;
    serve) run_script "$to" node "$what" "$build" ;;
    fuzz) run_corpus "$what" "$to" ;;
    esac
}

# ---- all tasks

# What a kind consists of, one a line.
list() {
    local program
    case $1 in
    unit | property | fault | fuzz)
        for program in "$build/tests/$1"/{test,fuzz}_*; do
            [ ! -f "tests/$1/$(basename "$program").c" ] || echo "$program"
        done
        ;;
    cli) ls tests/cli/*.session ;;
    readme) ls README.md ;;
    serve) ls tests/serve/test_*.mjs ;;
    scenario | golden | bad | web | office) echo "$1" ;;
    *) echo "tests/run.sh: no kind of test is called '$1'" >&2 && return 2 ;;
    esac
}

n=0
for kind in $kinds; do
    tasks=$(list "$kind") || exit 2
    while IFS= read -r what; do
        [ -n "$what" ] || continue
        [ "$(jobs -pr | wc -l)" -lt "$(nproc)" ] || wait -n
        n=$((n + 1))
        echo "$kind" >"$work/$n.kind"
        run_task "$kind" "$what" "$work/$n" >"$work/$n.say" &
    done <<<"$tasks"
done
wait

all_passed=0 all_failed=0 all_skipped=0
for kind in $kinds; do
    passed=0 failed=0 skipped=0
    for i in $(seq "$n"); do
        [ "$(cat "$work/$i.kind")" = "$kind" ] || continue
        cat "$work/$i.say"
        read -r p f s <"$work/$i.sum" || { p=0 f=1 s=0 && echo "FAILED $kind: task $i left no count"; }
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    done
    [ $((passed + failed + skipped)) -eq 0 ] || printf '%-9s %5d passed, %d failed\n' "$kind:" "$passed" "$failed"
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
    all_skipped=$((all_skipped + skipped))
done
printf '%d passed, %d failed' "$all_passed" "$all_failed"
[ "$all_skipped" -eq 0 ] || printf ', %d skipped' "$all_skipped"
echo
[ "$all_failed" -eq 0 ] && [ "$all_passed" -gt 0 ]
