"""The schedule as far as it is imported: how many flights are expected, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import StaffRole, Who
from torogoz.storage.access.guard import admit
from torogoz.storage.audit import record
from torogoz.storage.models import Journey

if TYPE_CHECKING:
    from datetime import datetime

IMPORTERS = frozenset({StaffRole.SUPERVISOR, StaffRole.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Expected:
    """The scheduled flights that have not left, and when the last of them leaves."""

    flights: int
    until: datetime | None


def expected(who: Who, now: datetime) -> Expected:
    """What is expected from now on."""
    admit(who, IMPORTERS, now)
    ahead = Journey.objects.filter(scheduled=True, departure_at__gte=now)
    counted = ahead.aggregate(flights=Count("pk"), until=Max("departure_at"))
    record(AuditEvent.VIEWED_BOARD, now, who=who, counts={"scheduled": counted["flights"]})
    return Expected(**counted)
