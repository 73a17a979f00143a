#!/bin/sh
# tests/fuzz.sh BUILD - builds the library for libFuzzer and gives each target FUZZ_SECONDS. What it
# finds stands in BUILD/found/TARGET; a crash becomes a file of tests/fuzz/corpus/TARGET.
set -eu
cd "$(dirname "$0")/.."
build=$1
sanitize=address,undefined
${MAKE:-make} BUILD="$build" CC=clang \
    CFLAGS="-O1 -g -fno-sanitize-recover=all -fsanitize=$sanitize,fuzzer-no-link" "$build/libparts.a" "$build/libgiftrule.a" "$build/libs"

for source in tests/fuzz/fuzz_*.c; do
    [ -f "$source" ] || { echo "there is no tests/fuzz/fuzz_*.c"; exit 1; }
    name=$(basename "$source" .c | sed 's/^fuzz_//')
    mkdir -p "$build/found/$name" "tests/fuzz/corpus/$name"
    clang -std=c17 -D_POSIX_C_SOURCE=200809L -O1 -g -fno-sanitize-recover=all \
        -fsanitize=$sanitize,fuzzer -Iinclude -Isrc @"$build/cflags" -o "$build/fuzz_$name" \
        "$source" "$build/libparts.a" "$build/libgiftrule.a" @"$build/libs" -lpthread
    echo "fuzz_$name, ${FUZZ_SECONDS:=60} seconds"
    "$build/fuzz_$name" -max_total_time="$FUZZ_SECONDS" -timeout=10 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$build/found/$name-" "$build/found/$name" "tests/fuzz/corpus/$name" 2>&1 |
        grep -E 'ERROR|SUMMARY|^stat::|Test unit written' || true
    ! ls "$build/found/$name-"* >/dev/null 2>&1 || { echo "it found: $(ls "$build/found/$name-"*)"; exit 1; }
done
