"""What the documents say of the code's tables is what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import SECOND_PERSON
from torogoz.domain.purpose import MAY_READ, DataClass, Purpose
from torogoz.domain.staff import StaffRole

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def rows(document: Path, heading: str) -> list[list[str]]:
    """The body of the table in a document whose header line begins so."""
    lines = document.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(heading)) + 2
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def test_the_auditor_is_told_every_event_and_no_other() -> None:
    told = re.findall(r"`([a-z_.]+)`", " ".join(cells[1] for cells in rows(DOCS / "auditor/README.md", "| about |")))
    assert sorted(told) == sorted(AuditEvent)


def test_the_decision_on_purposes_shows_the_table_that_is_enforced() -> None:
    columns = [DataClass.API, DataClass.PNR, DataClass.CROSSING, DataClass.LIST, DataClass.INTELLIGENCE]
    shown = [
        {column for column, cell in zip(columns, cells[1:], strict=True) if cell == "yes"}
        for cells in rows(DOCS / "decisions/0008-purposes.md", "| purpose |")
    ]
    assert shown == [MAY_READ[purpose] for purpose in Purpose]


def test_the_decision_on_the_second_person_has_a_row_for_each_row_of_the_policy() -> None:
    assert len(rows(DOCS / "decisions/0009-second-person.md", "| when |")) == len(SECOND_PERSON)


def test_every_setting_and_no_other_is_explained() -> None:
    source = (ROOT / "src/torogoz/web/settings.py").read_text(encoding="utf-8")
    explained = {cells[0].strip("`") for cells in rows(DOCS / "start.md", "| setting |")}
    assert explained == set(re.findall(r'_FILE\.get\("(\w+)"', source))


@pytest.mark.parametrize("document", ["start.md", "glossary.md"])
def test_every_role_can_be_found(document: str) -> None:
    heading = "| role |" if document == "start.md" else "| English | español | `users add"
    text = " ".join(" ".join(cells) for cells in rows(DOCS / document, heading))
    assert all(f"`{role}`" in text for role in StaffRole)


def test_a_requirement_that_is_said_to_be_met_names_its_code_and_its_test() -> None:
    for number, _, code, test in rows(DOCS / "auditor/README.md", "| | requires |"):
        assert "](../../src/" in code or code.startswith("no module"), number
        assert "](../../tests/" in test, number
