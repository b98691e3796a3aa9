"""Audit entries that strangers cause: so many in a while are written, further ones counted, so that no disk fills.

The number of those that were not written stands with the next entry of their kind, as `unwritten`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from torogoz.storage.audit import record

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.audit import AuditEvent

#: So many entries of one event are written in so many seconds: at most 8,640 a day, some two megabytes.
MOST = 60
WHILE = 600


def record_bounded(event: AuditEvent, now: datetime) -> None:
    """Write one entry for something that nobody in particular did, or count it."""
    number = _count(f"floods:{event}:{int(now.timestamp()) // WHILE}", 2 * WHILE)
    unwritten = f"floods:{event}:unwritten"
    if number > MOST:
        _count(unwritten, None)
        return
    passed = cache.get(unwritten, 0)
    cache.delete(unwritten)
    record(event, now, counts={"unwritten": passed} if passed else None)


def _count(key: str, timeout: int | None) -> int:
    cache.add(key, 0, timeout)
    return cache.incr(key)
