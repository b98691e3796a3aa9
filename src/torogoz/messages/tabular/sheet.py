"""A table in hand: its header, and where what is odd or sensitive in it is noted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.findings import Findings
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.tabular.cells import Cell, Row
from torogoz.messages.tabular.columns import Heading, heading


@dataclass(slots=True)
class Noted:
    """What is noted of the message in hand."""

    findings: Findings
    table: SensitiveTable
    sensitive: list[ByteSpan] = field(default_factory=list)
    free_text: int = 0

    def note(self, code: str, key: str | None, position: int) -> None:
        """Note what is odd about a column's cell."""
        self.findings.note(code, key, position)

    def withhold(self, start: int, end: int) -> None:
        """Count bytes as sensitive and mark them for overwriting."""
        self.free_text += 1
        self.sensitive.append(ByteSpan(start, end))

    def check(self, cell: Cell | Row, text: str) -> None:
        """Withhold what is not kept as a value, where its words are sensitive."""
        if self.tells(text):
            self.withhold(cell.start, cell.end)

    def tells(self, text: str) -> bool:
        """Whether a text is sensitive."""
        return contains_sensitive(text, self.table)

    def withhold_word(self, cell: Cell, word: str) -> None:
        """Count a word of a cell as sensitive, and mark the bytes in which it stands."""
        self.free_text += 1
        at = re.search(rf"(?<![A-Z]){re.escape(word)}(?![A-Z])", cell.text.upper())
        # Beyond ASCII a sign may be several bytes, and quotes stand before some: then all of the cell goes.
        start, end = cell.start, cell.end
        if at and cell.text.isascii() and end - start == len(cell.text):
            start, end = start + at.start(), start + at.end()
        self.sensitive.append(ByteSpan(start, end))


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in its order; `telling` are the places whose name alone would make a yes sensitive."""

    headings: tuple[Heading, ...]
    telling: frozenset[int]


def known_columns(row: Row) -> set[str]:
    """The columns of ours that a line names."""
    return {found.column.key for cell in row.cells if (found := heading(cell.text)).column}


def read_header(row: Row, noted: Noted) -> Header:
    """The header; a column that nobody knows, or that stands twice, is a finding and is not kept."""
    headings: list[Heading] = []
    telling: set[int] = set()
    seen: set[str] = set()
    for place, cell in enumerate(row.cells):
        found = heading(cell.text)
        if found.column is None and cell.text:
            noted.note("COLUMN_UNKNOWN", None, cell.start)
            if noted.tells(cell.text):
                telling.add(place)
                noted.sensitive.append(ByteSpan(cell.start, cell.end))
        elif found.column and found.column.key in seen:
            noted.note("COLUMN_TWICE", found.column.key, cell.start)
            found = Heading(None)
        if found.column:
            seen.add(found.column.key)
        headings.append(found)
    return Header(tuple(headings), frozenset(telling))
