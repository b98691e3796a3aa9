"""Which records the schedule speaks of now: rows as its facts, a page at a time, in the order of their numbers.

What holds a record is asked of the database for a whole page: an undecided hit, or a hold in force. Advisory hits hold
nobody: no person can decide about them (LR-72).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import get_default_timezone

from torogoz.domain.hit import HitStatus
from torogoz.privacy.schedule import Clock, Data, Record, Row, Verdict, clear_since, judge, row_of
from torogoz.storage.models import AuditEntry, Hit, Hold, JourneyTraveller, RetentionRun, WatchlistEntry

#: After a longer gap since the last run the nightly one waits for a person: the clock may be wrong, and would destroy.
LONGEST_GAP = timedelta(days=8)
UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)
#: class → the column that says whether it speaks of a traveller. Crossing records have no rows yet.
SPEAKS: dict[Data, str] = {Data.API: "has_api", Data.PNR: "has_pnr"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A traveller's row and what must happen to it."""

    row: JourneyTraveller
    verdict: Verdict


def schedule() -> Sequence[Row]:
    """The schedule of this centre."""
    rows: Sequence[Row] = settings.RETENTION
    return rows


def before(data: Data, as_of: datetime) -> datetime:
    """What began before this moment is past the clock of its class, for classes that nothing holds."""
    return row_of(schedule(), data).purged.began_before(as_of, get_default_timezone())


def told_since(data: Data, as_of: datetime) -> datetime:
    """Since when everything received of a class still stands in clear: what lies before is unknown, not none."""
    return clear_since(schedule(), data, as_of, get_default_timezone())


def local_day(moment: datetime) -> date:
    """The day of a moment on the state's calendar."""
    return moment.astimezone(get_default_timezone()).date()


def in_force(on: date) -> Q:
    """The holds that are in force on a day."""
    return Q(ended_at=None, expires_on__gt=on)


def undecided() -> Q:
    """The hits that hold a record until a person decides."""
    return Q(queued=True, status__in=UNDECIDED)


def held(travellers: Collection[int], as_of: datetime) -> set[int]:
    """Those of these travellers whose records something holds."""
    holds = Hold.objects.filter(in_force(local_day(as_of)), traveller__in=travellers)
    hits = Hit.objects.filter(undecided(), traveller__in=travellers)
    return {*holds.values_list("traveller", flat=True), *hits.values_list("traveller", flat=True)}


def last_run() -> datetime | None:
    """For which moment the last run was that was finished."""
    done = RetentionRun.objects.exclude(finished_at=None).order_by("-as_of")
    return done.values_list("as_of", flat=True).first()


def waits_for_a_person(now: datetime) -> bool:
    """Whether so much time has passed since the last run, or since this home began, that a person must look first."""
    since = last_run() or AuditEntry.objects.order_by("pk").values_list("at", flat=True).first()
    return since is not None and now - since > LONGEST_GAP


def still_there(kind: str, numbers: Collection[int]) -> list[int]:
    """Those of some rows that the ledger names, by its kinds, which are there although they were to go."""
    entries = WatchlistEntry.objects.filter(pk__in=numbers)
    travellers = JourneyTraveller.objects.filter(pk__in=numbers)
    match kind:
        case "entry":
            rows: QuerySet[Any] = entries
        case "delisted":
            rows = entries.filter(version_to=None)
        case "traveller":
            rows = travellers
        case _:  # a class of data, or several
            speaks = [Q(**{SPEAKS[Data(each)]: True}) for each in kind.split("+")]
            rows = travellers.filter(reduce(or_, speaks))
    return sorted(rows.values_list("pk", flat=True))


def page(as_of: datetime, *, after: int, size: int) -> list[Judged]:
    """The next travellers, by number, for whom a clock has run out, each with its verdict; held ones among them.

    Their rows are locked until the caller's transaction ends: nobody places a hold on what is about to go.
    """
    found = _past(as_of).filter(pk__gt=after).order_by("pk").select_related("journey")
    rows = list(found.select_for_update(of=("self",))[:size])
    holding = held([row.pk for row in rows], as_of)
    zone, table = get_default_timezone(), schedule()
    return [Judged(row, judge(_record(row, row.pk in holding), table, as_of, zone)) for row in rows]


def _record(row: JourneyTraveller, holds: bool) -> Record:  # noqa: FBT001 - a fact of the record
    classes = frozenset(data for data, column in SPEAKS.items() if getattr(row, column))
    arrived = row.journey.arrival_at or row.journey.departure_at
    return Record(row.first_received_at, arrived, classes, holds, row.masked_at is not None)


def _past(as_of: datetime) -> QuerySet[JourneyTraveller]:
    """Every traveller of whom some row of the schedule says that its time has come, whether it is held or free."""
    zone = get_default_timezone()
    asked = Q(pk__in=())
    for row in schedule():
        if row.data in SPEAKS:
            speaks = Q(**{SPEAKS[row.data]: True}) | Q(has_api=False, has_pnr=False)
            asked |= speaks & _began(row.clock, row.purged.began_before(as_of, zone))
            if row.masked:
                asked |= speaks & Q(masked_at=None) & _began(row.clock, row.masked.began_before(as_of, zone))
    return JourneyTraveller.objects.filter(asked)


def _began(clock: Clock, moment: datetime) -> Q:
    if clock is not Clock.ARRIVED:
        return Q(first_received_at__lt=moment)
    arrives = Q(journey__arrival_at__lt=moment)
    departs = Q(journey__arrival_at=None, journey__departure_at__lt=moment)
    received = Q(journey__arrival_at=None, journey__departure_at=None, first_received_at__lt=moment)
    return reduce(or_, (arrives, departs, received))
