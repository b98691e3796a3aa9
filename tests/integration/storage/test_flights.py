"""One row for one flight, whatever carriers call it and whenever they retime it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.storage.world import LEG, NOW, message
from torogoz.domain.journey import Designator, Direction, FlightLeg, Mode
from torogoz.storage.flights import border_legs, find_or_make, local_text, local_time
from torogoz.storage.models import Journey, Retiming

pytestmark = pytest.mark.django_db

XA, XB = Designator("X1", "570"), Designator("X2", "4570")
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def leg(departure: str, arrival: str | None, name: Designator = XA) -> FlightLeg:
    return replace(LEG, designator=name, departure_airport=departure, arrival_airport=arrival)


@pytest.mark.parametrize("number", ["570", "0570", "00570"])
def test_leading_zeros_make_no_other_flight(number: str) -> None:
    first = find_or_make(LEG, NOW)
    assert find_or_make(replace(LEG, designator=Designator("X1", number)), NOW) == first
    assert first.designator == "X1570"


def test_a_number_of_zeros_is_a_number() -> None:
    assert find_or_make(replace(LEG, designator=Designator("X1", "000")), NOW).number == "0"


@pytest.mark.parametrize(
    "other",
    [
        replace(LEG, designator=Designator("X1", "571")),
        replace(LEG, designator=Designator("X2", "570")),
        replace(LEG, designator=Designator("X1", "570", "D")),
        replace(LEG, departure_airport="MIA"),
        replace(LEG, departure_local=at("2026-11-23T14:00")),
    ],
)
def test_another_number_carrier_suffix_airport_or_day_is_another_flight(other: FlightLeg) -> None:
    assert find_or_make(LEG, NOW) != find_or_make(other, NOW)


def test_a_code_share_is_another_name_of_the_same_flight() -> None:
    shared = replace(LEG, designator=XB, operating=XA)
    journey = find_or_make(shared, NOW)
    assert journey.designator == "X1570"
    assert find_or_make(LEG, NOW) == journey
    assert find_or_make(replace(LEG, designator=XB), NOW) == journey
    assert [str(Designator(each.carrier, each.number)) for each in journey.designators.all()] == ["X24570"]


def test_who_operates_may_become_known_later() -> None:
    journey = find_or_make(replace(LEG, designator=XB), NOW)
    assert find_or_make(replace(LEG, designator=XB, operating=XA), NOW) == journey
    assert find_or_make(LEG, NOW) == journey


def test_a_code_share_is_kept_once() -> None:
    for _ in range(3):
        journey = find_or_make(replace(LEG, designator=XB, operating=XA), NOW)
    assert journey.designators.count() == 1


def test_a_retiming_within_the_day_is_kept_with_its_message_and_its_time() -> None:
    first, second = message(), message()
    journey = find_or_make(LEG, NOW, first)
    find_or_make(replace(LEG, departure_local=at("2026-11-22T16:30")), NOW + HOUR, second)
    kept = Retiming.objects.filter(journey=journey).order_by("pk")
    assert [(each.departure_local, each.known_at, each.message_id) for each in kept] == [
        ("2026-11-22T14:00", NOW, first.pk),
        ("2026-11-22T16:30", NOW + HOUR, second.pk),
    ]
    journey.refresh_from_db()
    assert journey.departure_at == at("2026-11-23T00:30Z")


def test_the_same_times_again_are_no_retiming() -> None:
    journey = find_or_make(LEG, NOW)
    find_or_make(LEG, NOW + HOUR)
    assert journey.retimings.count() == 1


def test_a_destination_that_becomes_known_later_says_which_way_the_flight_goes_and_when_it_lands() -> None:
    journey = find_or_make(leg("LAX", None), NOW)
    assert (journey.direction, journey.arrival_at) == (Direction.OTHER, None)
    assert find_or_make(leg("LAX", "SAL"), NOW + HOUR) == journey
    journey.refresh_from_db()
    assert (journey.arrival_airport, journey.direction) == ("SAL", Direction.INBOUND)
    assert journey.arrival_at == at("2026-11-23T03:05Z")


def test_a_message_without_the_landing_does_not_take_it_away() -> None:
    find_or_make(LEG, NOW)
    journey = find_or_make(replace(LEG, arrival_local=None), NOW + HOUR)
    assert journey.arrival_local == "2026-11-22T21:05"


def test_a_flight_has_both_clocks() -> None:
    journey = Journey.objects.get(pk=find_or_make(LEG, NOW).pk)
    assert (journey.departure_local, journey.departure_at) == ("2026-11-22T14:00", at("2026-11-22T22:00Z"))
    assert (journey.arrival_local, journey.arrival_at) == ("2026-11-22T21:05", at("2026-11-23T03:05Z"))
    assert journey.departure_date == date(2026, 11, 22)


def test_an_airport_that_nobody_knows_gives_no_utc_and_no_failure() -> None:
    journey = find_or_make(leg("Q1Q", None), NOW)
    assert (journey.departure_at, journey.arrival_airport) == (None, "")


@pytest.mark.parametrize(
    ("legs", "chosen"),
    [
        ([leg("MAD", "MIA"), leg("MIA", "SAL")], [1]),
        ([leg("SAL", "MIA"), leg("MIA", "MAD")], [0]),
        ([leg("MIA", "SAL"), leg("SAL", "SJO")], [0, 1]),
        ([leg("MAD", "MIA"), leg("MIA", "LAX")], [0]),
        ([replace(LEG, departure_local=None), leg("MAD", "MIA")], [1]),
    ],
)
def test_the_legs_that_cross_the_border_are_those_that_are_watched(legs: list[FlightLeg], chosen: list[int]) -> None:
    assert border_legs(legs) == chosen


@pytest.mark.parametrize("legs", [[], [replace(LEG, departure_local=None)], [replace(LEG, departure_airport=None)]])
def test_a_leg_that_cannot_be_placed_is_none(legs: list[FlightLeg]) -> None:
    assert border_legs(legs) == []


@override_settings(STATE="ESP")
def test_the_border_is_the_one_of_the_state_that_is_set() -> None:
    legs = [leg("SAL", "MIA"), leg("MIA", "MAD")]
    assert border_legs(legs) == [1]
    assert find_or_make(legs[1], NOW).direction == Direction.INBOUND


@given(st.none() | st.datetimes(min_value=datetime(1000, 1, 1)))  # noqa: DTZ001 - a wall clock
def test_a_wall_clock_time_is_kept_to_the_minute_without_an_offset(moment: datetime | None) -> None:
    kept = local_time(local_text(moment))
    assert kept == (moment.replace(second=0, microsecond=0) if moment else None)
    assert kept is None or kept.tzinfo is not UTC


def test_a_ship_and_a_flight_of_one_name_are_two_journeys() -> None:
    ship = replace(LEG, departure_airport="PAONX", arrival_airport="SVAQJ", mode=Mode.SEA)
    made = find_or_make(ship, NOW)
    assert (made.mode, made.direction, made.arrival_airport) == (Mode.SEA, Direction.INBOUND, "SVAQJ")
    assert find_or_make(ship, NOW) == made
    assert find_or_make(replace(ship, mode=Mode.LAND), NOW) != made


def test_a_journey_names_airports_by_their_iata_codes() -> None:
    leg = replace(LEG, departure_airport="MGGT", arrival_airport="MSSS")
    assert border_legs([leg]) == [0]
    made = find_or_make(leg, NOW)
    assert (made.departure_airport, made.arrival_airport) == ("GUA", "ILS")
    assert find_or_make(replace(leg, departure_airport="GUA", arrival_airport="ILS"), NOW) == made
