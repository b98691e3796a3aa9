"""What of orders needs a person: protection meets whom it must, and an answer that nobody heard is told by voice.

LR-73: whom an order may not turn away, somebody must know of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.answers.asking import NOW, OUT, ask, person, request
from tests.integration.answers.conftest import Make, load, loaded
from tests.integration.answers.test_orders import _hit
from tests.integration.answers.test_revise import acknowledge
from tests.integration.conftest import People
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import orders
from torogoz.flow.revise import revise, to_tell
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.order_alarms import SHOWN, Why, matters
from torogoz.storage.access.orders import orders as read_orders
from torogoz.storage.models import AnswerRevision, Decision, Journey, JourneyTraveller

pytestmark = pytest.mark.django_db

REASON = "Passport is that of the order"


def confirmed(make_order: Make, analyst: Who, **asked: Any) -> tuple[int, JourneyTraveller]:
    """Somebody leaves, and an order is confirmed for them: the confirmation, and who they are."""
    ask(request(person(**asked), route=OUT))
    traveller = loaded()
    return orders.confirm(analyst, make_order(), traveller.pk, REASON, NOW), traveller


def whys(who: Who, now: Any = NOW) -> list[Why]:
    return [each.why for each in matters(who, now)]


def test_a_child_for_whom_an_order_was_confirmed_is_shown_to_who_must_send_protection_until_it_ends(
    make_order: Make, analyst: Who, supervisor: Who, people: People, who: Callable[..., Who]
) -> None:
    confirmation, traveller = confirmed(make_order, analyst, born="")
    assert whys(supervisor) == []
    ask(request(person(born="150101"), route=OUT, transaction="T2", time="1801"))
    load()
    (matter,) = matters(supervisor, NOW)
    assert (matter.why, matter.traveller, matter.designator) == (Why.MINOR, traveller.pk, "X1570")
    assert alarms(supervisor, NOW).orders == 1
    assert bool(alarms(supervisor, NOW))
    assert read_orders(analyst, NOW).matters == (matter,)
    assert read_orders(who(people.data_protection, Purpose.OVERSIGHT), NOW).matters == (), (
        "who sees use is shown no traveller"
    )
    assert whys(who(people.partner, Purpose.BORDER_CONTROL)) == [], "another agency's orders are not theirs"
    departure = Journey.objects.get().departure_at
    assert departure
    assert whys(supervisor, departure) == []
    orders.release(analyst, confirmation, "A child", NOW)
    assert Why.MINOR not in whys(supervisor)


def test_somebody_whom_a_person_decided_to_protect_is_shown_likewise(
    make_order: Make, analyst: Who, supervisor: Who, people: People
) -> None:
    _, traveller = confirmed(make_order, analyst)
    assert whys(supervisor) == []
    Decision.objects.create(
        hit=_hit(traveller, HitStatus.DECIDED),
        made_by=people.analyst,
        made_at=NOW,
        identity=Identity.SAME,
        identity_reason="x",
        ground=Ground.YES,
        ground_reason="x",
        action=Action.PROTECTION,
        action_reason="x",
        effective_at=NOW,
    )
    assert whys(supervisor) == [Why.PROTECTED]


def test_an_answer_that_was_not_heard_before_the_doors_closed_is_shown_for_a_shift(
    make_order: Make, analyst: Who, supervisor: Who
) -> None:
    confirmed(make_order, analyst)
    departure = Journey.objects.get().departure_at
    assert departure
    late = departure - timedelta(minutes=14)
    assert to_tell(None, NOW)
    assert whys(supervisor) == []
    revise(late)
    assert whys(supervisor, late) == [Why.UNHEARD]
    assert alarms(supervisor, late).orders == 1
    assert whys(supervisor, late + SHOWN) == []


def test_a_traveller_of_whom_the_carrier_knows_nothing_is_shown_and_one_who_was_heard_of_is_not(
    make_order: Make, analyst: Who, supervisor: Who
) -> None:
    confirmation, _ = confirmed(make_order, analyst)
    ask(acknowledge("118"))
    assert whys(supervisor) == [Why.UNKNOWN]
    orders.release(analyst, confirmation, "Another person", NOW)
    assert whys(supervisor) == [], "the answer was revised again, and that one is being told"


@pytest.mark.parametrize(
    ("language", "told"),
    [("es", "La aerolínea no conoce al viajero"), ("en", "The carrier does not know the traveller")],
)
def test_the_page_of_orders_says_what_is_the_matter_and_leads_to_the_traveller(
    make_order: Make, analyst: Who, people: People, browse: Callable[..., Client], language: str, told: str
) -> None:
    _, traveller = confirmed(make_order, analyst)
    ask(acknowledge("118"))
    AnswerRevision.objects.update(ended_at=timezone.now())  # the page looks at the clock
    people.supervisor.language = language
    people.supervisor.save()
    page = browse(people.supervisor, Purpose.BORDER_CONTROL).get("/orders").content.decode()
    assert told in page
    assert f'href="/traveller/{traveller.pk}/orders"' in page
    assert "EJEMPLO" not in page.split('id="matters"')[1].split("</table>")[0]
