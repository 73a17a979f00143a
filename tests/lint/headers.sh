#!/bin/sh
# tests/lint/headers.sh BUILD - every header compiles alone.
set -eu
cd "$(dirname "$0")/../.."
failed=0
for header in include/*.h src/*/*.h; do
    name=${header#include/}
    echo "#include \"${name#src/}\"" |
        ${CC:-cc} -std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
            -Iinclude -Isrc @"$1/cflags" -x c - || { echo "$header does not compile alone"; failed=1; }
done
exit $failed
