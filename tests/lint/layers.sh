#!/bin/sh
# tests/lint/layers.sh - reads every #include below src/ and include/, and names each one that goes up,
# goes sideways, or brings an outside library where it does not belong.
set -eu
cd "$(dirname "$0")/../.."

grep -nE '^[[:space:]]*#[[:space:]]*include' include/*.h src/*/*.[ch] | awk -F: '
    BEGIN {
        below["base"] = "base"
        below["model"] = "model base"
        below["rulefile"] = "rulefile model base"
        siblings = "ingest engine people ledger report"
        n = split(siblings, sibling, " ")
        for (i = 1; i <= n; i++)
            below[sibling[i]] = sibling[i] " rulefile model base"
        below["detect"] = "detect engine people rulefile model base"
        below["reconcile"] = "reconcile engine people rulefile model base"
        below["app"] = "app detect reconcile " siblings " rulefile model base"
        below["desk"] = "desk " below["app"]
        below["cli"] = "cli"            # and giftrule.h, as everybody
        below["web"] = "web"

        home["libxml/"] = "^src/(ingest|rulefile|report)/"
        home["pcre2.h"] = "^src/engine/pattern[.]c$"
        home["sqlite3.h"] = "^src/ledger/"
        home["jansson.h"] = "^src/(report|desk)/"
        home["utf8proc.h"] = "^src/(people|report)/"
        home["xxhash.h"] = "^src/base/digest[.]"
        home["nettle/"] = "^src/base/digest[.]"
        home["sodium.h"] = "^src/base/(signature|password|chance)[.]"
        home["microhttpd.h"] = "^src/web/"
        home["gnutls/"] = "^src/web/"
        home["xlsxwriter.h"] = "^src/report/"
        home["zlib.h"] = "^src/(ingest|report)/"
    }
    function may(folder, header,    n, i, part) {
        if (header == "giftrule.h")
            return 1
        sub(/\/.*/, "", header)
        n = split(below[folder], part, " ")
        for (i = 1; i <= n; i++)
            if (part[i] == header)
                return 1
        return 0
    }
    {
        quoted = $3 ~ /"/
        header = $3
        sub(/^[^<"]*[<"]/, "", header)
        sub(/[>"].*/, "", header)
        split($1, path, "/")
        folder = path[1] == "src" ? path[2] : "include"
        bad = quoted && header ~ /\// && !may(folder, header)
        for (library in home)
            if (index(header, library) == 1 && $1 !~ home[library])
                bad = 1
        if (bad) {
            print $1 ":" $2 ": " header " does not belong here"
            failed = 1
        }
    }
    END { exit failed }'
