#!/usr/bin/env bash
# Runs Schemathesis (PyPI) against /api/openapi.json of a private server: no server error, and every response fits its schema.
# Not a part of ./test, because it takes minutes: tests/api/schemathesis.sh [examples for each command]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cargo build
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install schemathesis
export CLIENTELE_DATA_DIR=$work/data CLIENTELE_LISTEN=127.0.0.1:0
target/debug/clientele serve >"$work/log" 2>&1 &
server=$!
until address=$(grep -o 'http://127[^ ]*' "$work/log" | head -1) && [ -n "$address" ]; do sleep 0.1; done
key=$(target/debug/clientele api-key create --for admin)
# Schemathesis makes more calls than the default rate limits allow.
"$work/venv/bin/python" - "$work/data/clientele.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for name in ("api.rate_per_key", "api.rate_per_address"):
    db.execute("INSERT INTO settings (name, value, updated_at) VALUES (?, '1000000', 0)", (name,))
db.commit()
PY
"$work/venv/bin/st" run "$address/api/openapi.json" --auth "$key" --max-examples "${1:-25}" --phases examples,coverage,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance
