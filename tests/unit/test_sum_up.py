"""What `make test` says last is what all of its runs said."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

_tool = runpy.run_path(str(Path(__file__).parents[2] / "tools/sum_up.py"))
closing, named = _tool["closing"], _tool["named"]

FINE = "tests/unit/test_one.py ..\n======================== 2 passed, 1 skipped in 0.57s ========================\n"
LONG = "==== 1 failed, 4868 passed, 1 skipped, 2 warnings, 1 error in 898.74s (0:14:58) ====\n"


def test_what_every_run_counted_is_added() -> None:
    line, fine = closing([FINE, LONG], 900)
    assert line.strip("= ") == "1 failed, 4870 passed, 2 skipped, 2 warnings, 1 error in 900.00s"
    assert not fine
    assert closing([FINE, FINE], 1)[1]


@pytest.mark.parametrize("cut", ["", "tests/unit/test_one.py ..", FINE[:40], "=== no tests ran in 0.01s ==="])
def test_a_run_that_did_not_come_to_its_end_fails_the_whole(cut: str) -> None:
    line, fine = closing([FINE, cut], 1)
    assert not fine
    assert "1 error" in line


def test_the_last_thing_that_a_run_said_counts_and_not_what_a_test_printed() -> None:
    assert closing([FINE.replace("2 passed", "7 failed") + FINE], 1)[1]


def test_what_failed_in_any_run_is_named_once() -> None:
    said = "FAILED tests/unit/test_one.py::test_two[a b] - assert 1 == 2"
    broken = "ERROR tests/chaos/test_three.py - OSError: no room"
    assert named([FINE, f"{said}\n{LONG}", f"{said}\n{broken}\n{LONG}", "a FAILED word\n"]) == [said, broken]
