"""The timetable is a small state's, between airports that exist, flown by carriers that do not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.synth.dialects import CARRIERS
from torogoz.synth.flights import HOME_AIRPORT, ROTATIONS, airport, block_time, flights_between, return_flight

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = flights_between(START, START + timedelta(days=1))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments)
def test_any_day_has_about_sixty_flights_whatever_hour_it_begins(start: datetime) -> None:
    found = flights_between(start, start + timedelta(days=1))
    assert len(found) == 2 * len(ROTATIONS)
    assert all(start <= flight.departs_at < start + timedelta(days=1) for flight in found)
    assert found == sorted(found, key=lambda flight: flight.departs_at)


def test_designators_point_at_nobody() -> None:
    assert all(re.fullmatch("X[1-9]", rotation.carrier) for rotation in ROTATIONS)
    assert {rotation.carrier for rotation in ROTATIONS} <= set(CARRIERS)
    numbers = [(rotation.carrier, rotation.number) for rotation in ROTATIONS]
    assert len(set(numbers)) == len(numbers)


def test_every_flight_touches_the_state_at_its_border_leg() -> None:
    for flight in DAY:
        ends = (flight.border_leg.departure_airport, flight.border_leg.arrival_airport)
        assert ends[1 if flight.inbound else 0] == HOME_AIRPORT


def test_local_times_are_the_wall_clocks_of_the_two_airports() -> None:
    for flight in DAY:
        first, last = flight.legs[0], flight.legs[-1]
        assert first.departure_local == _wall(flight.departs_at, flight.departure_airport)
        assert last.arrival_local == _wall(flight.arrives_at, flight.arrival_airport)


def test_a_through_flight_has_a_leg_for_each_stop() -> None:
    through = [flight for flight in DAY if flight.rotation.through]
    assert through
    for flight in through:
        first, second = flight.legs
        assert first.arrival_airport == second.departure_airport == flight.rotation.through


@pytest.mark.parametrize(
    ("one", "two", "low", "high"), [("SAL", "GUA", 40, 70), ("SAL", "LAX", 280, 340), ("SAL", "MAD", 620, 720)]
)
def test_block_times_follow_the_great_circle(one: str, two: str, low: int, high: int) -> None:
    assert low <= block_time(one, two) / timedelta(minutes=1) <= high
    assert block_time(one, two) == block_time(two, one)


def test_the_way_back_is_the_other_half_of_the_rotation() -> None:
    for flight in DAY:
        back = return_flight(flight, 7)
        assert back.inbound != flight.inbound
        assert (back.departure_airport, back.arrival_airport) == (flight.arrival_airport, flight.departure_airport)
        assert timedelta(days=6) < back.departs_at - flight.departs_at < timedelta(days=8)


def test_an_unknown_airport_is_an_error() -> None:
    with pytest.raises(KeyError):
        airport("???")


def _wall(moment: datetime, code: str) -> datetime:
    return moment.astimezone(airport(code).zone).replace(tzinfo=None)
