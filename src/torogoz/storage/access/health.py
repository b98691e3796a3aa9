"""Whether everything that should run runs: deliveries, carriers, keys, database, worker, retention; not travellers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min, Q

from torogoz import __version__
from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import StaffRole
from torogoz.storage import queue
from torogoz.storage.access.guard import admit
from torogoz.storage.audit import record
from torogoz.storage.clocks import last_run, waits_for_a_person
from torogoz.storage.home import Home
from torogoz.storage.key_checks import by_use, known_keys
from torogoz.storage.keys import USES, survey
from torogoz.storage.models import Delivery, Journey, QueuedDelivery, ReceivedMessage

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.ADMINISTRATOR, StaffRole.SUPERVISOR})
#: The worker gives a sign of life with each round, twice a second; after this long without one it is held to be away.
WORKER_SILENT = timedelta(seconds=30)
#: A delivery that waits longer than this is a queue that does not move.
WAITS_LONG = timedelta(minutes=2)
#: What is counted of messages is counted over this time.
RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Carrier:
    """What one carrier sent lately."""

    code: str
    last_at: datetime
    messages: int
    refused: int


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the house. A delivery that failed is destroyed at `failed_until` unless it is replayed.

    `journeys_put_off` could not be screened when they were due, and are tried again. `retention_waits`: the nightly run
    is not begun before a person has looked at the clock.
    """

    version: str
    database: str
    migrations_waiting: int
    worker_seen_at: datetime | None
    worker_silent: bool
    waiting: int
    waiting_size: int
    waiting_since: datetime | None
    waits_long: bool
    backlog_full: bool
    failed: int
    failed_until: datetime | None
    journeys_to_screen: int
    journeys_put_off: int
    keys_missing: tuple[str, ...]
    retention_at: datetime | None
    retention_waits: bool
    carriers: tuple[Carrier, ...]


def health(who: Who, now: datetime) -> Health:
    """Look at everything once."""
    admit(who, MAY, now)
    record(AuditEvent.VIEWED_HEALTH, now, who=who)
    backlog = queue.backlog()
    since = QueuedDelivery.objects.aggregate(since=Min("delivery__received_at"))["since"]
    failed = Delivery.objects.filter(status=Delivery.Status.FAILED, sealed_until__gt=now).aggregate(
        number=Count("pk"), until=Min("sealed_until")
    )
    executor = MigrationExecutor(connection)
    seen = _worker_seen_at()
    return Health(
        version=__version__,
        database=connection.display_name,
        migrations_waiting=len(executor.migration_plan(executor.loader.graph.leaf_nodes())),
        worker_seen_at=seen,
        worker_silent=seen is None or now - seen > WORKER_SILENT,
        waiting=backlog.deliveries,
        waiting_size=backlog.size,
        waiting_since=since,
        waits_long=since is not None and now - since > WAITS_LONG,
        backlog_full=backlog.full,
        failed=failed["number"],
        failed_until=failed["until"],
        journeys_to_screen=Journey.objects.filter(screening_due_at__lte=now).count(),
        journeys_put_off=_put_off(now),
        keys_missing=_keys_missing(),
        retention_at=last_run(),
        retention_waits=waits_for_a_person(now),
        carriers=_carriers(now),
    )


def _carriers(now: datetime) -> tuple[Carrier, ...]:
    """Every carrier that ever sent, the one that is silent longest first."""
    recent = Q(received_at__gt=now - RECENT)
    rows = (
        ReceivedMessage.objects.exclude(carrier="")
        .values("carrier")
        .annotate(
            last=Max("received_at"),
            messages=Count("pk", filter=recent),
            refused=Count("pk", filter=recent & Q(status=ReceivedMessage.Status.REFUSED)),
        )
        .order_by("last", "carrier")
    )
    return tuple(Carrier(row["carrier"], row["last"], row["messages"], row["refused"]) for row in rows)


def _worker_seen_at() -> datetime | None:
    sign = Home.current().path / "worker-alive"
    return datetime.fromtimestamp(sign.stat().st_mtime, UTC) if sign.exists() else None


def _put_off(now: datetime) -> int:
    """How many flights are put off that could not be screened: of the others, those that waited for a new list were."""
    lately = Q(screened_at__gt=now - timedelta(minutes=5))
    return Journey.objects.filter(screening_due_at__gt=now).exclude(lately).count()


def _keys_missing() -> tuple[str, ...]:
    """The files that the database was written with, or that a use has none of, and that cannot be read."""
    files = survey(Home.current())
    wanted = {*known_keys(), *(f"{use}-1" for use in USES if not any(file.use == use for file in files))}
    there = {file.key.id for file in files if file.key}
    return tuple(f"{key_id}.key" for key_id in by_use(wanted - there))
