"""A booking in the making: what the segments from one SRC to the next add up to, before it is a value."""

from __future__ import annotations

from datetime import datetime

from torogoz.domain.booking import Agency, BookedLeg, Booking, Change, Locator, Payment, Service, Split, Ticket
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact
from torogoz.edifact.segments import Segments
from torogoz.messages.names import SentName
from torogoz.messages.person import Marked, Person


class Slip:
    """A ticket while its segments are read, and who holds it."""

    __slots__ = ("currency", "fare", "issued_at", "person", "total")

    def __init__(self, person: Person | None) -> None:
        self.person = person
        self.fare: str | None = None
        self.total: str | None = None
        self.currency: str | None = None
        self.issued_at: datetime | None = None


class Held:
    """What is said of a leg beside its flight."""

    __slots__ = ("aircraft", "booking_class", "seats", "status")

    def __init__(self, booking_class: str | None) -> None:
        self.booking_class = booking_class
        self.status: str | None = None
        self.seats: int | None = None
        self.aircraft: str | None = None


class Party:
    """One booking: `people` in the order of TIF, `references` by its reference, `total` the last price (MON T)."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.locator: str | None = None
        self.carrier: str | None = None
        self.created_at: datetime | None = None
        self.emptied = False
        self.agency: Agency | None = None
        self.bags: int | None = None
        self.total: tuple[str | None, str | None] = (None, None)
        self.people: list[Person] = []
        self.references: dict[str, Person] = {}
        self._names: dict[tuple[str | None, str | None], Person] = {}
        self.legs: list[FlightLeg] = []
        self.held: list[Held] = []
        self.contacts: list[Contact] = []
        self.payments: list[Payment] = []
        #: The payments from here on have no payer yet.
        self.unpaid = 0
        self.tickets: dict[str, Slip] = {}
        self.slip: Slip | None = None
        self.locators: dict[Locator, None] = {}
        self.splits: list[Split] = []
        self.services: list[Service] = []
        self.changes: list[Change] = []
        self.history_lines = 0
        self.changed_at: datetime | None = None
        self.ticketing_at: datetime | None = None
        self.group_name: str | None = None
        self.marks: list[tuple[str, int]] = []

    def add(self, person: Person) -> None:
        """Take a traveller in; a reference or name that is used twice stays that of the first."""
        self.people.append(person)
        self._names.setdefault((person.surname, person.given_names), person)
        if person.reference:
            self.references.setdefault(person.reference, person)

    def named(self, name: SentName, reference: str) -> Person | None:
        """The traveller of this name who is known already, under this reference where one is given."""
        known = self.references.get(reference) if reference else self._names.get(name[:2])
        return known if known and (known.surname, known.given_names) == name[:2] else None

    def booking(self, first: int, segments: Segments) -> Booking:
        """What was read, as a value; its travellers stand from `first` on in the message."""
        places = {id(person): place for place, person in enumerate(self.people)}
        return Booking(
            record_locator=self.locator,
            carrier=self.carrier,
            created_at=self.created_at,
            cancelled=self.emptied and not self.people,
            travellers=tuple(range(first, first + len(self.people))),
            itinerary=tuple(self.legs),
            agency=self.agency,
            contacts=tuple(dict.fromkeys(self.contacts)),
            payments=tuple(self.payments),
            tickets=tuple(
                Ticket(number, places.get(id(slip.person)), slip.fare, slip.total, slip.currency, slip.issued_at)
                for number, slip in self.tickets.items()
            ),
            bags=self.bags,
            split_from=self.splits[0].locator if self.splits else None,
            origins=Marked(self.marks, segments),
            legs=tuple(BookedLeg(each.booking_class, each.status, each.seats, each.aircraft) for each in self.held),
            locators=tuple(self.locators),
            splits=tuple(self.splits),
            services=tuple(self.services),
            changes=tuple(self.changes),
            history_lines=self.history_lines,
            changed_at=self.changed_at,
            ticketing_at=self.ticketing_at,
            group_name=self.group_name,
        )
