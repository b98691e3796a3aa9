"""Who travels and who does not, after a message: the part of assembling that takes people off a flight and back on.

CLNB takes off the named, CLOB all not named, a bare CL nobody; absence counts only in a complete full push (EQN over
all its parts); an empty originator cancels a booking. Those taken off stay, as *not travelling*. Whatever order
messages arrive in, what was prepared last counts: nobody is taken off by an older word than one that may bring them
back, and a flight that was cancelled flies again once a newer list names who is on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import TravellerRole
from torogoz.messages.announcement import Announcement
from torogoz.storage import series
from torogoz.storage.models import Journey, JourneyTraveller, Observation, ReceivedMessage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from torogoz.domain.manifest import Message
    from torogoz.storage.party import Member

_Status = JourneyTraveller.Status
_Off = JourneyTraveller.OffReason

#: Why somebody is off → the sources whose later word brings them back. What the gate saw (close-out, removal) is not
#: undone by a booking, which outlives the no-show.
BROUGHT_BACK_BY: dict[str, frozenset[DataClass]] = {
    _Off.CLOSED_OUT: frozenset({DataClass.API}),
    _Off.REMOVED: frozenset({DataClass.API}),
    _Off.CANCELLED: frozenset({DataClass.API, DataClass.PNR}),
    _Off.ABSENT: frozenset({DataClass.API, DataClass.PNR}),
    _Off.FLIGHT_CANCELLED: frozenset({DataClass.API, DataClass.PNR}),
}
#: Each says more than the one before it.
_RANK: tuple[str, ...] = (_Status.EXPECTED, _Status.CHECKED_IN, _Status.BOARDED)


@dataclass(slots=True)
class Presence:
    """The people of a journey while one message is applied to them; `changed` are those whose status it changed."""

    journey: Journey
    party: dict[int, Member]
    received: ReceivedMessage
    said_at: datetime
    changed: set[int] = field(default_factory=set)

    def apply(self, meaning: Announcement, message: Message, named: Collection[int]) -> None:
        """Change the statuses as the message's meaning asks."""
        here = [self.party[pk] for pk in sorted(named)]
        match meaning:
            case Announcement.NAMED_OFF:
                closes = message.qualifier == "CLNB"
                self._take_off(here, _Off.CLOSED_OUT if closes else _Off.REMOVED)
                if closes:
                    self._close()
            case Announcement.FLIGHT_CLOSED:
                self._close()
            case Announcement.FLIGHT_CANCELLED:
                self._cancel()
            case Announcement.NAMED_ON_BOARD:
                self._put_on(here, DataClass.API, _Status.BOARDED)
                self._close_out()
            case Announcement.MANIFEST | Announcement.FLIGHT_CHANGED:
                self._put_on(here, DataClass.API, _Status.CHECKED_IN)
                self._late_comers(here)
            case Announcement.FULL_PUSH | Announcement.UPDATE_PUSH:
                self._push(meaning, message, here)
        flies = meaning is Announcement.FLIGHT_CHANGED or any(
            each.row.status != _Status.NOT_TRAVELLING for each in here
        )
        if flies and self.journey.status == Journey.Status.CANCELLED and not self._before_cancelled():
            self.journey.status = Journey.Status.OPEN

    def _cancel(self) -> None:
        """Cancel the flight, unless somebody was named on it after this was prepared."""
        self._take_off(self.party.values(), _Off.FLIGHT_CANCELLED)
        newest = (self._newest(each, _Off.FLIGHT_CANCELLED) for each in self.party.values())
        if not any(at and at > self.said_at for at in newest):
            self.journey.status = Journey.Status.CANCELLED
        if not self._before_cancelled():
            self.journey.cancelled_at = self.said_at

    def _close(self) -> None:
        """Close the flight. One that was cancelled after this was prepared stays so."""
        if self.journey.status != Journey.Status.CANCELLED or not self._before_cancelled():
            self.journey.status = Journey.Status.CLOSED

    def _before_cancelled(self) -> bool:
        """Whether the message is older than the latest cancellation."""
        cancelled = self.journey.cancelled_at
        return cancelled is not None and self.said_at < cancelled

    def _newest(self, member: Member, reason: str) -> datetime | None:
        """When somebody was last named by a source that may bring them back from a reason."""
        return max((at for each, at in member.said_at.items() if each in BROUGHT_BACK_BY[reason]), default=None)

    def _push(self, meaning: Announcement, message: Message, here: list[Member]) -> None:
        """Bookings: those named travel, those missing from a touched booking or from a complete push do not."""
        for member in here:
            view = member.views[DataClass.PNR]
            if not (view.booking and view.booking.cancelled):
                status = _Status.CHECKED_IN if view.traveller.checked_in else _Status.EXPECTED
                self._put_on([member], DataClass.PNR, status)
        self._late_comers(here)
        present = {member.row.pk for member in here}
        fellows = self._by_locator()
        for booking in message.bookings:
            of_it = fellows.get(booking.record_locator or "", [])
            if booking.cancelled:
                self._take_off(of_it, _Off.CANCELLED)
            else:
                left = [each for each in of_it if each.row.pk not in present and self._known_by_booking(each)]
                self._take_off(left, _Off.REMOVED)
        if meaning is Announcement.FULL_PUSH:
            self._absent(message)

    def _absent(self, message: Message) -> None:
        """A complete full push takes off whom only bookings knew and it no longer names (messages.md §4.3)."""
        parts = series.whole(self.received)
        if parts is None or (self.journey.full_push_at and self.said_at < self.journey.full_push_at):
            return
        if message.expected_bookings is None or sum(part.bookings for part in parts) != message.expected_bookings:
            return
        self.journey.full_push_at = self.said_at
        present = self._named_in(parts)
        gone = [each for pk, each in self.party.items() if pk not in present and self._known_by_booking(each)]
        self._take_off(gone, _Off.ABSENT)

    def _close_out(self) -> None:
        """A whole list of those on board takes off every passenger it does not name."""
        self._close()
        parts = series.whole(self.received)
        if parts is None:
            return
        on_board = self._named_in(parts)
        missing = [
            member for pk, member in self.party.items() if pk not in on_board and member.row.role != TravellerRole.CREW
        ]
        self._take_off(missing, _Off.CLOSED_OUT)
        self.journey.closed_out_at = self.said_at

    def _late_comers(self, here: Collection[Member]) -> None:
        """What was said before a close-out or a cancellation and comes after it brings nobody on board.

        Whom a newer word named stays.
        """
        journey = self.journey
        for member in here:
            row = member.row
            on_board = row.status == _Status.BOARDED or row.role == TravellerRole.CREW
            if not on_board:
                self._off_before(journey.closed_out_at, member, _Off.CLOSED_OUT)
            self._off_before(journey.cancelled_at, member, _Off.FLIGHT_CANCELLED)

    def _off_before(self, ended: datetime | None, member: Member, reason: str) -> None:
        """Take somebody off who was last named before a moment that took everybody off."""
        if ended and max(self.said_at, self._newest(member, reason) or self.said_at) < ended:
            self._off(member, reason, ended)

    def _take_off(self, members: Collection[Member], reason: str) -> None:
        for member in members:
            newest = self._newest(member, reason)
            if newest and newest > self.said_at:
                continue
            if self.said_at >= member.row.status_at or member.row.status == _Status.EXPECTED:
                self._off(member, reason, self.said_at)

    def _off(self, member: Member, reason: str, said_at: datetime) -> None:
        if member.row.status != _Status.NOT_TRAVELLING:
            member.row.status, member.row.off_reason, member.row.status_at = _Status.NOT_TRAVELLING, reason, said_at
            self.changed.add(member.row.pk)

    def _put_on(self, members: Collection[Member], source: DataClass, status: str) -> None:
        """Raise a status, or bring back whom this source may bring back; nothing lowers one."""
        for member in members:
            row = member.row
            if row.status == _Status.NOT_TRAVELLING:
                if self.said_at <= row.status_at or source not in BROUGHT_BACK_BY[row.off_reason]:
                    continue
            elif _RANK.index(row.status) >= _RANK.index(status):
                continue
            row.status, row.off_reason, row.status_at = status, "", self.said_at
            self.changed.add(row.pk)

    def _by_locator(self) -> dict[str, list[Member]]:
        """Everybody by the record locators under which a source knows them."""
        found: dict[str, dict[int, Member]] = {}
        for pk, member in self.party.items():
            for view in member.views.values():
                for locator in (view.traveller.record_locator, view.booking.record_locator if view.booking else None):
                    if locator:
                        found.setdefault(locator, {})[pk] = member
        return {locator: list(members.values()) for locator, members in found.items()}

    def _known_by_booking(self, member: Member) -> bool:
        """Whether only bookings know somebody, and none said so after this message was prepared."""
        told = member.said_at.get(DataClass.PNR)
        return told is not None and told <= self.said_at and DataClass.API not in member.views

    def _named_in(self, parts: list[ReceivedMessage]) -> set[int]:
        return set(Observation.objects.filter(message__in=parts).values_list("traveller_id", flat=True))
