"""What was answered names nobody after a few days, and an order is gone a month after it ended (LR-42, LR-71)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.integration.answers.asking import BETO, NOW, OUT, ask, person, request
from tests.integration.answers.conftest import Make, load, loaded
from torogoz.domain.staff import Who
from torogoz.flow import orders, retention
from torogoz.storage.models import InteractiveAnswer, InteractiveRequest, Order, OrderConfirmation

pytestmark = pytest.mark.django_db(transaction=True)


def run(as_of: datetime) -> None:
    retention.run(as_of, as_of)


def end_of(day: date) -> datetime:
    """The midnight with which a day of the state ends."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), timezone.get_default_timezone())


def keys() -> set[str | None]:
    return set(InteractiveAnswer.objects.values_list("traveller_key", flat=True))


def test_after_a_week_no_answer_says_any_more_whose_it_was_and_the_answer_stays() -> None:
    ask(request(person(), BETO))
    load()
    run(NOW + timedelta(days=6))
    assert len(keys() - {None}) == 2
    run(NOW + timedelta(days=8))
    assert keys() == {None}
    assert list(InteractiveAnswer.objects.order_by("place").values_list("code", "because")) == [("0Z", "clear")] * 2
    assert InteractiveRequest.objects.get().answered_at == NOW


def test_an_order_goes_a_month_after_its_last_day_with_its_confirmations_and_one_in_force_stays(
    make_order: Make, analyst: Who
) -> None:
    ask(request(person(), route=OUT))
    last = date(2026, 12, 1)
    ended, stays = make_order(valid_until=last), make_order(valid_until=date(2027, 6, 30))
    traveller = loaded()
    for order in (ended, stays):
        orders.confirm(analyst, order, traveller.pk, "Passport is that of the order", NOW)
    run(end_of(last) + timedelta(days=29))
    assert set(Order.objects.values_list("pk", flat=True)) == {ended, stays}
    run(end_of(last) + timedelta(days=32))
    assert set(Order.objects.values_list("pk", flat=True)) == {stays}
    assert OrderConfirmation.objects.get().order_id == stays


def test_an_order_that_was_withdrawn_goes_a_month_after_that_however_long_it_would_have_held(
    make_order: Make, supervisor: Who
) -> None:
    order = make_order(valid_until=date(2030, 1, 1))
    orders.withdraw(supervisor, order, "The court lifted it", NOW)
    run(NOW + timedelta(days=29))
    assert Order.objects.exists()
    run(NOW + timedelta(days=32))
    assert not Order.objects.exists()
