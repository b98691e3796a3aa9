"""A booking in the making: what the segments from one SRC to the next add up to, before it is a value."""

from __future__ import annotations

from datetime import datetime

from torogoz.domain.booking import Agency, Booking, Payment, Ticket
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact
from torogoz.edifact.segments import Segments
from torogoz.messages.names import SentName
from torogoz.messages.person import Marked, Person


class Party:
    """One booking: `people` in the order of TIF, `references` by its reference, `total` the last price (MON T)."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.locator: str | None = None
        self.carrier: str | None = None
        self.created_at: datetime | None = None
        self.emptied = False
        self.agency: Agency | None = None
        self.split_from: str | None = None
        self.bags: int | None = None
        self.total: tuple[str | None, str | None] = (None, None)
        self.people: list[Person] = []
        self.references: dict[str, Person] = {}
        self._names: dict[tuple[str | None, str | None], Person] = {}
        self.legs: list[FlightLeg] = []
        self.contacts: list[Contact] = []
        self.payments: list[Payment] = []
        self.tickets: dict[str, None] = {}
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
            tickets=tuple(Ticket(number) for number in self.tickets),
            bags=self.bags,
            split_from=self.split_from,
            origins=Marked(self.marks, segments),
        )
