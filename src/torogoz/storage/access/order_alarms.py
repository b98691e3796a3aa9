"""What of orders needs a person: an answer that no carrier has heard, and an order confirmed for a protected one.

A child, or somebody whom a person decided to protect, boards whatever an order says (domain.answer), and must then be
met by protection: nobody is told of that by the answer itself. A revised answer that was not heard until the doors
closed, or of whom the carrier knew nobody, is told by telephone. A flight is named, and no traveller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from torogoz.storage.access.guard import visible
from torogoz.storage.models import AnswerRevision, Journey, Order, OrderConfirmation
from torogoz.storage.orders import protected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who
    from torogoz.storage.models import JourneyTraveller

#: An answer that was not heard is shown for so long after the doors have closed.
SHOWN = timedelta(hours=8)


class Why(StrEnum):
    """What is the matter."""

    MINOR = "minor"
    PROTECTED = "protected"
    UNKNOWN = "unknown"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that needs a person: what, since when, about which traveller on which flight."""

    why: Why
    since: datetime
    traveller: int
    designator: str
    departure_airport: str
    arrival_airport: str
    departure_at: datetime | None


def matters(who: Who, now: datetime) -> tuple[Matter, ...]:
    """Those of the orders that are open to the asker; whoever calls has admitted them. The next departure first."""
    standing = OrderConfirmation.objects.filter(order__in=visible(Order.objects.all(), who))
    found = [*_protected(standing, now), *_unheard(standing, now)]
    return tuple(sorted(found, key=lambda each: (each.departure_at or now, each.traveller, each.why)))


def _protected(standing: QuerySet[OrderConfirmation], now: datetime) -> Iterator[Matter]:
    """Confirmations that do not act, because of whom they are about, on flights that have not left."""
    rows = standing.filter(
        ended_at=None,
        order__withdrawn_at=None,
        traveller__masked_at=None,
        traveller__journey__departure_at__gt=now,
        traveller__journey__status=Journey.Status.OPEN,
    ).select_related("traveller__journey")
    guarded = protected({each.traveller_id for each in rows})
    for each in rows:
        if each.traveller.minor or each.traveller_id in guarded:
            why = Why.MINOR if each.traveller.minor else Why.PROTECTED
            yield _matter(why, each.confirmed_at, each.traveller)


def _unheard(standing: QuerySet[OrderConfirmation], now: datetime) -> Iterator[Matter]:
    """The last revisions that ended without being heard, or of whom the carrier knew nobody."""
    later = AnswerRevision.objects.filter(traveller=OuterRef("traveller"), pk__gt=OuterRef("pk"))
    rows = AnswerRevision.objects.filter(
        ~Exists(later),
        Q(heard_at=None) | Q(refused=True),
        traveller__in=standing.values("traveller"),
        traveller__masked_at=None,
        ended_at__gt=now - SHOWN,
    )
    for each in rows.select_related("traveller__journey"):
        assert each.ended_at  # noqa: S101 - they were asked for by it
        yield _matter(Why.UNKNOWN if each.refused else Why.UNHEARD, each.ended_at, each.traveller)


def _matter(why: Why, since: datetime, row: JourneyTraveller) -> Matter:
    flight = row.journey
    return Matter(
        why,
        since,
        row.pk,
        flight.designator,
        flight.departure_airport,
        flight.arrival_airport,
        flight.departure_at,
    )
