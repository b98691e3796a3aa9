"""Airports give a flight its clock, its state and its direction, or say that they do not know."""

from datetime import datetime

import pytest

from torogoz.domain.journey import Direction
from torogoz.storage import places


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "airport", "utc"),
    [
        ("2026-11-22T23:10", "LAX", "2026-11-23T07:10Z"),
        ("2026-11-23T06:05", "SAL", "2026-11-23T12:05Z"),
        ("2026-07-01T12:00", "MAD", "2026-07-01T10:00Z"),
    ],
)
def test_a_wall_clock_time_becomes_the_one_point_in_time_of_its_airport(local: str, airport: str, utc: str) -> None:
    assert places.to_utc(at(local), airport) == at(utc)


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_occurs_twice_is_the_first_of_the_two(fold: int) -> None:
    assert places.to_utc(at("2026-11-01T01:30").replace(fold=fold), "LAX") == at("2026-11-01T08:30Z")


def test_an_hour_that_never_occurs_is_read_as_if_clocks_had_not_gone_forward() -> None:
    assert places.to_utc(at("2026-03-08T02:30"), "LAX") == at("2026-03-08T10:30Z")


@pytest.mark.parametrize(
    ("local", "airport"),
    [(None, "SAL"), ("2026-01-01T00:00", None), ("2026-01-01T00:00", "Q1Q"), ("9999-12-31T23:59", "LAX")],
)
def test_what_cannot_be_placed_in_time_is_not_guessed(local: str | None, airport: str | None) -> None:
    assert places.to_utc(at(local) if local else None, airport) is None


@pytest.mark.parametrize(
    ("departure", "arrival", "direction"),
    [
        ("LAX", "SAL", Direction.INBOUND),
        ("SAL", "MAD", Direction.OUTBOUND),
        ("LAX", "MAD", Direction.OTHER),
        ("SAL", "SAL", Direction.OTHER),
        ("Q1Q", "SAL", Direction.INBOUND),
        ("SAL", None, Direction.OUTBOUND),
        (None, None, Direction.OTHER),
    ],
)
def test_the_direction_is_seen_from_the_state_that_watches(
    departure: str | None, arrival: str | None, direction: Direction
) -> None:
    assert places.direction(departure, arrival, "SLV") is direction


def test_an_airport_lies_in_a_state_of_icao_9303() -> None:
    assert places.country_alpha3("SAL") == "SLV"
    assert places.country_alpha3("PRN") == "RKS"
    assert places.country_alpha3("Q1Q") is None
    assert places.known("SAL")
    assert not places.known("Q1Q")


@pytest.mark.parametrize(
    ("place", "state", "zone"),
    [
        ("SVAQJ", "SLV", "America/El_Salvador"),
        ("GTGUA", "GTM", "America/Guatemala"),
        ("USLAX", "USA", None),
        ("QQAAA", None, None),
        ("MSSS", "SLV", "America/El_Salvador"),
        ("QQQQ", None, None),
    ],
)
def test_ports_and_small_airfields_lie_in_a_state_and_have_its_clock_where_it_has_one(
    place: str, state: str | None, zone: str | None
) -> None:
    assert places.country_alpha3(place) == state
    found = places.timezone(place)
    assert (found.key if found else None) == zone


def test_an_icao_code_is_the_same_place_as_the_iata_code() -> None:
    assert [places.canonical(each) for each in ("MSSS", "ILS", "QQQQ", "SVAQJ", None)] == [
        "ILS", "ILS", "QQQQ", "SVAQJ", None,
    ]  # fmt: skip
