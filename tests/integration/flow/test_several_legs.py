"""A flight of several legs: each person joins the journeys that they fly, and nobody a journey that they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from msgspec import structs

from tests.integration.flow.conftest import ANA, BETO, CARLA, LEG, NOW, Say, api
from torogoz.flow.parse import load_next
from torogoz.flow.receive import receive
from torogoz.storage.models import Journey, JourneyTraveller, Observation, ReceivedMessage

pytestmark = pytest.mark.django_db

ONWARD = replace(
    LEG,
    departure_airport="SAL",
    arrival_airport="SJO",
    departure_local=datetime(2026, 11, 22, 22, 0),  # noqa: DTZ001 - an airport's wall clock
    arrival_local=datetime(2026, 11, 22, 23, 0),  # noqa: DTZ001 - likewise
)
BEFORE = replace(
    LEG,
    departure_airport="SEA",
    arrival_airport="LAX",
    departure_local=datetime(2026, 11, 22, 9, 0),  # noqa: DTZ001 - likewise
)
THROUGH = (BEFORE, LEG, ONWARD)


def on(airport: str) -> set[str]:
    """Who is on the journey that leaves an airport."""
    found = JourneyTraveller.objects.filter(journey__departure_airport=airport).exclude(status="not_travelling")
    return set(found.values_list("given_names", flat=True))


def test_each_person_is_on_the_journeys_that_they_fly(say: Say) -> None:
    enters = structs.replace(ANA, journey_start="SEA", journey_end="SAL")
    leaves = structs.replace(BETO, journey_start="SAL", journey_end="LIM")
    passes = structs.replace(CARLA, journey_start="LAX", journey_end="SJO")
    assembled = say(api(enters, leaves, passes, flights=THROUGH, expected_travellers=3))
    assert (on("LAX"), on("SAL")) == ({"ANA", "CARLA"}, {"BETO", "CARLA"})
    assert list(Journey.objects.values_list("expected_travellers", flat=True)) == [None, None], "of the whole flight"
    assert assembled is not None
    assert (assembled.journey, assembled.travellers) == (Journey.objects.get(departure_airport="LAX").pk, 3)
    assert sorted(Observation.objects.values_list("ordinal", flat=True)) == [0, 1, 2, 3]


def test_who_does_not_say_where_their_journey_ends_is_no_leaver(say: Say) -> None:
    say(api(ANA, structs.replace(BETO, journey_start="LAX"), flights=THROUGH))
    assert (on("LAX"), on("SAL")) == ({"ANA", "BETO"}, set())


def test_who_contradicts_the_flight_is_screened_where_it_lands(say: Say) -> None:
    say(api(structs.replace(ANA, journey_start="SJO", journey_end="SAL"), flights=THROUGH))
    assert (on("LAX"), on("SAL")) == ({"ANA"}, set())


def test_those_on_board_of_one_leg_say_nothing_of_the_other(say: Say) -> None:
    enters, passes = structs.replace(ANA, journey_end="SAL"), structs.replace(CARLA, journey_end="SJO")
    say(api(enters, passes, flights=THROUGH))
    say(api(structs.replace(BETO, journey_start="SAL", journey_end="SJO"), flights=THROUGH))
    say(api(passes, qualifier="CLOB", flights=(LEG,)))
    assert (on("LAX"), on("SAL")) == ({"CARLA"}, {"BETO", "CARLA"})


def test_who_is_only_on_legs_abroad_is_not_kept_and_the_message_says_so() -> None:
    data = (
        "UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+77'UNH+1+PAXLST:D:05B:UN:IATA+X1310'BGM+745'"
        "TDT+20+X1310'LOC+92+SEA'DTM+189:2611220900:201'LOC+92+LAX'DTM+232:2611221100:201'"
        "TDT+20+X1310'LOC+125+LAX'DTM+189:2611221400:201'LOC+87+SAL'DTM+232:2611222105:201'"
        "NAD+FL+++EJEMPLO:ANA'LOC+178+SEA'LOC+179+LAX'NAD+FL+++FICTICIO:BETO'LOC+178+SEA'LOC+179+SAL'"
        "UNT+19+1'UNZ+1+77'"
    )
    receive(data.encode(), source="test", name="a.edi", now=NOW)
    report = load_next("worker", NOW)
    assert report is not None
    assert report.travellers == 1
    assert on("LAX") == {"BETO"}
    assert not Journey.objects.exclude(departure_airport="LAX").exists()
    assert [each["code"] for each in ReceivedMessage.objects.get().findings] == ["ON_OTHER_LEGS"]
