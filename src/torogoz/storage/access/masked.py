"""A masked record as anybody sees it: its number, its flight, what raised its hits, and what holds it (LR-25).

Who may see neither a hit nor a hold of it does not learn that it is there: of a flight of which all others have gone,
that alone would tell that somebody is held. Nothing that was masked is read here, sorted by, counted or completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import CauseKind, HitStatus
from torogoz.storage.access.guard import admit, hits_for, refuse, visible
from torogoz.storage.audit import record
from torogoz.storage.clocks import UNDECIDED, in_force, local_day
from torogoz.storage.models import Hold, JourneyTraveller

if TYPE_CHECKING:
    from datetime import date

    from torogoz.domain.staff import Who
    from torogoz.storage.models import Hit


@dataclass(frozen=True, slots=True)
class MaskedHit:
    """What raised a hit, and what became of it. An `undecided` one holds the record."""

    id: int
    cause_kind: CauseKind
    cause_source: str
    title_es: str
    title_en: str
    gravity: int
    status: HitStatus
    undecided: bool


@dataclass(frozen=True, slots=True)
class MaskedHold:
    """A hold in force. `reason` is empty where a confirmed hit has placed it."""

    id: int
    reason: str
    by: str
    placed_at: datetime
    review_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class MaskedRecord:
    """A masked record."""

    id: int
    masked_at: datetime
    journey: int
    designator: str
    departure_date: date
    departure_airport: str
    arrival_airport: str
    hits: tuple[MaskedHit, ...]
    holds: tuple[MaskedHold, ...]


def masked_record(who: Who, traveller: int, now: datetime) -> MaskedRecord | None:
    """The masked record of a number; None where there is none or it is not masked; one audit entry."""
    admit(who, REVIEWERS, now, purpose=True)
    rows = JourneyTraveller.objects.filter(pk=traveller, masked_at__isnull=False)
    if not rows.exists():
        return None
    found = _seen(who, now, list(rows.select_related("journey")))
    if not found:
        refuse(who, now)
    counts = {"hits": len(found[0].hits)}
    record(AuditEvent.VIEWED_DOSSIER, now, who=who, object_type="traveller", object_id=traveller, counts=counts)
    return found[0]


def masked_records(who: Who, now: datetime, *, journey: int) -> tuple[MaskedRecord, ...]:
    """The masked records of a flight that the asker may see, by number; for pages that have their audit entry."""
    rows = JourneyTraveller.objects.filter(journey=journey, masked_at__isnull=False)
    return _seen(who, now, list(rows.select_related("journey").order_by("pk")))


def _seen(who: Who, now: datetime, rows: list[JourneyTraveller]) -> tuple[MaskedRecord, ...]:
    numbers = [row.pk for row in rows]
    hits: dict[int, list[MaskedHit]] = {number: [] for number in numbers}
    for hit in hits_for(who).filter(traveller__in=numbers).order_by("gravity", "pk"):
        hits[hit.traveller_id].append(_hit(hit))
    holds: dict[int, list[MaskedHold]] = {number: [] for number in numbers}
    placed = visible(Hold.objects.filter(in_force(local_day(now)), traveller__in=numbers), who)
    for hold in placed.select_related("placed_by").order_by("pk"):
        holds[hold.traveller_id].append(_hold(hold))
    return tuple(
        MaskedRecord(
            id=row.pk,
            masked_at=row.masked_at,
            journey=row.journey_id,
            designator=row.journey.designator,
            departure_date=row.journey.departure_date,
            departure_airport=row.journey.departure_airport,
            arrival_airport=row.journey.arrival_airport,
            hits=tuple(hits[row.pk]),
            holds=tuple(holds[row.pk]),
        )
        for row in rows
        if row.masked_at and (hits[row.pk] or holds[row.pk])
    )


def _hit(hit: Hit) -> MaskedHit:
    return MaskedHit(
        id=hit.pk,
        cause_kind=CauseKind(hit.cause_kind),
        cause_source=hit.cause_source,
        title_es=hit.title_es,
        title_en=hit.title_en,
        gravity=hit.gravity,
        status=HitStatus(hit.status),
        undecided=hit.queued and hit.status in UNDECIDED,
    )


def _hold(hold: Hold) -> MaskedHold:
    return MaskedHold(
        id=hold.pk,
        reason="" if hold.hit_id else hold.reason,
        by=hold.placed_by.get_username() if hold.placed_by else "",
        placed_at=hold.placed_at,
        review_on=hold.review_on,
        expires_on=hold.expires_on,
    )
