"""Writing the audit: one entry, unchained, in the caller's transaction (design §7).

An entry names rows by id and counts; it never holds a traveller's data. What somebody searched or gave as a reason is
sealed in `AuditText`, which can be erased without touching the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Write one entry; `who` is None where the system acted by itself. The caller's transaction keeps or drops it."""
    entry = AuditEntry.objects.create(
        at=at,
        account_id=who.account if who else None,
        role=(who.role or "") if who else "",
        agency=who.agency if who else "",
        purpose=(who.purpose or "") if who else "",
        event=event,
        object_type=object_type,
        object_id=object_id,
        counts=dict(counts or {}),
    )
    if text:
        keys = keyring()
        sealed = keys.seal(text.encode(), text_place(entry.pk))
        AuditText.objects.create(entry=entry, sealed=sealed, key_id=keys.fields.id)
    return entry


def text_place(entry: int) -> str:
    """What the text of an entry is bound to."""
    return f"audit_text|{entry}"
