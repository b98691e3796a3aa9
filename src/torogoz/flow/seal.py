"""Seal: what was written to the audit is numbered and chained within seconds, its head signed daily, the old let go.

Takes: the time.
Gives: how many entries were chained, or how many went with their five years.
Refuses: to leave a number out, to chain an entry twice, and to let one go that is younger than five years.
Records: audit.expired
Legal ground: LR-50 (kept for five years), LR-51 (append-only and hash-chained, an overseer verifies offline).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.storage import seal as storage
from torogoz.storage import turns
from torogoz.storage.audit import record
from torogoz.storage.models import AuditCheckpoint

#: How many entries one transaction chains: few enough that a page's own entry does not wait long for it on SQLite.
BATCH = 1000
#: How long entries are kept (Directive (EU) 2016/681, art. 13(6)).
KEPT_YEARS = 5
#: By itself the sealer lets go only while its days follow each other: a clock that leaps ahead deletes nothing.
DAYS_APART = timedelta(days=30)


def seal(now: datetime, *, wait: bool = False) -> int:
    """Chain what waits, and sign the day's head. With `wait`, what waited at this moment is chained on return."""
    chained = 0
    while storage.waits():
        turns.give_way()
        with transaction.atomic():
            head = storage.hold_head(wait=wait)
            done = storage.chain(head, BATCH) if head else 0
        chained += done
        if not done:  # a colleague is at it
            break
    _sign_day(now)
    return chained


def expire(now: datetime) -> int:
    """Delete entries past five years, up to the last signed head before that moment; give how many went."""
    with transaction.atomic():
        head = storage.hold_head(wait=True)
        assert head is not None  # noqa: S101 - it was waited for
        last = storage.may_go(head, five_years_before(now))
        if last:
            gone = last - head.begins
            storage.begin_after(head, last)
            record(AuditEvent.AUDIT_EXPIRED, now, object_type="audit", counts={"entries": gone})
    total = 0
    while True:
        with transaction.atomic():
            dropped = storage.drop(head.begins, BATCH)
        total += dropped
        if not dropped:
            return total


def five_years_before(now: datetime) -> datetime:
    """The same hour five years ago; of 29 February, that of the day before."""
    day = min(now.day, 28) if now.month == 2 else now.day
    return now.replace(year=now.year - KEPT_YEARS, day=day)


def _sign_day(now: datetime) -> None:
    """Once a day (UTC): sign the head, keep it outside the database too, and let go what is past five years."""
    today = now.astimezone(UTC).date()
    if AuditCheckpoint.objects.filter(day=today).exists():
        return
    lately = AuditCheckpoint.objects.filter(day__lt=today, day__gt=today - DAYS_APART).exists()
    with transaction.atomic():
        head = storage.hold_head(wait=False)
        if head:
            storage.checkpoint(head, today, now)
    storage.publish_heads()
    if lately:
        expire(now)
