"""Flights that alarmed because nothing of them came, or too little, and that still lack it (LR-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from torogoz.domain.coverage import LACKING, Stage, State, states
from torogoz.domain.purpose import DataClass
from torogoz.storage.agreements import agreements, outages
from torogoz.storage.coverage import BOOKED, LISTED, flown
from torogoz.storage.models import FlightCheck, Journey

#: So long after the alarm a flight stands among those that lack; the carrier's figures keep it.
SHOWN = timedelta(hours=36)
MOST = 200


@dataclass(frozen=True, slots=True)
class Lacking:
    """A flight that lacks messages: since which stage, and what."""

    id: int
    carrier: str
    designator: str
    departure_airport: str
    arrival_airport: str
    departure_at: datetime
    stage: Stage
    states: tuple[tuple[DataClass, State], ...]


def lacking(now: datetime) -> tuple[Lacking, ...]:
    """They, the last to depart first. Names nobody, and asks nobody who they are: whoever calls has asked."""
    checks = FlightCheck.objects.filter(alarmed=True, checked_at__gt=now - SHOWN).order_by("checked_at", "pk")
    stages = dict(checks.values_list("journey", "stage"))
    if not stages:
        return ()
    flights = list(
        Journey.objects.filter(pk__in=stages, departure_at__isnull=False)
        .exclude(status=Journey.Status.CANCELLED)
        .annotate(listed=Count("travellers", filter=LISTED), booked=BOOKED)
        .order_by("-departure_at", "pk")[:MOST]
    )
    codes = {each.carrier for each in flights}
    agreed, declared = agreements(codes), outages(codes, now - SHOWN - timedelta(days=7))
    found = []
    for each in flights:
        now_so = states(flown(each), agreed[each.carrier], declared[each.carrier], now)
        lacks = tuple((data_class, state) for data_class, state in now_so.items() if state in LACKING)
        if lacks and each.departure_at:
            found.append(
                Lacking(
                    each.pk,
                    each.carrier,
                    each.designator,
                    each.departure_airport,
                    each.arrival_airport,
                    each.departure_at,
                    Stage(stages[each.pk]),
                    lacks,
                )
            )
    return tuple(found)
