"""A booking (PNR) as one message describes it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from torogoz.domain.journey import FlightLeg
from torogoz.domain.origins import SomeOrigins
from torogoz.domain.traveller import Contact


class Agency(msgspec.Struct, frozen=True, gc=False):
    """Who made the booking: agency code (often an IATA number), city and country as sent.

    `office` is the agency's own name in its system, `system` the carrier or reservation system that it works in,
    `kind` A for an airline's own office and T for a travel agency, `agent` the sign of the person.
    """

    code: str | None = None
    city: str | None = None
    country: str | None = None
    office: str | None = None
    system: str | None = None
    kind: str | None = None
    agent: str | None = None


class Payment(msgspec.Struct, frozen=True, gc=False):
    """A form of payment: code (CC, CA, …) and what it takes to compare cards; `card` is never shown whole.

    `brand` is the card's (VI, CA, AX …), `expiry` its month as `YYYY-MM`, `holder` the name of who pays.
    """

    form: str
    card: str | None = None
    amount: str | None = None
    currency: str | None = None
    brand: str | None = None
    expiry: str | None = None
    holder: str | None = None

    @property
    def card_last4(self) -> str | None:
        """The last four digits, which is all of a card that a screen or an export gives."""
        digits = "".join(sign for sign in self.card or "" if sign.isdigit())
        return digits[-4:] if len(digits) >= 4 else None


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """A ticket by its number. `traveller` is the place of its holder among the booking's travellers.

    `fare` is the price before taxes and `total` the price, as sent; `issued_at` is when it was issued (local time).
    """

    number: str
    traveller: int | None = None
    fare: str | None = None
    total: str | None = None
    currency: str | None = None
    issued_at: datetime | None = None


class Locator(msgspec.Struct, frozen=True, gc=False):
    """The name of a booking with one carrier or reservation system."""

    carrier: str | None
    locator: str


class Split(msgspec.Struct, frozen=True, gc=False):
    """Another booking that travellers were divided off to or from: how many, and its name."""

    locator: str
    carrier: str | None = None
    travellers: int | None = None


class Service(msgspec.Struct, frozen=True, gc=False):
    """Something in a booking that is no flight: hotel, car, train … Times are local."""

    kind: str
    place: str | None = None
    name: str | None = None
    company: str | None = None
    number: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None


class Change(msgspec.Struct, frozen=True, gc=False):
    """One entry of a booking's history: what was added or cancelled, and when (UTC).

    `action` is `added` or `cancelled`, else the code as sent; `what` is `name`, `flight`, `request`, `bags` or
    `remark`. `value` is a name (`SURNAME/GIVEN`), a flight (`TA570 LAX-SAL 2026-11-22`) or a request's code; no text of
    a request or a remark is kept. `by` is the office that did it.
    """

    action: str
    what: str
    value: str | None = None
    at: datetime | None = None
    by: str | None = None


class BookedLeg(msgspec.Struct, frozen=True, gc=False):
    """What a booking says of one leg of its itinerary: booking class, status (HK, HL …), seats taken, aircraft."""

    booking_class: str | None = None
    status: str | None = None
    seats: int | None = None
    aircraft: str | None = None


class Booking(msgspec.Struct, frozen=True, gc=False):
    """One PNR. `travellers` are positions in the message's travellers. An empty originator (ORG) is a cancellation.

    `legs` are what is said of each leg of `itinerary`, in its order. `locators` are the booking's other names,
    `changed_at` its last transaction (UTC), `ticketing_at` the day until or on which it is ticketed, `group_name` the
    name under which a group travels. Of unstructured history only `history_lines` is kept, how many there were.
    """

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
    legs: tuple[BookedLeg, ...] = ()
    locators: tuple[Locator, ...] = ()
    splits: tuple[Split, ...] = ()
    services: tuple[Service, ...] = ()
    changes: tuple[Change, ...] = ()
    history_lines: int = 0
    changed_at: datetime | None = None
    ticketing_at: datetime | None = None
    group_name: str | None = None

    @property
    def booked(self) -> tuple[tuple[FlightLeg, BookedLeg], ...]:
        """Each leg of the itinerary with what is said of it."""
        rest = [BookedLeg()] * (len(self.itinerary) - len(self.legs))
        return tuple(zip(self.itinerary, [*self.legs, *rest], strict=False))
