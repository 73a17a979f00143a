#!/bin/sh
# tests/cli/people.sh - a gift log of people who may be each other.
set -eu
echo '<gift-log xmlns="urn:giftrule:gift-log:1">'
n=0
gift() { # COST RECIPIENT
    n=$((n + 1))
    echo "<gift id=\"G$n\" date=\"2026-05-0$n\"><giver id=\"A1\">Dana Fox</giver><payer>firm</payer>$2<kind>goods</kind><cost>$1</cost></gift>"
}
somebody() { # NAME EMPLOYER [ATTRIBUTE [EMAIL]]
    echo "<recipient${3:-}><name>$1</name><employer kind=\"vendor\">$2</employer>${4:-}</recipient>"
}
gift 200.00 "$(somebody 'Jane Roe' 'Acme' ' id="R-1"' '<email>jroe@acme.example</email>')"
gift 150.00 "$(somebody 'J. Roe' 'ACME, Inc.')"
gift 20.00 "$(somebody 'ROE, Jane' 'Acme')"
gift 30.00 "$(somebody 'Jane Roe-Poe' 'Beta' '' '<email>JRoe@acme.example</email>')"
gift 40.00 "$(somebody 'Jane Roe' 'Acme' ' id="R-2"' '<email>jane@acme.example</email>')"
gift 10.00 "$(somebody 'John Roe' 'Acme')"
echo '</gift-log>'
