"""Missing: a flight of the schedule that sent nothing, or too little, is seen while something can still be done.

Takes: the time.
Gives: how many flights were looked at, an hour before departure, at departure and at arrival, and how many alarmed.
Refuses: to look at a flight twice at one stage, and to alarm for what is not due, or for an outage that was declared.
Records: flight.alarmed
Legal ground: UN Security Council resolutions 2178 §9 and 2396 §§11–12; LR-14 (alarms), LR-07 (outages).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from torogoz.domain.audit import AuditEvent
from torogoz.domain.coverage import LACKING, Stage, stage_of, states
from torogoz.storage.agreements import agreements, outages
from torogoz.storage.audit import record
from torogoz.storage.coverage import BOOKED, LISTED, flown
from torogoz.storage.models import Event, FlightCheck, Journey

#: No later than this after departure is a flight looked at: what slept longer alarms for no old flights.
LATEST = timedelta(hours=36)
#: One round looks at so many; the next takes up the rest.
MOST = 500


def look(now: datetime) -> tuple[int, int]:
    """Look at the flights that have passed a stage, in the caller's transaction; give how many, and how many lack."""
    due = [(journey, stage) for journey in _due(now) if (stage := stage_of(flown(journey), now))]
    codes = {journey.carrier for journey, _ in due}
    agreed, declared = agreements(codes), outages(codes, now - LATEST - timedelta(days=7))
    alarmed = 0
    for journey, stage in due:
        found = states(flown(journey), agreed[journey.carrier], declared[journey.carrier], now)
        lacks = not LACKING.isdisjoint(found.values())
        FlightCheck.objects.create(
            journey=journey,
            stage=stage,
            checked_at=now,
            states={data_class.value: state.value for data_class, state in found.items()},
            alarmed=lacks,
        )
        if lacks:
            alarmed += 1
            record(AuditEvent.FLIGHT_ALARMED, now, object_type="journey", object_id=journey.pk)
            Event.objects.create(at=now, kind=AuditEvent.FLIGHT_ALARMED.value, journey=journey)
    return len(due), alarmed


def _due(now: datetime) -> QuerySet[Journey]:
    """The scheduled flights whose last stage nobody has looked at. A stage that was slept through is not made up."""
    arrived = Q(arrival_at__lte=now)
    at_arrival = arrived & ~Q(checks__stage=Stage.ARRIVAL)
    at_departure = ~arrived & Q(departure_at__lte=now) & ~Q(checks__stage=Stage.DEPARTURE)
    before = Q(departure_at__gt=now) & ~Q(checks__stage=Stage.HOUR_BEFORE)
    return (
        Journey.objects.filter(scheduled=True, departure_at__range=(now - LATEST, now + timedelta(hours=1)))
        .exclude(status=Journey.Status.CANCELLED)
        .filter(at_arrival | at_departure | before)
        .annotate(listed=Count("travellers", filter=LISTED, distinct=True), booked=BOOKED)
        .order_by("departure_at", "pk")[:MOST]
    )
