#!/bin/sh
# tests/coverage.sh BUILD - what share of the lines of each file a run with --coverage has reached.
set -eu
cd "$(dirname "$0")/.."
for data in "$1"/src/*/*.gcda; do
    gcov -n "$data" 2>/dev/null
done | awk -F"'" '
    /^File/ { file = $2; next }
    /^Lines executed/ && file ~ /^src\// {
        split($0, part, /[:% ]+/)       # Lines executed:97.50% of 40
        share[file] = part[3]
        lines[file] = part[5]
        file = ""
    }
    END {
        for (f in share) {
            printf "%6.1f %% of %4d  %s\n", share[f], lines[f], f | "sort -n"
            all += lines[f]
            reached += lines[f] * share[f] / 100
        }
        close("sort -n")
        if (all)
            printf "%6.1f %% of %d lines\n", 100 * reached / all, all
    }'
