#!/usr/bin/env bash
# tests/session.sh FILE... - replays transcripts: a line "$ command" (continued by lines "> ..."), then
# what it prints, then "[status N]" when that is not 0. A line "..." stands for any lines. In a file *.md
# only the blocks marked console count, and of these not what builds or fetches (make, git, cd, sudo).
# Each command runs in its own shell, from the root of the repository; $T is an empty folder that the
# commands of one file share. tests/run.sh sets the rest of the environment.
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# Splits a transcript into work/N.cmd and work/N.want.
split() {
    rm -f "$work"/*.cmd "$work"/*.want
    awk -v to="$work/" -v markdown="$([[ $1 == *.md ]] && echo 1)" '
        markdown && /^ *```/ { inside = /^ *```console/; want = ""; next }
        markdown && !inside  { next }
        /^\$ / {
            n = sprintf("%04d", ++count)
            skip = markdown && $2 ~ /^(make|git|cd|sudo)$/
            want = skip ? "/dev/null" : to n ".want"
            command = skip ? "/dev/null" : to n ".cmd"
            line = substr($0, 3)
            gsub(/build\/giftrule/, "giftrule", line)
            print line > command
            print FNR > (skip ? "/dev/null" : to n ".line")
            printf "" > want
            more = 1
            next
        }
        more && /^> /  { print substr($0, 3) > command; next }
        want == ""     { next }
        { more = 0; print > want }' "$1"
}

# Are the lines of the second file what the first one wants?
matches() {
    awk 'NR == FNR { want[++n] = $0; next }
         { got[++m] = $0 }
         function fits(i, j) {
             for (; i <= n && want[i] != "..."; i++)
                 if (j > m || want[i] != got[j++])
                     return 0
             if (i > n)
                 return j == m + 1
             for (; j <= m + 1; j++)
                 if (fits(i + 1, j))
                     return 1
             return 0
         }
         END { exit !fits(1, 1) }' "$1" "$2"
}

# Blank lines at the end of a block only part it from the next one.
without_tail() { sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$1"; }

for file in "$@"; do
    [ -f "$file" ] || continue
    split "$file"
    T=$(mktemp -d -p "$work") && export T
    for command in "$work"/*.cmd; do
        [ -f "$command" ] || continue
        bash "$command" >"$work/raw" 2>&1 </dev/null
        status=$?
        sed "s|$T|\$T|g" "$work/raw" >"$work/said"
        [ "$status" -eq 0 ] || echo "[status $status]" >>"$work/said"
        without_tail "$work/said" >"$work/got"
        without_tail "${command%.cmd}.want" >"$work/want"
        if matches "$work/want" "$work/got"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAILED $file:$(cat "${command%.cmd}.line"): $(head -n 1 "$command")"
            diff -u --label expected --label printed "$work/want" "$work/got"
        fi
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
