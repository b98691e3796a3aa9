"""Plain bookings of a PNRGOV, each group of them read by one pattern (`shape`).

A push is thousands of segments that look alike; to divide each and ask what it says costs ten times more than to match
whole groups. A booking that is not plain in every group, whose date or state cannot be read, whose free text may be
sensitive, or whose requests might be somebody else's is left to the readers of segments, which read anything. What both
read they read alike, and nothing about a plain booking is a finding. What follows its flights (splits, services,
history) is rare: those readers read it here too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time

from torogoz.domain.booking import Agency, BookedLeg, Booking
from torogoz.domain.document import Document
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import ByteSpan
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Traveller, TravellerRole
from torogoz.edifact.findings import Findings
from torogoz.edifact.interchange import RawMessage
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Segments
from torogoz.edifact.tokens import SHIELD, STANDARD
from torogoz.messages.codes import SEXES
from torogoz.messages.contacts import contacts_of, phone
from torogoz.messages.countries import COUNTRIES
from torogoz.messages.flights import same_leg
from torogoz.messages.moments import day_first, short_dates
from torogoz.messages.names import read_name
from torogoz.messages.pnrgov import Pnrgov, read_segment
from torogoz.messages.pnrgov.agency import read_agency
from torogoz.messages.pnrgov.baggage import read_bags
from torogoz.messages.pnrgov.draft import Draft, Flight, NotPlainError, One
from torogoz.messages.pnrgov.origins import BookingOrigins, TravellerOrigins
from torogoz.messages.pnrgov.party import Party
from torogoz.messages.pnrgov.run import BookingRun
from torogoz.messages.pnrgov.shape import LONGEST, MOST_ELEMENTS, Shape, shape
from torogoz.messages.pnrgov.ssr import RECORDS, Requests
from torogoz.messages.pnrgov.travel import is_second_name, read_leg, with_other_number
from torogoz.messages.pnrgov.walk import Group, Walk
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import is_sensitive_code, may_be_sensitive
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.values import short_code

_STANDARD = STANDARD.component, STANDARD.element, STANDARD.terminator
_HEADER = re.compile(r"UNH\+[^'\n]{0,35}\+PNRGOV:[^'\n]{0,150}'")
_CLOCKS = {f"{hour:02}{minute:02}": time(hour % 24, minute) for hour in range(25) for minute in range(60)}
#: A larger party is left to the readers of segments, which compare no names there.
_LARGEST_PARTY = 200
#: TIF 6353 of an infant.
_INFANT = "IN"
_CHECKED_IN = ("DAT", "TRI")
#: What follows a booking.
_ENDS = ("SRC'", "UNT+")
#: What may stand behind the flights: splits, services and history.
_SPLIT = frozenset(("EQN", "RCI", "MSG", "ABI", "SAC", "LTS"))
_TAIL = frozenset(("EQN", "RCI", "MSG", "TVL", "ABI", "DAT", "SAC", "TIF", "SSR", "TBD", "IFT", "RPI", "LTS"))


def plain_bookings(
    raw: RawMessage, prepared: datetime, limits: Limits, table: SensitiveTable = SHIPPED
) -> list[BookingRun]:
    """The plain bookings of a message; none where it is no PNRGOV or may exceed a limit.

    A state that withholds a request which is otherwise a record has none.
    """
    text, service = raw.text, raw.service
    if (service.component, service.element, service.terminator) != _STANDARD or not _HEADER.match(text):
        return []
    if not RECORDS.isdisjoint(table.codes):
        return []
    if limits.segment_length < LONGEST or limits.elements < MOST_ELEMENTS:
        return []
    if len(text) > limits.segments and text.count(service.terminator) > limits.segments:
        return []
    return _Reader(raw, shape(lines="\n" in text), prepared, table).runs()


class _Reader:
    """Reads the plain bookings of one message."""

    def __init__(self, raw: RawMessage, patterns: Shape, prepared: datetime, table: SensitiveTable) -> None:
        self._table = table
        self._text = raw.text
        self._service = raw.service
        self._start = raw.start
        self._prepared = prepared
        self._patterns = patterns
        self._day = prepared.date()
        self._dates = short_dates(self._day)
        self._moments: dict[tuple[str, str], datetime] = {}
        self._moments_utc: dict[tuple[str, str], datetime] = {}
        self._agencies: dict[str, Agency] = {}
        self._flights: dict[tuple[str, str | None], Flight] = {}
        #: For what reads elements; whatever it notes makes a booking not plain.
        self._reading = Reading(Segments([""], [""], [0]), raw.service, Findings(1), prepared, table)
        self._pushed: FlightLeg | None = None
        #: The requests that are withheld in the booking in hand.
        self._withheld: list[ByteSpan] = []

    def runs(self) -> list[BookingRun]:
        """Those who follow each other, wherever they begin."""
        runs: list[BookingRun] = []
        text, before = self._text, self._patterns.before.search
        begins = before(text)
        if begins is None:
            return runs
        head = Pnrgov(self._part(0, begins.end()))
        head.read()
        self._pushed = next(iter(head.flights()), None)
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

    def _add(self, run: BookingRun, start: int) -> int:
        """Add the booking that begins at a place, and give the place behind it; 0 where it is not plain."""
        self._withheld = []
        try:
            end, booking, travellers = self._read(start, len(run.travellers))
        except (KeyError, ValueError):
            return 0
        if self._text.find(" '", start, end) >= 0:
            return 0  # what is wrapped or has blanks around it is cleaned where segments are divided
        run.bookings.append(booking)
        run.travellers.extend(travellers)
        run.sensitive.extend(self._withheld)
        return end

    def _read(self, start: int, first: int) -> tuple[int, Booking, list[Traveller]]:
        """A booking whose travellers stand from `first` on. KeyError or ValueError where it is not plain."""
        found = self._patterns.head.match(self._text, start)
        if found is None:
            raise NotPlainError
        (
            carrier, locator, day, clock, requests, changed, changed_clock, ticketing, ticketing_clock, texts, agency,
            addresses, bags,
        ) = found.groups()  # fmt: skip
        draft = Draft(self._day.year // 100)
        if requests:
            self._head_requests(requests, found.start(5))
        if texts:
            draft.contacts = self._contacts(texts)
        if addresses:
            draft.contacts += self._addresses(addresses)
        position = self._people(draft, found.end())
        position = self._itinerary(draft, position, locator)
        if draft.seats:
            draft.take_seats()
        position = self._behind(draft, position)
        alone = len(draft.people) == 1
        travellers = [
            self._traveller(draft, one, place, locator, alone=alone) for place, one in enumerate(draft.people)
        ]
        tail = draft.tail or _NOTHING
        booking = Booking(
            locator,
            carrier,
            self._utc(day, clock) if day else None,
            False,
            tuple(range(first, first + len(travellers))),
            tuple(draft.legs),
            self._agency(agency) if agency is not None else None,
            tuple(dict.fromkeys(draft.contacts)),
            tuple(draft.payments),
            tuple(draft.tickets),
            int(bags) if bags else None,
            tail.splits[0].locator if tail.splits else None,
            BookingOrigins(self._text, self._start, found, draft),
            tuple(draft.held),
            (),
            tuple(tail.splits),
            tuple(tail.services),
            tuple(tail.changes),
            draft.lines + tail.history_lines,
            self._utc(changed, changed_clock) if changed else None,
            self._utc(ticketing, ticketing_clock or "0000") if ticketing else None,
        )
        return position, booking, travellers

    def _people(self, draft: Draft, position: int) -> int:
        """The names of the travellers; the place behind them."""
        match, text = self._patterns.traveller.match, self._text
        while found := match(text, position):
            surname, given, kind, reference = found.group(1, 2, 3, 4)
            family, first, title, clerical = read_name(surname, given, glued=True, table=self._table)
            names = family, first
            if family is None or clerical or names in draft.names or reference in draft.references:
                raise NotPlainError
            one = draft.names[names] = One(found, names, title, infant=kind == _INFANT)
            if reference:
                draft.references[reference] = one
            draft.people.append(one)
            position = found.end()
        if len(draft.people) > _LARGEST_PARTY:
            raise NotPlainError
        return position

    def _itinerary(self, draft: Draft, position: int, locator: str) -> int:
        """The flights, and who checked in for them; the place behind them."""
        match, text = self._patterns.flight.match, self._text
        while found := match(text, position):
            sent, taken, status, aircraft, requests, known, other = found.groups()
            position = found.end()
            if known and known != locator:
                raise NotPlainError
            flight = self._flights.get((sent, other)) or self._flight(sent, other)
            if flight.leg:
                draft.legs.append(flight.leg)
                draft.held.append(BookedLeg(flight.booking_class, status, int(taken) if taken else None, aircraft))
                draft.flights.append(found)
                if flight.here and status:
                    for one in draft.people:
                        one.status = status
            if requests:
                self._flight_requests(requests, found.start(5), draft.seats)
            if text.startswith(_CHECKED_IN, position):
                position = self._check_ins(draft, position, here=flight.here)
        return position

    def _behind(self, draft: Draft, position: int) -> int:
        """What stands behind the flights: lines of history, and what is rare; the place behind it."""
        found = self._patterns.lines.match(self._text, position)
        if found and found[1]:
            if may_be_sensitive(found[1], self._table):
                raise NotPlainError
            draft.lines, position = found[1].count("'"), found.end()
        if self._text.startswith(_ENDS, position):
            return position
        return self._tail(draft, position)

    def _traveller(self, draft: Draft, one: One, place: int, locator: str, *, alone: bool) -> Traveller:
        """A traveller as a value; their tickets and payments go to the booking."""
        (
            _, _, _, reference, programme, account, texts, own, kind, issuer, number, nationality, born, sex, baby,
            expiry, family, first, middle, about, ticket, fare, currency, total, total_currency, priced, priced_clock,
            issued, issued_clock, form, amount, brand, card, month, payer, payer_at, payer_phone,
        ) = one.found.groups()  # fmt: skip
        surname, given = one.names
        documents: tuple[Document, ...] = ()
        birth = nation = None
        if born:
            if (baby == "I") != one.infant or (about and about != reference):
                raise NotPlainError
            if one.infant or not alone:
                named, mine = f"{first} {middle}" if middle else first, given or ""
                if family != surname or not (named.startswith(mine) or mine.startswith(named)):
                    raise NotPlainError
            birth = self._dates.spoken_birth(born)
            nation = COUNTRIES[nationality] if nationality else None
            if number:
                until = self._dates.spoken_near(expiry) if expiry else None
                documents = (Document(number, kind or None, COUNTRIES[issuer] if issuer else None, until),)
        if ticket:
            when, clock = (issued, issued_clock) if issued else (priced, priced_clock)
            draft.sell(place, ticket, fare, currency, total, total_currency, self._local(when, clock) if when else None)
            if priced:
                self._local(priced, priced_clock)
            if form:
                draft.pay(
                    form,
                    amount,
                    brand,
                    card,
                    month,
                    self._clear(payer),
                    self._clear(payer_at),
                    self._clear(payer_phone),
                )
        bags = None
        if one.pieces is not None or one.weight is not None or one.tags:
            bags = Bags(one.pieces, one.weight, tuple(one.tags), one.pool, one.pool_role, one.destination)
        return Traveller(
            TravellerRole.PASSENGER,
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
            one.status,
            bags,
            tuple(self._contacts(texts)) if texts else (),
            (FrequentFlyer(programme, account),) if account else (),
            one.infant,
            one.checked_in,
            TravellerOrigins(self._text, self._start, one.found, one.marks, given=given is not None),
            one.checked_in_at,
            one.check_in_number,
            one.cabin,
        )

    def _head_requests(self, requests: str, position: int) -> None:
        """Requests before the travellers: those that are withheld are plain."""
        for request in requests.split("'")[:-1]:
            self._withhold(request, position)
            position += len(request) + 1

    def _withhold(self, request: str, position: int) -> None:
        sent = request.lstrip("\n")
        if not is_sensitive_code(sent[4:].partition("+")[0].partition(":")[0], self._table):
            raise NotPlainError
        start = self._start + position + len(request) - len(sent)
        self._withheld.append(ByteSpan(start + 4, start + len(sent)))

    def _flight_requests(self, requests: str, position: int, seats: list[tuple[str, int]]) -> None:
        """Requests at a flight: seats, and what is withheld."""
        pushed = self._pushed
        for request in requests.split("'")[:-1]:
            found = self._patterns.seats.match(request)
            if found is None:
                self._withhold(request, position)
            elif pushed and found.group(1, 2) == (pushed.departure_airport, pushed.arrival_airport):
                seats.append((found[3], position + found.start(3)))
            position += len(request) + 1

    def _check_ins(self, draft: Draft, position: int, *, here: bool) -> int:
        """Who checked in for a flight; the place behind them."""
        match, text = self._patterns.check_in.match, self._text
        moment = None
        while found := match(text, position):
            event, day, clock, number, place, surname, given, reference, seated, on_board, cabin, bags = found.groups()
            position = found.end()
            if event:
                moment = self._local(day, clock) if day else None
            one = draft.references.get(place)
            if surname:
                one = self._named(draft, surname, given, reference)
            if one and seated and here:
                one.check_in(moment, number, cabin, on_board, found.start(9))
            if one and bags and (here or one.pieces is None):
                read_bags(["TBD", *bags.split("+")], 0, one, self._reading)
                one.marks[-1] = ("bags", found.start(12))
                self._refuse_notes()
        return position

    def _refuse_notes(self) -> None:
        """What the readers of elements note is not plain."""
        if self._reading.findings:
            self._reading.findings.clear()
            raise NotPlainError

    def _named(self, draft: Draft, surname: str, given: str, reference: str | None) -> One:
        """Whom a name at check-in is of: mostly it is written as it was before."""
        one = draft.references[reference] if reference else None
        if one is None or one.found.group(1, 2) != (surname, given):
            named = read_name(surname, given, glued=True, table=self._table)[:2]
            one = one or draft.names[named]
            if one.names != named:
                raise NotPlainError
        return one

    def _flight(self, sent: str, other: str | None) -> Flight:
        """Read a leg, and the second name of a code share."""
        elements = ["TVL", *sent.split("+")]
        reading = self._reading
        leg = read_leg(elements, 0, reading)
        self._refuse_notes()
        if is_second_name(elements, reading) or (other and leg is None):
            raise NotPlainError
        here = leg is not None and same_leg(leg, self._pushed)
        if leg and other:
            leg = with_other_number(leg, other.partition(":")[0], self._pushed)
        parts = [*reading.components(elements, 5), ""]
        flight = self._flights[sent, other] = Flight(leg, short_code(parts[1]), here=here)
        return flight

    def _agency(self, sent: str) -> Agency:
        """Who made the booking; nobody, which cancels it, is not plain."""
        agency = self._agencies.get(sent)
        if agency is None:
            agency = read_agency(["ORG", *sent.split("+")], self._reading)
            if agency is None:
                raise NotPlainError
            self._agencies[sent] = agency
        return agency

    def _contacts(self, texts: str) -> list[Contact]:
        """The contacts in a block of texts."""
        if may_be_sensitive(texts, self._table):
            raise NotPlainError
        found: list[Contact] = []
        for line in texts.split("'"):
            if "CTC" in line:
                found += contacts_of(self._clear(" ".join(map(str.strip, line.split("+")[2:]))))
        return found

    def _addresses(self, addresses: str) -> list[Contact]:
        """The addresses in a block of segments, and the phones behind them."""
        found: list[Contact] = []
        for line in addresses.split("'"):
            for element in line.split("+")[2:]:
                parts = [self._clear(part.strip()) for part in element.split(":")]
                address = ", ".join(filter(None, parts[1:7]))
                if address:
                    found.append(Contact(ContactKind.ADDRESS, address))
                found += [Contact(ContactKind.PHONE, number) for number in filter(None, map(phone, parts[7:]))]
        return found

    def _clear(self, text: str | None) -> str:
        """A text with what was released in it, without blanks around it."""
        if not text:
            return ""
        return self._service.reveal(text).strip() if SHIELD in text else text.strip()

    def _local(self, day: str, clock: str) -> datetime:
        """A moment as DDMMYY and HHMM; most of a message's are the same few."""
        found = self._moments.get((day, clock))
        if found is None:
            found = self._moments[day, clock] = datetime.combine(day_first(day, "", self._day), _CLOCKS[clock])
        return found

    def _utc(self, day: str, clock: str) -> datetime:
        found = self._moments_utc.get((day, clock))
        if found is None:
            found = self._moments_utc[day, clock] = self._local(day, clock).replace(tzinfo=UTC)
        return found

    def _part(self, start: int, end: int) -> Reading:
        """Some segments of the message, to be read one by one; what is noted in them goes nowhere."""
        texts: list[str] = []
        starts: list[int] = []
        position = self._start + start
        for piece in self._text[start:end].split("'")[:-1]:
            text = piece.lstrip("\n ")
            if text:
                texts.append(text.rstrip("\n ").replace("\n", ""))
                starts.append(position + len(piece) - len(text))
            position += len(piece) + 1
        return Reading(Segments(texts, texts, starts), self._service, Findings(1), self._prepared, self._table)

    def _tail(self, draft: Draft, start: int) -> int:
        """What is rare behind the flights, read segment by segment: splits, services and history, and nothing else."""
        begins = self._patterns.behind.search(self._text, start - 1)
        if begins is None:
            raise NotPlainError
        sent, reading = self._text[start : begins.end()], self._part(start, begins.end())
        clean = reading.segments.texts == [piece.lstrip("\n") for piece in sent.split("'")[:-1]]
        if not clean or not sent.isascii():
            raise NotPlainError
        party = Party(0)
        walk = Walk(reading, Requests(reading), Group.FLIGHT, party, pushed=self._pushed)
        for place, text in enumerate(reading.segments.texts):
            if text[:3] not in (_SPLIT if walk.group is Group.FLIGHT else _TAIL):
                raise NotPlainError
            read_segment(walk, text, place)
        if reading.findings or reading.free_text or walk.requests.waiting:
            raise NotPlainError
        if party.locator or party.legs or party.people or party.contacts:
            raise NotPlainError
        self._withheld += reading.sensitive
        draft.tail = party
        draft.marks = [(field, reading.segments.starts[place] - self._start) for field, place in party.marks]
        return begins.end()


#: What stands behind the flights of most bookings.
_NOTHING = Party(0)
