"""PAXLST D.96A–D.24A: the passenger or crew list of a flight (WCO/IATA/ICAO API guidelines, PAXLST guide).

Read by the current group, not by rigid order, because senders put LOC before NAT and after it, DTM after LOC, and COM
without NAD. Groups: the head, a leg (from TDT), a person (from NAD), a document of a person (from DOC).
NAD 3035 FL is a passenger, FM and DDT are crew, DDU is in transit; VW is the crew of a road list (D.03B). What the form
before the standard has instead of NAD is read in `older`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import Transaction
from torogoz.domain.traveller import Contact, ContactKind, Traveller, TravellerRole
from torogoz.edifact.segments import RUN_TAG
from torogoz.edifact.tokens import SHIELD, count
from torogoz.messages.announcement import Announcement, is_known, meaning
from torogoz.messages.codes import IN_TRANSIT, PARTIES, ROLES
from torogoz.messages.flights import airport, designator
from torogoz.messages.formats import as_coded
from torogoz.messages.legs import FOR_LEGS, OVERFLIGHT, PLACES, Route, all_legs, flown
from torogoz.messages.moments import birth_date, local_moment
from torogoz.messages.names import read_name
from torogoz.messages.older import CREW_SUFFIX, place_of, traveller_of
from torogoz.messages.person import Person
from torogoz.messages.person_reader import REFERENCES, Coded, PersonReader, Said
from torogoz.messages.plain import PlainRun
from torogoz.messages.reading import Reading
from torogoz.messages.values import short_code

_DEPARTURE = frozenset(("189", "136", "133"))
_ARRIVAL = frozenset(("232", "132"))
#: Segments that say nothing that is kept.
_IGNORED = "UNH UNT CTA AUT CPI QTY GID"


class Paxlst(PersonReader):
    """One PAXLST being read; after `read`, its public attributes hold what it said.

    A handler gives what its segment says, or None where it did all there is to do. In a manifest many segments are word
    for word those of the traveller before, so what one says is kept under its text; what was odd is not, because it
    has a place of its own. References are found by their first eight characters. Both are only shorter ways to what
    the handlers say.
    """

    def __init__(self, reading: Reading, runs: Iterable[PlainRun]) -> None:
        super().__init__(reading)
        self._runs = iter(runs)
        self._route: Route | None = None
        self._routes: list[Route] = []
        self._known: dict[str, Said] = {}
        self.travellers: list[Traveller] = []
        self.bookings: list[Booking] = []
        self.function: str | None = None
        self.qualifier: str | None = None
        self.expected: int | None = None
        self.expected_crew: int | None = None
        self.transaction: Transaction | None = None
        #: Whether it has the form before the standard, which has no BGM.
        self._older = False
        self._of_a_flight = True
        #: Where CNT 42 stands.
        self._total: int | None = None

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
        if self.function is None and not self._older:
            reading.findings.note("BGM_MISSING", "BGM", reading.segments.starts[0])
        self._compare()

    def _short_ways(self) -> dict[str, tuple[str, Callable[[str], Any]]]:
        """The first eight characters of what differs from traveller to traveller → the field, and how it is read."""
        element, component = self._reading.service.element, self._reading.service.component
        ways: dict[str, tuple[str, Callable[[str], Any]]] = {
            f"RFF{element}{kind}{component}": reference for kind, reference in REFERENCES.items()
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
        return all_legs(self._routes)

    def _compare(self) -> None:
        """Compare the total with those who are named, and their journeys with the legs."""
        if self._total is not None and self.expected is not None and self.expected < len(self.travellers):
            named = sum(each.role is not TravellerRole.CREW for each in self.travellers)
            if self.expected < named:
                self._reading.note("TOTAL_TOO_SMALL", self._total)
        legs = self.flights()
        if len(legs) > 1:
            for each in self.travellers:
                if flown(each, legs) is None:
                    self._reading.findings.note("LEGS_CONTRADICT", "NAD", each.origins[0].start)

    def _unusual(self, elements: list[str], place: int) -> _Handler:
        """A tag with a blank beside it, or one that is not read here."""
        handler = self._handlers.get(elements[0].strip())
        if handler is None:
            self._reading.note_unknown(place)
            return Paxlst._ignore
        self._reading.note("BLANK_IN_TAG", place)
        return handler

    def _ignore(self, _elements: list[str], _place: int) -> None:
        """Nothing of it is kept."""

    def _bgm(self, elements: list[str], place: int) -> None:
        self.function = short_code(self._divide(elements[1])[0]) or ""
        self.qualifier = short_code(self._reading.components(elements, 2)[0])
        if self.function and not is_known(self.function, self.qualifier):
            self._reading.note("QUALIFIER_UNKNOWN", place)
        self._of_a_flight = meaning(self.function, self.qualifier) is not Announcement.NOT_OF_A_FLIGHT
        if not self._of_a_flight:
            self._reading.note("NOT_OF_A_FLIGHT", place)

    def _uns(self, _elements: list[str], _place: int) -> None:
        self._older = True

    def _tdt(self, elements: list[str], place: int) -> None:
        self._end_person()
        self._known.clear()
        components = self._reading.components
        number, carrier = components(elements, 2)[0].strip(), components(elements, 5)[0].strip().upper()
        # Some name the flight as the means of transport, behind its place.
        number = number or components(elements, 8)[0].strip()
        if self.function is None and not elements[1].strip():
            number = number.removesuffix(CREW_SUFFIX)
        named = designator(number, carrier)
        if named is None and number and self._of_a_flight:
            self._reading.note("FLIGHT_UNREADABLE", place)
        if named and carrier and carrier != named.carrier:
            self._reading.note("CARRIER_MISMATCH", place)
        self._route = Route(named, overflight=elements[1].strip() == OVERFLIGHT, of_traveller=bool(self.travellers))
        self._routes.append(self._route)

    def _nad(self, elements: list[str], place: int) -> None:
        self._end_person()
        kind = elements[1].strip().upper()
        role = ROLES.get(kind)
        if role is None and (kind in PARTIES or self._route is None or len(elements) < 4):
            self._known.clear()
            return
        if role is None:
            self._reading.note("ROLE_UNKNOWN", place)
        person = self._person = Person(role or TravellerRole.PASSENGER)
        if kind in IN_TRANSIT:
            person.in_transit = True
        self._marks = person.marks
        parts = self._divide(elements[4]) if len(elements) > 4 else [""]
        if not any(parts):
            parts = self._reading.components(elements, 3)
        given = " ".join(parts[1:5]) if len(parts) > 1 else ""
        surname, given_names, title, clerical = read_name(parts[0], given, table=self._reading.table)
        person.surname, person.given_names = surname, given_names
        if title:
            person.title = title
        if clerical:
            self._reading.withhold_word(place, clerical)
        if surname is None:
            self._reading.note("NAME_MISSING", place)
        else:
            person.marks.append(("surname", place))
            if given_names:
                person.marks.append(("given_names", place))
        if len(elements) > 5:
            street = [line.strip() for line in self._divide(elements[5])]
            parts = [*street, *(self._divide(each)[0].strip() for each in elements[6:10])]
            address = ", ".join(filter(None, parts))
            if address:
                person.contacts.append(Contact(ContactKind.ADDRESS, address))
                person.marks.append(("contacts", place))

    def _loc(self, elements: list[str], place: int) -> Said | None:
        kind = elements[1].strip()
        parts = self._divide(elements[2])
        if self._person is None:
            if self._route:
                found = airport(parts[0]) if kind in FOR_LEGS else place_of(parts[0])
                self._route.stop_at(PLACES.get(kind, kind), found)
                if found is None and kind in PLACES:
                    self._reading.note("AIRPORT_UNREADABLE", place)
            return None
        return self._person_loc(kind, parts, place)

    def _dtm(self, elements: list[str], place: int) -> Said | None:
        try:
            kind, value, code, *_ = [*self._divide(elements[1]), "", ""]
            if not value and len(elements) > 2:
                # Before the standard, date and time were elements of their own.
                value = "".join(elements[2:4])
            read = partial(as_coded, text=value, code=code.strip())
            if self._person is None:
                self._leg_time(kind, read, place)
            else:
                return self._person_dtm(kind, read, place)
        except ValueError:
            self._reading.note("DATE_UNREADABLE", place)
        return None

    def _leg_time(self, kind: str, read: Coded, place: int) -> None:
        if self._route and (kind in _DEPARTURE or kind in _ARRIVAL):
            moment, coded = read(partial(local_moment, reference=self._day))
            if not coded:
                self._reading.note("DATE_FORMAT_MISMATCH", place)
            # Without the date of the message, that of the flight is the reference for births.
            self._day = self._day or moment.date()
            stop = self._route.latest
            if kind in _DEPARTURE:
                stop.departure = moment
            else:
                stop.arrival = moment

    def _head_rff(self, elements: list[str], place: int) -> Said | None:
        """The sender's number of the exchange, before any flight; any other reference is a person's."""
        kind, value, *more = self._divide(elements[1])
        if kind == "TN" and self._route is None and value.strip():
            self.transaction = Transaction(value.strip(), next(filter(None, map(str.strip, more[1:])), None))
            return None
        return self._rff(elements, place)

    def _cnt(self, elements: list[str], place: int) -> None:
        # Some put the number into an element of its own.
        kind, value, *_ = [*self._divide(elements[1]), *self._reading.components(elements, 2)]
        if kind not in {"41", "42"}:
            return
        number = count(value)
        if number is None:
            self._reading.note("NUMBER_UNREADABLE", place)
        elif kind == "42":
            self.expected, self._total = number, place
        else:
            self.expected_crew = number
            self.expected = number if self.expected is None else self.expected

    def _pdt(self, elements: list[str], place: int) -> None:
        """A whole traveller of the form before the standard."""
        self._end_person()
        self._person = traveller_of(elements, self._reading, place)
        self._end_person()

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
        **PersonReader.of_person,
        "BGM": _bgm,
        "TDT": _tdt,
        "NAD": _nad,
        "LOC": _loc,
        "DTM": _dtm,
        "RFF": _head_rff,
        "CNT": _cnt,
        "UNS": _uns,
        "PDT": _pdt,
        RUN_TAG: _run,
        **dict.fromkeys(_IGNORED.split(), _ignore),
    }


_Handler = Callable[[Paxlst, list[str], int], Said | None]
