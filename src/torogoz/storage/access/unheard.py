"""Revised answers that no carrier has heard: somebody must call it, or meet the traveller (LR-08; CUSRES 132 and 312).

A revision is unheard once it has been told for five minutes without its 312, when the carrier answered that it knows
neither flight nor traveller, and when the doors closed before it was heard; then it stands here for a day and a half.
What was revised once more is not: the later one is. Only those are shown of whose order the asker may know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from torogoz.storage.access.guard import visible
from torogoz.storage.access.missing import SHOWN
from torogoz.storage.models import AnswerRevision, Order, OrderConfirmation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

#: A carrier that looks every few seconds was told ten times within this.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Unheard:
    """A revision that was not heard: of whom, on which flight, and what was told how often. Names nobody.

    `refused` is whether the carrier knows neither; `ended_at` is when the telling ended, None while it goes on.
    """

    traveller: int
    designator: str
    departure_airport: str
    arrival_airport: str
    departure_date: date
    code: str
    made_at: datetime
    times: int
    refused: bool
    ended_at: datetime | None


def unheard(who: Who, now: datetime) -> tuple[Unheard, ...]:
    """They, the newest first. Asks nobody who they are: whoever calls has asked."""
    rows = unheard_by(who, now).select_related("traveller__journey").order_by("-pk")
    return tuple(
        Unheard(
            row.traveller_id,
            row.traveller.journey.designator,
            row.traveller.journey.departure_airport,
            row.traveller.journey.arrival_airport,
            row.traveller.journey.departure_date,
            row.code,
            row.made_at,
            row.times,
            row.refused,
            row.ended_at,
        )
        for row in rows
    )


def unheard_by(who: Who, now: datetime) -> QuerySet[AnswerRevision]:
    """Their rows."""
    own = OrderConfirmation.objects.filter(traveller=OuterRef("traveller"), order__in=visible(Order.objects.all(), who))
    later = AnswerRevision.objects.filter(traveller=OuterRef("traveller"), pk__gt=OuterRef("pk"))
    waiting = Q(ended_at=None, made_at__lte=now - PATIENCE)
    missed = Q(ended_at__gt=now - SHOWN) & (Q(heard_at=None) | Q(refused=True))
    rows = AnswerRevision.objects.filter(waiting | missed, traveller__masked_at=None)
    return rows.filter(Exists(own), ~Exists(later))
