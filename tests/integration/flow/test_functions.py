"""What the functions of a PAXLST (BGM) do to the picture of a flight, and which lists join no picture at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from msgspec import structs

from tests.integration.flow.conftest import ANA, BETO, LEG, NOW, Say, api, statuses, the_journey
from torogoz.domain.traveller import TravellerRole
from torogoz.flow.parse import load_next
from torogoz.flow.receive import receive
from torogoz.storage.convert import open_said
from torogoz.storage.keys import keyring
from torogoz.storage.models import Journey, JourneyTraveller, Observation, ReceivedMessage

pytestmark = pytest.mark.django_db

PILOT = structs.replace(BETO, role=TravellerRole.CREW)
MASTER = (
    "UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+77'UNH+1+PAXLST:D:05B:UN:IATA+X1MCL'{bgm}'RFF+TN:MCL1'NAD+MS+++X1 CREW'"
    "TDT+20+X1310'LOC+125+LAX'DTM+189:2611221400:201'LOC+87+SAL'NAD+FM+++PILOTO:BETO'DOC+L+P1'UNT+11+1'UNZ+1+77'"
)


@pytest.mark.parametrize("bgm", ["BGM+336+G", "BGM+336+H", "BGM+336+I", "BGM+336", "BGM+250+G", "BGM+655"])
def test_a_list_that_is_of_no_flight_is_kept_and_nobody_of_it_travels(bgm: str) -> None:
    receive(MASTER.format(bgm=bgm).encode(), source="test", name="mcl.edi", now=NOW)
    report = load_next("worker", NOW)
    assert report is not None
    assert (report.received, report.loaded, report.travellers, report.refused) == (1, 1, 0, 0)
    kept = ReceivedMessage.objects.get()
    assert (kept.status, kept.journey, kept.travellers) == (ReceivedMessage.Status.LOADED, None, 1)
    assert [each["code"] for each in kept.findings] == ["NOT_OF_A_FLIGHT"]
    assert kept.redacted, "the copy is there to be read, until its retention ends"
    assert not Journey.objects.exists()
    assert not JourneyTraveller.objects.exists()


@pytest.mark.parametrize("qualifier", ["C", "CC", "B", "BC", "A", "AC", "D", "DC", "E", "EC", "F", "FC"])
def test_a_crew_list_puts_crew_on_the_flight_and_leaves_the_passengers_list_missing(say: Say, qualifier: str) -> None:
    say(api(PILOT, function="250", qualifier=qualifier, expected_travellers=4, expected_crew=4))
    journey = the_journey()
    assert statuses() == {"BETO": "checked_in"}
    assert (journey.last_api_at, journey.expected_travellers) == (None, None)


def test_a_list_of_passengers_that_counts_only_the_crew_does_not_count_the_passengers(say: Say) -> None:
    say(api(ANA, expected_travellers=160))
    say(api(ANA, expected_travellers=6, expected_crew=6))
    assert the_journey().expected_travellers == 160


def test_a_changed_flight_has_new_times_and_the_same_people(say: Say) -> None:
    say(api(ANA, BETO, expected_travellers=2))
    heard = the_journey().last_api_at
    later = replace(LEG, departure_local=datetime(2026, 11, 22, 15, 0))  # noqa: DTZ001 - wall clock
    say(api(function="266", qualifier="CF", flights=(later,)))
    journey = the_journey()
    assert (journey.departure_local, journey.last_api_at) == ("2026-11-22T15:00", heard)
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}


def test_a_status_message_alone_is_no_list_of_passengers(say: Say) -> None:
    say(api(function="266", qualifier="CF"))
    assert the_journey().last_api_at is None


def test_a_cancelled_flight_takes_everybody_off(say: Say) -> None:
    say(api(ANA, PILOT))
    say(api(function="266", qualifier="XF"))
    assert statuses() == {"ANA": "flight_cancelled", "BETO": "flight_cancelled"}
    assert the_journey().status == Journey.Status.CANCELLED


def test_changed_passenger_data_leave_the_others_where_they_are(say: Say) -> None:
    say(api(ANA, BETO, expected_travellers=2))
    say(api(structs.replace(ANA, seat="12A"), qualifier="CP", expected_travellers=1))
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}
    assert the_journey().expected_travellers == 2


def test_what_was_read_of_a_person_is_in_the_store(say: Say) -> None:
    sent = structs.replace(PILOT, in_transit=True, verified=True, journey_start="LAX", other_nationalities=("ESP",))
    say(api(sent, function="250", qualifier="C"))
    assert open_said(Observation.objects.get(), keyring()).traveller == sent
