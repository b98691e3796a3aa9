#!/usr/bin/env bash
# Runs the tests on both databases: first what needs the machine for itself, the browser and the kills; then those on the
# embedded database beside those on PostgreSQL, since each leaves the other a core. All of it runs, whatever fails, and
# what ran on the embedded database is told last.
# Usage: tools/test_on_both.sh BIN URL     (BIN: the folder of pytest; URL: the database that the tests may use)
set -euo pipefail
bin=$1 url=$2
failed=0
"$bin/pytest" tests/browser tests/chaos || failed=1

# Measured, a run is asked for the branches too (tests/test_branches.py).
if [ -n "${CI:-}" ]; then run=("$bin/coverage" run -m pytest tests/test_branches.py); else run=("$bin/pytest"); fi
log=$(mktemp)
"${run[@]}" tests/unit tests/integration >"$log" 2>&1 &
embedded=$!
trap 'kill "$embedded" 2>/dev/null || true; rm -f "$log"' EXIT
DATABASE_URL=$url "$bin/pytest" tests/integration || failed=1
wait "$embedded" || failed=1
cat "$log"
[ "$failed" = 0 ] || echo 'Something failed: see above.' >&2
exit "$failed"
