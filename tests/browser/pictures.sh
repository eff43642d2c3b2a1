#!/usr/bin/env bash
# Creates the README's screenshots: fills an empty database with invented customers, and takes screenshots of
# their list, of one customer, and of the list on a phone.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=tests/browser

cargo build --release
program=$PWD/target/release/clientele
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

export CLIENTELE_DATA_DIR=$work/data CLIENTELE_LISTEN=127.0.0.1:0 CLIENTELE_LOG=warn
password=$("$program" demo --customers 400 | sed -n 's/.*same password: //p')
"$program" serve >"$work/out" &
server=$!
until grep -q 'answers on' "$work/out"; do sleep 0.1; done
address=$(sed -n 's/.*answers on //p' "$work/out")

customer=$(curl -s -u "$("$program" api-key create --for admin)" "$address/api" \
    -d '{"command": "Customers.listing", "params": {"sql_limit": 1}}' | sed -n 's/.*"loginname":"\([^"]*\)".*/\1/p')
python3 "$here/pictures.py" --viewport "$address" admin "$password" "$work/pictures" /customers "/customers/$customer"
mkdir -p docs/pictures
cp "$work/pictures/customers-1280-light.png" docs/pictures/customers.png
cp "$work/pictures/customers-$customer-1280-light.png" docs/pictures/customer.png
cp "$work/pictures/customers-375-light.png" docs/pictures/phone.png
