"""The auditor's page shows the schedule and the table of columns as they are enforced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from torogoz.privacy.fields import TABLES
from torogoz.privacy.periods import Period
from torogoz.privacy.schedule import OF_TRAVELLERS, PROFILES, Terms, rows
from torogoz.privacy.tables import About, Row, Table

PAGE = Path(__file__).parents[3] / "docs/auditor/retention.md"


def period(value: Period | None) -> str:
    if value is None:
        return "–"
    if value.months:
        return f"{value.months // 12} years" if value.months % 12 == 0 else f"{value.months} months"
    if value.hours == 0:
        return "at once"
    return f"{value.hours // 24} days" if value.hours % 24 == 0 and value.hours > 72 else f"{value.hours} hours"


def clocks() -> Iterator[str]:
    for profile in PROFILES:
        for row in rows(profile, Terms()):
            if row.data in OF_TRAVELLERS and row.held != "either":
                yield (
                    f"| `{profile}` | `{row.data}` | {row.held} | {row.clock} | {period(row.masked)} "
                    f"| {period(row.purged)} | {row.source} |"
                )
    for row in rows("c817", Terms()):
        if row.held == "either":
            yield f"| every | `{row.data}` | {row.held} | {row.clock} | – | {period(row.purged)} | {row.source} |"


def names(text: object) -> str:
    return ", ".join(f"`{name}`" for name in text) if text else "–"  # type: ignore[attr-defined]


def columns() -> Iterator[str]:
    for table in TABLES:
        if table.about is not About.OPERATION and (table.path or table.personal):
            yield (
                f"| `{table.model}` | {_row(table)} | {names(table.moved)} | {names(table.cleared)} "
                f"| {names(table.personal.split())} | {table.why or '–'} |"
            )


def _row(table: Table) -> str:
    return str(table.masking) if table.path or table.masking is Row.LAST else "not touched"


def lines(heading: str) -> list[str]:
    found = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(found) if line.startswith(heading)) + 2
    end = next((number for number in range(start, len(found)) if not found[number].startswith("|")), len(found))
    return found[start:end]


def test_the_page_shows_every_clock_of_every_profile() -> None:
    assert lines("| profile | class |") == list(clocks())


def test_the_page_shows_what_becomes_of_every_column_that_speaks_of_a_person() -> None:
    assert lines("| table | row |") == list(columns())
