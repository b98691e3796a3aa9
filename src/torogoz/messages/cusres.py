"""CUSRES D.02B–D.15B: a state's answer to a passenger list (API guidelines, CUSRES guide 2013), read and written.

962 is an answer, 132 one that revises an earlier answer unasked, 312 the carrier's acknowledgement of a 132. The head
names the request (RFF TN), then each leg (RFF AF, DTM, LOC); each ERP group is about all of the message (1) or one
traveller (2), with the carrier's references (RFF AVF, ABO), codes (ERC) and a text for staff (FTX AAP).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from textwrap import wrap
from typing import ClassVar

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.response import Level, Response
from torogoz.edifact.writer import Segment
from torogoz.messages.flights import airport, designator
from torogoz.messages.formats import as_coded
from torogoz.messages.legs import ARRIVAL, DEPARTURE, PLACES
from torogoz.messages.moments import local_moment
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.values import short_code

ANSWER, REVISION, ACKNOWLEDGEMENT = "962", "132", "312"
#: DTM 2005 of a leg.
_TAKES_OFF, _LANDS = "189", "232"
#: ERP 1049 → whom a group is about.
_LEVELS = {"1": Level.MESSAGE, "2": Level.TRAVELLER}
_NUMBERS = {level: number for number, level in _LEVELS.items()}
_IGNORED = "UNH UNT NAD CTA COM UNS TDT AUT"
#: A text for staff stands in components of so many signs, and there are at most so many.
LONGEST_TEXT, MOST_TEXTS = 70, 5


class Cusres:
    """One CUSRES being read; after `read`, its public attributes hold what it said."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._legs: list[_Leg] = []
        self._group: _Group | None = None
        self.function: str | None = None
        self.transaction: str | None = None
        self.responses: list[Response] = []

    def read(self) -> None:
        """Read every segment after UNH in order."""
        reading = self._reading
        for place, text in enumerate(reading.segments.texts):
            elements = text.split(reading.service.element)
            handler = self._handlers.get(elements[0].strip())
            if handler is None:
                reading.note_unknown(place)
                continue
            try:
                handler(self, elements, place)
            except IndexError:
                reading.note("ELEMENT_MISSING", place)
            except ValueError:
                reading.note("DATE_UNREADABLE", place)
        self._end_group()
        if self.function is None:
            reading.findings.note("BGM_MISSING", "BGM", reading.segments.starts[0])

    def flights(self) -> tuple[FlightLeg, ...]:
        """The legs that the answer is about."""
        return tuple(each.leg() for each in self._legs)

    def _ignore(self, _elements: list[str], _place: int) -> None:
        """Nothing of it is kept."""

    def _bgm(self, elements: list[str], _place: int) -> None:
        self.function = short_code(self._reading.components(elements, 1)[0]) or ""

    def _rff(self, elements: list[str], place: int) -> None:
        kind, value, *_ = [*self._reading.components(elements, 1), ""]
        value = value.strip()
        if kind == "TN":
            self.transaction = value or None
        elif kind == "AF":
            named = designator(value)
            if named is None:
                self._reading.note("FLIGHT_UNREADABLE", place)
            else:
                self._legs.append(_Leg(named))
        elif self._group is None:
            self._reading.note("OUT_OF_GROUP", place)
        elif kind == "AVF":
            self._group.record_locator = value or None
        elif kind == "ABO":
            self._group.reference = value or None

    def _dtm(self, elements: list[str], place: int) -> None:
        kind, value, *_ = [*self._reading.components(elements, 1), ""]
        if self._legs and kind in (_TAKES_OFF, _LANDS):
            read = partial(local_moment, reference=self._reading.day)
            self._legs[-1].times[kind], usual = as_coded(read, value, "")
            if not usual:
                self._reading.note("DATE_FORMAT_MISMATCH", place)

    def _loc(self, elements: list[str], _place: int) -> None:
        kind = elements[1].strip()
        if self._legs and kind in PLACES:
            self._legs[-1].places.append((kind, airport(self._reading.components(elements, 2)[0])))

    def _erp(self, elements: list[str], place: int) -> None:
        self._end_group()
        level = _LEVELS.get(self._reading.components(elements, 1)[0].strip())
        if level is None:
            self._reading.note("CODE_UNKNOWN", place)
        self._group = _Group(level or Level.TRAVELLER)

    def _erc(self, elements: list[str], place: int) -> None:
        code = short_code(self._reading.components(elements, 1)[0])
        if code is None:
            self._reading.note("CODE_UNKNOWN", place)
        elif self._group is None:
            self._reading.note("OUT_OF_GROUP", place)
        else:
            self._group.codes.append((code, []))

    def _ftx(self, elements: list[str], place: int) -> None:
        if self._group is None or not self._group.codes:
            self._reading.note("OUT_OF_GROUP", place)
            return
        if contains_sensitive(self._reading.service.reveal(" ".join(elements[4:]))):
            self._reading.withhold(place, ssr=False)
            return
        self._group.codes[-1][1].extend(filter(None, (part.strip() for part in self._reading.components(elements, 4))))

    def _end_group(self) -> None:
        group, self._group = self._group, None
        if group:
            self.responses += [
                Response(group.level, code, group.record_locator, group.reference, " ".join(texts) or None)
                for code, texts in group.codes
            ]

    _handlers: ClassVar[dict[str, Callable[[Cusres, list[str], int], None]]] = {
        **dict.fromkeys(_IGNORED.split(), _ignore),
        "BGM": _bgm,
        "RFF": _rff,
        "DTM": _dtm,
        "LOC": _loc,
        "ERP": _erp,
        "ERC": _erc,
        "FTX": _ftx,
    }


class _Leg:
    """One leg while it is read: some send its times before its places, some after."""

    def __init__(self, named: Designator) -> None:
        self._named = named
        self.times: dict[str, datetime] = {}
        self.places: list[tuple[str, str | None]] = []

    def leg(self) -> FlightLeg:
        """Two airports may be sent arrival first."""
        places = [*self.places, (DEPARTURE, None), (ARRIVAL, None)][:2]
        if [kind for kind, _ in places] == [ARRIVAL, DEPARTURE]:
            places.reverse()
        (_, start), (_, end) = places
        return FlightLeg(self._named, start, end, self.times.get(_TAKES_OFF), self.times.get(_LANDS))


class _Group:
    """One ERP group while it is read."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.record_locator: str | None = None
        self.reference: str | None = None
        self.codes: list[tuple[str, list[str]]] = []


@dataclass(frozen=True, slots=True)
class Reply:
    """A CUSRES to write: what it is (962, 132, 312), the request that it answers, its legs and its responses."""

    function: str
    transaction: str | None
    flights: tuple[FlightLeg, ...]
    responses: tuple[Response, ...]


def cusres_segments(reply: Reply) -> list[Segment]:
    """The segments between UNH and UNT. A text of more than five lines is cut: staff must read it at once."""
    segments: list[Segment] = [("BGM", reply.function)]
    if reply.transaction:
        segments.append(("RFF", ("TN", reply.transaction)))
    for leg in reply.flights:
        segments += _leg_segments(leg)
    for each in reply.responses:
        segments += _response_segments(each)
    return segments


def _leg_segments(leg: FlightLeg) -> Iterable[Segment]:
    yield "RFF", ("AF", str(leg.designator))
    for kind, moment in ((_TAKES_OFF, leg.departure_local), (_LANDS, leg.arrival_local)):
        if moment:
            yield "DTM", (kind, f"{moment:%y%m%d%H%M}", "201")
    for kind, code in ((DEPARTURE, leg.departure_airport), (ARRIVAL, leg.arrival_airport)):
        if code:
            yield "LOC", kind, code


def _response_segments(response: Response) -> Iterable[Segment]:
    yield "ERP", _NUMBERS[response.level]
    for kind, value in (("AVF", response.record_locator), ("ABO", response.reference)):
        if value:
            yield "RFF", (kind, value)
    yield "ERC", response.code
    if response.text:
        yield "FTX", "AAP", "", "", tuple(wrap(response.text, LONGEST_TEXT, break_on_hyphens=False)[:MOST_TEXTS])
