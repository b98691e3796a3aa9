"""Where in a PNRGOV the reader stands: the group of messages.md's structure, the booking, and whom or what it is about.

What a segment means is decided by its group; the readers of a group are functions of the walk, the segment's elements
and its place among the segments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto

from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Contact
from torogoz.messages.moments import day_first
from torogoz.messages.person import Person
from torogoz.messages.pnrgov.party import Party
from torogoz.messages.pnrgov.ssr import Requests
from torogoz.messages.pnrgov.travel import read_day, read_leg
from torogoz.messages.reading import Reading


class Group(Enum):
    """Where in the message a segment stands."""

    HEAD = auto()
    BOOKING = auto()
    TRAVELLER = auto()
    FLIGHT = auto()
    CHECK_IN = auto()
    SERVICE = auto()
    HISTORY = auto()


@dataclass(slots=True)
class Walk:
    """The state of reading one message."""

    reading: Reading
    requests: Requests
    group: Group = Group.HEAD
    party: Party | None = None
    person: Person | None = None
    #: The leg in hand, and whether it is the one that is pushed.
    leg: FlightLeg | None = None
    here: bool = False
    pushed: FlightLeg | None = None
    function: str | None = None
    expected: int | None = None
    #: After EQN in a booking: how many went into the one that RCI names next; 0 where it does not tell.
    split: int | None = None
    #: The check-in in hand: when, and under which number.
    moment: datetime | None = None
    number: str | None = None
    #: The kind of the service in hand.
    service: str = ""
    #: The entry of history in hand: who made it, when, and what was done.
    office: str | None = None
    changed_at: datetime | None = None
    action: str = ""
    legs: dict[str, FlightLeg | None] = field(default_factory=dict)

    def booking(self, place: int) -> Party:
        """The booking in hand; one that begins without its SRC begins here."""
        if self.party is None:
            self.reading.note("OUT_OF_GROUP", place)
            self.group = Group.BOOKING
            self.party = Party(place)
        return self.party

    def known_leg(self, elements: list[str], place: int) -> FlightLeg | None:
        """A leg that many bookings share is read once; one with a finding each time, because it has its own place."""
        reading, known = self.reading, self.legs
        text = reading.segments.texts[place]
        if text not in known:
            noted = len(reading.findings)
            leg = read_leg(elements, place, reading)
            if len(reading.findings) > noted:
                return leg
            known[text] = leg
        return known[text]

    def moment_of(self, day: str, clock: str, place: int, *, utc: bool) -> datetime | None:
        """A moment as DDMMYY and HHMM; None, with a finding, where it is none."""
        try:
            found = day_first(read_day(day, place, self.reading), clock, self.reading.day)
        except ValueError:
            self.reading.note("DATE_UNREADABLE", place)
            return None
        return found.replace(tzinfo=UTC) if utc else found

    def keep_contacts(self, found: list[Contact], place: int, *, payer: bool = False) -> None:
        """A contact is the traveller's inside their group, else the booking's; so is a payer's."""
        holder = self.person if self.group is Group.TRAVELLER and not payer else self.party
        if found and holder:
            holder.contacts += found
            holder.marks.append(("contacts", place))

    def parts(self, elements: list[str], element: int) -> list[str]:
        """The components of an element, without blanks around them, and many empty ones behind."""
        return [*(part.strip() for part in self.reading.components(elements, element)), *[""] * 8]


#: What reads a segment: it is given its elements and its place among the segments.
Reader = Callable[[Walk, list[str], int], None]


def ignore(_walk: Walk, _elements: list[str], _place: int) -> None:
    """Nothing of it is kept."""
