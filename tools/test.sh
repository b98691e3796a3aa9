#!/usr/bin/env bash
# Runs every test that this machine can run, in two processes beside each other, since each keeps one core: those on the
# embedded database in one, all that are left in the other. Where a PostgreSQL is named, those on it are the other one,
# and browser and kills come first, with the machine for themselves.
# All of it runs, whatever fails, and it closes with the sum of what each run said of itself.
# Usage: tools/test.sh BIN [URL]     (BIN: the folder of pytest; URL: a PostgreSQL database that the tests may use)
set -euo pipefail
bin=$1 url=${2:-}
failed=0
pytest=("$bin/pytest")
embedded=(tests/unit tests/integration)
if [ -n "${CI:-}" ]; then
  # Measured, a run is asked for the branches too (tests/test_branches.py).
  pytest=("$bin/coverage" run -m pytest)
  embedded+=(tests/test_branches.py)
elif [ -z "$url" ]; then
  embedded=(tests/integration)
fi
rest=(tests "${embedded[@]/#/--ignore=}")

logs=$(mktemp -d)
[ -z "$url" ] || "$bin/pytest" "${rest[@]}" 2>&1 | tee "$logs/rest" || failed=1
"${pytest[@]}" "${embedded[@]}" >"$logs/embedded" 2>&1 &
running=$!
trap 'kill "$running" 2>/dev/null || true; rm -rf "$logs"' EXIT
if [ -z "$url" ]; then
  "$bin/pytest" "${rest[@]}" 2>&1 | tee "$logs/rest" || failed=1
else
  DATABASE_URL=$url "$bin/pytest" tests/integration 2>&1 | tee "$logs/served" || failed=1
fi
wait "$running" || failed=1
cat "$logs/embedded"
"$bin/python" tools/sum_up.py "$SECONDS" "$logs"/* || failed=1
exit "$failed"
