"""Messages that overtake each other: what was prepared last counts, whatever order they come in."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from tests.integration.flow.conftest import ANA, BETO, CARLA, Say, api, pnr, statuses, the_journey
from torogoz.flow.missing import look
from torogoz.storage.models import Journey

pytestmark = pytest.mark.django_db

CANCELLED, OPEN, CLOSED = Journey.Status.CANCELLED, Journey.Status.OPEN, Journey.Status.CLOSED


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_cancelled_flight_flies_again_with_a_newer_list_in_whatever_order_they_come(
    order: tuple[int, ...], say: Say
) -> None:
    told = [api(ANA, BETO), api(function="266", qualifier="XF"), api(ANA, CARLA)]
    for place in order:
        say(told[place], prepared=10 * (place + 1))
    assert the_journey().status == OPEN
    assert statuses() == {"ANA": "checked_in", "BETO": "flight_cancelled", "CARLA": "checked_in"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_flight_stays_cancelled_whatever_older_message_comes(order: tuple[int, ...], say: Say) -> None:
    told = [api(ANA, BETO), api(function="266", qualifier="CL"), api(function="266", qualifier="XF")]
    for place in order:
        say(told[place], prepared=10 * (place + 1))
    assert the_journey().status == CANCELLED
    assert set(statuses().values()) == {"flight_cancelled"}


def test_bookings_and_new_times_say_that_a_cancelled_flight_flies_and_an_empty_push_does_not(say: Say) -> None:
    say(api(ANA))
    say(api(function="266", qualifier="XF"))
    say(pnr())
    assert the_journey().status == CANCELLED
    say(pnr(BETO))
    assert the_journey().status == OPEN
    say(api(function="266", qualifier="XF"))
    say(api(function="266", qualifier="CF"))
    assert the_journey().status == OPEN
    assert set(statuses().values()) == {"flight_cancelled"}
    say(api(function="266", qualifier="XF"))
    say(api(function="266", qualifier="CL"))
    assert the_journey().status == CLOSED


def test_a_flight_that_flies_again_alarms_where_it_lacks(say: Say) -> None:
    now = timezone.now()
    say(api(ANA))
    say(api(function="266", qualifier="XF"))
    Journey.objects.update(scheduled=True, departure_at=now + timedelta(minutes=50), arrival_at=None)
    assert look(now) == (0, 0)
    say(api(function="266", qualifier="CF"))
    Journey.objects.update(departure_at=now + timedelta(minutes=50), arrival_at=None)
    assert look(now)[0] == 1


@pytest.mark.parametrize("qualifier", ["XR", "RP", "CLNB"])
def test_who_was_named_again_is_not_taken_off_by_what_was_prepared_before(qualifier: str, say: Say) -> None:
    say(api(ANA, BETO), prepared=10)
    say(api(ANA, BETO), prepared=30)
    say(api(ANA, qualifier=qualifier), prepared=20)
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}
    say(api(ANA, qualifier=qualifier), prepared=40)
    assert statuses()["ANA"] in {"removed", "closed_out"}


def test_who_came_back_after_a_close_out_is_not_taken_off_by_a_list_from_before_it(say: Say) -> None:
    say(api(ANA, BETO), prepared=10)
    say(api(BETO, qualifier="CLOB"), prepared=20)
    say(api(ANA), prepared=30)
    say(api(ANA, CARLA), prepared=15)
    assert statuses() == {"ANA": "checked_in", "BETO": "boarded", "CARLA": "closed_out"}
