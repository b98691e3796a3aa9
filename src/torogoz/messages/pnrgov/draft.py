"""A plain booking in the making: its travellers, its flights and its money, before they are values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from torogoz.domain.booking import BookedLeg, Payment, Ticket
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact, ContactKind
from torogoz.messages.contacts import phone
from torogoz.messages.pnrgov.party import Party
from torogoz.messages.values import seat

#: Surname and given names.
Names = tuple[str | None, str | None]


class NotPlainError(ValueError):
    """A booking is to be read segment by segment."""


class One:
    """A traveller while the groups of their booking are read; `marks` tell where bags and seats were read."""

    seat: str | None = None
    status: str | None = None
    checked_in = False
    checked_in_at: datetime | None = None
    check_in_number: str | None = None
    cabin: str | None = None
    pieces: int | None = None
    weight: float | None = None
    tags: Sequence[str] = ()
    pool: str | None = None
    pool_role: str | None = None
    destination: str | None = None

    def __init__(self, found: re.Match[str], names: Names, title: str | None, *, infant: bool) -> None:
        self.found = found
        self.names = names
        self.title = title
        self.infant = infant
        self.marks: list[tuple[str, int]] = []

    def check_in(self, moment: datetime | None, number: str, cabin: str | None, on_board: str, place: int) -> None:
        """Check in for the flight that is pushed."""
        self.checked_in = True
        self.checked_in_at = moment or self.checked_in_at
        self.check_in_number = number or self.check_in_number
        self.cabin = cabin or self.cabin
        found = seat(on_board)
        if found:
            self.seat = found
            self.marks.append(("seat", place))


class Flight:
    """A leg that bookings share, read once."""

    __slots__ = ("booking_class", "here", "leg")

    def __init__(self, leg: FlightLeg | None, booking_class: str | None, *, here: bool) -> None:
        self.leg = leg
        self.booking_class = booking_class
        self.here = here


class Draft:
    """One booking while its groups are read."""

    lines = 0
    #: What stands behind the flights.
    tail: Party | None = None
    total: tuple[str | None, str | None] = (None, None)
    #: Where the values of what stands behind the flights were read.
    marks: Sequence[tuple[str, int]] = ()

    def __init__(self, century: int) -> None:
        self.century = century
        self.contacts: list[Contact] = []
        self.people: list[One] = []
        self.references: dict[str, One] = {}
        self.names: dict[Names, One] = {}
        self.legs: list[FlightLeg] = []
        self.held: list[BookedLeg] = []
        self.flights: list[re.Match[str]] = []
        #: The seats that were asked for on the flight pushed, and where.
        self.seats: list[tuple[str, int]] = []
        self.numbers: set[str] = set()
        self.tickets: list[Ticket] = []
        self.payments: list[Payment] = []

    def sell(
        self, place: int, number: str, fare: str | None, currency: str | None, total: str | None,
        total_currency: str | None, issued_at: datetime | None,
    ) -> None:  # fmt: skip
        """A ticket of the traveller at a place."""
        if number in self.numbers:
            raise NotPlainError
        self.numbers.add(number)
        self.tickets.append(Ticket(number, place, fare, total, currency, issued_at))
        if total:
            self.total = total, total_currency

    def pay(
        self, form: str, amount: str | None, brand: str | None, card: str | None, month: str | None, payer: str,
        payer_at: str, payer_phone: str,
    ) -> None:  # fmt: skip
        """A form of payment, and who pays."""
        total, currency = self.total
        expiry = None
        if month and len(month) == 4 and "01" <= month[:2] <= "12":
            expiry = f"{self.century}{month[2:]}-{month[:2]}"
        self.payments.append(
            Payment(form, card or None, amount or total, currency, brand or None, expiry, payer.upper() or None)
        )
        if payer_at:
            self.contacts.append(Contact(ContactKind.ADDRESS, payer_at))
        number = phone(payer_phone) if payer_phone else None
        if number:
            self.contacts.append(Contact(ContactKind.PHONE, number))

    def take_seats(self) -> None:
        """Give seats to whom they were asked for; what check-in gave counts more."""
        for sent, position in self.seats:
            for each in sent.split("+"):
                text, _, reference = each.partition("::")
                one = self.references.get(reference)
                if one is None and len(self.people) == 1:
                    one = self.people[0]
                number = seat(text) if one and one.seat is None else None
                if one and number:
                    one.seat = number
                    one.marks.append(("seat", position))
