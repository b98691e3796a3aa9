"""Plain bookings of a PNRGOV, each group of them read by one pattern (`shape`).

A push is thousands of segments that look alike; to divide each and ask what it says costs ten times more than to match
whole groups. A booking that is not plain in every group, whose date or state cannot be read, whose free text may be
sensitive, or whose requests might be somebody else's is left to the readers of segments, which read anything. What both
read they read alike, and nothing about a plain booking is a finding. What recurs in a message is read once (`shared`);
what follows the flights has its own module (`behind`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import partial

from torogoz.domain.booking import Booking, Payment, Ticket
from torogoz.domain.document import Document
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Traveller, TravellerRole
from torogoz.edifact.findings import Findings
from torogoz.edifact.interchange import RawMessage
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Segments
from torogoz.edifact.tokens import STANDARD
from torogoz.messages.codes import SEXES
from torogoz.messages.contacts import phone
from torogoz.messages.countries import COUNTRIES
from torogoz.messages.moments import short_dates
from torogoz.messages.names import read_plain_name
from torogoz.messages.pnrgov import Pnrgov
from torogoz.messages.pnrgov.baggage import read_plain_bags
from torogoz.messages.pnrgov.behind import Behind, hear
from torogoz.messages.pnrgov.draft import Draft, NotPlainError, One
from torogoz.messages.pnrgov.origins import BookingOrigins, Source, TravellerOrigins
from torogoz.messages.pnrgov.run import BookingRun
from torogoz.messages.pnrgov.shape import LONGEST, Shape, shape
from torogoz.messages.pnrgov.shared import Shared
from torogoz.messages.pnrgov.ssr import KEPT, RECORDS
from torogoz.messages.pnrgov.texts import addresses_in, clear, contacts_in
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import may_be_sensitive
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.values import seat

#: The standard's service characters, with or without those that release and repeat.
_STANDARD = frozenset(
    release + STANDARD.terminator + STANDARD.element + STANDARD.component + repetition
    for release in ("", "?")
    for repetition in ("", "*")
)
_HEADER = re.compile(r"UNH\+[^'+\n]{0,35}\+PNRGOV:[^'\n]{0,150}'")
#: A larger party is left to the readers of segments, which compare no names there.
_LARGEST_PARTY = 200
#: TIF 6353 of an infant.
_INFANT = "IN"
_CHECKED_IN = ("DAT", "TRI")
# To ask an enumeration for its member costs half as much as to make a contact.
_PASSENGER, _ADDRESS, _PHONE = TravellerRole.PASSENGER, ContactKind.ADDRESS, ContactKind.PHONE


def plain_bookings(
    raw: RawMessage, prepared: datetime, limits: Limits, table: SensitiveTable = SHIPPED
) -> list[BookingRun]:
    """The plain bookings of a message; none where it is no PNRGOV or may exceed a limit.

    A state that withholds a request which is otherwise a record has none.
    """
    text, service = raw.text, raw.service
    if service.used not in _STANDARD or not _HEADER.match(text):
        return []
    if not RECORDS.isdisjoint(table.codes):
        return []
    if min(limits.segment_length, limits.elements) < LONGEST:
        return []
    if len(text) > limits.segments and text.count(service.terminator) > limits.segments:
        return []
    return _Reader(raw, shape(simple="\n" not in text and text.isascii()), prepared, table).runs()


class _Reader:
    """Reads the plain bookings of one message."""

    def __init__(self, raw: RawMessage, patterns: Shape, prepared: datetime, table: SensitiveTable) -> None:
        self._raw = raw
        self._table = table
        self._text = raw.text
        self._service = raw.service
        self._start = raw.start
        self._prepared = prepared
        self._patterns = patterns
        self._source = Source(raw.text, raw.start, patterns)
        self._dates = short_dates(prepared.date())
        #: Whether a segment ends in a blank; from behind that is found three times as fast.
        self._blanks = raw.text.rfind(" '") >= 0
        #: For what reads elements; whatever it notes makes a booking not plain.
        self._reading = Reading(Segments([""], [""], [0]), raw.service, Findings(1), prepared, table)

    def runs(self) -> list[BookingRun]:
        """Those who follow each other, wherever they begin."""
        runs: list[BookingRun] = []
        text, before = self._text, self._patterns.before.search
        begins = before(text)
        if begins is None:
            return runs
        self._begin(begins.end())
        while begins is not None:
            start = end = begins.end()
            run = BookingRun(start, end, 0, [], [], 0, [])
            while text.startswith("SRC'", end) and (behind := self._add(run, end)):
                end = behind
            if run.bookings:
                counted = text.count("'", start, end)
                runs.append(replace(run, start=start, end=end, segments=counted, ssr=len(run.sensitive)))
            begins = before(text, end)
        return runs

    def _begin(self, end: int) -> None:
        """Read what stands before the bookings: the flight that is pushed."""
        # No method of ours is handed on: what held it would hold the message, in a circle, for the collector to find.
        part = partial(_part, self._raw, self._prepared, self._table)
        head = Pnrgov(part(0, end))
        head.read()
        pushed = next(iter(head.flights()), None)
        #: The flight's airports, as requests for seats name them.
        self._route = f"{pushed.departure_airport}:{pushed.arrival_airport}" if pushed else ""
        self._shared = Shared(self._reading, self._prepared.date(), pushed)
        self._behind = Behind(self._text, self._start, self._patterns, self._shared, pushed, part)

    def _add(self, run: BookingRun, start: int) -> int:
        """Add the booking that begins at a place, and give the place behind it; 0 where it is not plain."""
        draft = Draft()
        try:
            end, booking, travellers = self._read(draft, start, len(run.travellers))
        except (KeyError, ValueError):
            return 0
        if self._blanks and self._text.find(" '", start, end) >= 0:
            return 0  # what is wrapped or has blanks around it is cleaned where segments are divided
        run.bookings.append(booking)
        run.travellers.extend(travellers)
        run.sensitive.extend(draft.withheld)
        return end

    def _read(self, draft: Draft, start: int, first: int) -> tuple[int, Booking, list[Traveller]]:
        """A booking whose travellers stand from `first` on. KeyError or ValueError where it is not plain."""
        found = self._patterns.head.match(self._text, start)
        if found is None:
            raise NotPlainError
        carrier, locator, created, requests, changed, ticketing, texts, agency, addresses, bags = found.groups()
        shared = self._shared
        if requests:
            self._requests(draft, requests, found.start(4))
        if texts:
            draft.said = texts
            draft.contacts = contacts_in(texts, self._service)
        if addresses:
            draft.contacts += addresses_in(addresses, self._service)
        position = self._people(draft, found.end())
        position = self._itinerary(draft, position, locator)
        if draft.seats:
            self._take_seats(draft)
        position = self._behind.read(draft, position)
        alone = len(draft.people) == 1
        travellers = [self._traveller(draft, one, place, locator, alone) for place, one in enumerate(draft.people)]
        tail = draft.tail
        booking = Booking(
            locator,
            carrier,
            shared.utc[created] if created else None,
            False,
            tuple(range(first, first + len(travellers))),
            tuple(draft.legs),
            shared.agencies[agency] if agency is not None else None,
            _each_once(draft.contacts),
            tuple(draft.payments),
            tuple(draft.tickets.values()),
            int(bags) if bags else None,
            tail.splits[0].locator if tail and tail.splits else None,
            BookingOrigins(self._source, start, draft.flights, draft.marks),
            tuple(draft.held),
            (),
            tuple(tail.splits) if tail else (),
            tuple(tail.services) if tail else (),
            tuple(draft.changes),
            draft.lines,
            shared.utc[changed] if changed else None,
            shared.utc[ticketing] if ticketing else None,
        )
        return position, booking, travellers

    def _people(self, draft: Draft, position: int) -> int:
        """The names of the travellers; the place behind them."""
        match, text, table = self._patterns.traveller.match, self._text, self._table
        names, references, people = draft.names, draft.references, draft.people
        while found := match(text, position):
            groups = found.groups()
            surname, given, kind, reference = groups[:4]
            family, first, title, clerical = read_plain_name(surname, given, table)
            named = family, first
            if family is None or clerical or (people and (named in names or reference in references)):
                raise NotPlainError
            one = names[named] = One(position, groups, named, title, kind == _INFANT)
            if reference:
                references[reference] = one
            people.append(one)
            position = found.end()
        if len(people) > _LARGEST_PARTY:
            raise NotPlainError
        return position

    def _itinerary(self, draft: Draft, position: int, locator: str) -> int:
        """The flights, and who checked in for them; the place behind them."""
        match, text, flights = self._patterns.flight.match, self._text, self._shared.flights
        while found := match(text, position):
            sent, route, seats, requests, known, other = found.groups()
            start, position = position, found.end()
            if known and known != locator:
                raise NotPlainError
            flight = flights[sent + (other or "")]
            if flight.leg:
                draft.legs.append(flight.leg)
                draft.held.append(flight.held)
                draft.flights.append(start)
                if flight.here and flight.held.status:
                    draft.status = flight.held.status
            if route and route == self._route:
                draft.seats.append((seats, found.start(3)))
            if requests:
                self._requests(draft, requests, found.start(4), seats=True)
            if text.startswith(_CHECKED_IN, position):
                position = self._check_ins(draft, position, here=flight.here)
        return position

    def _traveller(self, draft: Draft, one: One, place: int, locator: str, alone: bool) -> Traveller:  # noqa: FBT001
        """A traveller as a value; their tickets and payments go to the booking."""
        (
            _, _, _, reference, programme, account, texts, own, kind, issuer, number, nationality, born, sex, baby,
            expiry, named, about, ticket, fare, currency, total, total_currency, priced, issued,
            form, amount, brand, card, month, payer, payer_at, payer_phone,
        ) = one.groups  # fmt: skip
        surname, given = one.names
        documents: tuple[Document, ...] = ()
        birth = nation = None
        if born:
            if (baby == "I") != one.infant or (about and about != reference):
                raise NotPlainError
            if (one.infant or not alone) and named != f"{surname}/{given}":
                family, *said = named.split("/")
                first, mine = " ".join(said), given or ""
                if family != surname or not (first.startswith(mine) or mine.startswith(first)):
                    raise NotPlainError
            birth = self._dates.spoken_birth(born)
            nation = COUNTRIES[nationality] if nationality else None
            if number:
                until = self._dates.spoken_near(expiry) if expiry else None
                documents = (Document(number, kind or None, COUNTRIES[issuer] if issuer else None, until),)
        if ticket:
            if ticket in draft.tickets:
                raise NotPlainError
            shared = self._shared
            at = shared.local[priced] if priced else None
            at = shared.local[issued] if issued else at
            draft.tickets[ticket] = Ticket(ticket, place, fare, total, currency, at)
            if total:
                draft.total = total, total_currency
            if form:
                price, paid_in = draft.total
                expires = shared.months[month] if month else None
                holder = clear(payer, self._service).upper() if payer else None
                draft.payments.append(
                    Payment(form, card or None, amount or price, paid_in, brand or None, expires, holder or None)
                )
                if payer_at or payer_phone:
                    self._payer(draft, payer_at or "", payer_phone)
        bags = None
        if one.pieces is not None or one.weight is not None or one.tags:
            bags = Bags(one.pieces, one.weight, tuple(one.tags), one.pool, one.pool_role, one.destination)
        return Traveller(
            _PASSENGER,
            surname,
            given,
            one.title,
            SEXES[sex] if sex else None,
            birth,
            nation,
            None,
            None,
            documents,
            locator,
            own or reference,
            one.seat,
            draft.status,
            bags,
            tuple(self._contacts(texts)) if texts else (),
            (FrequentFlyer(programme, account),) if account else (),
            one.infant,
            one.checked_in,
            TravellerOrigins(self._source, one.start, one.marks, given is not None),
            one.checked_in_at,
            one.check_in_number,
            one.cabin,
        )

    def _payer(self, draft: Draft, sent: str, number: str | None) -> None:
        """Where who pays can be reached."""
        address = clear(sent, self._service)
        if address:
            draft.contacts.append(Contact(_ADDRESS, address))
        number = phone(clear(number, self._service)) if number else None
        if number:
            draft.contacts.append(Contact(_PHONE, number))

    def _requests(self, draft: Draft, requests: str, position: int, *, seats: bool = False) -> None:
        """Requests: those of which nothing is kept are plain, and at a flight those for seats."""
        for request in requests.split("'")[:-1]:
            found = self._patterns.seats.match(request) if seats else None
            if found is None:
                if hear(request, self._start + position, self._table, draft.withheld) in KEPT:
                    raise NotPlainError
            elif found[1] == self._route:
                draft.seats.append((found[2], position + found.start(2)))
            position += len(request) + 1

    def _take_seats(self, draft: Draft) -> None:
        """Give seats to whom they were asked for; what check-in gave counts more."""
        people, references, asked = draft.people, draft.references, self._patterns.asked.findall
        for sent, position in draft.seats:
            for number, odd, reference in asked(sent):
                one = references.get(reference)
                if one is None and len(people) == 1:
                    one = people[0]
                if one and one.seat is None and (given := number or seat(odd)):
                    one.seat = given
                    one.marks += (("seat", position),)

    def _check_ins(self, draft: Draft, position: int, *, here: bool) -> int:
        """Who checked in for a flight; the place behind them."""
        match, text, shared = self._patterns.check_in.match, self._text, self._shared
        moment = None
        while found := match(text, position):
            event, at, number, place, surname, given, reference, seated, on_board, cabin, bags = found.groups()
            position = found.end()
            if event:
                moment = shared.local[at] if at else None
            one = draft.references.get(place)
            if surname:
                one = self._named(draft, surname, given, reference)
            if one and seated and here:
                one.check_in(moment, number, cabin)
                if taken := seat(on_board):
                    one.seat = taken
                    one.marks += (("seat", found.start(9)),)
            if one and bags and (here or one.pieces is None):
                read_plain_bags(bags, one, self._reading)
                one.marks += (("bags", found.start(11)),)
                shared.refuse_notes()
        return position

    def _named(self, draft: Draft, surname: str, given: str, reference: str | None) -> One:
        """Whom a name at check-in is of: mostly it is written as it was before."""
        one = draft.references[reference] if reference else None
        if one is None or one.groups[:2] != (surname, given):
            named = read_plain_name(surname, given, self._table)[:2]
            one = one or draft.names[named]
            if one.names != named:
                raise NotPlainError
        return one

    def _contacts(self, texts: str) -> list[Contact]:
        """The contacts in a block of texts; what may be sensitive is not plain."""
        if may_be_sensitive(texts, self._table):
            raise NotPlainError
        return contacts_in(texts, self._service)


def _each_once(contacts: list[Contact]) -> tuple[Contact, ...]:
    """Contacts without those that were there before. Their values are hashed in half the time, and mostly differ."""
    if len({contact.value for contact in contacts}) == len(contacts):
        return tuple(contacts)
    return tuple(dict.fromkeys(contacts))


def _part(raw: RawMessage, prepared: datetime, table: SensitiveTable, start: int, end: int) -> Reading:
    """Some segments of a message, to be read one by one; what is noted in them goes nowhere."""
    texts: list[str] = []
    starts: list[int] = []
    position = raw.start + start
    for piece in raw.text[start:end].split("'")[:-1]:
        text = piece.lstrip("\n ")
        if text:
            texts.append(text.rstrip("\n ").replace("\n", ""))
            starts.append(position + len(piece) - len(text))
        position += len(piece) + 1
    return Reading(Segments(texts, texts, starts), raw.service, Findings(1), prepared, table)
