"""What list entries make people do: hits, how many were somebody else, and which entries fire too often.

No hit is ever dropped for being one of many. An entry that raised more in a day or a week than the settings say, or of
whose decided hits nearly all were somebody else, alarms the supervisors of its owner until it is mended or one of them
has looked at it and said what follows. All of it is computed from the hits each time. A look is an entry of the audit;
what the entry raised before it counts no more. A hit that homonym memory left out of the queue stops nobody, and
is not counted.

Counts only, within the asker's agency and compartments: no traveller is looked at, so no purpose is asked for. Hits of
masked records do not count (`yields`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, Count, Max, OuterRef, Q, Subquery, Value, When

from torogoz.domain.audit import AuditEvent, AuditRow
from torogoz.domain.hit import CauseKind, HitStatus, Identity, Ruling
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.matching.expected import WeeklyRate, observed
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import READERS
from torogoz.storage.audit import record
from torogoz.storage.models import AuditEntry, Decision, Hit, WatchlistEntry, WatchlistVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

MAY_LOOK = frozenset({StaffRole.SUPERVISOR})
#: Hits are counted over so much, or since the entry stands as it does where that is less ago.
LOOKED_BACK, WEEK, DAY = timedelta(days=28), timedelta(days=7), timedelta(days=1)
#: The share of somebody else says nothing of fewer decided hits.
ENOUGH_DECIDED = 10
#: A reason has so many signs.
SHORTEST_REASON, LONGEST_REASON = 10, 1000
#: So many entries of a list are shown, those that stop most strangers first.
MOST = 20


class TooOften(StrEnum):
    """Why an entry alarms."""

    DAY = "day"
    WEEK = "week"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Load:
    """An entry's hits of the last four weeks, those of the last day and week among them, and what people decided.

    `rate` is of those that nobody confirmed: strangers, for all that is known; None of an entry that has stood for less
    than a day. `why` it alarms, nothing where not. `readable` is whether the asker's purpose opens the entry's page.
    """

    entry: int
    watchlist: int
    list_name: str
    key: str
    day: int
    week: int
    raised: int
    decided: int
    rejected: int
    confirmed: int
    rate: WeeklyRate | None
    why: tuple[TooOften, ...]
    readable: bool


#: What raised a hit: the name of a list, of which there is one, and the key of an entry.
_Cause = tuple[str, str]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Counts:
    day: int = 0
    week: int = 0
    raised: int = 0
    decided: int = 0
    rejected: int = 0
    confirmed: int = 0


def worst(who: Who, list_id: int, now: datetime) -> tuple[Load, ...]:
    """The entries of a list that stopped most strangers, the worst first."""
    admit(who, READERS, now)
    firing = _firing(who, WatchlistEntry.objects.filter(watchlist=list_id), _counted(_hits(who, now), now))
    firing.sort(key=lambda each: (each.counts.confirmed - each.counts.raised, each.key))
    return _loads(who, firing[:MOST], now)


def load_of(who: Who, entry: int, now: datetime) -> Load | None:
    """What one entry brought; None where it brought nothing, or is not live."""
    admit(who, READERS, now)
    firing = _firing(who, WatchlistEntry.objects.filter(pk=entry), _counted(_hits(who, now), now))
    return next(iter(_loads(who, firing, now)), None)


def too_often(who: Who, now: datetime) -> tuple[Load, ...]:
    """Every entry that alarms. Whoever calls has admitted them."""
    fewest = min(settings.ENTRY_HITS_A_DAY + 1, settings.ENTRY_HITS_A_WEEK + 1, ENOUGH_DECIDED)
    hits = _hits(who, now)
    # Of nearly every entry there are fewer: what people decided is asked of the others alone.
    many = hits.values("cause_source", "cause_key").annotate(raised=Count("pk")).filter(raised__gte=fewest).order_by()
    keys = set(many.values_list("cause_key", flat=True))
    if not keys:
        return ()
    counted = _counted(hits.filter(cause_key__among=keys), now)
    causes = {cause: counts for cause, counts in counted.items() if _why(counts)}
    firing = _firing(who, WatchlistEntry.objects.all(), causes)
    return tuple(each for each in _loads(who, firing, now) if each.why)


def look(who: Who, entry: int, reason: str, now: datetime) -> int:
    """Note that a supervisor has looked at an entry that fires too often, and why it stays; give its list."""
    admit(who, MAY_LOOK, now)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise AuthorError("the reason is missing, too short or too long", remedy="write it in 10 to 1000 signs")
    row = visible(WatchlistEntry.objects.filter(pk=entry), who).first()
    if row is None:
        refuse(who, now)
    record(AuditEvent.ENTRY_REVIEWED, now, who=who, object_type="watchlist_entry", object_id=entry, text=reason.strip())
    return row.watchlist_id


@dataclass(frozen=True, slots=True)
class _Firing:
    """A live entry with its hits of the last four weeks, those from before it was mended among them."""

    entry: int
    watchlist: int
    list_name: str
    key: str
    purpose: str
    began_at: datetime
    counts: _Counts

    @property
    def cause(self) -> _Cause:
        """As hits name it."""
        return self.list_name, self.key


def _hits(who: Who, now: datetime) -> QuerySet[Hit]:
    raised = Hit.objects.filter(
        cause_kind=CauseKind.WATCHLIST, raised_at__gt=now - LOOKED_BACK, traveller__masked_at=None
    )
    return visible(raised.exclude(ruling=Ruling.CLEARED), who)


def _firing(who: Who, entries: QuerySet[WatchlistEntry], causes: Mapping[_Cause, _Counts]) -> list[_Firing]:
    """Those of the entries that are live and among the causes of hits."""
    if not causes:
        return []
    versions = WatchlistVersion.objects.filter(watchlist=OuterRef("watchlist"))
    began = versions.filter(number=OuterRef("version_from")).values("imported_at")
    rows = (
        visible(entries, who)
        .filter(
            watchlist__name__in={name for name, _ in causes}, key__among={key for _, key in causes}, version_to=None
        )
        .annotate(began=Subquery(began))
        .exclude(began=None)
        .values_list("pk", "watchlist", "watchlist__name", "key", "purpose", "began")
    )
    return [_Firing(*row, causes[row[2], row[3]]) for row in rows if (row[2], row[3]) in causes]


def _loads(who: Who, firing: Sequence[_Firing], now: datetime) -> tuple[Load, ...]:
    """What each brought since it stands as it does, and whether what came after the last look at it is too much."""
    if not firing:
        return ()
    looked = _looked((each.entry for each in firing), now)
    readable = covered_purposes(who.purpose) if who.purpose else frozenset()
    mended = {each.cause: each.began_at for each in firing if each.began_at > now - LOOKED_BACK}
    seen = {each.cause: looked[each.entry] for each in firing if looked.get(each.entry, _NEVER) >= each.began_at}
    own = _counted_since(mended, who, now)
    anew = _counted_since({cause: at + timedelta.resolution for cause, at in seen.items()}, who, now)
    found = []
    for each in firing:
        counts = own.get(each.cause, _Counts()) if each.cause in mended else each.counts
        alarming = anew.get(each.cause, _Counts()) if each.cause in seen else counts
        stood = now - max(each.began_at, now - LOOKED_BACK)
        strangers = counts.raised - counts.confirmed
        found.append(
            Load(
                each.entry,
                each.watchlist,
                each.list_name,
                each.key,
                counts.day,
                counts.week,
                counts.raised,
                counts.decided,
                counts.rejected,
                counts.confirmed,
                observed(strangers, stood / WEEK) if stood >= DAY else None,
                _why(alarming),
                each.purpose in readable,
            )
        )
    return tuple(found)


def _counted_since(begun: Mapping[_Cause, datetime], who: Who, now: datetime) -> dict[_Cause, _Counts]:
    """The hits of some entries, of each those since a moment of its own, in one question whatever their number."""
    if not begun:
        return {}
    moments = (When(cause_source=name, cause_key=key, then=Value(at)) for (name, key), at in begun.items())
    hits = _hits(who, now).filter(cause_key__among={key for _, key in begun}, raised_at__gte=Case(*moments))
    return _counted(hits, now)


def _counted(hits: QuerySet[Hit], now: datetime) -> dict[_Cause, _Counts]:
    """The hits of each entry; what people made of them by the latest decision."""
    latest = Decision.objects.filter(hit=OuterRef("pk"), effective_at__isnull=False).order_by("-effective_at", "-pk")
    decided = Q(status=HitStatus.DECIDED)
    rows = (
        hits.annotate(identity=Subquery(latest.values("identity")[:1]))
        .values_list("cause_source", "cause_key")
        .annotate(
            day=Count("pk", filter=Q(raised_at__gt=now - DAY)),
            week=Count("pk", filter=Q(raised_at__gt=now - WEEK)),
            raised=Count("pk"),
            decided=Count("pk", filter=decided),
            rejected=Count("pk", filter=decided & Q(identity=Identity.NOT_SAME)),
            confirmed=Count("pk", filter=decided & Q(identity=Identity.SAME)),
        )
        .order_by()
    )
    return {(name, key): _Counts(*counts) for name, key, *counts in rows}


def _looked(entries: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each entry was last looked at."""
    rows = AuditEntry.objects.filter(
        event=AuditEvent.ENTRY_REVIEWED,
        object_type=AuditRow.WATCHLIST_ENTRY,
        object_id__in=list(entries),
        at__gt=now - LOOKED_BACK,
    )
    return dict(rows.values_list("object_id").annotate(last=Max("at")).order_by())


def _why(counts: _Counts) -> tuple[TooOften, ...]:
    """Whether so many hits are too many, by the settings."""
    most_rejected = settings.ENTRY_REJECTED_PERCENT * counts.decided
    reasons = {
        TooOften.DAY: counts.day > settings.ENTRY_HITS_A_DAY,
        TooOften.WEEK: counts.week > settings.ENTRY_HITS_A_WEEK,
        TooOften.REJECTED: counts.decided >= ENOUGH_DECIDED and 100 * counts.rejected >= most_rejected,
    }
    return tuple(why for why, holds in reasons.items() if holds)
