"""Where the values of a plain booking were read, worked out from its patterns' groups when somebody asks.

A value's origin is the whole segment that holds it, as for values that are read segment by segment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from torogoz.domain.finding import Origin
from torogoz.domain.origins import Origins
from torogoz.messages.contacts import contacts_of, phone
from torogoz.messages.pnrgov.shape import Shape

#: A field, and a place in the segment that fills it.
Mark = tuple[str, int]
#: Group of a traveller's pattern → the fields that its segment fills.
_TRAVELLER: dict[str, tuple[str, ...]] = {
    "surname": ("surname",),
    "account": ("frequent_flyer",),
    "reference": ("reference",),
    "born": ("birth_date", "sex"),
    "number": ("documents",),
    "nationality": ("nationality",),
}


class Source(NamedTuple):
    """A message: its text, the byte at which it begins, and the patterns that its bookings were read by."""

    text: str
    base: int
    patterns: Shape


def _segment(field: str, source: Source, place: int) -> Origin:
    """The origin of what stands at a place of a message's text."""
    text, base, _ = source
    start = text.rfind("'", 0, place) + 1
    while text[start] == "\n":
        start += 1
    return Origin(field, base + start, base + text.index("'", place))


def _texts(found: re.Match[str]) -> list[int]:
    """Where the texts of a group stand that give a contact."""
    places, place = [], found.start("texts")
    for line in found["texts"].split("'"):
        if "CTC" in line.upper() and contacts_of(" ".join(line.split("+")[2:])):
            places.append(place)
        place += len(line) + 1
    return places


class TravellerOrigins(Origins):
    """The origins of a plain traveller. Their pattern is matched again: to keep what it found costs memory."""

    __slots__ = ("_given", "_marks", "_source", "_start")

    def __init__(self, source: Source, start: int, marks: Sequence[Mark], given: bool) -> None:  # noqa: FBT001
        """`given` is whether there are given names. A word for it would cost a tenth of making this."""
        self._source = source
        self._start = start
        self._marks = marks
        self._given = given

    def work_out(self) -> tuple[Origin, ...]:
        """Find the segment of each value."""
        source = self._source
        found = _again(source.patterns.traveller, source, self._start)
        marks = [
            (field, found.start(group)) for group, fields in _TRAVELLER.items() if found[group] for field in fields
        ]
        if self._given:
            marks.append(("given_names", found.start("surname")))
        marks += [("contacts", place) for place in _texts(found)]
        return tuple(_segment(field, source, place) for field, place in (*marks, *self._marks))


class BookingOrigins(Origins):
    """The origins of a plain booking: of its own groups, of its travellers', and of what stands behind them."""

    __slots__ = ("_flights", "_marks", "_source", "_start")

    def __init__(self, source: Source, start: int, flights: Sequence[int], marks: Sequence[Mark]) -> None:
        """Flights are given as where they stand."""
        self._source = source
        self._start = start
        self._flights = flights
        self._marks = marks

    def work_out(self) -> tuple[Origin, ...]:
        """Find the segment of each value."""
        source = self._source
        head = _again(source.patterns.head, source, self._start)
        marks = [("record_locator", head.start("locator"))]
        marks += [(field, head.start(field)) for field in ("agency", "bags") if head[field]]
        marks += [("contacts", place) for place in (*_texts(head), *_addresses(head))]
        end = head.end()
        while found := source.patterns.traveller.match(source.text, end):
            end = found.end()
            groups = (("tickets", "ticket"), ("payments", "form"))
            marks += [(field, found.start(group)) for field, group in groups if found[group]]
            if (found["payer_at"] or "").strip() or (found["payer_phone"] and phone(found["payer_phone"])):
                marks.append(("contacts", found.start("payer")))
        marks += [("itinerary", place) for place in self._flights]
        return tuple(_segment(field, source, place) for field, place in (*marks, *self._marks))


def _again(pattern: re.Pattern[str], source: Source, start: int) -> re.Match[str]:
    """What a pattern found at a place before."""
    found = pattern.match(source.text, start)
    assert found  # noqa: S101 - the same pattern, text and place
    return found


def _addresses(head: re.Match[str]) -> list[int]:
    """Where the address segments stand that give a contact."""
    places, place = [], head.start("addresses")
    for line in head["addresses"].split("'"):
        elements = [element.split(":") for element in line.split("+")[2:]]
        if any(any(map(str.strip, parts[1:7])) or any(map(phone, parts[7:])) for parts in elements):
            places.append(place)
        place += len(line) + 1
    return places
