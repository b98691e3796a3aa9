"""How many travellers a week the centre sees, counted in the flights that it keeps in clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q
from django.utils import timezone

from torogoz.storage.models import JourneyTraveller

if TYPE_CHECKING:
    from datetime import datetime

#: Counted over so much, or since the first flight where that is less ago.
LOOKED_BACK = timedelta(days=28)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Travellers a week, and the share of them of whom no source tells a birth date."""

    a_week: float
    undated: float


def traffic(now: datetime) -> Traffic:
    """The traffic of the last four weeks up to today; a home that is younger than a day counts as a day old."""
    today = timezone.localdate(now)
    flown = JourneyTraveller.objects.filter(
        journey__departure_date__gt=today - LOOKED_BACK,
        journey__departure_date__lte=today,
        merged_into=None,
        masked_at=None,
    ).exclude(status=JourneyTraveller.Status.NOT_TRAVELLING)
    counted = flown.aggregate(
        all=Count("pk"), undated=Count("pk", filter=Q(birth_date="")), first=Min("journey__departure_date")
    )
    if not counted["all"]:
        return Traffic(0.0, 0.0)
    days = (today - counted["first"]).days + 1
    return Traffic(counted["all"] * WEEK.days / days, counted["undated"] / counted["all"])
