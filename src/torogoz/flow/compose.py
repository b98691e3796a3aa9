"""Compose: the steps from bytes to hits, in their order, for those who bring data and for the worker.

Takes: deliveries, or only the time.
Gives: counts of what was received, loaded, found double, refused, and of the hits that were raised.
Refuses: nothing of its own; one delivery that fails does not stop the next.
Records: what its steps record
Legal ground: that of its steps.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import NamedTuple
from uuid import uuid4

from django.db.models import Count, Q, Sum

from torogoz.flow.parse import load_next
from torogoz.flow.receive import receive
from torogoz.flow.screen import due, screen_next
from torogoz.flow.upkeep import upkeep
from torogoz.storage.models import Delivery, Hit, Journey, Observation, ReceivedMessage
from torogoz.storage.queue import BacklogError

#: How long a worker loads before it screens what it loaded, and screens before it loads again, in seconds.
STRETCH = 0.5
#: How much is received before it is read, where the one who brings it reads it too.
BATCH, BATCH_BYTES = 50, 16 * 1024 * 1024
#: How long one waits for another worker that has what is left, each time and at most, in seconds.
_WAIT, _PATIENCE = 0.05, 60.0


class Arrival(NamedTuple):
    """The bytes of one file or request, and the name under which they came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works: the name that stands in its leases, and whether it was told to stop."""

    name: str = field(default_factory=lambda: uuid4().hex)
    told: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of deliveries, in the words of the contract."""

    received: int = 0
    loaded: int = 0
    duplicates: int = 0
    refused: int = 0
    travellers: int = 0
    hits: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        """Add up two outcomes."""
        return Outcome(
            self.received + other.received,
            self.loaded + other.loaded,
            self.duplicates + other.duplicates,
            self.refused + other.refused,
            self.travellers + other.travellers,
            self.hits + other.hits,
        )


def take_in(arrivals: Iterable[Arrival], *, source: str, now: datetime) -> Outcome:
    """Receive deliveries, load them, and screen each journey they changed: a batch at a time, whatever their number."""
    worker, outcome = Worker(), Outcome()
    batch: list[int] = []
    size = 0
    for arrival in arrivals:
        batch.append(_received(arrival, worker, source, now))
        size += len(arrival.data)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            outcome += _brought_in(batch, worker, now)
            batch, size = [], 0
    return outcome + _brought_in(batch, worker, now)


def _received(arrival: Arrival, worker: Worker, source: str, now: datetime) -> int:
    """Receive one delivery, after others were read where too many wait."""
    while True:
        try:
            return receive(arrival.data, source=source, name=arrival.name, now=now)
        except BacklogError:
            if not work(now, worker):
                time.sleep(_WAIT)


def _brought_in(batch: list[int], worker: Worker, now: datetime) -> Outcome:
    """Work until all of a batch is read and screened, by whomever, and count what became of it."""
    before = Hit.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    mine = Delivery.objects.filter(pk__among=batch)
    messages = ReceivedMessage.objects.filter(delivery__among=batch)
    sealed = mine.filter(status=Delivery.Status.SEALED)
    # A message of a flight of several legs brings travellers to the other journeys too.
    brought = Observation.objects.filter(message__in=messages).values("traveller__journey")
    journeys = Journey.objects.filter(Q(pk__in=messages.values("journey")) | Q(pk__in=brought))
    unscreened = due(now).filter(pk__in=journeys.values("pk"))
    idle = 0.0
    while idle < _PATIENCE:
        idle = 0.0 if work(now, worker) else idle + _WAIT
        if not sealed.exists() and not unscreened.exists():
            break
        if idle:
            time.sleep(_WAIT)
    status = ReceivedMessage.Status
    counts = messages.aggregate(
        received=Count("pk"),
        loaded=Count("pk", filter=Q(status=status.LOADED)),
        duplicates=Count("pk", filter=Q(status=status.DUPLICATE)),
        refused=Count("pk", filter=Q(status=status.REFUSED)),
        travellers=Sum("travellers", filter=Q(status=status.LOADED), default=0),
    )
    unread = mine.filter(messages=None).count()
    hits = Hit.objects.filter(pk__gt=before, journey__in=journeys.values("pk")).count()
    return Outcome(**counts, hits=hits) + Outcome(received=unread, refused=unread)


def work(now: datetime, worker: Worker) -> bool:
    """One round of a worker: load what waits, screen what changed or was marked, and look at the clock.

    Loading and screening each go on for a stretch, so that neither keeps the other waiting; gives whether something was
    done, and so whether there may be more.
    """
    busy = False
    end = time.monotonic() + STRETCH
    while load_next(worker.name, now, told=worker.told.is_set) is not None:
        busy = True
        if time.monotonic() >= end or worker.told.is_set():
            break
    end = time.monotonic() + STRETCH
    while screen_next(now) is not None:
        busy = True
        if time.monotonic() >= end or worker.told.is_set():
            break
    upkeep(now)
    return busy
