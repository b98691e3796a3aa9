"""What list entries make people do: hits, how many were somebody else, and which entries fire too often.

No hit is ever dropped for being one of many. An entry that raised more in a day or a week than the settings say, or of
whose decided hits nearly all were somebody else, alarms the supervisors of its owner until it is mended or one of them
has looked at it and said what follows. All of it is computed from the hits each time. A look is an entry of the audit;
what the entry raised before it counts no more. A hit that homonym memory left out of the queue stops nobody, and
is not counted.

Counts only, within the asker's compartments, of hits of their agency and of entries that name it as their owner on
another's list (docs/decisions/0028): no traveller is looked at, so no purpose is asked for. Hits of
masked records do not count (`yields`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Subquery, Value, When

from torogoz.domain.audit import AuditEvent, AuditRow
from torogoz.domain.hit import CauseKind, HitStatus, Identity, Ruling
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.matching.expected import WeeklyRate, observed
from torogoz.storage.access.guard import admit, in_compartment, refuse, visible
from torogoz.storage.access.lists import READERS
from torogoz.storage.access.standing import Standing, came_into_force, standing
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditEntry, Decision, Hit, Watchlist, WatchlistEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
    than a day. `why` it fires too often, nothing where it does not. `readable` is whether the asker's purpose opens the
    entry's page; `elsewhere` whether the asker's agency owns it on a list that it does not open.
    """

    entry: int
    watchlist: int
    list_name: str
    key: str
    owner: str
    compartment: str
    day: int
    week: int
    raised: int
    decided: int
    rejected: int
    confirmed: int
    rate: WeeklyRate | None
    why: tuple[TooOften, ...]
    readable: bool
    elsewhere: bool


#: What raised a hit: the name of a list, of which there is one, and the key of an entry.
_Cause = tuple[str, str]


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
    rows = visible(WatchlistEntry.objects.filter(watchlist=list_id), who)
    firing = _firing(rows, _counted(_hits(who, now), now))
    firing.sort(key=lambda each: (each.counts.confirmed - each.counts.raised, each.key))
    return _loads(who, firing[:MOST], now)


def load_of(who: Who, entry: int, now: datetime) -> Load | None:
    """What one entry brought; None where it brought nothing, or is not live."""
    admit(who, READERS, now)
    rows = visible(WatchlistEntry.objects.filter(pk=entry), who)
    firing = _firing(rows, _counted(_hits(who, now), now))
    return next(iter(_loads(who, firing, now)), None)


def too_often(who: Who, now: datetime) -> tuple[Load, ...]:
    """Every entry that fires too often, of those on lists that the asker sees and of those that their agency owns.

    Whoever calls has admitted them.
    """
    fewest = min(settings.ENTRY_HITS_A_DAY + 1, settings.ENTRY_HITS_A_WEEK + 1, ENOUGH_DECIDED)
    hits = _hits(who, now, owned=True)
    # Of nearly every entry there are fewer: what people decided is asked of the others alone.
    many = hits.values("cause_source", "cause_key").annotate(raised=Count("pk")).filter(raised__gte=fewest).order_by()
    keys = set(many.values_list("cause_key", flat=True))
    if not keys:
        return ()
    counted = _counted(hits.filter(cause_key__among=keys), now)
    causes = {cause: counts for cause, counts in counted.items() if _why(counts)}
    firing = _firing(_told(WatchlistEntry.objects.all(), who), causes)
    return tuple(each for each in _loads(who, firing, now) if each.why)


def alarming(who: Who, now: datetime) -> tuple[Load, ...]:
    """Those that fire too often and alarm the asker's agency. Whoever calls has admitted them."""
    found = too_often(who, now)
    if who.centre:
        return found
    others = {each.owner for each in found} - {who.agency}
    heard = _who_could_look(others) if others else {}
    return tuple(
        each
        for each in found
        if each.owner == who.agency or not any(_opens(opened, each) for opened in heard.get(each.owner, ()))
    )


def look(who: Who, entry: int, reason: str, now: datetime) -> int | None:
    """Note that a supervisor has looked at an entry that fires too often, and why it stays.

    Gives its list, None where the asker's agency does not open that.
    """
    admit(who, MAY_LOOK, now)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise AuthorError("the reason is missing, too short or too long", remedy="write it in 10 to 1000 signs")
    row = _told(WatchlistEntry.objects.filter(pk=entry), who).first()
    if row is None:
        refuse(who, now)
    record(AuditEvent.ENTRY_REVIEWED, now, who=who, object_type="watchlist_entry", object_id=entry, text=reason.strip())
    return row.watchlist_id if visible(Watchlist.objects.filter(pk=row.watchlist_id), who).exists() else None


@dataclass(frozen=True, slots=True)
class _Firing:
    """A live entry with its hits of the last four weeks, those from before it was mended among them."""

    entry: int
    watchlist: int
    list_name: str
    key: str
    owner: str
    agency: str
    compartment: str
    purpose: str
    began_at: datetime
    counts: _Counts

    @property
    def cause(self) -> _Cause:
        """As hits name it."""
        return self.list_name, self.key


def _told(rows: QuerySet[WatchlistEntry], who: Who) -> QuerySet[WatchlistEntry]:
    """The entries on lists that the asker sees, and those of which their agency is the owner, on whose list ever."""
    if who.centre:
        return visible(rows, who)
    return rows.filter(in_compartment(who), Q(agency__code=who.agency) | Q(owner=who.agency))


def _hits(who: Who, now: datetime, *, owned: bool = False) -> QuerySet[Hit]:
    """The hits that count, of the asker's agency and compartments; those of entries that it owns elsewhere on wish."""
    raised = Hit.objects.filter(
        cause_kind=CauseKind.WATCHLIST, raised_at__gt=now - LOOKED_BACK, traveller__masked_at=None
    ).exclude(ruling=Ruling.CLEARED)
    if who.centre or not owned:
        return visible(raised, who)
    named = {"watchlist__name": OuterRef("cause_source"), "key": OuterRef("cause_key")}
    own = WatchlistEntry.objects.filter(**named, version_to=None, owner=who.agency)
    return raised.filter(in_compartment(who), Q(agency__code=who.agency) | Exists(own))


def _who_could_look(owners: Collection[str]) -> dict[str, list[frozenset[str]]]:
    """Of each owner that is an agency with supervisors, the compartments that are open to each of them."""
    found: dict[str, list[frozenset[str]]] = {}
    supervisors = Account.objects.filter(role__in=MAY_LOOK, is_active=True, agency__code__in=owners)
    for agency, compartments in supervisors.values_list("agency__code", "compartments"):
        found.setdefault(agency, []).append(frozenset(compartments))
    return found


def _opens(compartments: frozenset[str], load: Load) -> bool:
    return not load.compartment or load.compartment in compartments


def _firing(entries: QuerySet[WatchlistEntry], causes: Mapping[_Cause, _Counts]) -> list[_Firing]:
    """Those of the entries that are live and among the causes of hits."""
    if not causes:
        return []
    rows = (
        entries.filter(
            watchlist__name__in={name for name, _ in causes}, key__among={key for _, key in causes}, version_to=None
        )
        .annotate(began=came_into_force())
        .exclude(began=None)
        .values_list(
            "pk",
            "watchlist",
            "watchlist__name",
            "key",
            "owner",
            "agency__code",
            "compartment",
            "purpose",
            "began",
        )
    )
    return [_Firing(*row, causes[row[2], row[3]]) for row in rows if (row[2], row[3]) in causes]


def _loads(who: Who, firing: Sequence[_Firing], now: datetime) -> tuple[Load, ...]:
    """What each brought since it stands as it does, and whether what came after the last look at it is too much."""
    if not firing:
        return ()
    back = now - LOOKED_BACK
    forms = standing({(each.watchlist, each.key) for each in firing if each.began_at > back}, back)
    stands = {
        each.entry: forms.get((each.watchlist, each.key)) or Standing(each.began_at, frozenset({each.entry}))
        for each in firing
    }
    looked = _looked(who, stands, now)
    readable = covered_purposes(who.purpose) if who.purpose else frozenset()
    mended = {each.cause: stands[each.entry].since for each in firing if stands[each.entry].since > back}
    seen = {each.cause: looked[each.entry] for each in firing if each.entry in looked}
    own = _counted_since(mended, who, now)
    anew = _counted_since({cause: at + timedelta.resolution for cause, at in seen.items()}, who, now)
    found = []
    for each in firing:
        counts = own.get(each.cause, _Counts()) if each.cause in mended else each.counts
        alarming = anew.get(each.cause, _Counts()) if each.cause in seen else counts
        stood = now - max(stands[each.entry].since, back)
        strangers = counts.raised - counts.confirmed
        elsewhere = not who.centre and each.agency != who.agency
        found.append(
            Load(
                each.entry,
                each.watchlist,
                each.list_name,
                each.key,
                each.owner,
                each.compartment,
                counts.day,
                counts.week,
                counts.raised,
                counts.decided,
                counts.rejected,
                counts.confirmed,
                observed(strangers, stood / WEEK) if stood >= DAY else None,
                _why(alarming),
                each.purpose in readable and not elsewhere,
                elsewhere,
            )
        )
    return tuple(found)


def _counted_since(begun: Mapping[_Cause, datetime], who: Who, now: datetime) -> dict[_Cause, _Counts]:
    """The hits of some entries, of each those since a moment of its own, in one question whatever their number."""
    if not begun:
        return {}
    moments = (When(cause_source=name, cause_key=key, then=Value(at)) for (name, key), at in begun.items())
    hits = _hits(who, now, owned=True)
    hits = hits.filter(cause_key__among={key for _, key in begun}, raised_at__gte=Case(*moments))
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


def _looked(who: Who, stands: Mapping[int, Standing], now: datetime) -> dict[int, datetime]:
    """When somebody of the asker's agency last looked at each entry since it stands as it does."""
    entry_of = {row: entry for entry, stood in stands.items() for row in stood.rows}
    looks = AuditEntry.objects.filter(
        event=AuditEvent.ENTRY_REVIEWED,
        object_type=AuditRow.WATCHLIST_ENTRY,
        object_id__in=list(entry_of),
        agency=who.agency,
        at__gt=now - LOOKED_BACK,
    )
    found: dict[int, datetime] = {}
    for row, last in looks.values_list("object_id").annotate(last=Max("at")).order_by():
        entry = entry_of[row]
        found[entry] = max(last, found.get(entry, last))
    return found


def _why(counts: _Counts) -> tuple[TooOften, ...]:
    """Whether so many hits are too many, by the settings."""
    most_rejected = settings.ENTRY_REJECTED_PERCENT * counts.decided
    reasons = {
        TooOften.DAY: counts.day > settings.ENTRY_HITS_A_DAY,
        TooOften.WEEK: counts.week > settings.ENTRY_HITS_A_WEEK,
        TooOften.REJECTED: counts.decided >= ENOUGH_DECIDED and 100 * counts.rejected >= most_rejected,
    }
    return tuple(why for why, holds in reasons.items() if holds)
