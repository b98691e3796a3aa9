"""Whom an order may not turn away, protection must meet: somebody is told, and no traveller is named (LR-73)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.answers.asking import NOW, OUT, ask, person, request
from tests.integration.answers.conftest import Make, hit_of, load, loaded, protected
from tests.integration.conftest import People
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import orders
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.orders import orders as read_orders
from torogoz.storage.access.to_protect import Why, to_protect
from torogoz.storage.models import Journey, JourneyTraveller

pytestmark = pytest.mark.django_db

REASON = "Passport is that of the order"


def confirmed(make_order: Make, analyst: Who, **asked: Any) -> tuple[int, JourneyTraveller]:
    """Somebody leaves, and an order is confirmed for them: the confirmation, and who they are."""
    ask(request(person(**asked), route=OUT))
    traveller = loaded()
    return orders.confirm(analyst, make_order(), traveller.pk, REASON, NOW), traveller


def whys(who: Who, now: Any = NOW) -> list[Why]:
    return [each.why for each in to_protect(who, now)]


def test_a_child_for_whom_an_order_was_confirmed_is_shown_to_who_must_send_protection_until_it_ends(
    make_order: Make, analyst: Who, supervisor: Who, people: People, who: Callable[..., Who]
) -> None:
    confirmation, traveller = confirmed(make_order, analyst, born="")
    assert whys(supervisor) == []
    ask(request(person(born="150101"), route=OUT, transaction="T2", time="1801"))
    load()
    (matter,) = to_protect(supervisor, NOW)
    assert (matter.why, matter.traveller, matter.designator) == (Why.MINOR, traveller.pk, "X1570")
    assert alarms(supervisor, NOW).protect == 1
    assert bool(alarms(supervisor, NOW))
    assert read_orders(analyst, NOW).protect == (matter,)
    assert read_orders(who(people.data_protection, Purpose.OVERSIGHT), NOW).protect == (), (
        "who sees use is shown no traveller"
    )
    assert whys(who(people.partner, Purpose.BORDER_CONTROL)) == [], "another agency's orders are not theirs"
    departure = Journey.objects.get().departure_at
    assert departure
    assert whys(supervisor, departure) == []
    orders.release(analyst, confirmation, "A child", NOW)
    assert whys(supervisor) == []


def test_somebody_whom_a_person_decided_to_protect_is_shown_likewise(
    make_order: Make, analyst: Who, supervisor: Who, people: People
) -> None:
    _, traveller = confirmed(make_order, analyst)
    assert whys(supervisor) == []
    protected(hit_of(traveller, HitStatus.DECIDED), people.analyst)
    assert whys(supervisor) == [Why.PROTECTED]


@pytest.mark.parametrize(
    ("language", "told", "alarm"),
    [
        ("es", "Un menor para quien se confirmó una orden", "Protección debe recibir a 1 viajero."),
        ("en", "A child, with an order confirmed", "Protection must meet 1 traveller."),
    ],
)
def test_the_page_of_orders_says_why_and_leads_to_the_traveller_without_a_name(
    make_order: Make, analyst: Who, people: People, browse: Callable[..., Client], language: str, told: str, alarm: str
) -> None:
    _, traveller = confirmed(make_order, analyst)
    JourneyTraveller.objects.update(minor=True)
    Journey.objects.update(departure_at=timezone.now() + timedelta(hours=1))  # the page looks at the clock
    people.supervisor.language = language
    people.supervisor.save()
    page = browse(people.supervisor, Purpose.BORDER_CONTROL).get("/orders").content.decode()
    table = page.split('id="protect"')[1].split("</table>")[0]
    assert told in table
    assert alarm in page
    assert f'href="/traveller/{traveller.pk}/orders"' in table
    assert "EJEMPLO" not in table
