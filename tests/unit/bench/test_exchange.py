"""A list that is exchanged: both versions are what the benchmark says of them, and each answer stands in one phase."""

from __future__ import annotations

import csv
from pathlib import Path

from torogoz.bench.exchange import _Answer, _by_phase, _write_versions


def _entries(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_new_version_changes_every_entry_and_drops_and_brings_a_hundredth(tmp_path: Path) -> None:
    travellers = _write_versions(tmp_path, 200)
    old, new = _entries(tmp_path / "old"), _entries(tmp_path / "new")
    assert len(old) == len(new) == 200
    assert len(old.keys() - new.keys()) == len(new.keys() - old.keys()) == 2
    both = old.keys() & new.keys()
    assert all({name for name in old[key] if old[key][name] != new[key][name]} == {"review_on"} for key in both)
    asked = [each.listed for each in travellers]
    assert set(asked[::2]) <= both  # whoever is asked for must be found in either version
    assert set(asked[1::2]) == {None}


def test_each_answer_counts_in_the_phase_in_which_it_was_asked_for() -> None:
    began = {"quiet": 0.0, "importing": 10.0, "waiting": 20.0, "approving": 30.0, "exchanging": 40.0, "exchanged": 50.0}
    answers = [_Answer(at, at / 1000, 1, missed=False) for at in (5.0, 9.9, 10.0, 45.0, 50.0, 99.0)]
    found = dict(_by_phase(answers, began))
    assert {phase: figures["answers"] for phase, figures in found.items()} == {
        "quiet, ms": 2,
        "importing, ms": 1,
        "exchanging, ms": 1,
        "exchanged, ms": 2,
    }
    assert found["exchanged, ms"]["slowest"] == 99.0
