"""What is kept past its clock and why, as supervisors answer for it and as the data-protection officer sees it.

A hold shows its record's number and flight, its reason and its days; of whom it is about nothing, masked or not. The
officer sees every hold that no compartment closes, and how many others there are; a supervisor those of hits that their
purpose covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import HOLD_ENDS_AFTER, HOLD_REVIEW_AFTER
from torogoz.domain.staff import StaffRole
from torogoz.privacy.schedule import LONGEST
from torogoz.storage.access.guard import admit, hits_for, visible
from torogoz.storage.audit import record
from torogoz.storage.clocks import in_force, local_day, undecided
from torogoz.storage.models import Hit, Hold, RetentionRun

if TYPE_CHECKING:
    from torogoz.domain.staff import Who
    from torogoz.storage.models import Journey, JourneyTraveller

MAY = frozenset({StaffRole.SUPERVISOR, StaffRole.DATA_PROTECTION})
#: A page holds this many, the reviews that are due first.
LONGEST_PAGE = 200
#: A review this near is marked.
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Kept:
    """The record that something keeps, and its flight; `masked` since its clock ran out."""

    traveller: int
    masked: bool
    journey: int
    designator: str
    departure_date: date
    departure_airport: str
    arrival_airport: str


@dataclass(frozen=True, slots=True)
class KeptHold:
    """A hold in force. Its titles are those of the confirmed hit that placed it, empty where a person wrote a reason.

    `extended` are the days that a form offers when somebody keeps it.
    """

    id: int
    record: Kept
    title_es: str
    title_en: str
    reason: str
    by: str
    placed_at: datetime
    reviewed_by: str
    reviewed_at: datetime | None
    review_on: date
    expires_on: date
    overdue: bool
    soon: bool
    extended: tuple[date, date]


@dataclass(frozen=True, slots=True)
class NeverDecided:
    """A hit that nobody decided before its record was masked, and that keeps it still."""

    hit: int
    record: Kept
    title_es: str
    title_en: str
    gravity: int
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of retention: for which moment, when it was done, and how many records it masked and purged."""

    id: int
    as_of: datetime
    finished_at: datetime
    profile: str
    masked: int
    purged: int


@dataclass(frozen=True, slots=True)
class HoldsPage:
    """Everything that keeps a record. `closed` counts the holds of compartments that are not open to the asker."""

    holds: tuple[KeptHold, ...]
    number: int
    never_decided: tuple[NeverDecided, ...]
    closed: int
    last_run: Run | None


def holds(who: Who, now: datetime) -> HoldsPage:
    """The holds in force, overdue reviews first, and the hits that hold a record undecided; one audit entry."""
    admit(who, MAY, now, purpose=True)
    today = local_day(now)
    every = Hold.objects.filter(in_force(today))
    seen = visible(every, who)
    hits = visible(Hit.objects.filter(undecided(), traveller__masked_at__isnull=False), who)
    if who.role is StaffRole.SUPERVISOR:
        seen = seen.filter(Q(hit=None) | Q(hit__in=hits_for(who)))
        hits = hits.filter(pk__in=hits_for(who))
    rows = seen.select_related("traveller__journey", "hit", "placed_by", "reviewed_by").order_by("review_on", "pk")
    page = HoldsPage(
        holds=tuple(_hold(row, today) for row in rows[:LONGEST_PAGE]),
        number=seen.count(),
        never_decided=tuple(
            _never_decided(row) for row in hits.select_related("traveller__journey").order_by("gravity", "pk")
        ),
        closed=every.exclude(pk__in=visible(every, who)).count() if who.role is StaffRole.DATA_PROTECTION else 0,
        last_run=_last_run(),
    )
    counts = {"holds": page.number, "undecided": len(page.never_decided)}
    record(AuditEvent.VIEWED_HOLDS, now, who=who, counts=counts)
    return page


def days_to_offer(row: JourneyTraveller, today: date) -> tuple[date, date]:
    """The days of the next review and of the end that a form begins with, none past what the law leaves."""
    last = LONGEST.end(row.first_received_at, get_default_timezone()).date()
    return min(today + HOLD_REVIEW_AFTER, last), min(today + HOLD_ENDS_AFTER, last)


def _hold(row: Hold, today: date) -> KeptHold:
    return KeptHold(
        id=row.pk,
        record=_kept(row.traveller, row.traveller.journey),
        title_es=row.hit.title_es if row.hit else "",
        title_en=row.hit.title_en if row.hit else "",
        reason="" if row.hit else row.reason,
        by=row.placed_by.get_username() if row.placed_by else "",
        placed_at=row.placed_at,
        reviewed_by=row.reviewed_by.get_username() if row.reviewed_by else "",
        reviewed_at=row.reviewed_at,
        review_on=row.review_on,
        expires_on=row.expires_on,
        overdue=row.review_on <= today,
        soon=today < row.review_on <= today + SOON,
        extended=days_to_offer(row.traveller, today),
    )


def _never_decided(hit: Hit) -> NeverDecided:
    return NeverDecided(
        hit.pk,
        _kept(hit.traveller, hit.traveller.journey),
        hit.title_es,
        hit.title_en,
        hit.gravity,
        hit.raised_at,
    )


def _kept(row: JourneyTraveller, journey: Journey) -> Kept:
    return Kept(
        row.pk,
        row.masked_at is not None,
        journey.pk,
        journey.designator,
        journey.departure_date,
        journey.departure_airport,
        journey.arrival_airport,
    )


def _last_run() -> Run | None:
    row = RetentionRun.objects.exclude(finished_at=None).order_by("-finished_at").first()
    if row is None or row.finished_at is None:
        return None
    return Run(
        row.pk,
        row.as_of,
        row.finished_at,
        row.profile,
        row.counts.get("masked.storage.JourneyTraveller", 0),
        row.counts.get("purged.storage.JourneyTraveller", 0),
    )
