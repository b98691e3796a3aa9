"""Upkeep: what time alone brings about, so that no alert dies unread and no claim blocks a colleague.

Takes: the time.
Gives: counts of claims that ended, of hits whose deadline nears or has passed undecided, of originals destroyed, of
  series whose missing parts are given up, of flights to screen anew because an entry or a rule lapsed at midnight or a
  clearance is over, and of flights that lack (flow/missing.py).
Refuses: to close anything; an undecided hit stays in the queue until a person decides, and nobody is absent from a
  list of which parts are missing.
Records: hit.released, hit.alarmed, flight.alarmed, request.fell_back, and what revise records
Legal ground: rights.md §4.3 (alerts with no human decision before arrival: 0); design §2 (72 hours for replay).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus, Ruling
from torogoz.edifact.findings import CATALOGUE
from torogoz.flow import missing
from torogoz.flow.revise import revise
from torogoz.flow.screen import future, mark
from torogoz.storage import series, turns
from torogoz.storage.agreements import agreement_of
from torogoz.storage.audit import record
from torogoz.storage.deliveries import destroy_original
from torogoz.storage.fallbacks import forget_fall_backs, taken_fall_backs
from torogoz.storage.models import Delivery, Event, Hit, ReceivedMessage, RuleVersion, WatchlistEntry

#: The supervisor is alarmed this long before an undecided hit's deadline, and again when it has passed.
WARN_BEFORE = timedelta(minutes=30)

_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)


@dataclass(frozen=True, slots=True)
class Upkept:
    """What one round did."""

    released: int = 0
    warned: int = 0
    overdue: int = 0
    destroyed: int = 0
    lapsed: int = 0
    incomplete: int = 0
    alarmed: int = 0


def upkeep(now: datetime) -> Upkept:
    """Do one round, unless another worker is at it. Running it twice at one time does nothing the second time.

    A hit that somebody is deciding about just now is left to the next round.
    """
    with transaction.atomic():
        if not turns.try_for(turns.UPKEEP):
            return Upkept()
        done = _expire_claims(now), _warn(now), _overdue(now), _destroy(now)
        _, alarmed = missing.look(now)
    with transaction.atomic():
        fell_back = _fall_backs()
        lapsed, incomplete = _lapse(now), _give_up(now)
    if fell_back:
        forget_fall_backs()
    revise(now)
    return Upkept(*done, lapsed, incomplete, alarmed)


def _expire_claims(now: datetime) -> int:
    expired = list(_free(Hit.objects.filter(claimed_until__lte=now)).order_by("claimed_until", "pk"))
    for hit in expired:
        hit.claimed_by, hit.claimed_until = None, None
        hit.save(update_fields=["claimed_by", "claimed_until"])
        _tell(hit, AuditEvent.HIT_RELEASED, now)
    return len(expired)


def _warn(now: datetime) -> int:
    near = list(_free(_waiting().filter(act_by__lte=now + WARN_BEFORE, act_by__gt=now, warned_at=None)))
    for hit in near:
        hit.warned_at = now
        hit.save(update_fields=["warned_at"])
        _tell(hit, AuditEvent.HIT_ALARMED, now)
    return len(near)


def _overdue(now: datetime) -> int:
    late = list(_free(_waiting().filter(act_by__lte=now, overdue_at=None)))
    for hit in late:
        hit.overdue_at = now
        hit.save(update_fields=["overdue_at"])
        _tell(hit, AuditEvent.HIT_ALARMED, now)
    return len(late)


def _waiting() -> QuerySet[Hit]:
    return Hit.objects.filter(status__in=_UNDECIDED, queued=True)


def _free(hits: QuerySet[Hit]) -> QuerySet[Hit]:
    return hits.order_by("pk").select_for_update(skip_locked=True, no_key=True)


def _destroy(now: datetime) -> int:
    past = list(Delivery.objects.filter(sealed_until__lte=now).defer("sealed", "wrapped_key"))
    for delivery in past:
        destroy_original(delivery)
        delivery.save(update_fields=["sealed", "wrapped_key", "sealed_until"])
    return len(past)


def _lapse(now: datetime) -> int:
    """Mark the flights that were screened with an entry or a rule whose review date has passed since (LR-33, LR-71)."""
    _doubtful(now)
    today = timezone.localdate(now)
    midnight = timezone.make_aware(datetime.combine(today, time()))
    stale = future(now).filter(screened_at__lt=midnight, screening_due_at=None)
    oldest = stale.aggregate(oldest=Min("screened_at"))["oldest"]
    if oldest is None:
        return 0
    passed = {"review_on__gte": timezone.localdate(oldest), "review_on__lt": today}
    rules = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE, **passed)
    if rules.exists() or WatchlistEntry.objects.filter(version_to=None, **passed).exists():
        return mark(stale, now)
    return 0


def _doubtful(now: datetime) -> None:
    """Mark the flights with a hit that is left out of the queue by what has lapsed, was revoked, or went on time."""
    over = Q(clearance__revoked_at__isnull=False) | Q(proof__revoked_at__isnull=False)
    over |= Q(proof__valid_until__lt=timezone.localdate(now)) | Q(clearance=None, proof=None)
    flights = future(now).filter(screening_due_at=None)
    left_out = Hit.objects.filter(over, ruling=Ruling.CLEARED, status=HitStatus.OPEN, traveller__masked_at=None)
    mark(flights.filter(pk__in=left_out.filter(journey__in=flights).values("journey")), now)


def _give_up(now: datetime) -> int:
    """Wait no longer for the parts that are missing: a finding of the last part that came says so."""
    given_up = series.overdue(now)
    for parts in given_up:
        last = parts[-1]
        agreed = agreement_of(last.carrier).severities
        severity = agreed.get(series.INCOMPLETE, CATALOGUE[series.INCOMPLETE].severity)
        last.findings = [
            *last.findings,
            {"code": series.INCOMPLETE, "severity": severity, "segment": "UNH", "position": last.span_start},
        ]
        last.save(update_fields=["findings"])
        ReceivedMessage.objects.filter(pk__in=[each.pk for each in parts]).update(waits_until=None)
        Event.objects.create(at=now, kind="journey", journey=last.journey)
    return len(given_up)


def _fall_backs() -> int:
    """Bring into the audit what was answered by the fall-back while the database may have been away; give how many."""
    fell_back = taken_fall_backs()
    for moment, delivery, travellers in fell_back:
        record(
            AuditEvent.REQUEST_FELL_BACK,
            moment,
            object_type="delivery" if delivery else "",
            object_id=delivery,
            counts={"travellers": travellers},
        )
    return len(fell_back)


def _tell(hit: Hit, event: AuditEvent, now: datetime) -> None:
    record(event, now, object_type="hit", object_id=hit.pk)
    Event.objects.create(at=now, kind=event.value, journey_id=hit.journey_id, hit=hit)
