"""Whom an order may not turn away although it was confirmed for them: protection must meet them, and somebody know.

A child, or somebody whom a person decided to protect, boards whatever an order says (domain.answer; LR-73). The answer
to the carrier tells nobody of it. Here they stand until their flight leaves or the confirmation ends; none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from torogoz.storage.access.guard import visible
from torogoz.storage.models import Journey, Order, OrderConfirmation
from torogoz.storage.orders import protected

if TYPE_CHECKING:
    from datetime import datetime

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
    rows = OrderConfirmation.objects.filter(
        order__in=visible(Order.objects.all(), who),
        ended_at=None,
        order__withdrawn_at=None,
        traveller__masked_at=None,
        traveller__journey__departure_at__gt=now,
        traveller__journey__status=Journey.Status.OPEN,
    ).select_related("traveller__journey")
    rows = rows.order_by("traveller__journey__departure_at", "pk")
    guarded = protected({each.traveller_id for each in rows})
    found = []
    for each in rows:
        flight = each.traveller.journey
        if each.traveller.minor or each.traveller_id in guarded:
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
