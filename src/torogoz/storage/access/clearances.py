"""Clearances, clearing proofs and repeated stops, as those see them who review, and as the oversight sees their use.

Whose document and birth date a clearance binds, and why, is shown to reviewers who chose a purpose that covers the
entry's; the data-protection officer sees who cleared what, when and how often it acted, and nobody's number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median_low
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.clearance import ProofKind, Repeat
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import Ruling
from torogoz.domain.purpose import Purpose, covered_purposes
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import admit, hits_for, visible
from torogoz.storage.audit import record
from torogoz.storage.models import Clearance, ClearingProof, Hit, RepeatedStop, Watchlist

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

MAY = REVIEWERS | {StaffRole.DATA_PROTECTION}
#: A page shows so many of each, the newest first.
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Bound:
    """What a clearance binds and how it stands. `number` and `birth_date` are empty for who sees use, not content.

    `state` is `in_force`, `entered` (a proof that nobody has verified), `over` or `revoked`. `changed` is whether the
    list has since dropped or changed the entry: it clears no more. `entry` is empty for all of a list's entries.
    """

    id: int
    watchlist: str
    entry: str
    changed: bool
    number: str
    issuer: str
    birth_date: str
    state: str
    made_by: str
    made_at: datetime
    cleared: int
    sampled: int
    mine: bool


@dataclass(frozen=True, slots=True)
class ReadClearance:
    """A clearance that a reviewer's decision made; `why` is empty for who sees use, and `traveller` is zero."""

    bound: Bound
    why: str
    traveller: int


@dataclass(frozen=True, slots=True)
class ReadProof:
    """A redress number or a certificate, with who verified it.

    `days` are those of the state's calendar from the day on which it was entered to its verification, or until now
    where it still waits; None where it ended without.
    """

    bound: Bound
    kind: ProofKind
    authority: str
    proof_number: str
    valid_until: date
    verified_by: str
    verified_at: datetime | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Redress:
    """How long requests of those who were taken for another waited (LR-65), of all that are kept and open to the asker.

    `verified` were by a second person, half of them within `half_within` days and all within `all_within`; `waiting` do
    still, the oldest for `oldest` days; `ended` were revoked or over before anybody had verified them.
    """

    verified: int
    half_within: int
    all_within: int
    waiting: int
    oldest: int
    ended: int


@dataclass(frozen=True, slots=True)
class ReadRepeat:
    """A stop of somebody who was cleared: of which hit, how it is counted, and who has looked at it."""

    id: int
    traveller: int
    title_es: str
    title_en: str
    designator: str
    departure_date: date
    kind: Repeat
    at: datetime
    seen_by: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClearancesPage:
    """What is open to the asker. `repeated` counts the incidents, whose target is none; `apart` the other stops."""

    clearances: tuple[ReadClearance, ...]
    proofs: tuple[ReadProof, ...]
    repeats: tuple[ReadRepeat, ...]
    repeated: int
    apart: int
    percent: int
    redress: Redress
    lists: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ClearedBy:
    """The clearance of which a hit speaks, where it is shown: who, when, why, and where it stands on its page."""

    anchor: str
    by: str
    at: datetime
    why: str
    kind: ProofKind | None = None
    valid_until: date | None = None


def clearances_for(who: Who) -> QuerySet[Clearance]:
    """The clearances that the asker may see: of their agency's and compartments' lists, under a purpose that covers."""
    return visible(Clearance.objects.filter(entry__purpose__in=_covered(who)), who)


def proofs_for(who: Who) -> QuerySet[ClearingProof]:
    """The proofs that the asker may see. One that stands against a whole list says nothing of any entry."""
    return visible(ClearingProof.objects.filter(Q(entry=None) | Q(entry__purpose__in=_covered(who))), who)


def repeats_for(who: Who) -> QuerySet[RepeatedStop]:
    """The repeated stops of the hits that the asker may see; whoever oversees sees the use under every purpose."""
    if who.role is StaffRole.DATA_PROTECTION:
        return RepeatedStop.objects.filter(hit__in=visible(Hit.objects.all(), who))
    return RepeatedStop.objects.filter(hit__in=hits_for(who))


def clearances(who: Who, now: datetime) -> ClearancesPage:
    """The page; one audit entry."""
    admit(who, MAY, now, purpose=True)
    content = who.role in REVIEWERS
    made = _counted(clearances_for(who)).select_related("entry__watchlist", "made_by", "decision")
    proofs = _counted(proofs_for(who)).select_related("entry", "watchlist", "made_by", "verified_by")
    stops = repeats_for(who).select_related("hit__journey", "seen_by").order_by("seen_at", "-pk")
    same = repeats_for(who).filter(kind=Repeat.SAME).count()
    page = ClearancesPage(
        clearances=tuple(
            ReadClearance(
                _bound(row, row.entry.watchlist.name, "", who, content=content),
                row.decision.identity_reason if content else "",
                row.traveller_id if content else 0,
            )
            for row in made.order_by("-pk")[:LONGEST_PAGE]
        ),
        proofs=tuple(_proof(row, who, now, content=content) for row in proofs.order_by("-pk")[:LONGEST_PAGE]),
        repeats=tuple(_repeat(row) for row in stops[:LONGEST_PAGE]),
        repeated=same,
        apart=repeats_for(who).count() - same,
        percent=settings.CLEARED_SAMPLE_PERCENT,
        redress=_redress(who, now),
        lists=_lists(who) if content else (),
    )
    counts = {"clearances": len(page.clearances), "proofs": len(page.proofs), "repeated": len(page.repeats)}
    record(AuditEvent.VIEWED_CLEARANCES, now, who=who, counts=counts)
    return page


def cleared_by(hit: Hit) -> ClearedBy | None:
    """The clearance of which a hit speaks, for whoever the guard has let pass to the hit; none where it has gone."""
    if hit.proof:
        row = hit.proof
        by = row.verified_by.get_username() if row.verified_by else ""
        at = row.verified_at or row.made_at
        return ClearedBy(f"proof-{row.pk}", by, at, row.authority, ProofKind(row.kind), row.valid_until)
    if hit.clearance:
        made = hit.clearance
        return ClearedBy(
            f"clearance-{made.pk}", made.made_by.get_username(), made.made_at, made.decision.identity_reason
        )
    return None


def _covered(who: Who) -> Iterable[str]:
    """The purposes whose entries are told of; whoever oversees sees the use under every purpose."""
    if who.role is StaffRole.DATA_PROTECTION:
        return Purpose
    return covered_purposes(who.purpose) if who.purpose else ()


def _lists(who: Who) -> tuple[tuple[int, str], ...]:
    return tuple(visible(Watchlist.objects.all(), who).order_by("name").values_list("pk", "name"))


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with how often each kept a hit from the queue, and let one pass as a sample."""
    told: QuerySet[Any] = rows.annotate(
        cleared=Count("hits", filter=Q(hits__ruling=Ruling.CLEARED)),
        sampled=Count("hits", filter=Q(hits__ruling=Ruling.SAMPLED)),
    )
    return told


def _bound(row: Any, watchlist: str, state: str, who: Who, *, content: bool) -> Bound:
    return Bound(
        id=row.pk,
        watchlist=watchlist,
        entry=row.entry.key if row.entry else "",
        changed=row.entry is not None and row.entry.version_to is not None,
        number=row.document if content else "",
        issuer=row.issuer if content else "",
        birth_date=row.birth_date if content else "",
        state="revoked" if row.revoked_at else state or "in_force",
        made_by=row.made_by.get_username(),
        made_at=row.made_at,
        cleared=row.cleared,
        sampled=row.sampled,
        mine=row.made_by_id == who.account,
    )


def _proof(row: Any, who: Who, now: datetime, *, content: bool) -> ReadProof:
    over = row.valid_until < timezone.localdate(now)
    state = "over" if over else "in_force" if row.verified_at else "entered"
    return ReadProof(
        bound=_bound(row, row.watchlist.name, state, who, content=content),
        kind=ProofKind(row.kind),
        authority=row.authority,
        proof_number=row.number if content else "",
        valid_until=row.valid_until,
        verified_by=row.verified_by.get_username() if row.verified_by else "",
        verified_at=row.verified_at,
        days=_days(row.made_at, row.verified_at, row.revoked_at, row.valid_until, now),
    )


def _redress(who: Who, now: datetime) -> Redress:
    rows = proofs_for(who).values_list("made_at", "verified_at", "revoked_at", "valid_until")
    verified, waiting, ended = list[int](), list[int](), 0
    for row in rows.order_by():
        days = _days(*row, now)
        if days is None:
            ended += 1
        else:
            (verified if row[1] else waiting).append(days)
    return Redress(
        verified=len(verified),
        half_within=median_low(verified) if verified else 0,
        all_within=max(verified, default=0),
        waiting=len(waiting),
        oldest=max(waiting, default=0),
        ended=ended,
    )


def _days(
    made: datetime, verified: datetime | None, revoked: datetime | None, until: date, now: datetime
) -> int | None:
    """How many days of the state's calendar a request waited, or has until now; None where it ended unverified."""
    today = timezone.localdate(now)
    if verified is None and (revoked or until < today):
        return None
    return ((timezone.localdate(verified) if verified else today) - timezone.localdate(made)).days


def _repeat(row: RepeatedStop) -> ReadRepeat:
    hit = row.hit
    return ReadRepeat(
        id=row.pk,
        traveller=hit.traveller_id,
        title_es=hit.title_es,
        title_en=hit.title_en,
        designator=hit.journey.designator,
        departure_date=hit.journey.departure_date,
        kind=Repeat(row.kind),
        at=row.at,
        seen_by=row.seen_by.get_username() if row.seen_by else "",
        seen_at=row.seen_at,
    )
