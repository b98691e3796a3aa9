"""Where the values of a plain booking were read, worked out from its patterns' groups when somebody asks.

A value's origin is the whole segment that holds it, as for values that are read segment by segment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from torogoz.domain.finding import Origin
from torogoz.domain.origins import Origins
from torogoz.messages.contacts import contacts_of, phone
from torogoz.messages.pnrgov.draft import Draft

#: Group of a traveller's pattern → the fields that its segment fills.
_TRAVELLER: dict[str, tuple[str, ...]] = {
    "surname": ("surname",),
    "account": ("frequent_flyer",),
    "reference": ("reference",),
    "born": ("birth_date", "sex"),
    "number": ("documents",),
    "nationality": ("nationality",),
}


def _segment(field: str, text: str, base: int, place: int) -> Origin:
    """The origin of what stands at a place of a message's text."""
    start = text.rfind("'", 0, place) + 1
    while text[start] == "\n":
        start += 1
    return Origin(field, base + start, base + text.index("'", place))


def _texts(found: re.Match[str]) -> list[int]:
    """Where the texts of a group stand that give a contact."""
    places, place = [], found.start("texts")
    for line in (found["texts"] or "").split("'"):
        if "CTC" in line and contacts_of(" ".join(line.split("+")[2:])):
            places.append(place)
        place += len(line) + 1
    return places


class TravellerOrigins(Origins):
    """The origins of a plain traveller in a message that begins at a byte."""

    __slots__ = ("_base", "_found", "_given", "_marks", "_text")

    def __init__(
        self, text: str, base: int, found: re.Match[str], marks: Sequence[tuple[str, int]], *, given: bool
    ) -> None:
        self._text = text
        self._base = base
        self._found = found
        self._marks = marks
        self._given = given

    def work_out(self) -> tuple[Origin, ...]:
        """Find the segment of each value."""
        found = self._found
        marks = [
            (field, found.start(group)) for group, fields in _TRAVELLER.items() if found[group] for field in fields
        ]
        if self._given:
            marks.append(("given_names", found.start("surname")))
        marks += [("contacts", place) for place in _texts(found)]
        return tuple(_segment(field, self._text, self._base, place) for field, place in (*marks, *self._marks))


class BookingOrigins(Origins):
    """The origins of a plain booking: of its own groups, of its travellers', and of what stands behind them."""

    __slots__ = ("_base", "_draft", "_head", "_text")

    def __init__(self, text: str, base: int, head: re.Match[str], draft: Draft) -> None:
        self._text = text
        self._base = base
        self._head = head
        self._draft = draft

    def work_out(self) -> tuple[Origin, ...]:
        """Find the segment of each value."""
        head = self._head
        marks = [("record_locator", head.start("locator"))]
        marks += [(field, head.start(field)) for field in ("agency", "bags") if head[field]]
        marks += [("contacts", place) for place in (*_texts(head), *self._addresses())]
        for found in [one.found for one in self._draft.people]:
            groups = (("tickets", "ticket"), ("payments", "form"))
            marks += [(field, found.start(group)) for field, group in groups if found[group]]
            if (found["payer_at"] or "").strip() or (found["payer_phone"] and phone(found["payer_phone"])):
                marks.append(("contacts", found.start("payer")))
        marks += [("itinerary", found.start("flight")) for found in self._draft.flights]
        return tuple(_segment(field, self._text, self._base, place) for field, place in (*marks, *self._draft.marks))

    def _addresses(self) -> list[int]:
        """Where the address segments stand that give a contact."""
        places, place = [], self._head.start("addresses")
        for line in (self._head["addresses"] or "").split("'"):
            elements = [element.split(":") for element in line.split("+")[2:]]
            if any(any(map(str.strip, parts[1:7])) or any(map(phone, parts[7:])) for parts in elements):
                places.append(place)
            place += len(line) + 1
        return places
