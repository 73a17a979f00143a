#!/bin/sh
# tests/lint/symbols.sh BUILD - what the shared library exports is what giftrule.h declares; and no
# object holds data that can change: no mutable globals, no static state.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

tr '\n' ' ' <include/giftrule.h | grep -oE 'GR_API [^;(]*\(' | grep -oE 'gr_[a-z0-9_]+ ?\($' |
    tr -d ' (' | sort >"$work/declared"
# The linker exports its own marks of where sections end, since libxlsxwriter does: they are no symbols of ours.
nm -D --defined-only "$1/libgiftrule.so" | awk '{ print $3 }' |
    grep -vxE '__bss_start|_edata|_end' | sort >"$work/exported"
diff -u --label giftrule.h "$work/declared" --label libgiftrule.so "$work/exported" || failed=1

find "$1/src" -name '*.o' -exec objdump -t {} + |
    awk '/file format/ { file = $1 }
         / O .(data|bss)\t| O [*]COM[*]/ { print file " " $NF " can change"; found = 1 }
         END { exit found }' || failed=1
exit $failed
