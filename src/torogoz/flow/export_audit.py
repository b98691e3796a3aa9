"""Export the audit: the chain as a signed file, which somebody outside checks without us.

Takes: who asks (nobody at the terminal), the time, and the day from which on, or everything that is kept.
Gives: the lines of the export; the request for it is the last entry in it. The public keys that signed.
Refuses: everybody but the data-protection officer; to leave out what was written before it was asked for.
Records: exported
Legal ground: LR-51 (an overseer verifies offline), LR-52 (the data-protection officer sees all use).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.flow.seal import seal
from torogoz.storage import audit_export
from torogoz.storage.access.guard import admit
from torogoz.storage.access.marks import MAY
from torogoz.storage.audit import record
from torogoz.storage.seal import head_now
from torogoz.storage.signing import public_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from torogoz.domain.staff import Who


def export_audit(who: Who | None, now: datetime, since: date | None = None) -> Iterator[bytes]:
    """The lines of a signed export, made while they are read. It waits for the sealer, then for nobody."""
    if who:
        admit(who, MAY, now)
    record(AuditEvent.EXPORTED, now, who=who, object_type="audit")
    return chained(now, since)


def chained(now: datetime, since: date | None = None) -> Iterator[bytes]:
    """The same lines for a check of one's own house, which gives nothing away and so leaves no entry."""
    seal(now, wait=True)
    return audit_export.lines(head_now(), now, since)


def keys() -> str:
    """The public keys with which exports of this home are checked; they go to the overseer another way than these."""
    return public_keys()
