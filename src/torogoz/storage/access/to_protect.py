"""Whom an order may not turn away although it was confirmed for them: protection must meet them, and somebody know.

A child, or somebody whom a person decided to protect, boards whatever an order says (domain.answer; LR-73). The answer
to the carrier tells nobody of it. Here they stand until their flight leaves or the confirmation ends; none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from torogoz.storage.access.guard import visible
from torogoz.storage.models import Journey, Order, OrderConfirmation
from torogoz.storage.orders import protections

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who


class Why(StrEnum):
    """Why the order does not act."""

    MINOR = "minor"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class ToProtect:
    """Somebody to meet: why, since when an order was confirmed for them, and their flight."""

    why: Why
    since: datetime
    traveller: int
    designator: str
    departure_airport: str
    arrival_airport: str
    departure_at: datetime


def to_protect(who: Who, now: datetime) -> tuple[ToProtect, ...]:
    """Those of the orders that are open to the asker, the next departure first. Whoever calls has admitted them."""
    rows = to_protect_by(who, now).select_related("traveller__journey")
    found = []
    for each in rows.order_by("traveller__journey__departure_at", "pk"):
        flight = each.traveller.journey
        assert flight.departure_at  # noqa: S101 - they were asked for by it
        found.append(
            ToProtect(
                Why.MINOR if each.traveller.minor else Why.PROTECTED,
                each.confirmed_at,
                each.traveller_id,
                flight.designator,
                flight.departure_airport,
                flight.arrival_airport,
                flight.departure_at,
            )
        )
    return tuple(found)


def to_protect_by(who: Who, now: datetime) -> QuerySet[OrderConfirmation]:
    """Their rows: the confirmations of orders."""
    guarded = Exists(protections().filter(hit__traveller=OuterRef("traveller")))
    return OrderConfirmation.objects.filter(
        Q(traveller__minor=True) | guarded,
        order__in=visible(Order.objects.all(), who),
        ended_at=None,
        order__withdrawn_at=None,
        traveller__masked_at=None,
        traveller__journey__departure_at__gt=now,
        traveller__journey__status=Journey.Status.OPEN,
    )
