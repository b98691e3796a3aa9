"""A plain booking in the making: its travellers, its flights and its money, before they are values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from torogoz.domain.booking import BookedLeg, Change, Payment, Ticket
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import ByteSpan
from torogoz.domain.traveller import Contact
from torogoz.messages.pnrgov.party import Party

#: Surname and given names.
Names = tuple[str | None, str | None]


class NotPlainError(ValueError):
    """A booking is to be read segment by segment."""


class One(msgspec.Struct, gc=False):
    """A traveller while the groups of their booking are read: where their groups begin, and what those hold.

    `marks` tell where bags and seats were read.
    """

    start: int
    groups: tuple[str, ...]
    names: Names
    title: str | None
    infant: bool
    seat: str | None = None
    checked_in: bool = False
    checked_in_at: datetime | None = None
    check_in_number: str | None = None
    cabin: str | None = None
    pieces: int | None = None
    weight: float | None = None
    tags: Sequence[str] = ()
    pool: str | None = None
    pool_role: str | None = None
    destination: str | None = None
    marks: tuple[tuple[str, int], ...] = ()

    def check_in(self, moment: datetime | None, number: str, cabin: str | None) -> None:
        """Check in for the flight that is pushed."""
        self.checked_in = True
        self.checked_in_at = moment or self.checked_in_at
        self.check_in_number = number or self.check_in_number
        self.cabin = cabin or self.cabin


class Flight:
    """A leg that bookings share, what they say of it, and whether it is the one that is pushed."""

    __slots__ = ("held", "here", "leg")

    def __init__(self, leg: FlightLeg | None, held: BookedLeg, *, here: bool) -> None:
        self.leg = leg
        self.held = held
        self.here = here


class Draft(msgspec.Struct, gc=False):
    """One booking while its groups are read."""

    #: The free texts of its head: whether they are sensitive is seen with its lines of history.
    said: str = ""
    contacts: list[Contact] = []
    people: list[One] = []
    references: dict[str, One] = {}
    names: dict[Names, One] = {}
    legs: list[FlightLeg] = []
    held: list[BookedLeg] = []
    #: Where those with a flight stand.
    flights: list[int] = []
    #: The travellers' status on the flight that is pushed.
    status: str | None = None
    #: The seats that were asked for on the flight that is pushed, and where.
    seats: list[tuple[str, int]] = []
    tickets: dict[str, Ticket] = {}
    payments: list[Payment] = []
    #: The last price.
    total: tuple[str | None, str | None] = (None, None)
    #: The requests that are withheld.
    withheld: list[ByteSpan] = []
    lines: int = 0
    changes: Sequence[Change] = ()
    #: What else stands behind the flights.
    tail: Party | None = None
    #: Where the values of what stands behind the flights were read.
    marks: Sequence[tuple[str, int]] = ()
