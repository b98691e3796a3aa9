"""A booking (PNR) as one message describes it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from torogoz.domain.journey import FlightLeg
from torogoz.domain.origins import SomeOrigins
from torogoz.domain.traveller import Contact


class Agency(msgspec.Struct, frozen=True, gc=False):
    """Who made the booking: agency code (often an IATA number), city and country as sent."""

    code: str | None = None
    city: str | None = None
    country: str | None = None


class Payment(msgspec.Struct, frozen=True, gc=False):
    """A form of payment: code (CC, CA, …) and what it takes to compare cards; `card` is never shown whole."""

    form: str
    card: str | None = None
    amount: str | None = None
    currency: str | None = None

    @property
    def card_last4(self) -> str | None:
        """The last four digits, which is all of a card that a screen or an export gives."""
        digits = "".join(sign for sign in self.card or "" if sign.isdigit())
        return digits[-4:] if len(digits) >= 4 else None


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """A ticket by its number; `one_way` is None where the message does not tell."""

    number: str


class Booking(msgspec.Struct, frozen=True, gc=False):
    """One PNR. `travellers` are positions in the message's travellers. An empty originator (ORG) is a cancellation."""

    record_locator: str | None
    carrier: str | None = None
    created_at: datetime | None = None
    cancelled: bool = False
    travellers: tuple[int, ...] = ()
    itinerary: tuple[FlightLeg, ...] = ()
    agency: Agency | None = None
    contacts: tuple[Contact, ...] = ()
    payments: tuple[Payment, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    bags: int | None = None
    split_from: str | None = None
    origins: SomeOrigins = ()
