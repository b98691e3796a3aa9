"""The queue: every undecided hit that the asker may see, by gravity band and within it by act-by time.

A hit leaves it by a person's decision, or with its traveller or cause; never by time. Advisory hits are never here
(LR-72). What changed since the asker last opened a hit is marked, and what nobody has opened is new to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, Subquery

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import CauseKind, HitStatus, Ruling
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole, Who
from torogoz.storage.access.faces import Face, faces
from torogoz.storage.access.guard import admit, classes_for, hits_for
from torogoz.storage.access.missing import Lacking, lacking
from torogoz.storage.audit import record
from torogoz.storage.models import Hit, HitSeen

if TYPE_CHECKING:
    from django.db.models import QuerySet

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
BANDS = (1, 2, 3, 4)
#: A page holds this many; the most urgent are always among them.
LONGEST = 100
#: A hit this near its act-by time is marked, as upkeep alarms the supervisor.
NEAR = timedelta(minutes=30)

_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on a hit, and until when it is theirs."""

    by: str
    until: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hit that waits for a person. `fresh` was never opened by the asker, `changed` has changed since.

    `urgent` ones are so likely the person that they come first (`domain.operating_points`); the order stays that of the
    deadlines. `child_listed` is whether the entry alone is about a child, as far as the hit knows. One whose record is
    `masked` can no longer be decided: it shows its number, its flight and its cause.
    """

    id: int
    traveller: int
    journey: int
    face: Face
    minor: bool
    child_listed: bool
    designator: str
    departure_airport: str
    arrival_airport: str
    direction: Direction
    gravity: int
    cause: CauseKind
    source: str
    title_es: str
    title_en: str
    act_by: datetime | None
    near: bool
    overdue: bool
    awaiting_second: bool
    claim: Claim | None
    fresh: bool
    changed: bool
    raised_at: datetime
    urgent: bool = False
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """The hits of a page, how many wait in each band whatever the page's filter, and the flights that lack messages."""

    hits: tuple[Waiting, ...]
    bands: tuple[tuple[int, int], ...]
    mine: int
    lacking: tuple[Lacking, ...] = ()

    @property
    def total(self) -> int:
        """How many wait in all."""
        return sum(number for _, number in self.bands)


def queue(who: Who, now: datetime, *, band: int | None = None, mine: bool = False, live: bool = False) -> Queue:
    """The asker's queue; `band` and `mine` narrow the page. A live refresh leaves no audit entry."""
    admit(who, MAY, now, purpose=True)
    waiting = hits_for(who).filter(queued=True, status__in=_UNDECIDED)
    bands = dict(waiting.values_list("gravity").annotate(number=Count("pk")).order_by())
    own = Q(claimed_by=who.account, claimed_until__gt=now)
    page = waiting.filter(own) if mine else waiting
    hits = waiting_hits(page.filter(gravity=band) if band else page, who, now)
    if not live:
        record(AuditEvent.VIEWED_QUEUE, now, who=who, counts={"hits": len(hits)})
    return Queue(
        hits=hits,
        bands=tuple((each, bands.get(each, 0)) for each in BANDS),
        mine=waiting.filter(own).count(),
        lacking=lacking(now),
    )


def waiting_hits(page: QuerySet[Hit], who: Who, now: datetime) -> tuple[Waiting, ...]:
    """Hits that the guard has let pass, in the queue's order."""
    seen = HitSeen.objects.filter(hit=OuterRef("pk"), account=who.account).values("seen_at")
    rows = list(
        page.select_related("traveller", "journey", "claimed_by")
        .annotate(seen_at=Subquery(seen))
        .order_by("gravity", F("act_by").asc(nulls_last=True), "pk")[:LONGEST]
    )
    shown = faces({row.traveller_id: row.traveller for row in rows}.values(), classes_for(who))
    return tuple(
        Waiting(
            id=row.pk,
            traveller=row.traveller_id,
            journey=row.journey_id,
            face=shown[row.traveller_id],
            minor=row.traveller.minor and not row.traveller.masked_at,
            child_listed=bool(row.child_listed) and not row.traveller.minor and not row.traveller.masked_at,
            designator=row.journey.designator,
            departure_airport=row.journey.departure_airport,
            arrival_airport=row.journey.arrival_airport,
            direction=Direction(row.journey.direction),
            gravity=row.gravity,
            cause=CauseKind(row.cause_kind),
            source=row.cause_source,
            title_es=row.title_es,
            title_en=row.title_en,
            act_by=row.act_by,
            near=row.act_by is not None and now < row.act_by <= now + NEAR,
            overdue=row.act_by is not None and row.act_by <= now,
            awaiting_second=row.status == HitStatus.AWAITING_SECOND,
            claim=_claim(row, who, now),
            fresh=row.seen_at is None,
            changed=row.seen_at is not None and row.seen_at < row.changed_at,
            raised_at=row.raised_at,
            urgent=row.ruling != Ruling.SAMPLED and settings.OPERATING_POINTS.is_urgent(row.probability),
            masked=row.traveller.masked_at is not None,
        )
        for row in rows
        if row.traveller_id in shown
    )


def _claim(row: Hit, who: Who, now: datetime) -> Claim | None:
    if row.claimed_by is None or row.claimed_until is None or row.claimed_until <= now:
        return None
    return Claim(row.claimed_by.get_username(), row.claimed_until, row.claimed_by_id == who.account)
