"""Assemble: what a message says joins what is known of its flight, so that API and PNR make one picture.

Takes: one parsed message and its row, inside the transaction of that message.
Gives: the journey whose picture changed and how many travellers the message named; None where it names no flight.
Refuses: to forget (what somebody said stays, with when) and to let an older word undo a newer one.
Records: person.linked
Legal ground: LR-11 (interactive record and final manifest are reconciled); C-817/19 §§130–140 (only the listed data).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from torogoz.domain.picture import View
from torogoz.domain.purpose import DataClass
from torogoz.flow.presence import Presence
from torogoz.links.clues import LinkEvidence
from torogoz.links.travellers import Known, assign
from torogoz.messages.announcement import CREWS, NAMES_ONLY, Announcement, announcement, list_of
from torogoz.messages.legs import aboard
from torogoz.storage import persons, series
from torogoz.storage.flights import border_legs, find_or_make
from torogoz.storage.keys import keyring
from torogoz.storage.models import Booking, Event
from torogoz.storage.party import Member, add_rows, observe, read_party, refresh
from torogoz.storage.write import insert, update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from torogoz.domain.journey import FlightLeg
    from torogoz.domain.manifest import Message
    from torogoz.storage.models import Journey, ReceivedMessage


#: The qualifiers (BGM 1004) of passenger lists whose count is the flight's: none, and those on board when it closed. A
#: list of changes (CP), of cancellations or of those not on board counts whom it names.
COUNTS_THE_FLIGHT = frozenset({None, "CLOB"})
#: What is no list of those who travel.
_NO_LIST = NAMES_ONLY | {Announcement.FLIGHT_CHANGED}


#: Where requests come from that name one to ten travellers of a flight: what they count is no flight's total.
INTERACTIVE = "interactive"
#: A flight that is asked about is screened for all who were named within this time at once, and not for each anew.
GATHER, LONGEST_GATHER = timedelta(seconds=3), timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The first journey that a message spoke of, and how many travellers of it are on a journey of ours."""

    journey: int
    travellers: int


def assemble(received: ReceivedMessage, message: Message, now: datetime) -> Assembled | None:
    """Join a message to the picture of its flight. The caller's transaction holds all of it or nothing.

    The message's row gets its journey and its count of bookings; the caller stores them. A flight that crosses the
    border twice is two journeys, and each person joins those that they fly (LOC 178, 179).
    """
    received.bookings = len(message.bookings)
    if not border_legs(message.flights) and (leg := series.leg_of(received)):
        message = replace(message, flights=(leg,))
    before = 0
    people: set[int] = set()
    for place, here in aboard(message, border_legs(message.flights)):
        _join(received, here, message.flights[place], before, now)
        before += len(here.travellers)
        people.update(map(id, here.travellers))
    return Assembled(received.journey.pk, len(people)) if received.journey else None


def _join(received: ReceivedMessage, message: Message, leg: FlightLeg, before: int, now: datetime) -> None:
    """Join what a message says of one leg to its journey; so many of its travellers were named on legs before."""
    keys = keyring()
    journey = find_or_make(leg, now, received)
    received.journey = received.journey or journey
    said_at = min(received.prepared_at or received.received_at, received.received_at)
    meaning = announcement(message)
    party = read_party(journey, keys)
    elsewhere = {pk: persons.told_elsewhere(member) for pk, member in party.items()}
    named = _named(party, message, received, meaning, journey, said_at, now)
    observe(named, received, said_at, keys, before)
    members = [member for member, _, _ in named]
    party.update({member.row.pk: member for member in members})
    _bookings(journey, message, received, named)
    presence = Presence(journey, party, received, said_at)
    presence.apply(meaning, message, {member.row.pk for member in members})
    touched = {member.row.pk for member in members} | presence.changed
    persons.wait_for_turn()
    refresh((party[pk] for pk in sorted(touched)), journey, now)
    _count(journey, message, meaning, received, now)
    persons.join(members, journey, now)
    changed = (party[pk] for pk in touched if persons.told_elsewhere(party[pk]) != elsewhere.get(pk))
    persons.mark_later_journeys(changed, journey)
    Event.objects.create(at=now, kind="journey", journey=journey)


def _named(
    party: dict[int, Member],
    message: Message,
    received: ReceivedMessage,
    meaning: Announcement,
    journey: Journey,
    said_at: datetime,
    now: datetime,
) -> list[tuple[Member, View, object]]:
    """Find each named traveller among those known, or make a row; close-outs name only those who are known."""
    data_class = DataClass.PNR if message.type == "PNRGOV" else DataClass.API
    bookings = {place: booking for booking in message.bookings for place in booking.travellers}
    known = [Known(pk, tuple(view.traveller for view in member.views.values())) for pk, member in party.items()]
    assignments = assign(known, message.travellers)
    fresh = [each.arriving_index for each in assignments if each.known_id is None and meaning not in NAMES_ONLY]
    made = dict(
        zip(
            fresh,
            add_rows(journey, [message.travellers[place].role for place in fresh], said_at, now),
            strict=True,
        )
    )
    named: list[tuple[Member, View, object]] = []
    for each in assignments:
        place = each.arriving_index
        member = party[each.known_id] if each.known_id is not None else made.get(place)
        if member:
            view = View(data_class, received.pk, now, message.travellers[place], bookings.get(place))
            named.append((member, view, _evidence(each.evidence)))
    return named


def _evidence(evidence: LinkEvidence | None) -> object:
    if evidence is None:
        return []
    return {
        "kind": evidence.kind.value,
        "clues": [{"field": clue.field, "relation": clue.relation} for clue in evidence.clues],
    }


def _bookings(
    journey: Journey, message: Message, received: ReceivedMessage, named: list[tuple[Member, View, object]]
) -> None:
    """Keep one row for each record locator, and put its travellers into it."""
    told = {booking.record_locator[:16]: booking for booking in message.bookings if booking.record_locator}
    if not told:
        return
    rows = _booking_rows(journey, told, received)
    values = [
        (
            (booking.carrier or "")[:3],
            (booking.split_from or "")[:16],
            received.received_at if booking.cancelled else None,
            received.pk,
            rows[locator].pk,
        )
        for locator, booking in told.items()
    ]
    update(Booking, ("carrier", "split_from", "cancelled_at", "last_message"), values)
    for member, view, _ in named:
        if view.booking and view.booking.record_locator:
            member.row.booking = rows[view.booking.record_locator[:16]]


def _booking_rows(journey: Journey, locators: Iterable[str], received: ReceivedMessage) -> dict[str, Booking]:
    """The row of each record locator on the journey, made where it is missing."""
    wanted = set(locators)
    known = set(journey.bookings.filter(record_locator__in=wanted).values_list("record_locator", flat=True))
    new = [(journey.pk, each, received.pk) for each in sorted(wanted - known)]
    insert(Booking, ("journey", "record_locator", "last_message"), new)
    return {row.record_locator: row for row in journey.bookings.filter(record_locator__in=wanted)}


def _count(journey: Journey, message: Message, meaning: Announcement, received: ReceivedMessage, now: datetime) -> None:
    """What the board compares: expected numbers, and when each source last said who travels; and that screening is due.

    A crew's list is not the passengers', nor is its count; a close-out of people whom no list named leaves their list
    missing, and so does a change of the flight. What an update push announces is its own number, and not the flight's.
    """
    journey.screening_due_at = _screening_due(journey, received, now)
    if message.type == "PNRGOV":
        journey.last_pnr_at = received.received_at
        if meaning is Announcement.FULL_PUSH:
            journey.expected_bookings = message.expected_bookings or journey.expected_bookings
    elif list_of(message) not in CREWS and meaning not in _NO_LIST:
        journey.last_api_at = received.received_at
        only_crew = message.expected_travellers == message.expected_crew
        asked = received.delivery.source == INTERACTIVE
        if message.qualifier in COUNTS_THE_FLIGHT and not only_crew and not asked:
            journey.expected_travellers = message.expected_travellers or journey.expected_travellers
    journey.save()


def _screening_due(journey: Journey, received: ReceivedMessage, now: datetime) -> datetime:
    """At once; where check-in names one or two travellers at a time, when some have gathered.

    The time counts from now and not from when they came. Where a worker is behind it is as long as they have waited
    already, up to a bound, so that it spends what it has on reading and not on the same flights again and again.
    """
    if received.delivery.source != INTERACTIVE:
        return received.received_at
    gathered = now + min(max(GATHER, now - received.received_at), LONGEST_GATHER)
    return min(journey.screening_due_at or gathered, gathered)
