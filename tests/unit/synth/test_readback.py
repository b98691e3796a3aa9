"""What carriers say is what the product's own reader reads, in every dialect."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs
from pydifact.segmentcollection import Interchange

from tests.unit.messages.test_round_trip import components_of, segments, without_ends
from torogoz.domain.booking import Booking, Ticket
from torogoz.domain.manifest import ByteSpan, Message
from torogoz.domain.traveller import Traveller
from torogoz.edifact.limits import DEFAULT
from torogoz.edifact.stream import messages
from torogoz.messages import read
from torogoz.synth.deliveries import Delivery
from torogoz.synth.dialects import CARRIERS
from torogoz.synth.flights import flights_between
from torogoz.synth.truth import Fault
from torogoz.synth.world import Day, World, day_of_flights

ANCHOR = datetime(2026, 11, 22, 18, tzinfo=UTC)
#: What dialects are allowed to make a reader notice; anything else would be a fault of the renderer.
TOLERATED = {"X4": {"LINE_WRAP"}, "X5": {"COUNT_MISMATCH"}}


@pytest.fixture(scope="module")
def variety() -> Day:
    """One flight out of each carrier's hands."""
    flights = flights_between(ANCHOR, ANCHOR + timedelta(days=1))
    chosen = {flight.designator.carrier: flight for flight in flights if not flight.inbound}
    through = next(flight for flight in flights if len(flight.legs) > 1 and flight.inbound)
    return day_of_flights(World.of(11, 2026), ANCHOR, [*chosen.values(), through], 0)


def bare_traveller(one: Traveller) -> Traveller:
    """Without what the renderer adds of its own: how somebody checked in, and where bags go."""
    bags = one.bags and structs.replace(one.bags, pool=None, pool_role=None, destination=None)
    return structs.replace(
        one,
        origins=(),
        bags=bags,
        checked_in_at=None,
        check_in_number=None,
        cabin=None,
        journey_start=None,
        journey_end=None,
        clearance_airport=None,
    )


def bare_booking(one: Booking) -> Booking:
    """Without what the renderer adds of its own: legs in detail, history, prices of tickets, brands of cards."""
    agency = one.agency and structs.replace(one.agency, office=None, system=None, kind=None, agent=None)
    return structs.replace(
        one,
        origins=(),
        agency=agency,
        payments=tuple(structs.replace(each, brand=None, expiry=None, holder=None) for each in one.payments),
        tickets=tuple(Ticket(each.number) for each in one.tickets),
        legs=(),
        splits=(),
        history_lines=0,
        changed_at=None,
        ticketing_at=None,
    )


def bare(message: Message) -> Message:
    """A message without what only the reader knows: where in the bytes it stood, what carried it, what was odd, and
    what the renderer takes from the flight (LOC 22, 178, 179; CNT 41)."""
    return replace(
        message,
        travellers=tuple(bare_traveller(one) for one in message.travellers),
        bookings=tuple(bare_booking(one) for one in message.bookings),
        findings=(),
        span=ByteSpan(0, 0),
        sensitive=(),
        content=b"",
        separators="",
        expected_crew=None,
        telex=None,
    )


def test_everybody_of_a_list_flies_to_the_last_airport_of_their_flight(variety: Day) -> None:
    lists = [message for one in variety.deliveries if one.fault is None for message in read(one.content)]
    people = [(message.flights, each) for message in lists if message.type == "PAXLST" for each in message.travellers]
    assert people
    for flights, each in people:
        assert (each.journey_start, each.journey_end) == (flights[0].departure_airport, flights[-1].arrival_airport)


def of_carrier(day: Day, carrier: str) -> list[Delivery]:
    return [one for one in day.deliveries if one.flight.startswith(carrier) and one.fault is None]


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_every_message_of_a_carrier_is_read_as_it_was_meant(variety: Day, carrier: str) -> None:
    deliveries = of_carrier(variety, carrier)
    assert deliveries
    for delivery in deliveries:
        assert [bare(message) for message in read(delivery.content)] == list(delivery.expected), delivery.name


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_nothing_is_odd_about_a_message_but_what_its_dialect_means_to_be_odd(variety: Day, carrier: str) -> None:
    codes = {
        finding.code
        for delivery in of_carrier(variety, carrier)
        for message in read(delivery.content)
        for finding in message.findings
    }
    assert codes <= TOLERATED.get(carrier, set())


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_the_generic_reader_finds_the_same_segments_in_what_a_carrier_sends(variety: Day, carrier: str) -> None:
    dialect = CARRIERS[carrier].dialect
    for delivery in of_carrier(variety, carrier):
        text = delivery.content.decode(dialect.charset)
        if dialect.telex:
            # It knows no telex: heading, footer and wrapped lines are taken away for it.
            text = text[text.index("UNA") :].replace("\r", "").replace("\n", "")
            text = text[: text.index(dialect.signs.terminator, text.rindex("UNZ")) + 1]
        with warnings.catch_warnings():
            # It has no tables of PADIS, and says so.
            warnings.simplefilter("ignore")
            found = Interchange.from_str(text).segments
        # It keeps those of envelopes apart or among the others, as they come.
        theirs = [(each.tag, *map(components_of, each.elements)) for each in found if each.tag not in _ENVELOPES]
        ours = [each for raw in messages(delivery.content, DEFAULT) for each in segments(raw)]
        assert theirs == [without_ends(each) for each in ours if each[0] not in _ENVELOPES]


_ENVELOPES = {"UNG", "UNE", "UNH", "UNT"}


def test_a_tiny_day_is_read_as_it_was_meant(tiny: Day) -> None:
    for delivery in tiny.deliveries:
        if delivery.fault is None:
            assert [bare(message) for message in read(delivery.content)] == list(delivery.expected), delivery.name


def test_what_is_broken_is_readable_only_where_truth_says_so(tiny: Day) -> None:
    broken = [one for one in tiny.deliveries if one.fault]
    assert {one.fault for one in broken} == set(Fault)
    for delivery in broken:
        messages = list(read(delivery.content))
        assert any(message.readable for message in messages) == delivery.readable, delivery.fault
        assert any(message.findings for message in messages), delivery.fault


def test_a_broken_traveller_costs_nobody_else(tiny: Day) -> None:
    delivery = next(one for one in tiny.deliveries if one.fault is Fault.BROKEN_TRAVELLER)
    message = next(iter(read(delivery.content)))
    assert bare(message).travellers[1:] == delivery.expected[0].travellers


def test_a_delivery_sent_again_says_the_same_under_the_same_or_another_reference(tiny: Day) -> None:
    originals = {one.serial: one for one in tiny.deliveries}
    repeated = [one for one in tiny.deliveries if one.repeats is not None]
    assert repeated
    for delivery in repeated:
        first = originals[delivery.repeats or 0]
        assert first.arrives_at < delivery.arrives_at
        again = [message.content for message in read(delivery.content)]
        assert again == [message.content for message in read(first.content)]


def test_some_are_sent_again_byte_for_byte_and_some_anew(variety: Day, tiny: Day) -> None:
    deliveries = [*variety.deliveries, *tiny.deliveries]
    originals = {one.content for one in deliveries if one.repeats is None}
    assert {one.content in originals for one in deliveries if one.repeats is not None} == {True, False}
