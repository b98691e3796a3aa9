"""A changed answer that its carrier has not heard alarms the supervisors, and stands where reviewers look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.integration.answers.asking import NOW, OUT, ask, person, request
from tests.integration.answers.conftest import Make, loaded
from tests.integration.answers.test_revise import WHY, acknowledge
from tests.integration.conftest import People
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow import orders
from torogoz.flow.revise import revise, to_tell
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.missing import SHOWN
from torogoz.storage.access.orders import orders as read_orders
from torogoz.storage.access.unheard import PATIENCE
from torogoz.storage.models import AnswerRevision, Journey, JourneyTraveller, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(make_order: Make, analyst: Who) -> int:
    """An order that was confirmed after its traveller was let board: a revision waits to be heard."""
    ask(request(person(), route=OUT))
    made = make_order()
    orders.confirm(analyst, made, loaded().pk, WHY, NOW)
    assert to_tell(None, NOW)
    return made


def count(who: Who, now: datetime) -> int:
    return alarms(who, now).unheard


def test_a_revision_alarms_once_its_carrier_was_told_for_five_minutes_and_no_more_when_it_has_heard(
    order: int, supervisor: Who
) -> None:
    assert count(supervisor, NOW + PATIENCE - timedelta(seconds=1)) == 0
    assert count(supervisor, NOW + PATIENCE) == 1
    assert alarms(supervisor, NOW + PATIENCE)
    ask(acknowledge(), NOW + PATIENCE)
    assert count(supervisor, NOW + PATIENCE) == 0


def test_one_that_was_not_heard_before_the_doors_closed_alarms_for_a_day_and_a_half(
    order: int, supervisor: Who
) -> None:
    departure = Journey.objects.get().departure_at
    assert departure
    closed = departure - timedelta(minutes=15)
    revise(closed)
    assert count(supervisor, closed) == 1
    assert count(supervisor, closed + SHOWN - timedelta(seconds=1)) == 1
    assert count(supervisor, closed + SHOWN) == 0


def test_one_whose_traveller_the_carrier_does_not_know_alarms_at_once(order: int, supervisor: Who) -> None:
    ask(acknowledge("118"))
    assert count(supervisor, NOW) == 1


def test_one_that_was_revised_once_more_alarms_by_the_later_only(order: int, supervisor: Who) -> None:
    later = NOW + PATIENCE
    orders.withdraw(supervisor, order, "The court lifted it", later)
    revise(later)
    assert AnswerRevision.objects.count() == 2
    assert count(supervisor, later) == 0
    assert count(supervisor, later + PATIENCE) == 1


def test_an_order_of_a_closed_compartment_and_a_masked_traveller_alarm_nobody(order: int, supervisor: Who) -> None:
    Order.objects.update(compartment="operation-of-others")
    assert count(supervisor, NOW + PATIENCE) == 0
    Order.objects.update(compartment="")
    assert count(supervisor, NOW + PATIENCE) == 1
    JourneyTraveller.objects.update(masked_at=NOW)
    assert count(supervisor, NOW + PATIENCE) == 0


def test_of_the_five_only_the_supervisor_is_alarmed_and_reviewers_see_which_it_is(
    order: int, people: People, who: Callable[..., Who]
) -> None:
    late = NOW + PATIENCE
    assert count(who(people.supervisor), late) == 1
    for account in people.but("supervisor"):
        with pytest.raises(RefusedError):
            alarms(who(account), late)
    for name in ("analyst", "supervisor"):
        [missed] = read_orders(who(getattr(people, name), Purpose.BORDER_CONTROL), late).unheard
        assert (missed.traveller, missed.designator, missed.code) == (JourneyTraveller.objects.get().pk, "X1570", "1Z")
        assert (missed.times, missed.refused, missed.ended_at) == (1, False, None)
    assert read_orders(who(people.data_protection, Purpose.OVERSIGHT), late).unheard == ()
    for name in ("administrator", "outsider"):
        with pytest.raises(RefusedError):
            read_orders(who(getattr(people, name), Purpose.BORDER_CONTROL), late)


def test_the_alarm_stands_on_the_supervisors_pages_and_leads_to_the_traveller(
    order: int, people: People, browse: Callable[..., Client]
) -> None:
    AnswerRevision.objects.update(made_at=NOW - timedelta(days=9000))
    client = browse(people.supervisor, Purpose.BORDER_CONTROL)
    assert "was not heard by its carrier" in client.get("/alarms").content.decode()
    page = client.get("/orders").content.decode()
    assert "Carriers that have not heard" in page
    assert f'href="/traveller/{JourneyTraveller.objects.get().pk}/orders"' in page
    assert "was not heard" not in browse(people.analyst, Purpose.BORDER_CONTROL).get("/orders").content.decode()
