#!/usr/bin/env bash
# tests/cli/gift-log.sh [GIFT...] - a gift log of gifts to one recipient, each ID,DATE,COST[,VERSION] or ID,retracted.
printf '<gift-log xmlns="urn:giftrule:gift-log:1">\n'
for gift; do
    IFS=, read -r id date cost version <<<"$gift"
    if [[ $date == retracted ]]; then
        printf '<gift id="%s" retracted="yes"/>\n' "$id"
        continue
    fi
    printf '<gift id="%s" date="%s"%s><giver id="A1"/><payer>firm</payer>' "$id" "$date" "${version:+ version=\"$version\"}"
    printf '<recipient id="R1"><name>Jane Roe</name><employer kind="vendor">Acme</employer></recipient>'
    printf '<cost>%s</cost><kind>goods</kind></gift>\n' "$cost"
done
printf '</gift-log>\n'
