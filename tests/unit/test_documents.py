"""What the documents say of the code's tables is what the tables say."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import SECOND_PERSON
from torogoz.domain.purpose import MAY_READ, DataClass, Purpose
from torogoz.domain.staff import StaffRole
from torogoz.matching.sources.formats import ListFormat
from torogoz.matching.sources.topics import TOPICS
from torogoz.privacy.reading import HOUR_ON, HOURS_AFTER, PACES, READERS, READERS_WITHIN, REMEMBERED, Mark
from torogoz.storage.configuration import SETTINGS

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


def test_every_event_is_recorded_by_some_module() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("flow", "storage")
        for path in (ROOT / "src/torogoz" / folder).rglob("*.py")
    )
    assert [event for event in AuditEvent if f"AuditEvent.{event.name}" not in source] == []


def test_the_auditor_is_told_the_numbers_by_which_reading_is_marked() -> None:
    """LR-55."""
    told = {cells[0]: f"{cells[1]} {cells[2]}" for cells in rows(DOCS / "auditor/README.md", "| marked |")}
    pace = {each.mark: each for each in PACES}
    hourly = (Mark.MANY_DOSSIERS, Mark.MANY_FLIGHTS, Mark.MANY_SEARCHES)
    numbers = ", ".join(str(pace[mark].at_least) for mark in hourly)
    assert {pace[mark].within for mark in hourly} == {timedelta(hours=1)}
    assert {each.times_usual for each in PACES} == {3}
    assert numbers + " within an hour" in told["many dossiers, flights, searches"]
    assert f"{REMEMBERED.days} days" in told["many dossiers, flights, searches"]
    assert f"{pace[Mark.WITHOUT_HIT].at_least} within eight hours" in told["dossiers without a hit"]
    assert pace[Mark.WITHOUT_HIT].within == timedelta(hours=8)
    assert (2, 10, 4, timedelta(days=7)) == (HOUR_ON, HOURS_AFTER, READERS, READERS_WITHIN)
    assert "two days of the last 28 known after ten days" in told["an unusual hour"]
    assert "fourth person" in told["many readers"]
    assert "within seven days" in told["many readers"]


def test_the_decision_on_purposes_shows_the_table_that_is_enforced() -> None:
    columns = [DataClass.API, DataClass.PNR, DataClass.CROSSING, DataClass.LIST, DataClass.INTELLIGENCE]
    shown = [
        {column for column, cell in zip(columns, cells[1:], strict=True) if cell == "yes"}
        for cells in rows(DOCS / "decisions/0008-purposes.md", "| purpose |")
    ]
    assert shown == [MAY_READ[purpose] for purpose in Purpose]


def test_the_decision_on_the_second_person_has_a_row_for_each_row_of_the_policy() -> None:
    assert len(rows(DOCS / "decisions/0009-second-person.md", "| when |")) == len(SECOND_PERSON)


def test_every_setting_is_explained_and_read_and_no_other() -> None:
    source = (ROOT / "src/torogoz/web/settings.py").read_text(encoding="utf-8")
    explained = {cells[0].strip("`") for cells in rows(DOCS / "operator/settings.md", "| setting")}
    assert explained == {each.name for each in SETTINGS} == set(re.findall(r'_SAID\["(\w+)"\]', source))


@pytest.mark.parametrize("document", ["start.md", "glossary.md"])
def test_every_role_can_be_found(document: str) -> None:
    heading = "| role |" if document == "start.md" else "| English | español | `users add"
    text = " ".join(" ".join(cells) for cells in rows(DOCS / document, heading))
    assert all(f"`{role}`" in text for role in StaffRole)


def test_a_requirement_that_is_said_to_be_tested_names_its_test() -> None:
    lines = [line.split("|") for line in (DOCS / "rights.md").read_text().splitlines() if line.startswith("| LR-")]
    tested = {cells[1].strip(): cells[5] for cells in lines if cells[3].strip() == "tested"}
    assert all("](../tests/" in tests for tests in tested.values())
    assert {f"LR-{number}" for number in (40, 41, 42, 44, 45, 46, 50, 51, 52, 55, 56, 58)} <= tested.keys()


def test_the_topics_and_formats_of_lists_are_those_of_the_code() -> None:
    document = DOCS / "reference/lists.md"
    told = [(topic.strip("`"), words, ground) for topic, words, ground in rows(document, "| topic |")]
    assert told == [(code, topic.words["en"], topic.ground) for code, topic in TOPICS.items()]
    assert {cells[0].strip("`") for cells in rows(document, "| `--format` |")} == set(ListFormat)
