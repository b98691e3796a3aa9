"""Screen: the picture of a flight is held against the lists and rules in force.

Takes: a journey whose picture, or a list or rule, has changed; and the time.
Gives: the hits that are new, changed, closed or reopened (by `raise_hits`).
Refuses: to look beyond retention, and to read a class of data that a list's or rule's purpose may not. A flight that
  cannot be screened keeps none of the others, and is tried again.
Records: flight.screened
Legal ground: C-817/19 §§188–203 (registered lists, pre-determined criteria); LR-30, LR-32, LR-35.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import RaisedHit
from torogoz.domain.log_event import LogEvent
from torogoz.domain.picture import FlightPicture
from torogoz.domain.purpose import readable_classes
from torogoz.flow.in_force import ListsInForce
from torogoz.flow.raise_hits import Raised, raise_hits
from torogoz.screening import ListInForce, RulesInForce, in_force, screen
from torogoz.storage import pictures, queue, snapshots, turns
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import Journey, ScreeningMark
from torogoz.storage.outage import is_outage
from torogoz.storage.pictures import read_history, read_picture
from torogoz.storage.transactions import of_one_flight

#: A journey is future travel until this long after its arrival: those who landed may still stand in the hall.
STILL_HERE = timedelta(hours=3)
#: A flight that could not be screened, or not with the newest version of each list, is tried again after this time, and
#: at once when anything of it changes or that version is ready.
TRY_AGAIN_AFTER = timedelta(minutes=5)

log = logging.getLogger("torogoz.worker")


@dataclass(frozen=True, slots=True)
class _InForce:
    lists: tuple[ListInForce, ...]
    rules: tuple[RulesInForce, ...]
    fingerprint: snapshots.Fingerprint = ()
    behind: bool = False


class _Cache:
    """What is in force, indexed and compiled once for all flights until a version or the day changes.

    `screened_behind` is whether a flight was screened with a list as it was before its newest version.
    """

    def __init__(self) -> None:
        self.screened_behind = False
        self._lock = threading.Lock()
        self._lists = ListsInForce()
        self._key: object = None
        self._held = _InForce((), ())

    def get(self, now: datetime) -> _InForce:
        with self._lock:
            day = timezone.localdate(now)
            fingerprint = snapshots.fingerprint(day)
            key = (fingerprint, str(settings.DATABASES["default"]["NAME"]))
            if key != self._key or self._lists.news:
                rules = in_force([one.rule for one in snapshots.active_rules(day)], day)
                self._held = _InForce(self._lists.get(day), rules, fingerprint, self._lists.behind)
                self._key = key
            return self._held


_cache = _Cache()


@dataclass(frozen=True, slots=True)
class _Looked:
    """What screening a flight found, and what it rested on: it stands while a look at the rows gives the same again."""

    in_force: _InForce
    rows: pictures.Stamp
    picture: FlightPicture
    hits: tuple[RaisedHit, ...]


def lists_in_force(now: datetime) -> tuple[ListInForce, ...]:
    """The lists with which travellers are compared now, as this process holds them ready."""
    return _cache.get(now).lists


def rescreen_due(now: datetime) -> Raised:
    """Screen every journey that a message, a new list version or a rule has marked, the soonest to depart first."""
    total = Raised()
    while (raised := screen_next(now)) is not None:
        total += raised
    return total


def screen_next(now: datetime) -> Raised | None:
    """Screen the marked journey that departs soonest and that no other worker has; None where there is none.

    One that fails is put off and logged, so that the others go on. Where one process alone may write, we read and
    compare before we ask for that right: carriers that wait for an answer need it too (docs/benchmarks). A flight that
    changed meanwhile stays marked.
    """
    _take_marks(now)
    _catch_up(now)
    soonest = due(now).order_by(F("departure_at").asc(nulls_last=True), "pk")
    journey = looked = None
    turns.give_way()
    try:
        if not queue.shared():
            journey = soonest.first()
            if journey is None:
                return None
            looked = _look(journey, now)
            soonest = soonest.filter(pk=journey.pk)
        with transaction.atomic():
            of_one_flight()
            locked = soonest.select_for_update(skip_locked=True, no_key=True).first()
            journey = locked or journey
            if looked and not (locked and _stands(looked, locked, now)):
                return Raised()  # it changed meanwhile, and is looked at again if it is still marked
            return _screen(locked, looked or _look(locked, now), now) if locked else None
    except Exception as problem:
        if journey is None or is_outage(problem):  # the database is away, for this one and for all others
            raise
        _put_off(journey, now)
        log.error(LogEvent.SCREENING_FAILED, extra={"kind": type(problem).__name__, "journey": journey.pk})  # noqa: TRY400 - a trace may hold data
        return Raised()


def due(now: datetime) -> QuerySet[Journey]:
    """Journeys that are marked and not put off. A mark beyond that was made before the clock was set back."""
    marked = Q(screening_due_at__lte=now) | Q(screening_due_at__gt=now + TRY_AGAIN_AFTER)
    return Journey.objects.filter(marked)


def _put_off(journey: Journey, now: datetime) -> None:
    """Try a journey again later, unless something of it has changed meanwhile."""
    same = Journey.objects.filter(pk=journey.pk, screening_due_at=journey.screening_due_at)
    same.update(screening_due_at=now + TRY_AGAIN_AFTER)


def mark_future(now: datetime) -> int:
    """Mark every future journey for screening, in the caller's transaction; give how many."""
    return mark(future(now), now)


def mark(journeys: QuerySet[Journey], now: datetime) -> int:
    """Mark journeys for screening, always in one order, so that nobody waits in a circle; give how many."""
    locked = journeys.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    return Journey.objects.filter(pk__among=list(locked)).update(screening_due_at=now)


def _take_marks(now: datetime) -> None:
    """Mark the journeys to come of whose travellers the history has changed."""
    if not ScreeningMark.objects.exists():
        return
    with transaction.atomic():
        marks = dict(ScreeningMark.objects.select_for_update(skip_locked=True).values_list("pk", "journey"))
        mark(future(now).filter(pk__among=set(marks.values())), now)
        ScreeningMark.objects.filter(pk__among=marks).delete()


def _catch_up(now: datetime) -> None:
    """Have what was screened with a list behind its newest version screened again, once that is ready here.

    Where this process ends before, the time until which those flights were put off does the same.
    """
    if _cache.screened_behind and not _cache.get(now).behind:
        with transaction.atomic():
            mark(Journey.objects.filter(screening_due_at__gt=now), now)
        _cache.screened_behind = False


def future(now: datetime) -> QuerySet[Journey]:
    """Journeys that have not landed, or whose travellers may still stand in the hall."""
    landing = Q(arrival_at__gte=now - STILL_HERE)
    return Journey.objects.filter(landing | Q(arrival_at=None, departure_at__gte=now - timedelta(days=1)))


def _look(journey: Journey, now: datetime) -> _Looked:
    """Hold a flight against what is in force; nothing is written."""
    in_force = _cache.get(now)
    rows = pictures.stamp(journey)
    picture = read_picture(journey, timezone.localtime(now), keyring())
    history = {some.purpose: read_history(picture, readable_classes(some.purpose)) for some in in_force.rules}
    hits = screen(picture, in_force.lists, in_force.rules, history, settings.OPERATING_POINTS)
    return _Looked(in_force, rows, picture, hits)


def _stands(looked: _Looked, journey: Journey, now: datetime) -> bool:
    """Whether nothing has changed of what a look rested on; asked under the lock."""
    unchanged = looked.in_force.fingerprint == snapshots.fingerprint(timezone.localdate(now))
    return unchanged and looked.rows == pictures.stamp(journey)


def _screen(journey: Journey, looked: _Looked, now: datetime) -> Raised:
    """Bring the hits of a journey, whose row is locked, to what a look at it found."""
    raised = raise_hits(journey, looked.picture, looked.hits, now)
    behind = looked.in_force.behind
    _cache.screened_behind |= behind
    again = now + TRY_AGAIN_AFTER if behind else None
    Journey.objects.filter(pk=journey.pk).update(screened_at=now, screening_due_at=again)
    record(
        AuditEvent.FLIGHT_SCREENED,
        now,
        object_type="journey",
        object_id=journey.pk,
        counts={"travellers": len(looked.picture.travellers), "hits": len(looked.hits)},
    )
    return raised
