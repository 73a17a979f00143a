#!/usr/bin/env bash
# tests/bench/run.sh BUILD - speed and memory beside their targets. The yardstick is xmllint, reading the
# same file in the same run: what counts is the ratio of the two, taken in turn, the median of ROUNDS.
# A value over its target is marked; it fails nothing. GIFTS and ENTRIES make it shorter. The exports
# are generated once, into BUILD/bench, and kept.
set -eu
cd "$(dirname "$0")/../.."
build=$1
rounds=${ROUNDS:-3} gifts=${GIFTS:-1000000} entries=${ENTRIES:-100000}
data=$build/bench
mkdir -p "$data"
command -v xmllint >/dev/null || { echo "xmllint is missing: install libxml2-utils" >&2; exit 1; }

generate() { # FILE ARGUMENT...
    local file=$1 && shift
    [ -f "$file" ] && [ "$file" -nt tests/bench/generate.c ] && return
    "$build/tests/bench/generate" "$@" >"$file.new"
    mv "$file.new" "$file"
}
log=$data/gifts-$gifts.xml small=$data/gifts-$((gifts / 10)).xml more=$data/more-$((gifts / 100)).xml
expenses=$data/expenses-$entries.xml ledger=$data/ledger.db full=$data/full.db
generate "$log" gift-log "$gifts"
generate "$small" gift-log $((gifts / 10))
generate "$more" gift-log $((gifts / 100)) 2 $((gifts + 1))
generate "$expenses" concur "$entries"
reports=$data/expenses-of-$gifts
if [ ! "$reports" -nt tests/bench/generate.c ]; then
    rm -rf "$reports" && mkdir "$reports"
    "$build/tests/bench/generate" expenses "$gifts" 1 "$reports"
    touch "$reports"
fi

seconds=0 megabytes=0
measure() { # COMMAND ARGUMENT...
    local status
    read -r seconds megabytes status < <("$build/tests/bench/measure" "$@")
    [ "$status" -le 1 ] || { echo "status $status: $*" >&2; exit 1; }
}
audit() { measure "$build/giftrule" audit --as-of 2026-12-31 "$@"; }
forget() { rm -f "$1" "$1-wal" "$1-shm"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
quotient() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f\n", a / b }'; }
row() { # WHAT VALUE TARGET
    awk -v what="$1" -v value="$2" -v target="$3" 'BEGIN {
        over = target != "-" && value + 0 > target + 0
        printf "%-58s %8s   %8s%s\n", what, value, target, (over ? "  OVER" : "") }'
}

# Both in turn, so that a busy moment of the machine meets both.
compare() { # FILE LEDGER ARGUMENT...: sets ratio, ours, peak
    local file=$1 store=$2 theirs i ratios="" times="" peaks=""
    shift 2
    for ((i = 0; i < rounds; i++)); do
        [ -z "$store" ] || forget "$store"
        audit ${store:+--ledger "$store"} "$@" "$file"
        ours=$seconds times+="$seconds"$'\n' peaks+="$megabytes"$'\n'
        measure xmllint --stream --noout "$file"
        theirs=$seconds
        ratios+=$(quotient "$ours" "$theirs")$'\n'
    done
    ratio=$(printf %s "$ratios" | median) ours=$(printf %s "$times" | median) peak=$(printf %s "$peaks" | median)
}

printf '%-58s %8s   %8s\n' "$(nproc) cores, $rounds rounds" value "at most"
compare "$log" ""
all=$ours
row "$gifts gifts, no ledger: time against xmllint" "$ratio" 0.75
row "  seconds" "$all" -
row "  peak memory in MB" "$peak" 150
compare "$log" "$full"
kept=$ours
row "$gifts gifts, new ledger: time against xmllint" "$ratio" 1.25
row "  seconds" "$kept" -
row "  peak memory in MB" "$peak" -

# A report of everything takes its time whatever was new: both are shown.
increment() { # ARGUMENT...: the median of the times, with the ledger as it was each time
    local i times=""
    for ((i = 0; i < rounds; i++)); do
        forget "$ledger"
        cp "$full" "$ledger"
        audit --ledger "$ledger" "$@" "$more"
        times+="$seconds"$'\n'
    done
    printf %s "$times" | median
}
repeat() { # COMMAND ARGUMENT...: the median of the times
    local i times=""
    for ((i = 0; i < rounds; i++)); do
        measure "$@"
        times+="$seconds"$'\n'
    done
    printf %s "$times" | median
}
row "$((gifts / 100)) more gifts, told of what is new: against a new ledger" \
    "$(quotient "$(increment --new)" "$kept")" 0.05
row "  told of everything" "$(quotient "$(increment)" "$kept")" 0.05
row "report of the ledger: seconds" "$(repeat "$build/giftrule" report "$full")" -
# Each alone, since nobody asks for all of them at once; the target is for all.
written=$data/written all_reports=0
rm -rf "$written" && mkdir "$written"
for format in text json html csv xlsx register; do
    what=report from="--format $format"
    [ "$format" != register ] || { what="report register" from="--format csv"; }
    # shellcheck disable=SC2086 # words
    measure "$build/giftrule" $what --ledger "$full" $from -o "$written/$format"
    row "report of the ledger, $format: seconds" "$seconds" 10
    row "  peak memory in MB" "$megabytes" 200
    all_reports=$(awk -v a="$all_reports" -v b="$seconds" 'BEGIN { print a + b }')
done
row "  all of them: seconds" "$all_reports" 10
rm -rf "$written"
row "ledger verify: seconds" "$(repeat "$build/giftrule" ledger verify "$full")" -
row "ledger history: milliseconds" \
    "$(awk -v s="$(repeat "$build/giftrule" ledger history "$full")" 'BEGIN { print s * 1000 }')" -

# One question, process start included; the first one makes the directory of people.
question=(check --ledger "$full" --giver AE-017 --recipient-id R-000007 --cost 85 --on 2026-12-10)
measure "$build/giftrule" "${question[@]}"
times=""
for ((i = 0; i < 25; i++)); do
    started=$(date +%s%N)
    "$build/giftrule" "${question[@]}" >/dev/null || [ $? -eq 1 ] || [ $? -eq 6 ]
    times+="$((($(date +%s%N) - started) / 1000))"$'\n'
done
row "one check: milliseconds" "$(awk -v t="$(printf %s "$times" | median)" 'BEGIN { print t / 1000 }')" 20
tests/bench/serve.sh "$build" "$full" | while read -r a b; do
    case $a in
    missing) echo "wrk is missing: decisions over HTTP are not measured" ;;
    second) row "decisions over HTTP a second, 64 connections (10000 at least)" "$b" - ;;
    last) row "  99th percentile in milliseconds" "$b" 10 ;;
    esac
done

times=""
for ((i = 0; i < rounds; i++)); do
    audit "$small"
    times+="$seconds"$'\n'
done
row "ten times the gifts: times the time" "$(quotient "$all" "$(printf %s "$times" | median)")" 11

compare "$expenses" ""
row "$entries expense entries, no ledger: time against xmllint" "$ratio" -
row "  seconds" "$ours" -
row "  peak memory in MB" "$peak" -
people=$data/people-$gifts.xml
generate "$people" people "$gifts"
ratios="" times="" imports=""
for ((i = 0; i < rounds; i++)); do
    read -r _ import settling _ < <("$build/tests/bench/identity" "$people")
    ratios+=$(quotient "$settling" "$import")$'\n' times+="$settling"$'\n' imports+="$import"$'\n'
done
row "$gifts recipients, who is who: time against their import" "$(printf %s "$ratios" | median)" 1
row "  seconds of settling" "$(printf %s "$times" | median)" -
row "  seconds of the import" "$(printf %s "$imports" | median)" -

# Matching is what the two together take more than each of them alone.
audit "$log" && alone=$seconds
audit "$reports" && alone=$(awk -v a="$alone" -v b="$seconds" 'BEGIN { print a + b }')
audit "$log" "$reports"
row "$gifts gifts against their expenses: time against both alone" "$(quotient "$seconds" "$alone")" -
row "  seconds" "$seconds" -
row "  peak memory in MB" "$megabytes" -
forget "$ledger"
forget "$full"
