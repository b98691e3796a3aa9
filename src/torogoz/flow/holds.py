"""Holds: a person keeps a record past its clock, with a reason, looks at it again, and lets it go.

Takes: a traveller, or a hold, with a reason and the days of the next review and of the end; and the time.
Gives: a hold in force; what keeps its record until somebody, or its last day, ends it.
Refuses: a hold without a reason, one that nobody would review within half a year, and one past five years of receipt.
Records: hold.placed, hold.reviewed, hold.ended, hold.expired, hit.let_go
Legal ground: LR-42 (an objective link, recorded); C-817/19 §§255–262; LR-45 (nothing past five years).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import get_default_timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON
from torogoz.domain.hit import HitStatus
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.batch import Batch
from torogoz.flow.free_text import tells_sensitive
from torogoz.privacy.schedule import LONGEST
from torogoz.storage.access.guard import admit, hits_for, refuse, visible
from torogoz.storage.audit import record
from torogoz.storage.clocks import in_force, local_day, undecided
from torogoz.storage.models import Agency, Event, Hit, Hold, JourneyTraveller

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

PLACERS = frozenset({StaffRole.SUPERVISOR})
#: A hold is looked at again within this time.
REVIEW_WITHIN = timedelta(days=183)
#: Why a hit is closed that nobody had decided when its record was masked: nothing was left to decide on.
NEVER_DECIDED = "never_decided"


def place(who: Who, traveller: int, reason: str, review_on: date, expires_on: date, now: datetime) -> int:
    """Keep a traveller's record; give the hold's id."""
    admit(who, PLACERS, now, purpose=True)
    agency = Agency.objects.filter(code=who.agency).first()
    if agency is None or not JourneyTraveller.objects.filter(pk=traveller, masked_at=None).exists():
        refuse(who, now)
    _must_be_a_reason(reason)
    with transaction.atomic():
        row = JourneyTraveller.objects.select_for_update().get(pk=traveller)
        _must_end_in_time(row, review_on, expires_on, now)
        hold = Hold.objects.create(
            agency=agency,
            traveller=row,
            reason=reason.strip(),
            placed_by_id=who.account,
            placed_at=now,
            review_on=review_on,
            expires_on=expires_on,
        )
        record(AuditEvent.HOLD_PLACED, now, who=who, object_type="hold", object_id=hold.pk)
    return hold.pk


def review(who: Who, hold: int, reason: str, review_on: date, expires_on: date, now: datetime) -> None:
    """Look at a hold again and keep it, until other days; why it still stands is kept with the audit."""
    _admit_to(who, hold, now)
    _must_be_a_reason(reason)
    with transaction.atomic():
        row = _lock(hold, now)
        _must_end_in_time(row.traveller, review_on, expires_on, now)
        row.review_on, row.expires_on = review_on, expires_on
        row.reviewed_by_id, row.reviewed_at = who.account, now
        row.save(update_fields=["review_on", "expires_on", "reviewed_by", "reviewed_at"])
        record(AuditEvent.HOLD_REVIEWED, now, who=who, object_type="hold", object_id=hold, text=reason.strip())


def end(who: Who, hold: int, reason: str, now: datetime) -> None:
    """Let a record go: where nothing else holds it, the next run does what its clock asks."""
    _admit_to(who, hold, now)
    _must_be_a_reason(reason)
    with transaction.atomic():
        row = _lock(hold, now)
        row.ended_by_id, row.ended_at = who.account, now
        row.save(update_fields=["ended_by", "ended_at"])
        record(AuditEvent.HOLD_ENDED, now, who=who, object_type="hold", object_id=hold, text=reason.strip())


def end_undecided(who: Who, hit: int, reason: str, now: datetime) -> None:
    """Close a hit that nobody decided before its record was masked: it can no longer be looked at, only let go."""
    admit(who, PLACERS, now, purpose=True)
    waiting = hits_for(who).filter(undecided(), pk=hit, traveller__masked_at__isnull=False)
    if not waiting.exists():
        refuse(who, now)
    _must_be_a_reason(reason)
    with transaction.atomic():
        row = Hit.objects.select_for_update().get(pk=hit)
        row.status, row.closed_reason, row.changed_at = HitStatus.WITHDRAWN, NEVER_DECIDED, now
        row.claimed_by, row.claimed_until = None, None
        row.save()
        record(AuditEvent.HIT_LET_GO, now, who=who, object_type="hit", object_id=hit, text=reason.strip())
        Event.objects.create(at=now, kind=AuditEvent.HIT_CLOSED, journey_id=row.journey_id, hit=row)


def expire(run: int, as_of: datetime, _after: int, now: datetime) -> Batch:  # noqa: ARG001 - as the other steps
    """End the holds whose last day has come, in the caller's transaction."""
    past = Hold.objects.filter(ended_at=None, expires_on__lte=local_day(as_of)).order_by("pk")
    ended = list(past.values_list("pk", flat=True))
    Hold.objects.filter(pk__in=ended).update(ended_at=now)
    for hold in ended:
        record(AuditEvent.HOLD_EXPIRED, now, object_type="hold", object_id=hold)
    return Batch(Counter({"ended.storage.Hold": len(ended)} if ended else {}))


def _admit_to(who: Who, hold: int, now: datetime) -> None:
    admit(who, PLACERS, now, purpose=True)
    if not visible(Hold.objects.filter(pk=hold), who).exists():
        refuse(who, now)


def _lock(hold: int, now: datetime) -> Hold:
    row = Hold.objects.select_for_update(of=("self",)).select_related("traveller").filter(pk=hold).first()
    if row is None or not Hold.objects.filter(in_force(local_day(now)), pk=hold).exists():
        raise RefusedError("this hold has ended", remedy="place another one, if something still asks for it")
    return row


def _must_be_a_reason(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_REASON:
        raise AuthorError("a reason is missing or too long", remedy="write one, in at most 2000 signs")
    if tells_sensitive(text):
        raise AuthorError(
            "this text speaks of belief, origin, politics, health or sex life", remedy="write it without that"
        )


def _must_end_in_time(row: JourneyTraveller, review_on: date, expires_on: date, now: datetime) -> None:
    today = local_day(now)
    if not today < review_on <= today + REVIEW_WITHIN:
        raise AuthorError("the next review is not within half a year", remedy="choose a day of the next 183")
    if not review_on <= expires_on:
        raise AuthorError("the hold would end before its next review", remedy="let it end on that day or later")
    if expires_on > LONGEST.end(row.first_received_at, get_default_timezone()).date():
        raise AuthorError(
            "the hold would outlast five years from receipt", remedy="let it end earlier; a court's file is the court's"
        )
