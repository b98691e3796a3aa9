"""PAXLST D.02B–D.15B: the passenger or crew list of a flight (WCO/IATA/ICAO API guidelines, PAXLST guide).

Read by the current group, not by rigid order, because senders put LOC before NAT and after it, DTM after LOC, and COM
without NAD. Groups: the head, a leg (from TDT), a person (from NAD), a document of a person (from DOC).
NAD 3035 FL is a passenger, FM and DDT are crew, DDU is in transit; VW is the crew of a road list (D.03B).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from torogoz.domain.booking import Booking
from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.traveller import Contact, ContactKind, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.edifact.tokens import count
from torogoz.messages.countries import country
from torogoz.messages.flights import airport, designator
from torogoz.messages.moments import birth_date, local_moment, near_date
from torogoz.messages.names import read_name
from torogoz.messages.person import Paper, Person
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.values import consecutive_tags, seat, weight_kg, whole

_ROLES = {
    "FL": TravellerRole.PASSENGER,
    "FM": TravellerRole.CREW,
    "DDT": TravellerRole.CREW,
    "VW": TravellerRole.CREW,
    "DDU": TravellerRole.TRANSIT,
}
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE, "X": Sex.OTHER, "U": Sex.UNSPECIFIED}
_DEPARTURE = frozenset(("189", "136", "133"))
_ARRIVAL = frozenset(("232", "132"))
_CONTACTS = {"TE": ContactKind.PHONE, "EM": ContactKind.EMAIL, "AL": ContactKind.PHONE}
#: Code list 163: a part of a country (the state of a driving licence), which is no issuer of ours.
_SUBDIVISION = "163"
_LEG_PLACES = frozenset(("87", "92", "125"))


class _Stop:
    """One airport of a leg, with the times that were sent for it."""

    __slots__ = ("airport", "arrival", "departure", "kind")

    def __init__(self, kind: str, code: str | None) -> None:
        self.kind = kind
        self.airport = code
        self.departure: datetime | None = None
        self.arrival: datetime | None = None


class _Leg:
    """One TDT group."""

    __slots__ = ("designator", "stops")

    def __init__(self, named: Designator | None) -> None:
        self.designator = named
        self.stops: list[_Stop] = []


class Paxlst:
    """One PAXLST being read; after `read`, its public attributes hold what it said."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._leg: _Leg | None = None
        self._person: Person | None = None
        self._paper: Paper | None = None
        self._legs: list[_Leg] = []
        self._day = reading.day
        self.travellers: list[Traveller] = []
        self.bookings: list[Booking] = []
        self.function: str | None = None
        self.qualifier: str | None = None
        self.expected: int | None = None

    def read(self) -> None:
        """Read every segment after UNH in order."""
        reading = self._reading
        handlers, separator = self._handlers, reading.service.element
        for place, text in enumerate(reading.segments.texts):
            elements = text.split(separator)
            handler = handlers.get(elements[0])
            if handler is None:
                handler = self._unusual(elements, place)
            if handler:
                handler(self, elements, place)
        self._end_person()
        if self.function is None:
            reading.findings.note("BGM_MISSING", "BGM", reading.segments.starts[0])

    def flights(self) -> tuple[FlightLeg, ...]:
        """The legs, each between two of a TDT group's airports."""
        return tuple(leg for group in self._legs if group.designator for leg in _legs_of(group.designator, group.stops))

    def _unusual(self, elements: list[str], place: int) -> Callable[[Paxlst, list[str], int], None] | None:
        """A tag with a blank beside it, or one that is not read here."""
        tag = elements[0].strip()
        handler = self._handlers.get(tag)
        self._reading.note("BLANK_IN_TAG" if handler else "SEGMENT_UNKNOWN", place)
        return handler

    def _ignore(self, elements: list[str], place: int) -> None:
        """What says nothing that is kept: trailers, contacts of the sender, functions of the carrier's own."""

    def _bgm(self, elements: list[str], place: int) -> None:
        self.function = _code(self._reading.components(elements, 1)[0]) or ""
        self.qualifier = _code(self._reading.components(elements, 2)[0])

    def _tdt(self, elements: list[str], place: int) -> None:
        self._end_person()
        carrier = self._reading.components(elements, 5)[0].strip().upper()
        number = self._reading.components(elements, 2)[0]
        named = designator(number, carrier)
        if named is None and number.strip():
            self._reading.note("FLIGHT_UNREADABLE", place)
        if named and carrier and carrier != named.carrier:
            self._reading.note("CARRIER_MISMATCH", place)
        self._leg = _Leg(named)
        self._legs.append(self._leg)

    def _nad(self, elements: list[str], place: int) -> None:
        self._end_person()
        role = _ROLES.get(elements[1]) if len(elements) > 1 else None
        if role is None:
            return
        reading = self._reading
        person = self._person = Person(role)
        parts = reading.components(elements, 4)
        if not any(parts):
            parts = reading.components(elements, 3)
        name = read_name(parts[0], " ".join(parts[1:5]))
        person.surname, person.given, person.title = name.surname, name.given_names, name.title
        if name.clerical:
            reading.withhold_element(place, 4)
        if name.surname is None:
            reading.note("NAME_MISSING", place)
        else:
            person.origins.append(reading.origin("surname", place))
            if name.given_names:
                person.origins.append(reading.origin("given_names", place))
        if len(elements) > 5:
            address = ", ".join(filter(None, (reading.service.reveal(each).strip() for each in elements[5:10])))
            if address:
                person.contacts.append(Contact(ContactKind.ADDRESS, address))
                person.origins.append(reading.origin("contacts", place))

    def _loc(self, elements: list[str], place: int) -> None:
        kind = elements[1] if len(elements) > 1 else ""
        person = self._person
        if person is None:
            if self._leg and kind in _LEG_PLACES:
                self._leg.stops.append(_Stop(kind, airport(self._reading.components(elements, 2)[0])))
        elif kind == "91":
            self._issuer(elements, place)
        elif kind == "174":
            person.residence = self._country(elements, place)
            person.origins.append(self._reading.origin("residence", place))
        elif kind == "180":
            parts = self._reading.components(elements, 2)
            person.birth_place = (parts[3].strip() if len(parts) > 3 else "").upper() or parts[0].strip() or None
            person.origins.append(self._reading.origin("birth_place", place))

    def _issuer(self, elements: list[str], place: int) -> None:
        paper = self._paper
        parts = self._reading.components(elements, 2)
        if paper is None:
            self._reading.note("OUT_OF_GROUP", place)
        elif not (len(parts) > 1 and parts[1] == _SUBDIVISION):
            paper.issuer = self._country(elements, place) or paper.issuer
            self._origin("documents", place)

    def _dtm(self, elements: list[str], place: int) -> None:
        reading = self._reading
        kind, value, *_ = [*reading.components(elements, 1), ""]
        person = self._person
        try:
            if person is None:
                self._leg_time(kind, value)
            elif kind == "329":
                person.birth_date = birth_date(value, self._day)
                if person.birth_date is None:
                    reading.note("BIRTH_CENTURY_UNKNOWN", place)
                person.origins.append(reading.origin("birth_date", place))
            elif kind == "36" and self._paper:
                self._paper.expiry = near_date(value, self._day)
                person.origins.append(reading.origin("documents", place))
        except ValueError:
            reading.note("DATE_UNREADABLE", place)

    def _leg_time(self, kind: str, value: str) -> None:
        if self._leg and self._leg.stops and (kind in _DEPARTURE or kind in _ARRIVAL):
            moment = local_moment(value, self._day)
            # Without the date of the message, that of the flight is the reference for births.
            self._day = self._day or moment.date()
            stop = self._leg.stops[-1]
            if kind in _DEPARTURE:
                stop.departure = moment
            else:
                stop.arrival = moment

    def _att(self, elements: list[str], place: int) -> None:
        if self._person and len(elements) > 3 and elements[1] == "2":
            self._person.sex = _SEXES.get(elements[3][:1].upper())
            self._origin("sex", place)

    def _nat(self, elements: list[str], place: int) -> None:
        if self._person and len(elements) > 2 and elements[1] != "1":
            self._person.nationality = self._country(elements, place)
            self._origin("nationality", place)

    def _rff(self, elements: list[str], place: int) -> None:
        person = self._person
        if person is None:
            return
        kind, value, *_ = [*self._reading.components(elements, 1), ""]
        value = value.strip()
        if not value:
            return
        if kind == "AVF":
            person.locator = value.upper()
            self._origin("record_locator", place)
        elif kind == "ABO":
            person.reference = value
            self._origin("reference", place)
        elif kind == "SEA":
            person.seat = seat(value)
            self._origin("seat", place)
        elif kind == "CR":
            carrier = value[:2] if value[:2].isalpha() else ""
            person.flyer.append(FrequentFlyer(carrier, value.removeprefix(carrier)))
            self._origin("frequent_flyer", place)

    def _doc(self, elements: list[str], place: int) -> None:
        person = self._person
        if person is None:
            self._reading.note("OUT_OF_GROUP", place)
            return
        number = self._reading.components(elements, 2)[0].strip().upper()
        kind = self._reading.components(elements, 1)[0].strip().upper() or None
        self._paper = Paper(kind, number)
        if number:
            person.papers.append(self._paper)
            self._origin("documents", place)
        else:
            self._reading.note("DOCUMENT_NUMBER_MISSING", place)

    def _mea(self, elements: list[str], place: int) -> None:
        person = self._person
        if person is None or len(elements) < 4:
            return
        parts = self._reading.components(elements, 3)
        try:
            if elements[1] == "CT":
                person.bags = whole(parts[-1])
            elif elements[1] == "WT":
                person.weight = weight_kg(parts[-1], pounds=parts[0].startswith("LB"))
            self._origin("bags", place)
        except ValueError:
            self._reading.note("NUMBER_UNREADABLE", place)

    def _ftx(self, elements: list[str], place: int) -> None:
        reading = self._reading
        if self._person and elements[1:2] == ["BAG"]:
            tag, count, *_ = [*reading.components(elements, 4), ""]
            self._person.tags += consecutive_tags(tag.strip().upper(), count)
            self._origin("bags", place)
        elif contains_sensitive(reading.service.reveal(" ".join(elements[1:]))):
            reading.withhold(place, ssr=False)

    def _com(self, elements: list[str], place: int) -> None:
        if self._person is None:
            return
        for element in range(1, len(elements)):
            value, kind, *_ = [*self._reading.components(elements, element), ""]
            known = _CONTACTS.get(kind)
            if known and value.strip():
                self._person.contacts.append(Contact(known, value.strip()))
                self._origin("contacts", place)

    def _cnt(self, elements: list[str], place: int) -> None:
        kind, value, *_ = [*self._reading.components(elements, 1), *self._reading.components(elements, 2)]
        if kind == "42" or (kind == "41" and self.expected is None):
            self.expected = count(value)
            if self.expected is None:
                self._reading.note("NUMBER_UNREADABLE", place)

    def _country(self, elements: list[str], place: int) -> str | None:
        code = self._reading.components(elements, 2)[0]
        found = country(code)
        if found is None and code.strip():
            self._reading.note("COUNTRY_UNKNOWN", place)
            code = code.strip().upper()
            return code if len(code) == 3 and code.isascii() and code.isalpha() else None
        return found

    def _origin(self, name: str, place: int) -> None:
        if self._person:
            self._person.origins.append(self._reading.origin(name, place))

    def _end_person(self) -> None:
        if self._person:
            self.travellers.append(self._person.traveller())
        self._person = self._paper = None

    #: tag → what reads it.
    _handlers: ClassVar[dict[str, Callable[[Paxlst, list[str], int], None]]] = {
        "BGM": _bgm,
        "TDT": _tdt,
        "NAD": _nad,
        "LOC": _loc,
        "DTM": _dtm,
        "ATT": _att,
        "NAT": _nat,
        "RFF": _rff,
        "DOC": _doc,
        "MEA": _mea,
        "FTX": _ftx,
        "COM": _com,
        "CNT": _cnt,
        **dict.fromkeys("UNH UNT CTA EMP GEI GIS AUT CPI QTY GID UNS".split(), _ignore),
    }


def _code(text: str) -> str | None:
    """A code of a list, which is short; a longer text in its place is something else."""
    text = text.strip().upper()
    return text if 0 < len(text) <= 5 and text.isascii() and text.isalnum() else None


def _legs_of(named: Designator, stops: list[_Stop]) -> list[FlightLeg]:
    """One leg between each two stops. Two stops sent arrival first are turned round."""
    if [stop.kind for stop in stops] == ["87", "125"]:
        stops = stops[::-1]
    merged: list[_Stop] = []
    for stop in stops:
        if merged and merged[-1].airport == stop.airport and (merged[-1].kind, stop.kind) != ("125", "87"):
            merged[-1].departure = merged[-1].departure or stop.departure
            merged[-1].arrival = merged[-1].arrival or stop.arrival
        else:
            merged.append(stop)
    if len(merged) < 2:
        only = merged[0] if merged else _Stop("", None)
        return [FlightLeg(named, only.airport, None, only.departure, None)]
    return [
        FlightLeg(named, start.airport, end.airport, start.departure, end.arrival)
        for start, end in zip(merged, merged[1:], strict=False)
    ]
