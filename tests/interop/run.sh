#!/usr/bin/env bash
# usage: tests/interop/run.sh EXCHANGE_URLS_JSON [SECONDS]
# EXCHANGE_URLS_JSON: {"okx":{"ws":"ws://127.0.0.1:9006","rest":"http://127.0.0.1:9006"}, …}, one entry a venue of the local exchange.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --no-audit --no-fund --silent
exec node watch.mjs "$@"
