"""What is still kept after a run, and until when at the latest: the last part of its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils.timezone import get_default_timezone

from torogoz.privacy.periods import Period
from torogoz.privacy.schedule import LONGEST, Data, row_of
from torogoz.storage.clocks import SPEAKS, schedule
from torogoz.storage.models import AuditText, ClearingProof, Delivery, JourneyTraveller, ReceivedMessage, WatchlistEntry

#: database → what of what was deleted it may still hold, and until when (measured: docs/operator).
OUTSIDE = {
    "sqlite": "file rewritten and log emptied: nothing",
    "sqlite, not rewritten": (
        "log emptied and deleted rows overwritten; copies of single rows may stand in pages that are in use, until "
        "`torogoz retention prove` has rewritten the file"
    ),
    "postgresql": (
        "tables vacuumed: their files until the room is used again or `torogoz retention prove` has rewritten them; "
        "the write-ahead log until its files are used again"
    ),
}
BACKUPS = "those made before this run, until they are destroyed; a restore re-applies the ledger before a door opens"


@dataclass(frozen=True, slots=True)
class Remaining:
    """A class of what is kept: how many rows, and when the last of them is due; None where a hold decides."""

    what: str
    rows: int
    until: datetime | None


def remaining() -> Iterator[Remaining]:
    """Every class of which something is kept."""
    clear = JourneyTraveller.objects.filter(masked_at=None)
    for data, column in SPEAKS.items():
        row = row_of(schedule(), data)
        yield _of(f"{data} in clear", clear.filter(**{column: True}), "first_received_at", row.masked or row.purged)
    masked = JourneyTraveller.objects.filter(masked_at__isnull=False)
    yield _of("masked records", masked, "first_received_at", LONGEST)
    messages = ReceivedMessage.objects.all()
    yield _of("redacted copies", messages.filter(redacted__isnull=False), "received_at", _period(Data.RAW))
    yield _of("messages without their travellers", messages, "received_at", _period(Data.MESSAGE))
    yield _of("sealed bytes not read", Delivery.objects.filter(sealed__isnull=False), "sealed_until", Period())
    yield _of("texts of the audit", AuditText.objects.all(), "entry__at", _period(Data.AUDIT_TEXT))
    ended = WatchlistEntry.objects.filter(version_to__isnull=False)
    yield Remaining("entries that lists have dropped", ended.count(), None)
    yield Remaining("redress numbers and certificates, each for its own term", ClearingProof.objects.count(), None)


def outside(*, rewritten: bool) -> dict[str, str]:
    """What is beyond the reach of a run: the database's own files, and copies that others made."""
    sqlite = connection.vendor == "sqlite"
    return {
        "database": OUTSIDE["sqlite, not rewritten" if sqlite and not rewritten else connection.vendor],
        "backups": BACKUPS,
    }


def _period(data: Data) -> Period:
    return row_of(schedule(), data).purged


def _of(what: str, rows: QuerySet[Any], clock: str, period: Period) -> Remaining:
    latest: datetime | None = rows.aggregate(latest=Max(clock))["latest"]
    return Remaining(what, rows.count(), period.end(latest, get_default_timezone()) if latest else None)
