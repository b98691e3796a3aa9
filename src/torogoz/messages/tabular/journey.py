"""The journey of a table: which vehicle leaves where and when, by air, sea or land.

A flight, voyage or service is known by its operator's code and number; where either is missing, by its vehicle:
registration, IMO number or plate. Airports are IATA or ICAO codes, ports and border posts five signs of UN/LOCODE.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from torogoz.domain.journey import Designator, FlightLeg, Mode
from torogoz.messages.flights import designator
from torogoz.messages.tabular.cells import Cell
from torogoz.messages.tabular.columns import DateOrder
from torogoz.messages.tabular.dates import read_moment
from torogoz.messages.tabular.sheet import Noted
from torogoz.messages.tabular.words import mode_of

_OPERATOR = re.compile(r"[A-Z][0-9]|[0-9][A-Z]|[A-Z]{2,3}")
#: What a journey's number may have at most, as it is kept.
_LONGEST = 8
_PLACES = {
    Mode.AIR: re.compile(r"[A-Z]{3}|[A-Z]{4}"),
    Mode.SEA: re.compile(r"[A-Z]{2}[A-Z2-9]{3}"),
    Mode.LAND: re.compile(r"[A-Z]{2}[A-Z2-9]{3}"),
}
_IMO = re.compile(r"(?:IMO|OMI)(?=\d{7}\Z)")


@dataclass(frozen=True, slots=True)
class JourneyCell:
    """A cell that says something of the journey, and how its column writes dates."""

    cell: Cell
    order: DateOrder | None


@dataclass(frozen=True, slots=True)
class Journey:
    """What a row says of its journey: the texts by which the next row is compared, and what they mean.

    `leg` is None where it cannot be told which journey it is.
    """

    texts: dict[str, str]
    operator: str | None = None
    leg: FlightLeg | None = None
    prepared_at: datetime | None = None

    def goes_on(self, texts: dict[str, str]) -> bool:
        """Whether a row with these texts is of the same journey: it says nothing else."""
        return all(self.texts.get(key) == text for key, text in texts.items())


def read_journey(cells: dict[str, JourneyCell], row_start: int, noted: Noted) -> Journey:
    """Read what a row says of its journey."""
    return _Reader(cells, row_start, noted).read()


class _Reader:
    def __init__(self, cells: dict[str, JourneyCell], row_start: int, noted: Noted) -> None:
        self._cells = cells
        self._start = row_start
        self._noted = noted

    def read(self) -> Journey:
        """The journey as a value; what it lacks is a finding."""
        mode = self._mode()
        operator = self._operator()
        named = self._named(operator, mode)
        departs, arrives = self._moment("departure_local"), self._moment("arrival_local")
        start, end = self._place("departure_place", mode), self._place("arrival_place", mode)
        prepared = self._moment("prepared_at")
        texts = {key: each.cell.text for key, each in self._cells.items()}
        leg = None
        if named is None or departs is None or start is None:
            self._noted.note("JOURNEY_INCOMPLETE", None, self._start)
        else:
            leg = FlightLeg(named, start, end, departs, arrives, mode=mode)
        return Journey(texts, operator, leg, prepared.replace(tzinfo=UTC) if prepared else None)

    def _text(self, key: str) -> str:
        found = self._cells.get(key)
        return found.cell.text if found else ""

    def _unread(self, key: str, code: str = "VALUE_UNKNOWN") -> None:
        cell = self._cells[key].cell
        self._noted.note(code, key, cell.start)
        self._noted.check(cell, cell.text)

    def _mode(self) -> Mode:
        text = self._text("mode")
        mode = mode_of(text) if text else None
        if mode is None:
            if text:
                self._unread("mode")
            else:
                self._noted.note("MODE_MISSING", "mode", self._start)
        return mode or Mode.AIR

    def _operator(self) -> str | None:
        text = self._text("operator").upper()
        if not text:
            return None
        if _OPERATOR.fullmatch(text) and not self._noted.tells(text):
            return text
        self._unread("operator")
        return None

    def _named(self, operator: str | None, mode: Mode) -> Designator | None:
        number, vehicle = self._sign("number"), self._sign("vehicle")
        if number and mode is Mode.AIR and (found := designator(number, operator or "")):
            return found
        if number and operator:
            return Designator(operator, number.removeprefix(operator) or number)
        return Designator(operator or "", vehicle) if vehicle else None

    def _sign(self, key: str) -> str | None:
        """A number or a plate: its letters and digits."""
        text = _IMO.sub("", re.sub(r"[\s./_-]+", "", self._text(key).upper()))
        if not text:
            return None
        if text.isascii() and text.isalnum() and len(text) <= _LONGEST and not self._noted.tells(text):
            return text
        self._unread(key)
        return None

    def _place(self, key: str, mode: Mode) -> str | None:
        text = self._text(key).upper().replace(" ", "")
        if not text:
            return None
        if _PLACES[mode].fullmatch(text):
            return text
        self._unread(key)
        return None

    def _moment(self, key: str) -> datetime | None:
        found = self._cells.get(key)
        if found is None:
            return None
        try:
            moment, doubtful = read_moment(found.cell.text, found.order)
        except ValueError:
            self._unread(key, "DATE_UNREADABLE")
            return None
        if doubtful:
            self._noted.note("DATE_AMBIGUOUS", key, found.cell.start)
        return moment
