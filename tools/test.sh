#!/usr/bin/env bash
# Runs every test that this machine can run, in two processes beside each other, since each keeps one core: those on the
# embedded database in one, all that are left in the other. Where a PostgreSQL is named, browser and kills come first,
# with the machine for themselves, and those on it are in the other one.
# All of it runs, whatever fails, and it closes with the sum of what each run said of itself. Where CI is set, the unit
# tests and those on the embedded database are measured, and a branch that none of them took is an error too
# (pyproject.toml says of which modules). What numba compiled cannot be measured: so the measured run of the unit tests
# draws little and runs the kernels of matching as plain Python, and after it those that draw, and those of matching, run
# again as people would run them.
# Usage: tools/test.sh BIN [URL]     (BIN: the folder of pytest; URL: a PostgreSQL database that the tests may use)
set -euo pipefail
bin=$1 url=${2:-}
failed=0
logs=$(mktemp -d)
measured=$logs/measured
pytest=("$bin/pytest")
[ -z "${CI:-}" ] || pytest=("$bin/coverage" run --parallel-mode --data-file="$measured" -m pytest)

[ -z "$url" ] || "$bin/pytest" tests/browser tests/chaos 2>&1 | tee "$logs/alone.log" || failed=1
"${pytest[@]}" tests/integration >"$logs/embedded.log" 2>&1 &
running=$!
trap 'kill "$running" 2>/dev/null || true; rm -rf "$logs"' EXIT
if [ -z "${CI:-}" ]; then
  "$bin/pytest" tests/unit 2>&1 | tee "$logs/unit.log" || failed=1
else
  NUMBA_DISABLE_JIT=1 "${pytest[@]}" --hypothesis-profile=measured tests/unit 2>&1 | tee "$logs/unit.log" || failed=1
  "$bin/pytest" -m hypothesis tests/unit 2>&1 | tee "$logs/drawn.log" || failed=1
  "$bin/pytest" -m 'not hypothesis' tests/unit/matching 2>&1 | tee "$logs/compiled.log" || failed=1
fi
if [ -z "$url" ]; then
  "$bin/pytest" tests/browser tests/chaos 2>&1 | tee "$logs/others.log" || failed=1
else
  DATABASE_URL=$url "$bin/pytest" tests/integration 2>&1 | tee "$logs/served.log" || failed=1
fi
wait "$running" || failed=1
cat "$logs/embedded.log"
if [ -n "${CI:-}" ]; then
  "$bin/coverage" combine --quiet --data-file="$measured" "$logs"
  "$bin/coverage" report --data-file="$measured" | tee "$logs/branches" || mv "$logs/branches" "$logs/branches.log"
fi
"$bin/python" tools/sum_up.py "$SECONDS" "$logs"/*.log || failed=1
exit "$failed"
