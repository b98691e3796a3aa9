"""Raise hits: what screening found becomes one queue, without duplicates and without losing one.

Takes: a journey, its picture and what screening found, inside the transaction of that screening.
Gives: counts of hits raised, changed, closed because somebody does not travel, reopened, and withdrawn.
Refuses: to raise a hit twice for one traveller and cause, and to touch what a person has decided or what is masked.
Records: hit.raised, hit.updated, hit.closed, hit.reopened
Legal ground: LR-30 (inert until a named person decides), LR-31; LR-72 (name-only entries are advisory).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus, RaisedHit, Source
from torogoz.domain.journey import DOORS_CLOSE, WALK_TO_BOOTH, Direction
from torogoz.domain.picture import FlightPicture
from torogoz.domain.watchlist import of_a_child
from torogoz.flow.homonyms import tell, weigh
from torogoz.storage.audit import record
from torogoz.storage.dispositions import status_by_decisions
from torogoz.storage.evidence import keep_basis
from torogoz.storage.keys import keyring
from torogoz.storage.models import Event, Hit, HitSource, Journey, JourneyTraveller
from torogoz.storage.owners import owner_of

_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)
#: A listed name is compared by up to a thousand signs; as many of them as a screen shows are kept with the hit.
LONGEST_NAME = 240
#: The columns that screening writes. A claim and a decision are people's, and are never written over.
_SCREENED = (
    "cause_version",
    "gravity",
    "queued",
    "ruling",
    "clearance",
    "proof",
    "millibits",
    "probability",
    "evidence",
    "matched_name",
    "child_listed",
    "changed_at",
    "act_by",
    "warned_at",
    "overdue_at",
)


@dataclass(frozen=True, slots=True)
class Raised:
    """What one screening changed."""

    raised: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    withdrawn: int = 0

    def __add__(self, other: Raised) -> Raised:
        """Add up two screenings."""
        return Raised(
            self.raised + other.raised,
            self.changed + other.changed,
            self.closed + other.closed,
            self.reopened + other.reopened,
            self.withdrawn + other.withdrawn,
        )


def act_by(journey: Journey) -> datetime | None:
    """Until when somebody must have decided: landing less the walk to the booth, or doors closing."""
    if journey.direction == Direction.INBOUND and journey.arrival_at:
        return journey.arrival_at - WALK_TO_BOOTH
    return journey.departure_at - DOORS_CLOSE if journey.departure_at else None


def raise_hits(journey: Journey, picture: FlightPicture, found: Sequence[RaisedHit], now: datetime) -> Raised:
    """Bring the journey's hits to what screening found. They are locked: nobody decides about one in between."""
    locked = Hit.objects.select_for_update(no_key=True, of=("self",)).filter(journey=journey, traveller__masked_at=None)
    stored = {_cause(hit): hit for hit in locked}
    travelling = {each.id for each in picture.travellers if each.travelling}
    sources = _sources(journey)
    total = Raised()
    seen = set()
    for hit in weigh(found, picture, stored, now):
        key = (hit.traveller, hit.cause.kind.value, hit.cause.source, hit.cause.key)
        seen.add(key)
        if key not in stored:
            total += _raise(hit, journey, now)
            continue
        row = stored[key]
        if sources.get(row.pk, ()) != hit.sources:
            _name_sources(row, hit.sources)
        total += _keep(row, hit, journey, now)
    for key, row in stored.items():
        if key not in seen:
            total += _drop(row, now, travels=row.traveller_id in travelling)
    return total


def _cause(hit: Hit) -> tuple[int, str, str, str]:
    return hit.traveller_id, hit.cause_kind, hit.cause_source, hit.cause_key


def _raise(hit: RaisedHit, journey: Journey, now: datetime) -> Raised:
    owner = owner_of(hit.cause)
    row = Hit(
        journey=journey,
        traveller_id=hit.traveller,
        cause_kind=hit.cause.kind,
        cause_source=hit.cause.source,
        cause_key=hit.cause.key,
        purpose=hit.purpose,
        agency_id=owner.agency,
        compartment=owner.compartment,
        title_es=owner.title_es,
        title_en=owner.title_en,
        raised_at=now,
    )
    _fill(row, hit, journey, now)
    row.save()
    _name_sources(row, hit.sources)
    keep_basis(row, hit.basis, keyring())
    _tell(row, AuditEvent.HIT_RAISED, now)
    tell(row, "", now)
    return Raised(raised=1)


def _keep(row: Hit, hit: RaisedHit, journey: Journey, now: datetime) -> Raised:
    """Update what changed; reopen what was closed because its traveller was off the flight or its cause gone."""
    before = (row.evidence, row.cause_version, row.gravity, row.queued, row.millibits, bool(row.child_listed))
    child = bool(_of_a_child(row, hit))
    ruled = (row.ruling, row.clearance_id, row.proof_id)
    reopened = row.status in {HitStatus.NOT_TRAVELLING, HitStatus.WITHDRAWN}
    act = act_by(journey)
    changed = before != (_evidence(hit), hit.cause.version, hit.gravity, hit.queued, hit.millibits, child)
    changed = changed or ruled != (hit.ruling or "", hit.clearance, hit.proof)
    if not (reopened or changed or row.act_by != act):
        return Raised()
    if reopened:
        row.status, row.closed_reason = status_by_decisions(row), ""
    if reopened or row.act_by != act:  # another deadline, or the same one anew: it alarms again
        row.warned_at = row.overdue_at = None
    _fill(row, hit, journey, now if reopened or changed else row.changed_at)
    row.save(update_fields=(*_SCREENED, "status", "closed_reason") if reopened else _SCREENED)
    keep_basis(row, hit.basis, keyring())
    tell(row, ruled[0], now)
    if reopened:
        _tell(row, AuditEvent.HIT_REOPENED, now)
        return Raised(reopened=1)
    if changed:
        _tell(row, AuditEvent.HIT_UPDATED, now)
        return Raised(changed=1)
    return Raised()


def _drop(row: Hit, now: datetime, *, travels: bool) -> Raised:
    """Close what no longer holds: with the reason the traveller is off, or withdrawn with its cause."""
    if not travels and row.status != HitStatus.NOT_TRAVELLING:
        reason = JourneyTraveller.objects.values_list("off_reason", flat=True).get(pk=row.traveller_id)
        return _close(row, HitStatus.NOT_TRAVELLING, reason, now)
    if travels and row.status in {*_UNDECIDED, HitStatus.NOT_TRAVELLING}:
        return _close(row, HitStatus.WITHDRAWN, "no_longer_holds", now)
    return Raised()


def _close(row: Hit, status: HitStatus, reason: str, now: datetime) -> Raised:
    row.status, row.closed_reason, row.changed_at = status, reason, now
    row.claimed_by, row.claimed_until = None, None
    row.save(update_fields=["status", "closed_reason", "changed_at", "claimed_by", "claimed_until"])
    _tell(row, AuditEvent.HIT_CLOSED, now)
    return Raised(closed=1) if status is HitStatus.NOT_TRAVELLING else Raised(withdrawn=1)


def _fill(row: Hit, hit: RaisedHit, journey: Journey, changed_at: datetime) -> None:
    row.cause_version = hit.cause.version
    row.gravity = hit.gravity
    row.queued = hit.queued
    row.ruling = hit.ruling or ""
    row.clearance_id, row.proof_id = hit.clearance, hit.proof
    row.millibits = hit.millibits
    row.probability = hit.probability
    row.evidence = _evidence(hit)
    row.matched_name = (hit.matched_name or "")[:LONGEST_NAME]
    row.child_listed = _of_a_child(row, hit)
    row.changed_at = changed_at
    row.act_by = act_by(journey)


def _of_a_child(row: Hit, hit: RaisedHit) -> bool | None:
    """Whether the entry's person was a child on the day that the hit was raised; None where it tells no birth date."""
    return of_a_child(hit.births, timezone.localdate(row.raised_at)) if hit.births else None


def _sources(journey: Journey) -> dict[int, tuple[Source, ...]]:
    """The sources that the journey's hits name, by hit, in the order of the messages."""
    found: dict[int, tuple[Source, ...]] = {}
    rows = HitSource.objects.filter(hit__journey=journey).order_by("message_id")
    for hit, message, positions in rows.values_list("hit_id", "message_id", "positions"):
        found[hit] = (*found.get(hit, ()), Source(message, tuple((start, end) for start, end in positions)))
    return found


def _name_sources(row: Hit, sources: Sequence[Source]) -> None:
    """Name the messages anew. A later message that says the same is no change of the hit, and marks nothing."""
    row.sources.all().delete()
    HitSource.objects.bulk_create(
        HitSource(hit=row, message_id=each.message, positions=[list(pair) for pair in each.positions])
        for each in sources
    )


def _evidence(hit: RaisedHit) -> list[dict[str, object]]:
    return [{**asdict(each), "values": [list(pair) for pair in each.values]} for each in hit.evidence]


def _tell(row: Hit, event: AuditEvent, now: datetime) -> None:
    record(event, now, object_type="hit", object_id=row.pk)
    Event.objects.create(at=now, kind=event.value, journey_id=row.journey_id, hit=row)
