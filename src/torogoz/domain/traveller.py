"""A traveller as one message describes them: passenger, crew or transit.

Every field is as sent, or None where nothing was sent; None is never guessed into a value. Names are upper case as
the contract asks; titles that tell sex or age stand apart.

These values are msgspec structs and not dataclasses, because a national day holds millions of them: a struct is made
in a third to a tenth of a frozen dataclass's time, and the garbage collector need not walk it. What stands in them is
immutable, so that no cycle can arise. `msgspec.structs.replace` changes a copy.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.origins import SomeOrigins


class TravellerRole(StrEnum):
    """What a traveller is on this journey (NAD 3035)."""

    PASSENGER = "passenger"
    CREW = "crew"
    TRANSIT = "transit"


class Sex(StrEnum):
    """Sex as documents and messages code it; U is *sent as unspecified*, None is *not sent*."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"
    UNSPECIFIED = "U"


class CrewRole(StrEnum):
    """What a member of the crew does on board (EMP 9003 CR1 to CR5)."""

    COCKPIT = "cockpit"
    CABIN = "cabin"
    OPERATIONS_MANAGER = "operations_manager"
    CARGO_NON_COCKPIT = "cargo_non_cockpit"
    OFF_DUTY_PILOT = "off_duty_pilot"


class ContactKind(StrEnum):
    """The kinds of contact a booking holds."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"

    # Bookings compare their contacts by hash: a text's own takes a tenth of the time of an enumeration's.
    __hash__ = str.__hash__


class Contact(msgspec.Struct, frozen=True, gc=False):
    """One way to reach somebody, as sent."""

    kind: ContactKind
    value: str


class Bags(msgspec.Struct, frozen=True, gc=False):
    """Checked baggage: None where the message says nothing, 0 where it says none.

    Where the bags of several travellers go as one pool, `pool_role` is `head` or `member` and `pool` the head's number;
    `destination` is where the bags are tagged to.
    """

    count: int | None = None
    weight_kg: float | None = None
    tags: tuple[str, ...] = ()
    pool: str | None = None
    pool_role: str | None = None
    destination: str | None = None


class FrequentFlyer(msgspec.Struct, frozen=True, gc=False):
    """A loyalty account: the carrier's programme and its number."""

    carrier: str
    number: str


class Traveller(msgspec.Struct, frozen=True, gc=False):
    """One person in one message. `reference` is the carrier's own (ABO, REF, TIF); `origins` say where values stood.

    Of checking in: when (local time), under which number, and for which cabin. `unaccompanied` is a minor who travels
    alone.
    `journey_start`, `journey_end` and `clearance_airport` are airports: where their own journey begins and ends (LOC
    178, 179; by sea and land ports and posts) and where they are cleared (LOC 22). `verified` is whether the carrier
    compared the data with the person's document; None where it does not say.
    """

    role: TravellerRole
    surname: str | None = None
    given_names: str | None = None
    title: str | None = None
    sex: Sex | None = None
    birth_date: PartialDate | None = None
    nationality: str | None = None
    residence: str | None = None
    birth_place: str | None = None
    documents: tuple[Document, ...] = ()
    record_locator: str | None = None
    reference: str | None = None
    seat: str | None = None
    status: str | None = None
    bags: Bags | None = None
    contacts: tuple[Contact, ...] = ()
    frequent_flyer: tuple[FrequentFlyer, ...] = ()
    infant: bool = False
    checked_in: bool = False
    origins: SomeOrigins = ()
    checked_in_at: datetime | None = None
    check_in_number: str | None = None
    cabin: str | None = None
    unaccompanied: bool = False
    crew_role: CrewRole | None = None
    in_transit: bool = False
    verified: bool | None = None
    journey_start: str | None = None
    journey_end: str | None = None
    clearance_airport: str | None = None
    other_nationalities: tuple[str, ...] = ()
    birth_country: str | None = None
    government_reference: str | None = None
    ticket: str | None = None
