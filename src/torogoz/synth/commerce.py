"""Bookings: who travels together, how they pay, who sold it, what they asked for, and how a booking changes.

A `Reservation` is the truth of one booking over its whole life; `at` gives what a carrier's system held at a moment.
Each `Passenger` carries two statements of the same person: `booked`, which PNR messages repeat, and `declared`, which
the check-in desk read from a document and API messages repeat. Agencies and carriers' partners are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from random import Random

from msgspec import structs

from torogoz.domain.booking import Agency, Payment, Ticket
from torogoz.domain.document import Document
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.synth.flights import SyntheticFlight
from torogoz.synth.noise import Noise, garble
from torogoz.synth.people import Household, Person, weighted

_LOCATOR_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Fate(StrEnum):
    """What becomes of a passenger at the gate."""

    BOARDS = "boards"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class Request:
    """A special service (SSR). `sensitive` ones reveal health or religion and must be withheld by every reader."""

    code: str
    text: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Passenger:
    """One person in one reservation, from `since` (or always) until `until` (or to the end)."""

    person: Person
    booked: Traveller
    declared: Traveller
    requests: tuple[Request, ...] = ()
    fate: Fate = Fate.BOARDS
    since: datetime | None = None
    until: datetime | None = None

    def in_booking_at(self, moment: datetime) -> bool:
        """Whether the booking names them at this moment."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Reservation:
    """One booking. `payments_before` were replaced by `payments` at `paid_again_at`."""

    locator: str
    carrier: str
    created_at: datetime
    passengers: tuple[Passenger, ...]
    itinerary: tuple[FlightLeg, ...]
    agency: Agency
    contacts: tuple[Contact, ...]
    payments: tuple[Payment, ...]
    remarks: tuple[str, ...] = ()
    cancelled_at: datetime | None = None
    split_from: str | None = None
    payments_before: tuple[Payment, ...] = ()
    paid_again_at: datetime | None = None

    def at(self, moment: datetime) -> Reservation | None:
        """The booking as it stood, with those in it; None before its creation and after its cancellation."""
        if moment < self.created_at or self.cancelled_by(moment):
            return None
        passengers = tuple(passenger for passenger in self.passengers if passenger.in_booking_at(moment))
        paid = self.payments
        if self.paid_again_at is not None and moment < self.paid_again_at:
            paid = self.payments_before
        if len(passengers) == len(self.passengers) and paid is self.payments:
            return self
        return replace(self, passengers=passengers, payments=paid)

    def cancelled_by(self, moment: datetime) -> bool:
        """Whether it had been cancelled."""
        return self.cancelled_at is not None and self.cancelled_at <= moment

    def changed_between(self, start: datetime, end: datetime) -> bool:
        """Whether anything in it changed after `start` and up to `end`."""
        moments = [self.created_at, self.cancelled_at, self.paid_again_at]
        for passenger in self.passengers:
            moments += [passenger.since, passenger.until]
        return any(moment is not None and start < moment <= end for moment in moments)


#: Requests that reveal nothing special, and those that do: code, text, weight.
_NEUTRAL = (("BBML", ""), ("CHML", ""), ("FPML", ""), ("SEAT", ""), ("PETC", "CAT 4KG IN CABIN"))
_SENSITIVE = (
    ("WCHR", ""), ("WCHS", ""), ("WCHC", "TRAVELS WITH OWN CHAIR"), ("DBML", ""), ("GFML", ""), ("MOML", ""),
    ("KSML", ""), ("HNML", ""), ("VJML", ""), ("BLND", ""), ("DEAF", ""), ("MEDA", "CLEARED BY CARRIER DOCTOR"),
    ("OXYG", ""), ("LSML", ""),
)  # fmt: skip

#: Agencies by falling share of the market: invented names' codes of the form 990…, city and country.
AGENCIES: tuple[Agency, ...] = tuple(
    Agency(f"990{place:02d}{place * 37 % 1000:03d}", city, country)
    for place, (city, country) in enumerate(
        (("SAL", "SLV"), ("LAX", "USA"), ("SAL", "SLV"), ("IAD", "USA"), ("IAH", "USA"), ("JFK", "USA"), ("SAL", "SLV"),
         ("GUA", "GTM"), ("BOG", "COL"), ("PTY", "PAN"), ("MIA", "USA"), ("MEX", "MEX"), ("SJO", "CRI"), ("MAD", "ESP"),
         ("LIM", "PER"), ("SAP", "HND"), ("SAL", "SLV"), ("DFW", "USA"), ("YYZ", "CAN"), ("MGA", "NIC"), ("SFO", "USA"),
         ("ATL", "USA"), ("SAL", "SLV"), ("UIO", "ECU"), ("MDE", "COL"), ("EWR", "USA"), ("SAL", "SLV"), ("LAX", "USA"))
    )
)  # fmt: skip
_AGENCY_STEPS = tuple(accumulate((place + 1) ** -1.0 for place in range(len(AGENCIES))))

#: Days between booking and departure: last minute, business, leisure.
_LEADS = (((0, 2), 0.05), ((2, 10), 0.22), ((10, 45), 0.45), ((45, 170), 0.28))
_FORMS = (("CC", 0.74), ("CA", 0.12), ("MS", 0.09), ("CK", 0.05))


class Desk:
    """Hands out locators, references and ticket numbers that no two bookings share."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._locators: set[str] = set()
        self._serial = 0

    def locator(self) -> str:
        """Draw a record locator that was not given before."""
        while True:
            drawn = "".join(self._rng.choices(_LOCATOR_SIGNS, k=6))
            if drawn not in self._locators:
                self._locators.add(drawn)
                return drawn

    def reference(self) -> str:
        """The next passenger reference."""
        self._serial += 1
        return f"{self._serial:05d}{self._rng.randrange(0x1000):03X}"


def ticket_number(carrier: str, reference: str) -> str:
    """The e-ticket of a passenger: a stock number of an invented carrier and a serial."""
    return f"99{carrier[-1]}24{reference[:5]}{int(reference[5:], 16):04d}"[:13]


def title_of(person: Person, day: datetime) -> str:
    """The title that agents type behind a given name."""
    if person.age_on(day.date()) < 12:
        return "MISS" if person.sex is Sex.FEMALE else "MSTR"
    return "MR" if person.sex is Sex.MALE else ("MRS" if person.birth_date.day % 3 else "MS")


@dataclass(frozen=True, slots=True)
class Sale:
    """What a booking is made from; the rest follows from the people and the flight."""

    people: tuple[Person, ...]
    household: Household
    flight: SyntheticFlight
    itinerary: tuple[FlightLeg, ...]
    created_at: datetime
    agency: Agency
    payments: tuple[Payment, ...]
    documents: tuple[Document, ...]
    role: TravellerRole = TravellerRole.PASSENGER
    accents: bool = False


def make_passenger(person: Person, document: Document, sale: Sale, locator: str, desk: Desk, rng: Random) -> Passenger:
    """State one person twice, as booked and as checked in, without any noise."""
    day = sale.flight.departs_at
    infant = person.age_on(day.date()) < 2
    reference = desk.reference()
    documented = rng.random() < 0.85
    surname, given = (person.surname, person.given_names)
    if sale.accents:
        surname, given = " ".join(person.surnames).upper(), " ".join(person.given).upper() or None
    bags = Bags(0) if infant else _bags(rng, sale.flight.designator.carrier, reference)
    declared = Traveller(
        role=sale.role,
        surname=surname,
        given_names=given,
        sex=person.sex,
        birth_date=person.born,
        nationality=document.issuer,
        residence=person.residence,
        birth_place=person.birth_place if rng.random() < 0.15 else None,
        documents=(document,),
        record_locator=locator,
        reference=reference,
        bags=bags,
    )
    booked = Traveller(
        role=TravellerRole.PASSENGER,
        surname=surname,
        given_names=given,
        title=title_of(person, day),
        sex=person.sex if documented else None,
        birth_date=person.born if documented else None,
        nationality=document.issuer if documented else None,
        documents=(document,) if documented else (),
        record_locator=locator,
        reference=reference,
        status="HK",
        bags=bags,
        frequent_flyer=_loyalty(sale, person),
        infant=infant,
    )
    return Passenger(person, booked, declared, _requests(rng))


def make_reservation(sale: Sale, desk: Desk, rng: Random) -> Reservation:
    """Make a booking from a sale, without noise and without changes."""
    locator = desk.locator()
    return Reservation(
        locator=locator,
        carrier=sale.flight.designator.carrier,
        created_at=sale.created_at,
        passengers=tuple(
            make_passenger(person, document, sale, locator, desk, rng)
            for person, document in zip(sale.people, sale.documents, strict=True)
        ),
        itinerary=sale.itinerary,
        agency=sale.agency,
        contacts=contacts_of(sale.household, rng),
        payments=sale.payments,
        remarks=_remarks(rng),
    )


def add_noise(reservation: Reservation, rng: Random) -> tuple[Reservation, list[Noise]]:
    """Garble the passengers of a booking by chance, each source for itself."""
    passengers = []
    records: list[Noise] = []
    for passenger in reservation.passengers:
        booked, in_pnr = garble(passenger.booked, "pnr", rng)
        declared, in_api = garble(passenger.declared, "api", rng)
        passengers.append(replace(passenger, booked=booked, declared=declared) if in_pnr or in_api else passenger)
        records += in_pnr + in_api
    return (replace(reservation, passengers=tuple(passengers)) if records else reservation), records


def evolve(reservation: Reservation, departs_at: datetime, rng: Random) -> Reservation:
    """Let some bookings change until departure: cancelled, one left out or added late, another card, no show."""
    room = departs_at - reservation.created_at
    moment = _minute(reservation.created_at + room * rng.uniform(0.3, 0.97))
    chance = rng.random()
    if chance < 0.02:
        return replace(reservation, cancelled_at=moment)
    *others, last = reservation.passengers
    if chance < 0.035 and others:
        return replace(reservation, passengers=(*others, replace(last, until=moment)))
    if chance < 0.05 and others:
        return replace(reservation, passengers=(*others, replace(last, since=moment)))
    if chance < 0.06:
        before = tuple(Payment("CA", amount=paid.amount, currency=paid.currency) for paid in reservation.payments)
        return replace(reservation, payments_before=before, paid_again_at=moment)
    if chance < 0.08:
        missing = tuple(replace(passenger, fate=Fate.NO_SHOW) for passenger in reservation.passengers)
        return replace(reservation, passengers=missing)
    return reservation


def split(reservation: Reservation, moment: datetime, desk: Desk) -> tuple[Reservation, Reservation]:
    """Divide a party at a moment: the last passenger goes on in a new record that names the old one."""
    *others, last = reservation.passengers
    locator = desk.locator()
    moved = replace(
        last,
        booked=structs.replace(last.booked, record_locator=locator),
        declared=structs.replace(last.declared, record_locator=locator),
    )
    parent = replace(reservation, passengers=(*others, replace(last, until=moment)))
    child = replace(
        reservation, locator=locator, created_at=moment, passengers=(moved,), split_from=reservation.locator
    )
    return parent, child


def booked_on(flight: SyntheticFlight, rng: Random) -> datetime:
    """When somebody books: minutes to months before departure."""
    low, high = weighted(rng, _LEADS)
    return _minute(flight.departs_at - timedelta(days=rng.uniform(low, high), hours=3))


def pay(household: Household, people: int, rng: Random) -> tuple[Payment, ...]:
    """How a household pays: mostly by the card that all of it shares."""
    amount = f"{rng.randint(9, 62) * 10 * people + rng.randint(0, 99) / 100:.2f}"
    form = weighted(rng, _FORMS)
    return (Payment(form, household.payment_card if form == "CC" else None, amount, "USD"),)


def sell(flight: SyntheticFlight, rng: Random) -> Agency:
    """Who sold it: the carrier itself, or an agency by its share of the market."""
    if rng.random() < 0.45:
        return Agency(None, flight.departure_airport, None)
    return rng.choices(AGENCIES, cum_weights=_AGENCY_STEPS)[0]


def contacts_of(household: Household, rng: Random) -> tuple[Contact, ...]:
    """What a household leaves with its booking."""
    contacts = [Contact(ContactKind.PHONE, household.phone)]
    if rng.random() < 0.7:
        contacts.append(Contact(ContactKind.EMAIL, household.email))
    if rng.random() < 0.4:
        contacts.append(Contact(ContactKind.ADDRESS, household.address))
    return tuple(contacts)


def tickets_of(reservation: Reservation) -> tuple[Ticket, ...]:
    """One e-ticket a passenger."""
    return tuple(
        Ticket(ticket_number(reservation.carrier, passenger.booked.reference or ""))
        for passenger in reservation.passengers
    )


def _bags(rng: Random, carrier: str, reference: str) -> Bags:
    count = rng.choices((0, 1, 2, 3), (0.22, 0.48, 0.25, 0.05))[0]
    if count == 0:
        return Bags(0)
    serial = int(reference[:5]) * 4
    tags = tuple(f"{carrier}{serial + piece:06d}" for piece in range(count))
    return Bags(count, float(sum(rng.randint(9, 32) for _ in range(count))), tags)


def _loyalty(sale: Sale, person: Person) -> tuple[FrequentFlyer, ...]:
    if sale.household.loyalty is None or person is not sale.people[0]:
        return ()
    return (FrequentFlyer(sale.flight.designator.carrier, sale.household.loyalty),)


def _requests(rng: Random) -> tuple[Request, ...]:
    drawn = rng.random()
    if drawn < 0.05:
        code, text = rng.choice(_SENSITIVE)
        return (Request(code, text, sensitive=True),)
    if drawn < 0.10:
        return (Request(*rng.choice(_NEUTRAL)),)
    return ()


def _remarks(rng: Random) -> tuple[str, ...]:
    drawn = rng.random()
    if drawn < 0.02:
        return ("PAX REQUESTS WHEELCHAIR AT GATE",)
    if drawn < 0.1:
        return ("PAX ADVISED OF CHECK IN TIME",)
    return ()


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
