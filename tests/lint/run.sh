#!/bin/sh
# tests/lint/run.sh BUILD - everything that `make lint` looks at beside the compiler's own warnings.
set -eu
cd "$(dirname "$0")/../.."
build=$1
failed=0

check() {
    name=$1 && shift
    if "$@"; then
        echo "lint: $name: good"
    else
        echo "lint: $name: FAILED"
        failed=1
    fi
}
# shellcheck disable=SC2046 # one word per file
format() {
    clang-format --dry-run -Werror $(git ls-files --cached --others --exclude-standard '*.c' '*.h')
}
# Unused functions and unusual style are the compiler's and our own business; this looks for mistakes.
mistakes() {
    cppcheck -q -j "$(nproc)" --std=c11 --enable=warning,performance,portability --inline-suppr \
        --suppress=missingIncludeSystem --error-exitcode=1 -D__x86_64__ -Iinclude -Isrc src
}

check layers tests/lint/layers.sh
check headers tests/lint/headers.sh "$build"
check symbols tests/lint/symbols.sh "$build"
check banned tests/lint/banned.sh
check format format
check cppcheck mistakes
tests/lint/sizes.sh
exit $failed
