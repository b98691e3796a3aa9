"""The queue of sealed deliveries: who reads which, for how long, and in which order (docs/decisions/0013).

A worker takes the oldest delivery that it may take, with a lease, which it renews with each message that it commits. A
worker that was killed, or stands still, loses what it held when the lease ends; one that wakes up after that finds that
the lease is no longer its own, and writes nothing. A worker that starts again under its own name takes its own at once.

On PostgreSQL several workers share the queue and never wait for each other (SKIP LOCKED). The messages of one flight
stay in order: when a delivery was read, the flights that it speaks of become its lanes, and it is applied when every
earlier delivery has told its lanes and none of them shares one. The lowest number never waits, so all get their turn.
On SQLite there is one writer, and so one delivery under lease at a time, and they are applied as they arrived.

Leases are measured by the database's clock: workers need not agree on the time, only it with itself. Every function
works in its caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Greatest, Now

from torogoz.errors import UnavailableError
from torogoz.storage.models import Delivery, QueuedDelivery, QueueLane
from torogoz.storage.transactions import in_passing, of_one_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

#: How often a delivery is tried that we fail on, before it waits for a person.
TRIES = 3
#: How often it may have been in hand when a worker was killed. More than the former: whoever pulls the plug is not told
#: from a message that brings a worker down, and a message that was committed in between begins the count anew.
KILLS = 5
#: How long a delivery is held without a sign of life, and how much longer for each mebibyte that is to be read.
LEASE, FOR_EACH_MEBIBYTE = timedelta(seconds=25), timedelta(seconds=2)
#: A lease that ends later than any does was given before the clock was set back, and holds nobody.
_LONGEST = LEASE + 64 * FOR_EACH_MEBIBYTE + timedelta(seconds=1)

#: What may wait: beyond either, nothing more is received until the workers have caught up.
MOST_WAITING, MOST_BYTES = 10_000, 2 * 1024**3


class LeaseLostError(UnavailableError):
    """Another worker has taken this delivery over."""

    default_remedy = "nothing: the other reads it"


class BacklogError(UnavailableError):
    """Too many deliveries wait to be read."""

    default_remedy = "send it again later"


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's hold on a delivery; `tries` are those that came to nothing, this one included."""

    delivery: int
    worker: str
    size: int
    tries: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be read, or is being read."""

    deliveries: int
    size: int

    @property
    def full(self) -> bool:
        """Whether nothing more is received."""
        return self.deliveries >= MOST_WAITING or self.size >= MOST_BYTES


def backlog() -> Backlog:
    """Count what waits."""
    found = QueuedDelivery.objects.aggregate(deliveries=Count("pk"), size=Sum("size"))
    return Backlog(found["deliveries"], found["size"] or 0)


def shared() -> bool:
    """Whether several workers may read at the same time."""
    return connection.features.has_select_for_update_skip_locked


def enqueue(delivery: Delivery) -> None:
    """Let a sealed delivery wait for its turn."""
    QueuedDelivery.objects.create(delivery=delivery, size=delivery.size)


def claim(worker: str, only: int | None = None) -> Lease | None:
    """Take the oldest delivery that may be taken, or the one that is named; None where there is none.

    The try is counted here: commit before the work starts, so that it stays counted whatever becomes of the worker.
    """
    in_passing()
    waiting = QueuedDelivery.objects.order_by("pk")
    if only is not None:
        waiting = waiting.filter(pk=only)
    if shared():
        free = waiting.filter(_free(worker), _may_be_read())
        waiting = free.select_for_update(skip_locked=True, no_key=True, of=("self",))
    elif _held_by_others(worker).exists():
        return None
    row = waiting.first()
    if row is None:
        return None
    lease = Lease(row.pk, worker, row.size, row.tries + 1)
    QueuedDelivery.objects.filter(pk=row.pk).update(tries=lease.tries, worker=worker, leased_until=_until(lease))
    return lease


def is_first(lease: Lease) -> bool:
    """Whether nothing that came before a delivery waits: then it is its turn in whichever lane, and it stays so."""
    return not QueuedDelivery.objects.filter(pk__lt=lease.delivery).exists()


def enter(lease: Lease, flights: Iterable[str], *, first: bool = False) -> bool:
    """Stand in the lanes of these flights; give whether it is this delivery's turn in all of them.

    `first` is what `is_first` said before.
    """
    in_passing()
    known = set(QueueLane.objects.filter(queued=lease.delivery).values_list("flight", flat=True))
    QueueLane.objects.bulk_create(QueueLane(queued_id=lease.delivery, flight=each) for each in set(flights) - known)
    QueuedDelivery.objects.filter(pk=lease.delivery).update(lanes_known=True)
    return first or QueuedDelivery.objects.filter(_may_be_read(), pk=lease.delivery).exists()


def hold(lease: Lease) -> None:
    """Begin a message's transaction: renew the lease, and keep everybody else away until the commit.

    LeaseLostError where it is another's. The count of tries begins anew with what this transaction commits.
    """
    of_one_message()
    own = QueuedDelivery.objects.filter(pk=lease.delivery, worker=lease.worker)
    if not own.update(leased_until=_until(lease), tries=0):
        raise LeaseLostError


def tries(lease: Lease) -> int:
    """How many tries are counted since something of the delivery was last committed. LeaseLostError as in `hold`."""
    own = QueuedDelivery.objects.select_for_update(no_key=True).filter(pk=lease.delivery, worker=lease.worker).first()
    if own is None:
        raise LeaseLostError
    return own.tries


def put_back(lease: Lease, *, count: bool) -> int:
    """Give a delivery back, its try counted or not, and say how many are. LeaseLostError as in `hold`."""
    own = QueuedDelivery.objects.filter(pk=lease.delivery, worker=lease.worker)
    tries = F("tries") if count else Greatest(F("tries") - 1, 0)
    if not own.update(worker="", leased_until=None, tries=tries):
        raise LeaseLostError
    return QueuedDelivery.objects.values_list("tries", flat=True).get(pk=lease.delivery)


def leave(lease: Lease) -> None:
    """Take a delivery out of the queue, after `hold`, in the transaction that ends it."""
    own = QueuedDelivery.objects.filter(pk=lease.delivery, worker=lease.worker)
    QueueLane.objects.filter(queued=lease.delivery).delete()
    own._raw_delete(own.db)  # noqa: SLF001 - its lanes are gone: Django would read the row and ask for them again


def _until(lease: Lease) -> object:
    return Now() + LEASE + FOR_EACH_MEBIBYTE * (lease.size // 2**20)


def _free(worker: str) -> Q:
    """What nobody holds, whose lease has ended, or what was this worker's before it was started again."""
    ended = Q(leased_until=None) | Q(leased_until__lte=Now()) | Q(leased_until__gt=Now() + _LONGEST)
    return ended | Q(worker=worker)


def _held_by_others(worker: str) -> QuerySet[QueuedDelivery]:
    """All that is not free."""
    held = QueuedDelivery.objects.filter(leased_until__gt=Now(), leased_until__lte=Now() + _LONGEST)
    return held.exclude(worker=worker)


def _may_be_read() -> Q:
    """What has not told its lanes, or whose turn it is in all of them."""
    untold: QuerySet[QueuedDelivery] = QueuedDelivery.objects.filter(pk__lt=OuterRef("pk"), lanes_known=False)
    ahead = QueueLane.objects.filter(flight=OuterRef("flight"), queued__lt=OuterRef("queued"))
    behind = QueueLane.objects.filter(Exists(ahead), queued=OuterRef("pk"))
    return Q(lanes_known=False) | ~Q(Exists(untold) | Exists(behind))
