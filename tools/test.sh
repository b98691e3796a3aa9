#!/usr/bin/env bash
# Runs every test that this machine can run, in two processes beside each other, since each keeps one core: in one the
# browser, the kills and what is on the embedded database, in the other the unit tests and, where a PostgreSQL is named,
# what is on it. The other one gives way: a browser and a killed server want the machine for themselves. Whether every
# door opens to those for whom it is and to nobody else (`doors`, `strangers`) asks thousands of pages, on one database,
# by whichever process is free first.
# All of it runs, whatever fails, and it closes with the sum of what each run said of itself. Where CI is set, the unit
# tests and those on the embedded database are measured, and a branch that none of them took is an error too
# (pyproject.toml says of which modules). What numba compiled cannot be measured: so the measured run of the unit tests
# draws little and runs the kernels of matching as plain Python, and after it those that draw, and those of matching, run
# again as people would run them. What knows no database is left out where the database is only another one.
# Usage: tools/test.sh BIN [URL]     (BIN: the folder of pytest; URL: a PostgreSQL database that the tests may use)
set -euo pipefail
bin=$1 url=${2:-}
logs=$(mktemp -d)
measured=$logs/measured
doors=(tests/integration/doors)
strangers=(tests/integration/hostile/test_doors.py tests/integration/hostile/test_hardening.py)
besides=("${doors[@]/#/--ignore=}" "${strangers[@]/#/--ignore=}")
# Whoever starts one of these with a database named would find that nothing in it asks for it.
without=(tests/integration/test_{bundle,deploy,licences,sbom}.py tests/integration/flow/test_kernels.py
  tests/integration/cli/test_{bench_matching,match,memory,parse,progress,rules,watch}.py
  tests/integration/storage/test_{aside,convert,home,keys,places,sealed_files,shared_arrays,spool,traces}.py
  tests/integration/web/test_deployed.py)
pytest=("$bin/pytest")
[ -z "${CI:-}" ] || pytest=("$bin/coverage" run --parallel-mode --data-file="$measured" -m pytest)

run() { # LOG COMMAND...: what it says goes into a file as well, and there is a mark where it failed
  "${@:2}" 2>&1 | tee "$logs/$1.log" || touch "$logs/failed"
}
unit_tests() {
  if [ -z "${CI:-}" ]; then
    run unit "$bin/pytest" tests/unit
  else
    NUMBA_DISABLE_JIT=1 run unit "${pytest[@]}" --hypothesis-profile=measured tests/unit
  fi
}
what_is_left() { # each once, by whichever process is free first
  for each in doors strangers ${CI:+drawn compiled}; do
    mkdir "$logs/$each" 2>/dev/null || continue
    case $each in
      doors) run doors "$bin/pytest" "${doors[@]}" ;;
      strangers) run strangers "$bin/pytest" "${strangers[@]}" ;;
      drawn) run drawn "$bin/pytest" -m hypothesis tests/unit ;;
      compiled) run compiled "$bin/pytest" -m 'not hypothesis' tests/unit/matching ;;
    esac
  done
}
other_lane() {
  renice -n 10 "$BASHPID" >/dev/null
  unit_tests
  [ -z "$url" ] || DATABASE_URL=$url run served "$bin/pytest" "${besides[@]}" "${without[@]/#/--ignore=}" tests/integration
  what_is_left
}

other_lane >/dev/null &
other=$!
trap 'kill "$other" 2>/dev/null || true; rm -rf "$logs"' EXIT
run alone "$bin/pytest" tests/browser tests/chaos
run embedded "${pytest[@]}" "${besides[@]}" tests/integration
what_is_left >/dev/null
wait "$other"
for each in unit served doors strangers drawn compiled; do [ ! -e "$logs/$each.log" ] || cat "$logs/$each.log"; done
if [ -n "${CI:-}" ]; then
  "$bin/coverage" combine --quiet --data-file="$measured" "$logs"
  "$bin/coverage" report --data-file="$measured" || touch "$logs/failed"
fi
"$bin/python" tools/sum_up.py "$SECONDS" "$logs"/*.log || touch "$logs/failed"
[ ! -e "$logs/failed" ]
