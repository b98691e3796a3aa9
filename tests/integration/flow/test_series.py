"""A list in parts: joined by sender and reference, waited for for a while, and then incomplete for all to see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, BETO, CARLA, NOW, Say, api, pnr, statuses
from torogoz.domain.manifest import Message, Part
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow.parse import load_next
from torogoz.flow.receive import receive
from torogoz.flow.upkeep import upkeep
from torogoz.storage.access.board import flight_page
from torogoz.storage.access.messages import message
from torogoz.storage.models import CarrierProfile, Journey, JourneyTraveller, ReceivedMessage

pytestmark = pytest.mark.django_db

HEAD = "TDT+20+X1570'LOC+125+LAX'DTM+189:2611221400:201'LOC+87+SAL'"
MINUTE = timedelta(minutes=1)


def arrives(given: str, part: str, *, after: int = 0, head: str = HEAD, bgm: str = "BGM+745", ref: str = "R1") -> None:
    """A part that arrives so many minutes after the first."""
    body = f"{bgm}'{head}NAD+FL+++EJEMPLO{given}:{given}'"
    data = f"UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+77'UNH+1+PAXLST:D:05B:UN:IATA+{ref}+{part}'{body}UNT+1+1'UNZ+1+77'"
    now = NOW + after * MINUTE
    receive(data.encode(), source="test", name="part.edi", now=now)
    load_next("worker", now)


def waits() -> list[bool]:
    return [row.waits_until is not None for row in ReceivedMessage.objects.order_by("pk")]


def incomplete() -> list[int]:
    """The numbers of the parts that say that others are missing."""
    return [
        row.part_number or 0
        for row in ReceivedMessage.objects.order_by("pk")
        if any(each["code"] == "SERIES_INCOMPLETE" for each in row.findings)
    ]


def test_a_series_is_waited_for_until_its_last_part_has_come() -> None:
    arrives("ANA", "01:C")
    arrives("BETO", "03:F", after=1)
    assert waits() == [True, True]
    arrives("CARLA", "02", after=2)
    assert waits() == [False, False, False]
    upkeep(NOW + timedelta(hours=1))
    assert incomplete() == []


def test_a_series_that_stays_incomplete_says_so_once_and_keeps_its_people() -> None:
    arrives("ANA", "01:C")
    arrives("BETO", "03:F", after=1)
    assert upkeep(NOW + 4 * MINUTE).incomplete == 0
    assert upkeep(NOW + 5 * MINUTE).incomplete == 1
    assert upkeep(NOW + 6 * MINUTE).incomplete == 0
    assert (incomplete(), waits()) == ([3], [False, False])
    assert JourneyTraveller.objects.count() == 2


def test_a_series_that_waits_or_stays_incomplete_is_seen_on_its_flight_and_on_its_message(
    people: People, who: Callable[..., Who]
) -> None:
    analyst = who(people.analyst, Purpose.BORDER_CONTROL)
    arrives("ANA", "01:C")
    flight = Journey.objects.get().pk
    [part] = flight_page(analyst, flight, NOW).messages
    assert (part.waits, part.incomplete) == (True, False)
    assert message(analyst, part.id, NOW).waits_until == NOW + 5 * MINUTE
    upkeep(NOW + 6 * MINUTE)
    [part] = flight_page(analyst, flight, NOW).messages
    assert (part.waits, part.incomplete) == (False, True)
    assert [each.code for each in message(analyst, part.id, NOW).findings][-1] == "SERIES_INCOMPLETE"


def late() -> list[int]:
    """The numbers of the parts that say that they came late."""
    return [
        row.part_number or 0
        for row in ReceivedMessage.objects.order_by("pk")
        if any(each["code"] == "SERIES_LATE" for each in row.findings)
    ]


@pytest.mark.parametrize("given_up", [True, False], ids=["given up", "not given up yet"])
def test_the_last_part_that_comes_late_makes_its_series_whole_and_says_so(given_up: bool) -> None:  # noqa: FBT001
    arrives("CARLA", "01:F", ref="R0")
    arrives("ANA", "01:C", bgm="BGM+266+CLOB")
    if given_up:
        upkeep(NOW + 5 * MINUTE)
        assert incomplete() == [1]
    arrives("BETO", "02:F", bgm="BGM+266+CLOB", after=60)
    assert statuses() == {"CARLA": "closed_out", "ANA": "boarded", "BETO": "boarded"}
    assert (incomplete(), late(), waits()) == ([], [2], [False] * 3)
    upkeep(NOW + timedelta(hours=2))
    assert (incomplete(), late()) == ([], [2])


def test_parts_that_come_late_one_after_the_other_join_their_series_in_any_order() -> None:
    arrives("CARLA", "01:F", ref="R0")
    arrives("ANA", "01:C", bgm="BGM+266+CLOB")
    upkeep(NOW + 5 * MINUTE)
    arrives("EVA", "03:F", bgm="BGM+266+CLOB", after=10)
    upkeep(NOW + 20 * MINUTE)
    assert (incomplete(), late(), waits()) == ([1], [3], [False] * 3)
    assert statuses()["CARLA"] == "checked_in"
    arrives("BETO", "02", bgm="BGM+266+CLOB", after=30)
    assert (incomplete(), late()) == ([], [3, 2])
    assert statuses() == {"CARLA": "closed_out", "ANA": "boarded", "EVA": "boarded", "BETO": "boarded"}


def test_a_list_that_is_sent_again_whole_is_a_series_of_its_own() -> None:
    arrives("ANA", "01:C")
    arrives("BETO", "03:F", after=1)
    upkeep(NOW + 6 * MINUTE)
    arrives("DANA", "01:C", after=20)
    assert waits()[-1]
    arrives("EVA", "02", after=21)
    arrives("FITO", "03:F", after=22)
    assert (incomplete(), late(), waits()) == ([3], [], [False] * 5)


@pytest.mark.parametrize(("part", "after"), [("02:F", 24 * 60 + 1), ("04", 60), ("01:C", 60), ("03:F", 60)])
def test_what_is_not_missing_in_a_series_or_comes_a_day_later_begins_another(part: str, after: int) -> None:
    arrives("ANA", "01:C")
    arrives("BETO", "03:F", after=1)
    upkeep(NOW + 6 * MINUTE)
    arrives("CARLA", part, after=after)
    assert (incomplete(), late(), waits()) == ([3], [], [False, False, True])


def test_what_was_said_since_stands_when_a_late_part_makes_its_series_whole(say: Say) -> None:
    first: Message = api(ANA, qualifier="CLOB", common_reference="R1", part=Part(1, last=False))
    say(first, prepared=10, received=10)
    say(api(CARLA, qualifier="CP"), prepared=40, received=40)
    say(api(BETO, qualifier="CLOB", common_reference="R1", part=Part(2, last=True)), prepared=11, received=50)
    assert statuses() == {"ANA": "boarded", "CARLA": "checked_in", "BETO": "boarded"}


def test_a_late_part_that_names_no_flight_is_of_that_in_which_it_is_missing() -> None:
    arrives("ANA", "01:C")
    upkeep(NOW + 5 * MINUTE)
    arrives("BETO", "02:F", head="", after=60)
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}
    assert (incomplete(), late()) == ([], [2])
    arrives("CARLA", "03:F", head="", after=120)
    assert ReceivedMessage.objects.order_by("pk").last().status == ReceivedMessage.Status.REFUSED  # type: ignore[union-attr]


def test_what_the_flow_finds_weighs_what_was_agreed_with_the_carrier() -> None:
    severities = {"SERIES_INCOMPLETE": "error", "SERIES_LATE": "error"}
    CarrierProfile.objects.create(carrier="X1", may_send=["api", "pnr"], severities=severities, changed_at=NOW)
    arrives("ANA", "01:C")
    arrives("BETO", "03:F", after=1)
    upkeep(NOW + 5 * MINUTE)
    assert severity("SERIES_INCOMPLETE") == ["error"]
    arrives("CARLA", "02", after=9)
    assert severity("SERIES_LATE") == ["error"]


def severity(code: str) -> list[str]:
    found = [each for row in ReceivedMessage.objects.order_by("pk") for each in row.findings]
    return [each["severity"] for each in found if each["code"] == code]


@override_settings(SERIES_MINUTES=10)
def test_how_long_a_series_is_waited_for_is_a_setting() -> None:
    arrives("CARLA", "01:F", ref="R0")
    arrives("ANA", "01:C", bgm="BGM+266+CLOB")
    assert upkeep(NOW + 9 * MINUTE).incomplete == 0
    arrives("BETO", "02:F", bgm="BGM+266+CLOB", after=9)
    assert statuses() == {"CARLA": "closed_out", "ANA": "boarded", "BETO": "boarded"}
    assert waits() == [False] * 3


@pytest.mark.parametrize("part", ["01:F", "01", "", "1:F"])
def test_a_list_that_announces_no_other_part_is_waited_for_by_nobody(part: str) -> None:
    arrives("ANA", part)
    assert waits() == [False]


def test_a_reference_that_is_used_again_begins_a_new_series(say: Say) -> None:
    say(pnr(ANA, common_reference="P", part=Part(1, last=False), expected_bookings=2), received=0)
    say(pnr(BETO, common_reference="P", part=Part(2, last=True), expected_bookings=2), received=1)
    say(pnr(BETO, common_reference="P", part=Part(1, last=False), expected_bookings=2), received=60)
    assert statuses() == {"ANA": "expected", "BETO": "expected"}, "the old second part does not complete the new first"


def test_parts_of_other_senders_functions_and_flights_are_not_joined(say: Say) -> None:
    say(api(ANA, BETO))
    first: Message = api(ANA, qualifier="CLOB", common_reference="R1", part=Part(1, last=False))
    say(first, received=200)
    for other in (
        api(BETO, qualifier="CLOB", common_reference="R2", part=Part(2, last=True)),
        api(BETO, qualifier="CP", common_reference="R1", part=Part(2, last=True)),
        api(BETO, qualifier="CLOB", common_reference="R1", part=Part(2, last=True), sender="X2"),
    ):
        with transaction.atomic():
            say(other, received=201)
    assert "closed_out" not in statuses().values()


def test_a_part_that_names_no_flight_is_of_that_of_the_first() -> None:
    arrives("ANA", "01:C")
    arrives("BETO", "02:F", head="", after=1)
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}
    assert waits() == [False, False]
    arrives("CARLA", "02:F", head="", ref="R9")
    assert ReceivedMessage.objects.order_by("pk").last().status == ReceivedMessage.Status.REFUSED  # type: ignore[union-attr]
