#!/usr/bin/env bash
# tests/web/run.sh BUILD [WORD] - pages and JSON that the program of BUILD writes, in a browser, by a validator of HTML and
# by a JSON Schema: every tests/web/test_*.mjs, or those with WORD in their names. What npm brings is put into BUILD/web,
# once for each package-lock.json; nothing is put into the source tree. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.." || exit 2
build=$(cd "$1" && pwd) || exit 2
word=${2:-}
web=$build/web

# The sanitizers see the same code in every other kind of test; a browser would only take their time.
if grep -qaE '__(a|t)san_init' "$build/giftrule"; then
    echo "web: left out: this program is built with a sanitizer; the plain build writes the same pages"
    echo "0 passed, 0 failed"
    exit 0
fi
for tool in node npm java chromium; do
    command -v "$tool" >/dev/null || { echo "FAILED web: there is no $tool: run .ci/deps test"; echo "0 passed, 1 failed"; exit 1; }
done
if ! cmp -s tests/web/package-lock.json "$web/installed"; then
    mkdir -p "$web" && cp tests/web/package.json tests/web/package-lock.json "$web" &&
        (cd "$web" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$web/npm.log" 2>&1 &&
        cp tests/web/package-lock.json "$web/installed" ||
        { echo "FAILED web: npm ci"; cat "$web/npm.log"; echo "0 passed, 1 failed"; exit 1; }
fi

export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000 COLUMNS=80 GR_WEB="$web" PATH="$build:$PATH"
unset GIFTRULE_RULES
exec node tests/web/run.mjs tests/web/test_*"$word"*.mjs
