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

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus, RaisedHit
from torogoz.domain.journey import DOORS_CLOSE, WALK_TO_BOOTH, Direction
from torogoz.domain.picture import FlightPicture
from torogoz.storage.audit import record
from torogoz.storage.dispositions import status_by_decisions
from torogoz.storage.evidence import keep_basis
from torogoz.storage.keys import keyring
from torogoz.storage.models import Event, Hit, Journey, JourneyTraveller
from torogoz.storage.owners import owner_of

_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)


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
    """Bring the journey's hits to what screening found."""
    stored = {_cause(hit): hit for hit in Hit.objects.filter(journey=journey, traveller__masked_at=None)}
    travelling = {each.id for each in picture.travellers if each.travelling}
    total = Raised()
    seen = set()
    for hit in found:
        key = (hit.traveller, hit.cause.kind.value, hit.cause.source, hit.cause.key)
        seen.add(key)
        total += _keep(stored[key], hit, journey, now) if key in stored else _raise(hit, journey, now)
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
    keep_basis(row, hit.basis, keyring())
    _tell(row, AuditEvent.HIT_RAISED, now)
    return Raised(raised=1)


def _keep(row: Hit, hit: RaisedHit, journey: Journey, now: datetime) -> Raised:
    """Update what changed; reopen what was closed because its traveller was off the flight or its cause gone."""
    before = (row.evidence, row.cause_version, row.gravity, row.queued, row.millibits)
    reopened = row.status in {HitStatus.NOT_TRAVELLING, HitStatus.WITHDRAWN}
    act = act_by(journey)
    changed = before != (_evidence(hit), hit.cause.version, hit.gravity, hit.queued, hit.millibits)
    if not (reopened or changed or row.act_by != act):
        return Raised()
    if reopened:
        row.status, row.closed_reason = status_by_decisions(row), ""
    _fill(row, hit, journey, now if reopened or changed else row.changed_at)
    row.save()
    keep_basis(row, hit.basis, keyring())
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
    row.save()
    _tell(row, AuditEvent.HIT_CLOSED, now)
    return Raised(closed=1) if status is HitStatus.NOT_TRAVELLING else Raised(withdrawn=1)


def _fill(row: Hit, hit: RaisedHit, journey: Journey, changed_at: datetime) -> None:
    row.cause_version = hit.cause.version
    row.gravity = hit.gravity
    row.queued = hit.queued
    row.millibits = hit.millibits
    row.probability = hit.probability
    row.evidence = _evidence(hit)
    row.matched_name = hit.matched_name or ""
    row.message_id = hit.message
    row.positions = [list(each) for each in hit.positions]
    row.changed_at = changed_at
    row.act_by = act_by(journey)


def _evidence(hit: RaisedHit) -> list[dict[str, object]]:
    return [{**asdict(each), "values": [list(pair) for pair in each.values]} for each in hit.evidence]


def _tell(row: Hit, event: AuditEvent, now: datetime) -> None:
    record(event, now, object_type="hit", object_id=row.pk)
    Event.objects.create(at=now, kind=event.value, journey_id=row.journey_id, hit=row)
