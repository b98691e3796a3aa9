"""PNRGOV 10.1–15.1: the bookings of a flight (IATA PADIS PNRGOV guide).

One booking runs from SRC to the next. Inside it the current group decides what a segment means: the booking itself,
a traveller (TIF), a flight (TVL), the check-in of a traveller on it (TRI), a split (EQN), something that is no flight
(MSG) and history (ABI, SAC), of which nothing is kept. SSR may stand in any of them: `ssr` reads them, and who they are
about is decided when the booking is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from enum import Enum, auto
from typing import ClassVar

from torogoz.domain.booking import Booking, Payment
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact, ContactKind, FrequentFlyer, Traveller, TravellerRole
from torogoz.messages.agency import read_agency
from torogoz.messages.baggage import read_bags
from torogoz.messages.contacts import contacts_of, phone
from torogoz.messages.flights import designator, same_leg
from torogoz.messages.moments import day_first
from torogoz.messages.names import read_name
from torogoz.messages.party import Party
from torogoz.messages.person import Person
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.ssr import Requests
from torogoz.messages.travel import is_second_name, read_leg, with_other_number
from torogoz.messages.values import seat

#: Segments that say nothing that is kept.
_IGNORED = "UNH UNT FAR PTK TXD APD"


class _Group(Enum):
    """Where in the message a segment stands."""

    HEAD = auto()
    BOOKING = auto()
    TRAVELLER = auto()
    FLIGHT = auto()
    CHECK_IN = auto()
    OTHER = auto()
    HISTORY = auto()


class Pnrgov:
    """One PNRGOV being read; after `read`, its public attributes hold what it said."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._group = _Group.HEAD
        self._party: Party | None = None
        self._requests = Requests(reading)
        self._person: Person | None = None
        self._leg: FlightLeg | None = None
        self._split_next = False
        self._known_legs: dict[str, FlightLeg | None] = {}
        #: Whether the current leg is the one that is pushed.
        self._here = False
        self._pushed: FlightLeg | None = None
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
            handler = handlers.get(elements[0]) or self._unusual(elements, place)
            handler(self, elements, place)
        self._end_booking()
        if self.function is None:
            reading.findings.note("BGM_MISSING", "MSG", reading.segments.starts[0])

    def flights(self) -> tuple[FlightLeg, ...]:
        """The leg whose bookings are pushed."""
        return (self._pushed,) if self._pushed else ()

    def _unusual(self, elements: list[str], place: int) -> _Handler:
        """A tag with a blank beside it, or one that is not read here."""
        handler = self._handlers.get(elements[0].strip())
        self._reading.note("BLANK_IN_TAG" if handler else "SEGMENT_UNKNOWN", place)
        return handler or Pnrgov._ignore

    def _ignore(self, _elements: list[str], _place: int) -> None:
        """Nothing of it is kept."""

    def _src(self, _elements: list[str], place: int) -> None:
        self._end_booking()
        self._party = Party(place)
        self._group = _Group.BOOKING

    def _end_booking(self) -> None:
        party = self._party
        if party is None:
            return
        self._requests.settle(party, self._pushed)
        segments = self._reading.segments
        self.bookings.append(party.booking(len(self.travellers), segments))
        for person in party.people:
            person.record_locator = party.locator
            self.travellers.append(person.traveller(segments))
        if party.locator is None:
            self._reading.note("LOCATOR_MISSING", party.place)
        self._party = self._person = self._leg = None

    def _msg(self, elements: list[str], _place: int) -> None:
        if self._group is _Group.HEAD:
            parts = self._reading.components(elements, 1)
            function = (parts[1] if len(parts) > 1 else parts[0]).strip()
            self.function = function if function.isalnum() and len(function) <= 3 else ""
        elif self._group is not _Group.HISTORY:
            self._group = _Group.OTHER

    def _eqn(self, elements: list[str], place: int) -> None:
        if self._group is _Group.HEAD:
            number = self._reading.number(elements, 1, place)
            self.expected = number if self.expected is None else self.expected
        else:
            # Inside a booking it says how many went into another one, whose locator comes next.
            self._split_next = self._group is not _Group.HISTORY

    def _rci(self, elements: list[str], place: int) -> None:
        party = self._party or self._without_src(place)
        parts = [part.strip() for part in self._reading.components(elements, 1)]
        locator = (parts[1].upper() if len(parts) > 1 else "") or None
        split, self._split_next = self._split_next, False
        if self._group is _Group.HISTORY:
            return
        if split:
            party.split_from = party.split_from or locator
        elif locator and party.locator is None:
            party.locator = locator
            party.carrier = parts[0].upper() or None
            party.marks.append(("record_locator", place))
            # The type is left out by some, which moves date and time one place forward.
            rest = [part for part in parts[2:] if part.isdecimal() and len(part) in (4, 6)]
            if rest:
                self._date(party, rest, place)

    def _without_src(self, place: int) -> Party:
        """A booking that begins without its SRC."""
        self._reading.note("OUT_OF_GROUP", place)
        self._group = _Group.BOOKING
        party = self._party = Party(place)
        return party

    def _date(self, party: Party, rest: list[str], place: int) -> None:
        try:
            moment = day_first(rest[0], rest[1] if len(rest) > 1 else "", self._reading.day)
        except ValueError:
            self._reading.note("DATE_UNREADABLE", place)
        else:
            party.created_at = moment.replace(tzinfo=UTC)

    def _org(self, elements: list[str], place: int) -> None:
        party = self._party
        if party is None or self._group is not _Group.BOOKING:
            return
        party.agency = read_agency(elements, self._reading)
        if party.agency:
            party.marks.append(("agency", place))
        else:
            party.emptied = True

    def _add(self, elements: list[str], place: int) -> None:
        party = self._party
        if party is None or self._group is _Group.HISTORY:
            return
        found: list[Contact] = []
        for number in range(2, len(elements)):
            parts = [part.strip() for part in self._reading.components(elements, number)]
            address = ", ".join(filter(None, parts[1:7]))
            if address:
                found.append(Contact(ContactKind.ADDRESS, address))
            found += [Contact(ContactKind.PHONE, number) for number in filter(None, map(phone, parts[7:]))]
        self._keep_contacts(found, place)

    def _ift(self, elements: list[str], place: int) -> None:
        reading = self._reading
        texts = [reading.service.reveal(each).strip() for each in elements[2:]]
        kind = reading.components(elements, 1)[1:2]
        # Who pays is a record of name, address and phone, not a remark.
        if kind != [_SPONSOR] and contains_sensitive(" ".join(texts), reading.table):
            reading.withhold(place, ssr=False)
            return
        if self._party is None or self._group is _Group.HISTORY:
            return
        found = contacts_of(" ".join(texts))
        if kind == [_SPONSOR]:
            found += [Contact(ContactKind.ADDRESS, text) for text in texts[1:2] if text]
            found += [Contact(ContactKind.PHONE, number) for number in filter(None, map(phone, texts[2:]))]
        self._keep_contacts(found, place, sponsor=kind == [_SPONSOR])

    def _keep_contacts(self, found: list[Contact], place: int, *, sponsor: bool = False) -> None:
        """A contact is the traveller's inside their group, else the booking's; so is a payer's."""
        holder = self._person if self._group is _Group.TRAVELLER and not sponsor else self._party
        if found and holder:
            holder.contacts += found
            holder.marks.append(("contacts", place))

    def _tif(self, elements: list[str], place: int) -> None:
        if self._group is _Group.HISTORY:
            return
        reading = self._reading
        party = self._party or self._without_src(place)
        given, kind, reference, *_ = [*(part.strip() for part in reading.components(elements, 2)), "", "", ""]
        if kind.upper() == _GROUP_NAME:
            self._group, self._person = _Group.TRAVELLER, None
            return
        name = read_name(reading.components(elements, 1)[0], given, glued=True, table=reading.table)
        known = party.named(name, reference)
        if known:
            self._person = known
            return
        if self._group in (_Group.FLIGHT, _Group.CHECK_IN, _Group.OTHER):
            reading.note("OUT_OF_GROUP", place)
        self._group = _Group.TRAVELLER
        person = self._person = Person(TravellerRole.PASSENGER)
        person.surname, person.given_names, person.title, clerical = name
        person.infant = kind.upper() == _INFANT
        person.reference = reference or None
        if clerical:
            reading.withhold_word(place, clerical)
        if person.surname is None:
            reading.note("NAME_MISSING", place)
        else:
            person.marks.append(("surname", place))
            if person.given_names:
                person.marks.append(("given_names", place))
        party.add(person)

    def _fti(self, elements: list[str], place: int) -> None:
        if self._person is None or self._group is not _Group.TRAVELLER:
            return
        for number in range(1, len(elements)):
            carrier, account, *_ = [*self._reading.components(elements, number), ""]
            if account.strip():
                self._person.accounts[FrequentFlyer(carrier.strip().upper(), account.strip().upper())] = None
                self._person.marks.append(("frequent_flyer", place))

    def _ref(self, elements: list[str], place: int) -> None:
        parts = self._reading.components(elements, 1)
        if self._person and self._group is _Group.TRAVELLER and parts[-1].strip():
            self._person.reference = parts[-1].strip()
            self._person.marks.append(("reference", place))

    def _ebd(self, elements: list[str], place: int) -> None:
        if self._party and self._group in (_Group.BOOKING, _Group.TRAVELLER):
            pieces = self._reading.number(elements, 2, place)
            if pieces is not None:
                self._party.bags = (self._party.bags or 0) + pieces
                self._party.marks.append(("bags", place))

    def _tkt(self, elements: list[str], place: int) -> None:
        number = self._reading.components(elements, 1)[0].strip()
        if self._party and number and self._group is not _Group.HISTORY:
            self._party.tickets[number] = None
            self._party.marks.append(("tickets", place))

    def _mon(self, elements: list[str], _place: int) -> None:
        if self._party:
            for number in range(1, len(elements)):
                parts = self._reading.components(elements, number)
                if parts[0] == "T" and len(parts) > 2:
                    self._party.total = (parts[1].strip() or None, parts[2].strip().upper() or None)

    def _fop(self, elements: list[str], place: int) -> None:
        party = self._party
        if party is None or self._group is _Group.HISTORY:
            return
        for number in range(1, len(elements)):
            form, _, amount, _, card, *_ = [
                part.strip() for part in (*self._reading.components(elements, number), *[""] * 4)
            ]
            if form:
                total, currency = party.total
                payment = Payment(form.upper(), card or None, amount or total, currency)
                party.payments.append(payment)
                party.marks.append(("payments", place))

    def _tvl(self, elements: list[str], place: int) -> None:
        if self._group in _NO_FLIGHTS:
            return
        reading, party = self._reading, self._party
        if party is None:
            self._pushed = self._pushed or read_leg(elements, place, reading)
        elif self._leg and self._group is _Group.FLIGHT and is_second_name(elements, reading):
            self._leg = with_other_number(self._leg, reading.components(elements, 5)[0], self._pushed)
            party.legs[-1] = self._leg
        else:
            self._group = _Group.FLIGHT
            self._person = None
            self._leg = self._known_leg(elements, place)
            self._here = self._leg is not None and same_leg(self._leg, self._pushed)
            if self._leg:
                party.legs.append(self._leg)
                party.marks.append(("itinerary", place))

    def _known_leg(self, elements: list[str], place: int) -> FlightLeg | None:
        """A leg that many bookings share is read once; one with a finding each time, because it has its own place."""
        reading, known = self._reading, self._known_legs
        text = reading.segments.texts[place]
        if text not in known:
            noted = len(reading.findings)
            leg = read_leg(elements, place, reading)
            if len(reading.findings) > noted:
                return leg
            known[text] = leg
        return known[text]

    def _tra(self, elements: list[str], _place: int) -> None:
        named = designator(
            self._reading.components(elements, 2)[0], self._reading.components(elements, 1)[0].strip().upper()
        )
        if self._party and self._leg and named and self._group is _Group.FLIGHT:
            self._leg = replace(self._leg, operating=named)
            self._party.legs[-1] = self._leg

    def _rpi(self, elements: list[str], _place: int) -> None:
        status = self._reading.components(elements, 2)[0].strip().upper()
        if self._party and self._group is _Group.FLIGHT and self._here and status.isalnum():
            for person in self._party.people:
                person.status = status[:2]

    def _dat(self, _elements: list[str], _place: int) -> None:
        if self._group in (_Group.FLIGHT, _Group.CHECK_IN):
            self._group = _Group.CHECK_IN
            self._person = None

    def _tri(self, elements: list[str], _place: int) -> None:
        if self._party is None or self._group not in (_Group.FLIGHT, _Group.CHECK_IN):
            return
        self._group = _Group.CHECK_IN
        parts = self._reading.components(elements, 2)
        self._person = self._party.references.get(parts[3].strip()) if len(parts) > 3 else None

    def _ssd(self, elements: list[str], place: int) -> None:
        if self._group is _Group.CHECK_IN and self._person and self._here:
            self._person.checked_in = True
            place_on_board = seat(self._reading.components(elements, 1)[0])
            if place_on_board:
                self._person.seat = place_on_board
                self._person.marks.append(("seat", place))

    def _tbd(self, elements: list[str], place: int) -> None:
        person = self._person
        if person and self._group is _Group.CHECK_IN and (self._here or person.pieces is None):
            read_bags(elements, place, person, self._reading)

    def _ssr(self, elements: list[str], place: int) -> None:
        history = self._group is _Group.HISTORY or self._party is None
        self._requests.hear(elements, place, None if history else self._party, self._person)

    def _history(self, _elements: list[str], _place: int) -> None:
        if self._party:
            self._group = _Group.HISTORY

    def _lts(self, elements: list[str], place: int) -> None:
        if contains_sensitive(self._reading.service.reveal(" ".join(elements[1:])), self._reading.table):
            self._reading.withhold(place, ssr=False)

    #: tag → what reads it.
    _handlers: ClassVar[dict[str, _Handler]] = {
        "MSG": _msg,
        "ORG": _org,
        "TVL": _tvl,
        "EQN": _eqn,
        "SRC": _src,
        "RCI": _rci,
        "SSR": _ssr,
        "DAT": _dat,
        "IFT": _ift,
        "ADD": _add,
        "EBD": _ebd,
        "TIF": _tif,
        "FTI": _fti,
        "REF": _ref,
        "TKT": _tkt,
        "MON": _mon,
        "FOP": _fop,
        "TRA": _tra,
        "RPI": _rpi,
        "TRI": _tri,
        "SSD": _ssd,
        "TBD": _tbd,
        "ABI": _history,
        "SAC": _history,
        "LTS": _lts,
        **dict.fromkeys(_IGNORED.split(), _ignore),
    }


#: Groups in which a TVL is no leg of the itinerary.
_NO_FLIGHTS = frozenset((_Group.OTHER, _Group.HISTORY))
#: IFT 4451: information about who pays.
_SPONSOR = "43"
#: TIF 6353: the name of a group, which is nobody's, and an infant.
_GROUP_NAME, _INFANT = "G", "IN"


_Handler = Callable[[Pnrgov, list[str], int], None]
