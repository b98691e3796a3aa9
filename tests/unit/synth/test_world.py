"""A day is what its seed, moment and preset say, and carriers send it as they send."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from torogoz.domain.manifest import Message
from torogoz.domain.traveller import TravellerRole
from torogoz.synth.deliveries import Delivery
from torogoz.synth.world import PRESETS, Day, make_day

ANCHOR = datetime(2026, 11, 22, 18, tzinfo=UTC)


def sent(day: Day) -> list[tuple[Delivery, Message]]:
    return [(one, message) for one in day.deliveries if one.fault is None for message in one.expected]


def test_the_same_seed_and_moment_are_the_same_day(tiny: Day) -> None:
    assert make_day(7, ANCHOR, "tiny") == tiny


def test_another_seed_is_another_day(tiny: Day, two_days: list[Day]) -> None:
    first, _ = two_days
    assert (first.anchor, first.flights) == (tiny.anchor, tiny.flights)
    assert first.deliveries != tiny.deliveries


def test_tiny_is_one_hour_of_at_most_two_thousand_travellers(tiny: Day) -> None:
    departures = [flight.departs_at for flight in tiny.flights]
    assert max(departures) - min(departures) < timedelta(hours=1)
    assert 500 < tiny.travellers <= 2_000


@pytest.mark.parametrize("hour", [3, 15])
def test_tiny_has_flights_whatever_the_hour_and_another_moment_is_another_day(hour: int, tiny: Day) -> None:
    day = make_day(7, ANCHOR.replace(hour=hour), "tiny")
    assert len(day.flights) >= 5
    assert day.deliveries != tiny.deliveries


def test_demo_is_the_day_of_a_small_state(demo: Day) -> None:
    assert 55 <= len(demo.flights) <= 65
    assert 7_000 < demo.travellers < 9_000


def test_most_of_what_the_demo_knows_has_arrived_by_its_moment(demo: Day) -> None:
    lists = {one.flight: one.arrives_at for one in reversed(demo.deliveries) if one.kind == "PAXLST"}
    arrived = [flight for flight, moment in lists.items() if moment <= ANCHOR]
    assert len(arrived) > 0.7 * len(demo.flights)


def test_every_flight_but_the_silent_ones_sends_lists_and_bookings(demo: Day) -> None:
    kinds = {(one.flight, one.kind) for one in demo.deliveries}
    for flight in demo.flights:
        expected = not (flight.rotation.silent and flight.inbound)
        assert ((flight.label, "PAXLST") in kinds) == expected
        assert ((flight.label, "PNRGOV") in kinds) == expected
    assert any(flight.rotation.silent for flight in demo.flights)


def test_no_flight_carries_more_than_its_seats(demo: Day) -> None:
    for flight in demo.flights:
        lists = [message for one, message in sent(demo) if one.flight == flight.label and message.function == "745"]
        travellers = max((len(message.travellers) for message in lists), default=0)
        assert travellers <= flight.rotation.seats * 1.1


def test_carriers_close_their_flights_in_each_of_the_three_ways(demo: Day) -> None:
    qualifiers = Counter(message.qualifier for _, message in sent(demo) if message.type == "PAXLST")
    assert {"CL", "CLNB", "CLOB", "CP"} <= set(qualifiers)
    assert all(not message.travellers for _, message in sent(demo) if message.qualifier == "CL")


def test_who_is_named_as_not_on_board_was_on_the_list(demo: Day) -> None:
    listed: dict[str, set[str | None]] = {}
    for one, message in sent(demo):
        if message.type == "PAXLST" and message.qualifier in (None, "CP"):
            listed.setdefault(one.flight, set()).update(person.reference for person in message.travellers)
    named = 0
    for one, message in sent(demo):
        if message.qualifier == "CLNB":
            assert {person.reference for person in message.travellers} <= listed[one.flight]
            named += len(message.travellers)
    assert named > 20


def test_updates_hold_what_changed_and_cancel_with_an_empty_originator(demo: Day) -> None:
    updates = [message for _, message in sent(demo) if message.function == "141"]
    cancelled = [booking for message in updates for booking in message.bookings if booking.cancelled]
    assert updates
    assert cancelled
    full = max(len(message.bookings) for _, message in sent(demo) if message.function == "22")
    assert max(len(message.bookings) for message in updates) < full


def test_a_push_in_parts_counts_the_whole(demo: Day) -> None:
    parts: dict[str | None, list[Message]] = {}
    for one, message in sent(demo):
        if message.part and one.repeats is None:
            parts.setdefault(message.common_reference, []).append(message)
    assert parts
    for series in parts.values():
        assert sum(len(message.bookings) for message in series) == series[0].expected_bookings
        numbers = {message.part.number: message.part.last for message in series if message.part}
        assert numbers == {number: number == len(series) for number in range(1, len(series) + 1)}


def test_crews_come_in_lists_of_their_own(demo: Day) -> None:
    crews = [message for _, message in sent(demo) if message.function == "250"]
    assert crews
    assert {one.role for message in crews for one in message.travellers} == {TravellerRole.CREW}


def test_somebody_only_changes_planes_and_is_on_both_lists(demo: Day) -> None:
    seen: dict[tuple[str | None, str | None], set[str]] = {}
    for one, message in sent(demo):
        for person in message.travellers:
            if person.role is TravellerRole.TRANSIT:
                seen.setdefault((person.record_locator, person.reference), set()).add(one.flight)
    assert sum(len(flights) == 2 for flights in seen.values()) > 10


def test_sensitive_services_and_remarks_are_there_to_be_withheld(demo: Day) -> None:
    assert sum(message.withheld.ssr for _, message in sent(demo)) > 100
    assert sum(message.withheld.free_text for _, message in sent(demo)) > 20


def test_some_push_arrives_after_a_newer_one(demo: Day) -> None:
    prepared = [
        (one.flight, message.prepared_at)
        for one, message in sent(demo)
        if message.type == "PNRGOV" and one.repeats is None and message.prepared_at
    ]
    disorder = 0
    latest: dict[str, datetime] = {}
    for flight, moment in prepared:
        disorder += moment < latest.get(flight, moment)
        latest[flight] = max(moment, latest.get(flight, moment))
    assert disorder


def test_some_list_is_corrected_under_the_reference_that_it_had(demo: Day) -> None:
    lists: dict[str | None, list[Message]] = {}
    for one, message in sent(demo):
        if one.repeats is None:
            lists.setdefault(message.reference, []).append(message)
    corrected = [series for series in lists.values() if len(series) > 1]
    assert corrected
    for first, second in corrected:
        assert len(first.travellers) == len(second.travellers)
        assert sum(not person.documents for person in first.travellers) > sum(
            not person.documents for person in second.travellers
        )


def test_code_shares_and_divided_records_occur(demo: Day) -> None:
    bookings = [booking for _, message in sent(demo) for booking in message.bookings]
    assert any(leg.operating for booking in bookings for leg in booking.itinerary)
    assert any(booking.split_from for booking in bookings)


def test_noise_is_logged_for_both_sources(demo: Day) -> None:
    kinds = Counter((one.source, one.kind) for one in demo.noise)
    assert kinds["pnr", "second_surname_dropped"] > kinds["api", "second_surname_dropped"] > 0


def test_nobody_planted_is_garbled_by_chance(demo: Day) -> None:
    garbled = {(one.locator, one.reference) for one in demo.noise}
    assert not garbled & {(one.locator, one.reference) for one in demo.planted}


def test_consecutive_days_share_the_lists_and_no_locator(two_days: list[Day]) -> None:
    first, second = two_days
    assert first.watchlists == second.watchlists
    assert second.anchor - first.anchor == timedelta(days=1)
    locators = [{b.record_locator for _, m in sent(day) for b in m.bookings} for day in (first, second)]
    assert not locators[0] & locators[1]


def test_presets_are_those_of_the_command() -> None:
    assert set(PRESETS) == {"tiny", "demo"}
