"""PAXLST D.02B–D.15B: the passenger or crew list of a flight (WCO/IATA/ICAO API guidelines, PAXLST guide).

Read by the current group, not by rigid order, because senders put LOC before NAT and after it, DTM after LOC, and COM
without NAD. Groups: the head, a leg (from TDT), a person (from NAD), a document of a person (from DOC).
NAD 3035 FL is a passenger, FM and DDT are crew, DDU is in transit; VW is the crew of a road list (D.03B).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact, ContactKind, FrequentFlyer, Traveller
from torogoz.edifact.segments import RUN_TAG
from torogoz.edifact.tokens import SHIELD, count
from torogoz.messages.codes import CONTACTS, ROLES, SEXES
from torogoz.messages.countries import country
from torogoz.messages.flights import airport, designator
from torogoz.messages.legs import PLACES, Route, Stop
from torogoz.messages.moments import birth_date, local_moment, near_date
from torogoz.messages.names import read_name
from torogoz.messages.person import Paper, Person
from torogoz.messages.plain import PlainRun
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.values import MOST_TAGS, consecutive_tags, seat, short_code, weight_kg, whole

_DEPARTURE = frozenset(("189", "136", "133"))
_ARRIVAL = frozenset(("232", "132"))
#: Segments that say nothing that is kept.
_IGNORED = "UNH UNT CTA EMP GEI GIS AUT CPI QTY GID UNS"
#: NAT 3493: the nationality at birth, which is not kept.
_AT_BIRTH = "1"
#: Code list 163: a part of a country (the state of a driving licence), which is no issuer of ours.
_SUBDIVISION = "163"

#: RFF 1153 of a person → the field, and how its value is read.
_REFERENCES: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "AVF": ("record_locator", str.upper),
    "ABO": ("reference", str),
    "SEA": ("seat", seat),
}


#: What a segment says: an attribute of the person in hand (True: of their paper), its value, and the field it fills.
_Said = tuple[str, Any, str, bool]
#: A segment that says nothing that is kept.
_NOTHING: _Said = ("", None, "", False)


class Paxlst:
    """One PAXLST being read; after `read`, its public attributes hold what it said.

    A handler gives what its segment says, or None where it did all there is to do. In a manifest many segments are word
    for word those of the traveller before, so what one says is kept under its text; what was odd is not, because it
    has a place of its own. References are found by their first eight characters. Both are only shorter ways to what
    the handlers say.
    """

    def __init__(self, reading: Reading, runs: Iterable[PlainRun]) -> None:
        self._reading = reading
        self._runs = iter(runs)
        self._divide = reading.divide
        self._route: Route | None = None
        self._person: Person | None = None
        self._paper: Paper | None = None
        self._routes: list[Route] = []
        self._known: dict[str, _Said] = {}
        self._marks: list[tuple[str, int]] = []
        self._day = reading.day
        self.travellers: list[Traveller] = []
        self.bookings: list[Booking] = []
        self.function: str | None = None
        self.qualifier: str | None = None
        self.expected: int | None = None
        self.transaction: str | None = None

    def read(self) -> None:
        """Read every segment after UNH in order."""
        reading, known = self._reading, self._known
        element, short = reading.service.element, self._short_ways()
        handlers, divide, divide_released = self._handlers, reading.divide, reading.service.components
        person, marks = self._person, self._marks
        for place, text in enumerate(reading.segments.texts):
            said = known.get(text)
            # What a document's segment says is known, but not that it stands behind a document each time.
            if said is None or (said[3] and self._paper is None):
                way = short.get(text[:8])
                if way and person and (rest := text[8:]).isalnum() and (value := way[1](rest)) is not None:
                    setattr(person, way[0], value)
                    marks.append((way[0], place))
                    continue
                elements = text.split(element)
                handler = handlers.get(elements[0]) or self._unusual(elements, place)
                self._divide = divide_released if SHIELD in text else divide
                try:
                    said = handler(self, elements, place)
                except (IndexError, ValueError):
                    reading.note("ELEMENT_MISSING", place)
                person, marks = self._person, self._marks
                if said is None:
                    continue
                known[text] = said
            attribute, value, field, of_paper = said
            target = self._paper if of_paper else person
            if target and field:
                setattr(target, attribute, value)
                marks.append((field, place))
        self._end_person()
        if self.function is None:
            reading.findings.note("BGM_MISSING", "BGM", reading.segments.starts[0])

    def _short_ways(self) -> dict[str, tuple[str, Callable[[str], Any]]]:
        """The first eight characters of what differs from traveller to traveller → the field, and how it is read."""
        element, component = self._reading.service.element, self._reading.service.component
        ways: dict[str, tuple[str, Callable[[str], Any]]] = {
            f"RFF{element}{kind}{component}": reference for kind, reference in _REFERENCES.items()
        }
        ways[f"DTM{element}329{component}"] = ("birth_date", self._birth_date)
        return ways

    def _birth_date(self, text: str) -> PartialDate | None:
        try:
            return birth_date(text, self._day)
        except ValueError:
            return None

    def flights(self) -> tuple[FlightLeg, ...]:
        """The legs, each between two of a TDT group's airports."""
        return tuple(leg for route in self._routes for leg in route.legs())

    def _unusual(self, elements: list[str], place: int) -> _Handler:
        """A tag with a blank beside it, or one that is not read here."""
        handler = self._handlers.get(elements[0].strip())
        self._reading.note("BLANK_IN_TAG" if handler else "SEGMENT_UNKNOWN", place)
        return handler or Paxlst._ignore

    def _ignore(self, _elements: list[str], _place: int) -> None:
        """Nothing of it is kept."""

    def _bgm(self, elements: list[str], _place: int) -> None:
        self.function = short_code(self._divide(elements[1])[0]) or ""
        self.qualifier = short_code(self._reading.components(elements, 2)[0])

    def _tdt(self, elements: list[str], place: int) -> None:
        self._end_person()
        self._known.clear()
        number = self._reading.components(elements, 2)[0]
        carrier = self._reading.components(elements, 5)[0].strip().upper()
        named = designator(number, carrier)
        if named is None and number.strip():
            self._reading.note("FLIGHT_UNREADABLE", place)
        if named and carrier and carrier != named.carrier:
            self._reading.note("CARRIER_MISMATCH", place)
        self._route = Route(named)
        self._routes.append(self._route)

    def _nad(self, elements: list[str], place: int) -> None:
        self._end_person()
        role = ROLES.get(elements[1])
        if role is None:
            self._known.clear()
            return
        person = self._person = Person(role)
        self._marks = person.marks
        parts = self._divide(elements[4]) if len(elements) > 4 else [""]
        if not any(parts):
            parts = self._reading.components(elements, 3)
        surname, given, title, clerical = read_name(parts[0], " ".join(parts[1:5]) if len(parts) > 1 else "")
        person.surname, person.given_names = surname, given
        if title:
            person.title = title
        if clerical:
            self._reading.withhold_word(place, clerical)
        if surname is None:
            self._reading.note("NAME_MISSING", place)
        else:
            person.marks.append(("surname", place))
            if given:
                person.marks.append(("given_names", place))
        if len(elements) > 5:
            address = ", ".join(filter(None, (self._divide(each)[0].strip() for each in elements[5:10])))
            if address:
                person.contacts.append(Contact(ContactKind.ADDRESS, address))
                person.marks.append(("contacts", place))

    def _loc(self, elements: list[str], place: int) -> _Said | None:
        kind = elements[1]
        parts = self._divide(elements[2])
        if self._person is None:
            if self._route and kind in PLACES:
                self._route.stops.append(Stop(kind, airport(parts[0])))
            return None
        if kind == "91":
            if self._paper is None:
                self._reading.note("OUT_OF_GROUP", place)
                return None
            return _NOTHING if parts[1:2] == [_SUBDIVISION] else self._country("issuer", parts[0], place)
        if kind == "174":
            return self._country("residence", parts[0], place)
        if kind == "180":
            town = parts[3].strip().upper() if len(parts) > 3 else ""
            return "birth_place", town or parts[0].strip().upper() or None, "birth_place", False
        return _NOTHING

    def _dtm(self, elements: list[str], place: int) -> _Said | None:
        try:
            kind, value, *_ = self._divide(elements[1])
            if self._person is None:
                self._leg_time(kind, value)
            elif kind == "329":
                born = birth_date(value, self._day)
                if born:
                    return "birth_date", born, "birth_date", False
                self._reading.note("BIRTH_CENTURY_UNKNOWN", place)
            elif kind == "36":
                return "expiry", near_date(value, self._day), "documents", True
        except ValueError:
            self._reading.note("DATE_UNREADABLE", place)
        return None

    def _leg_time(self, kind: str, value: str) -> None:
        if self._route and self._route.stops and (kind in _DEPARTURE or kind in _ARRIVAL):
            moment = local_moment(value, self._day)
            # Without the date of the message, that of the flight is the reference for births.
            self._day = self._day or moment.date()
            stop = self._route.stops[-1]
            if kind in _DEPARTURE:
                stop.departure = moment
            else:
                stop.arrival = moment

    def _att(self, elements: list[str], _place: int) -> _Said | None:
        if elements[1] != "2":
            return _NOTHING
        return "sex", SEXES.get(elements[3][:1].upper()), "sex", False

    def _nat(self, elements: list[str], place: int) -> _Said | None:
        if elements[1] == _AT_BIRTH:
            return _NOTHING
        return self._country("nationality", self._divide(elements[2])[0], place)

    def _rff(self, elements: list[str], place: int) -> _Said | None:
        kind, value, *_ = self._divide(elements[1])
        value = value.strip()
        reference = _REFERENCES.get(kind)
        if reference:
            field, convert = reference
            read = convert(value)
            return (field, read, field, False) if read else _NOTHING
        if self._person is None and kind == "TN":
            self.transaction = value or None
        if self._person and kind == "CR" and value:
            carrier = "" if value[:2].isdecimal() else value[:2]
            self._person.accounts[FrequentFlyer(carrier, value.removeprefix(carrier))] = None
            self._marks.append(("frequent_flyer", place))
        return None

    def _doc(self, elements: list[str], place: int) -> None:
        person = self._person
        if person is None:
            self._reading.note("OUT_OF_GROUP", place)
            return
        number = self._divide(elements[2])[0].strip().upper() if len(elements) > 2 else ""
        self._paper = Paper(self._divide(elements[1])[0].strip().upper() or None, number)
        if number:
            person.papers.append(self._paper)
            person.marks.append(("documents", place))
        else:
            self._reading.note("DOCUMENT_NUMBER_MISSING", place)

    def _mea(self, elements: list[str], place: int) -> _Said | None:
        parts = self._divide(elements[3])
        try:
            if elements[1] == "CT":
                return "pieces", whole(parts[-1]), "bags", False
            if elements[1] == "WT":
                return "weight", weight_kg(parts[-1], pounds=parts[0].startswith("LB")), "bags", False
        except ValueError:
            self._reading.note("NUMBER_UNREADABLE", place)
        return None

    def _ftx(self, elements: list[str], place: int) -> None:
        if self._person and elements[1] == "BAG":
            parts = self._divide(elements[4])
            # Somebody with a hundred tags is a mistake or an attack: from then on a tag stands only for itself.
            pieces = parts[1] if len(parts) > 1 and len(self._person.tags) < MOST_TAGS else ""
            self._person.tags += consecutive_tags(parts[0].strip().upper(), pieces)
            self._marks.append(("bags", place))
        elif contains_sensitive(self._reading.service.reveal(" ".join(elements[1:]))):
            self._reading.withhold(place, ssr=False)

    def _com(self, elements: list[str], place: int) -> None:
        if self._person is None:
            return
        for element in elements[1:]:
            parts = self._divide(element)
            kind = CONTACTS.get(parts[1]) if len(parts) > 1 else None
            value = parts[0].strip()
            if kind and value:
                self._person.contacts.append(Contact(kind, value))
                self._marks.append(("contacts", place))

    def _cnt(self, elements: list[str], place: int) -> None:
        # Some put the number into an element of its own.
        kind, value, *_ = [*self._divide(elements[1]), *self._reading.components(elements, 2)]
        if kind == "42" or (kind == "41" and self.expected is None):
            self.expected = count(value)
            if self.expected is None:
                self._reading.note("NUMBER_UNREADABLE", place)

    def _country(self, attribute: str, code: str, place: int) -> _Said | None:
        """A country. One that nobody knows is kept where it could be one, and is odd each time."""
        of_paper = attribute == "issuer"
        field = "documents" if of_paper else attribute
        known = country(code)
        if known:
            return attribute, known, field, of_paper
        code = code.strip().upper()
        target = self._paper if of_paper else self._person
        if code and target:
            self._reading.note("COUNTRY_UNKNOWN", place)
            if len(code) == 3 and code.isascii() and code.isalpha():
                setattr(target, attribute, code)
                self._marks.append((field, place))
        return None

    def _run(self, _elements: list[str], _place: int) -> None:
        """Travellers who were read already."""
        self._end_person()
        self.travellers += next(self._runs).travellers

    def _end_person(self) -> None:
        if self._person:
            self.travellers.append(self._person.traveller(self._reading.segments))
        self._person = self._paper = None

    #: tag → what reads it.
    _handlers: ClassVar[dict[str, _Handler]] = {
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
        RUN_TAG: _run,
        **dict.fromkeys(_IGNORED.split(), _ignore),
    }


_Handler = Callable[[Paxlst, list[str], int], _Said | None]
