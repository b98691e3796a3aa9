"""Whoever applies an order is told whether the carrier learns of it, and by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.answers.asking import BETO, NOW, OUT, ask, person, request
from tests.integration.answers.conftest import Make, loaded
from tests.integration.conftest import People
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import orders
from torogoz.flow.compose import Worker, work
from torogoz.flow.receive import receive
from torogoz.flow.revise import to_tell
from torogoz.storage.access.orders import orders_for
from torogoz.storage.asked import Reached
from torogoz.storage.models import Journey, JourneyTraveller

pytestmark = pytest.mark.django_db


def reached(analyst: Who, traveller: int, now: Any = NOW) -> Reached:
    return orders_for(analyst, traveller, now).reached


def test_a_carrier_that_asked_is_told_of_an_order_until_the_doors_close(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    ana = loaded()
    assert reached(analyst, ana.pk) is Reached.ASKED
    orders.confirm(analyst, make_order(), ana.pk, "Passport is that of the order", NOW)
    assert b"ERC+1Z" in to_tell(None, NOW)
    assert ana.journey.departure_at
    just_before = ana.journey.departure_at - timedelta(minutes=15, seconds=1)
    assert reached(analyst, ana.pk, just_before) is Reached.ASKED
    assert reached(analyst, ana.pk, just_before + timedelta(seconds=1)) is Reached.CLOSED


def test_a_carrier_that_closed_the_flight_is_told_nothing_more_and_the_page_says_so(
    make_order: Make, analyst: Who
) -> None:
    ask(request(person(), route=OUT))
    ask(request(transaction="T2", qualifier="CL", time="1801", route=OUT))
    ana = loaded()
    orders.confirm(analyst, make_order(), ana.pk, "Passport is that of the order", NOW)
    assert to_tell(None, NOW) == b""
    assert reached(analyst, ana.pk) is Reached.CLOSED


def test_a_carrier_that_sends_lists_and_never_asks_learns_of_no_order(make_order: Make, analyst: Who) -> None:
    receive(request(person(), BETO, route=OUT), source="intake", name="list", now=NOW)
    work(NOW, Worker())
    ana = JourneyTraveller.objects.get(surname="EJEMPLO PRUEBA")
    orders.confirm(analyst, make_order(), ana.pk, "Passport is that of the order", NOW)
    assert to_tell(None, NOW) == b""
    assert reached(analyst, ana.pk) is Reached.NOT_ASKED


def test_the_page_of_a_traveller_does_not_promise_what_the_carrier_will_not_hear(
    people: People, browse: Callable[..., Client]
) -> None:
    ask(request(person(), route=OUT))
    address = f"/traveller/{loaded().pk}/orders"
    client = browse(people.analyst, Purpose.BORDER_CONTROL)
    Journey.objects.update(departure_at=timezone.now() + timedelta(days=1))
    assert "told of every change at once" in client.get(address).content.decode()
    Journey.objects.update(departure_at=timezone.now())
    page = client.get(address).content.decode()
    assert "The doors have closed" in page
    assert "told of every change" not in page
