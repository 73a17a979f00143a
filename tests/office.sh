#!/usr/bin/env bash
# tests/office.sh BUILD - a spreadsheet must open where people open it: LibreOffice converts each sheet of the samples'
# report and register, and what it reads must be what the CSV files have.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$(cd "$1" && pwd)
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000 PATH="$build:$PATH"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
passed=0 failed=0

command -v soffice >/dev/null || { echo "soffice is missing: run .ci/deps test"; echo "0 passed, 1 failed"; exit 1; }

# all sheets, quoted texts, values as they are stored, not as they are shown
filter='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
convert() {
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$filter" \
        --outdir "$work/$1" "$work/$1.xlsx" >"$work/log" 2>&1
}

# What both say alike: headings differ, "unknown" is an empty cell in CSV, 300.00 is 300, words may have a blank.
compare() { # SHEET TABLE
    if awk -v name="$1" '
        function next_cell(    c, cell) {               # RFC 4180
            cell = ""
            if (substr(rest, 1, 1) != "\"") {
                c = index(rest, ",")
                cell = c ? substr(rest, 1, c - 1) : rest
                rest = c ? substr(rest, c + 1) : "\n"
                return cell
            }
            for (rest = substr(rest, 2); (c = index(rest, "\"")) > 0;) {
                cell = cell substr(rest, 1, c - 1)
                rest = substr(rest, c + 1)
                if (substr(rest, 1, 1) != "\"")
                    break
                cell = cell "\""
                rest = substr(rest, 2)
            }
            rest = rest == "" ? "\n" : substr(rest, 2)
            return cell
        }
        function plain(cell) {
            if (cell ~ /^-?[0-9]+[.][0-9]+$/)
                sub(/[.]?0+$/, "", cell)
            if (cell == "needs_review")
                return "needs review"
            sub(/^\047/, "", cell)
            return cell == "unknown" ? "" : cell
        }
        { sub(/\r$/, ""); rest = $0 }
        FNR == 1 { next }
        NR == FNR { line[FNR] = $0; lines = FNR; next }
        {
            there = $0
            for (i = 1; rest != "\n"; i++)
                sheet[i] = plain(next_cell())
            rest = line[FNR]
            for (k = 1; rest != "\n" && k < 100; k++) {
                cell = plain(next_cell())
                if (cell != sheet[k]) {
                    print name ", row " FNR ", column " k ": \047" sheet[k] "\047 is not \047" cell "\047"
                    exit bad = 1
                }
            }
            compared++
        }
        END {
            if (!bad && compared + 1 != lines) {
                print name ": " compared + 1 " rows, not " lines
                bad = 1
            }
            exit bad
        }' "$2" "$1"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $(basename "$1")"
    fi
}

ledger=$work/gifts.db
giftrule audit --ledger "$ledger" --set rates=samples/rules/rates.xml samples/*.xml samples/roster >"$work/log" 2>&1
giftrule report --ledger "$ledger" --format xlsx -o "$work/report.xlsx"
giftrule report --ledger "$ledger" --format csv -o "$work/tables/"
giftrule report register --ledger "$ledger" --format xlsx -o "$work/register.xlsx"
giftrule report register --ledger "$ledger" --format csv -o "$work/tables-register.csv"
convert report || cat "$work/log"
convert register || cat "$work/log"

while read -r table sheet; do
    compare "$work/report/report-$sheet.csv" "$work/tables/$table.csv"
done <<TABLES
about About
findings Findings
counted Counted gifts
executives Account executives
recipients Recipients
gifts Gifts
quarantine Quarantine
assumptions Assumptions
TABLES
compare "$work/register/register-Register.csv" "$work/tables-register.csv"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
