"""Golden lists of every format, named by their oddity: each is read as the `.json` beside it says. Invented people.

An expectation tells each entry as a row of our own columns, each refusal by line, number and faults, and what was left
out.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from torogoz.domain.watchlist import Entry
from torogoz.matching.sources.formats import Reading, read
from torogoz.matching.sources.rows import RefusedRow

LISTS = Path(__file__).parents[3] / "golden" / "lists"
GOLDEN = sorted(path for path in LISTS.iterdir() if path.suffix not in {".json", ".aliases"})
TODAY = date(2026, 11, 22)
GIVEN = {
    "owner": "Fiscalía",
    "legal_basis": "Ley de prueba, art. 1",
    "purpose": "serious_crime",
    "reason": "inventado",
    "grade": "B2",
    "handling": "C",
    "action": "inform",
    "review_on": "2027-01-31",
}
TOPICS = ("sanction", "crime.terror")


def as_told(found: Entry | RefusedRow) -> dict[str, Any]:
    """An entry or a refusal as an expectation writes it."""
    if isinstance(found, RefusedRow):
        faults = [f"{each.fault}: {each.column}" if each.column else str(each.fault) for each in found.faults]
        return {"line": found.line, "entry": found.entry, "faults": faults}
    return {
        "id": found.id,
        "names": list(found.names),
        "birth_dates": [str(each) for each in found.birth_dates],
        "nationalities": list(found.nationalities),
        "sex": found.sex,
        "documents": [f"{each.issuer or ''}:{each.type or ''}:{each.number}" for each in found.documents],
    }


def read_golden(path: Path) -> dict[str, Any]:
    """Read a golden file in the format that it is recognised as, with its file of aliases if it has one."""
    aliases = path.with_suffix(".aliases")
    content = path.read_bytes()
    reading = Reading(
        topics=TOPICS if path.suffix == ".jsonl" else (),
        aliases=[aliases.read_bytes()] if aliases.exists() else None,
        again=[content],
    )
    found = [as_told(each) for each in read(reading, [content], GIVEN, TODAY)]
    return {
        "entries": [each for each in found if "id" in each],
        "refused": [each for each in found if "id" not in each],
        "left_out": dict(reading.left),
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_list_is_read_as_its_golden_file_says(path: Path) -> None:
    """Entries in their order, refusals, and counts of what was left out."""
    assert read_golden(path) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_lists_and_each_has_its_expectation() -> None:
    """No golden file stands alone, in either direction."""
    assert {path.stem for path in GOLDEN} == {path.stem for path in LISTS.glob("*.json")}
