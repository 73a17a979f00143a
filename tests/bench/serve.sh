#!/usr/bin/env bash
# tests/bench/serve.sh BUILD LEDGER - decisions over HTTP by wrk: "second N" and "last MILLISECONDS", or "missing".
set -eu
cd "$(dirname "$0")/../.."
build=$1 ledger=$2
command -v wrk >/dev/null || { echo missing; exit 0; }
work=$(mktemp -d)
TOKEN=$("$build/giftrule" serve token add bench --scopes check --ledger "$ledger" 2>/dev/null)
export TOKEN
"$build/giftrule" serve --ledger "$ledger" --listen 127.0.0.1:0 >"$work/said" &
server=$!
trap 'kill $server; wait $server; rm -rf "$work"' EXIT
until address=$(sed -n 's/^listening on //p' "$work/said") && [ -n "$address" ]; do
    kill -0 $server
    sleep 0.1
done
wrk -t1 -c64 -d"${SECONDS_OF_WRK:-10}"s --latency -s tests/bench/check.lua "$address/api/v1/check" >"$work/out"
awk '/Requests\/sec/ { print "second", $2 }
     $1 == "99%" { t = $2; f = t ~ /us$/ ? 0.001 : t ~ /ms$/ ? 1 : 1000; sub(/[a-z]+$/, "", t); print "last", t * f }' "$work/out"
