#!/bin/sh
# tests/lint/sizes.sh - names files over 500 lines and functions over 60, for a second look. Fails nothing.
cd "$(dirname "$0")/../.." || exit 2
for file in include/*.h src/*/*.[ch] tests/*/*.[ch]; do
    [ -f "$file" ] && awk -v file="$file" '
        /^[a-z].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
        /^\{/        { from = NR }
        /^\}/ && from {
            if (NR - from - 1 > 60)
                print file ":" from ": " name " has " NR - from - 1 " lines"
            from = 0
        }
        END { if (NR > 500) print file " has " NR " lines" }' "$file"
done
exit 0
