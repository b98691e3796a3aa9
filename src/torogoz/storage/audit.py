"""Writing the audit: one entry, unchained, in the caller's transaction (design §7).

An entry names rows by id and counts; it never holds a traveller's data. What somebody searched or gave as a reason is
sealed in `AuditText`, which can be erased without touching the entry. What does not stand in the table of events
(`domain.audit`) is refused: that is our mistake, and nobody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.domain.audit import misfit
from torogoz.errors import OurError
from torogoz.storage.keys import keyring
from torogoz.storage.models import AuditEntry, AuditText

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from torogoz.domain.audit import AuditEvent
    from torogoz.domain.staff import Who


def record(
    event: AuditEvent,
    at: datetime,
    *,
    who: Who | None = None,
    object_type: str = "",
    object_id: int | None = None,
    counts: Mapping[str, int] | None = None,
    text: str = "",
) -> AuditEntry:
    """Write one entry; `who` is None where the system acted by itself. The caller's transaction keeps or drops it.

    OurError where the event may not have these fields.
    """
    numbers = dict(counts or {})
    wrong = misfit(event, person=who is not None, row=object_type, numbers=numbers, text=bool(text))
    if wrong:
        raise OurError(f"an audit entry {event} {wrong}, which its table does not know")
    entry = AuditEntry.objects.create(
        at=at,
        account_id=who.account if who else None,
        role=(who.role or "") if who else "",
        agency=who.agency if who else "",
        purpose=(who.purpose or "") if who else "",
        event=event,
        object_type=object_type,
        object_id=object_id,
        counts=numbers,
    )
    if text:
        keys = keyring()
        AuditText.objects.create(
            entry=entry, sealed=keys.seal(text.encode(), f"audit_text|{entry.pk}"), key_id=keys.fields.id
        )
    return entry
