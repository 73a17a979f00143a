#!/bin/sh
# tests/lint/banned.sh - functions we do not use, memory taken past os.h, and paths of somebody's machine.
set -eu
cd "$(dirname "$0")/../.."
failed=0

found() { # WHY, then grep's output on standard input
    lines=$(cat)
    [ -z "$lines" ] || { echo "$1:"; echo "$lines"; failed=1; }
}
code=$(git ls-files --cached --others --exclude-standard 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]')

# shellcheck disable=SC2086 # one word per file
{
    found "banned" <<TXT
$(grep -nE '\b(strcpy|strcat|v?sprintf|strtok(_r)?|atoi|atol|atof|gets|v?[fs]?scanf|alloca|(sig)?(set|long)jmp|system|popen) ?\(' $code || true)
TXT
    found "memory is taken through base/os.h" <<TXT
$(grep -nE '(^|[^a-z_])(malloc|calloc|realloc|free|strn?dup|asprintf) ?\(' $code | grep -vE '^(src/base/os[.]c|src/web/memory[.]c|tests/)' || true)
TXT
}
here=$(pwd)
found "a path of somebody's machine" <<TXT
$(git grep -nIE "(^|[^A-Za-z0-9_.])/(home|root|Users)/[A-Za-z]" -- . ':!tests/lint/banned.sh' || true)
$(git grep -nIF -e "$here/" -e "${HOME:-$here}/" -- . || true)
TXT
exit $failed
