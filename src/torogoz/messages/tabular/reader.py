"""A table to messages: one for each journey, in the order of its rows.

A row whose journey columns are empty, or say the same, goes on with the journey of the row above. One broken row costs
only itself. What is not read is counted, and looked at for sensitive words before anything of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from torogoz.domain.journey import Mode
from torogoz.domain.manifest import ByteSpan, Message, Withheld
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.tabular.cells import Row, table_rows
from torogoz.messages.tabular.journey import Journey, JourneyCell, read_journey
from torogoz.messages.tabular.person import RowReader
from torogoz.messages.tabular.sheet import Header, Noted, known_columns, read_header

#: The version of the header; it changes with the columns.
VERSION = "1"
#: So many columns of ours make a line a header.
_ENOUGH = 3
#: So many lines that hold something may stand above it, and it begins so near to the beginning.
_MOST_TITLES, _NEAR = 12, 2_048
_LINE = re.compile(rb"[^\r\n]+")
_NAMES = frozenset(("surname", "full_name", "mrz"))
_LETTER_H = re.compile(rb"(?i)[,;\t]\s*\"?\s*h\s*\"?\s*(?:[,;\t\r\n]|\Z)")
#: BGM 1001 of a passenger list, as PAXLST has it.
_PASSENGER_LIST, _CREW_LIST = "745", "250"


def table_part(data: bytes, part: ByteSpan, limits: Limits) -> ByteSpan | None:
    """A part of a delivery from a header of ours on; None where none of its first lines is one.

    Titles stand above the header in what spreadsheets export.
    """
    lines = _LINE.finditer(data, part.start, min(part.end, part.start + _NEAR))
    for found in islice((line for line in lines if line[0].strip()), _MOST_TITLES + 1):
        beginning = ByteSpan(found.start(), min(part.end, found.start() + 2 * limits.segment_length))
        first = next(table_rows(data, beginning, limits), None)
        if first and not first.fault:
            known = known_columns(first)
            if len(known) >= _ENOUGH and not _NAMES.isdisjoint(known):
                return ByteSpan(found.start(), part.end)
    return None


def read_table(data: bytes, part: ByteSpan, limits: Limits, table: SensitiveTable) -> Iterator[Message]:
    """The messages of a table; one without a type where it has no row."""
    rows = table_rows(data, part, limits)
    return _Reader(data, part, next(rows), limits, table).messages(islice(rows, limits.segments + 1))


class _Reader:
    """Reads a table, one message at a time."""

    def __init__(self, data: bytes, part: ByteSpan, first: Row, limits: Limits, table: SensitiveTable) -> None:
        self._data = data
        self._part = part
        self._limits = limits
        self._table = table
        self._head = data[first.start : first.end]
        self._noted = Noted(Findings(limits.findings), table)
        self._header: Header = read_header(first, self._noted)
        self._width = len(self._header.headings)
        self._spanish = self._has_spanish_letters()
        self._number = 0
        self._start = part.start
        self._journey: Journey | None = None
        self._travellers: list[Traveller] = []
        self._rows = self._reader()

    def _has_spanish_letters(self) -> bool:
        """Whether the column of sexes writes H: looked for in the bytes first, since hardly any table does."""
        places = [place for place, each in enumerate(self._header.headings) if each.column and each.column.key == "sex"]
        if not places or not _LETTER_H.search(self._data, self._part.start, self._part.end):
            return False
        cells = (row.cells for row in table_rows(self._data, self._part, self._limits))
        return any(len(each) > places[0] and each[places[0]].text in ("H", "h") for each in cells)

    def messages(self, rows: Iterator[Row]) -> Iterator[Message]:
        """Each journey's message; the last closes at the end of the bytes."""
        for count, row in enumerate(rows, start=1):
            if count > self._limits.segments:
                self._noted.note("ROWS_TOO_MANY", None, row.start)
                break
            if self._is_broken(row):
                continue
            journey = self._journey_cells(row)
            texts = {key: each.cell.text for key, each in journey.items()}
            if self._journey and not self._journey.goes_on(texts):
                yield self._message(row.start)
                if self._number >= self._limits.messages:
                    self._noted.note("TOO_MANY_MESSAGES", None, row.start)
                    yield Message(
                        self._number + 1, None, findings=tuple(self._noted.findings), span=self._span(self._part.end)
                    )
                    return
            if self._journey is None:
                self._journey = read_journey(journey, row.start, self._noted)
                self._rows = self._reader()
            self._read_row(row)
        yield self._message(self._part.end)

    def _reader(self) -> RowReader:
        leg = self._journey.leg if self._journey else None
        day = leg.departure_local.date() if leg and leg.departure_local else None
        by_air = leg is not None and leg.mode is Mode.AIR
        return RowReader(self._noted, day, spanish_letters=self._spanish, by_air=by_air)

    def _is_broken(self, row: Row) -> bool:
        """Whether nothing of a row can be read. What is in it is never kept unseen."""
        fault = row.fault
        too_few, extra = len(row.cells) < self._width, any(cell.text for cell in row.cells[self._width :])
        if fault is None and (too_few or extra):
            fault = "ROW_CELLS"
        if fault is None:
            if row.unclean:
                self._noted.note("CELL_CONTROL", None, row.start)
            return False
        self._noted.note(fault, None, row.start)
        if fault == "ROW_TOO_LONG":
            self._noted.withhold(row.start, row.end)
        else:
            self._noted.check(row, self._data[row.start : row.end].decode("utf-8", "replace"))
        return True

    def _journey_cells(self, row: Row) -> dict[str, JourneyCell]:
        return {
            each.column.key: JourneyCell(cell, each.order)
            for each, cell in zip(self._header.headings, row.cells, strict=False)
            if each.column and each.column.journey and cell.text
        }

    def _read_row(self, row: Row) -> None:
        for place, (each, cell) in enumerate(zip(self._header.headings, row.cells, strict=False)):
            if not cell.text:
                continue
            if place in self._header.telling:
                self._noted.withhold(cell.start, cell.end)
            elif each.column is None or not each.column.kept:
                self._noted.check(cell, cell.text)
            elif not each.column.journey:
                self._rows.hear(each.column.key, cell, each.order)
        traveller = self._rows.traveller()
        if traveller:
            self._travellers.append(traveller)

    def _span(self, end: int) -> ByteSpan:
        return ByteSpan(self._start, end)

    def _message(self, end: int) -> Message:
        """The message of the journey in hand; what is noted from now on is the next one's."""
        self._number += 1
        noted, journey, travellers = self._noted, self._journey, self._travellers
        span = self._span(end)
        if journey is None:
            noted.note("TABLE_EMPTY", None, self._start)
            return Message(self._number, None, findings=tuple(noted.findings), span=span)
        crew_only = bool(travellers) and all(each.role is TravellerRole.CREW for each in travellers)
        content = b"\n".join((b"TABULAR", self._head, self._data[self._start : end].strip()))
        self._start, self._journey, self._travellers = end, None, []
        self._noted = Noted(Findings(self._limits.findings), self._table)
        return Message(
            self._number,
            "TABULAR",
            VERSION,
            _CREW_LIST if crew_only else _PASSENGER_LIST,
            sender=journey.operator,
            flights=(journey.leg,) if journey.leg else (),
            travellers=tuple(travellers),
            findings=tuple(noted.findings),
            withheld=Withheld(0, noted.free_text),
            prepared_at=journey.prepared_at,
            span=span,
            sensitive=tuple(noted.sensitive),
            content=content,
            zones=self._rows.zones,
        )
