"""Writing the audit: one entry, unchained, in the caller's transaction (design §7).

An entry names rows by id and counts; it never holds a traveller's data. What somebody searched or gave as a reason is
sealed in `AuditText`, which can be erased without touching the entry: what the entry keeps of it is a commitment under
a salt that is sealed, and erased, with the text. What does not stand in the table of events (`domain.audit`) is
refused: that is our mistake, and nobody else's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from torogoz.domain.audit_fields import misfit
from torogoz.errors import OurError
from torogoz.storage.chain import SALT, commitment
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
    salt = os.urandom(SALT)
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
        commitment=commitment(salt, text) if text else "",
    )
    if text:
        keys = keyring()
        sealed = keys.seal(salt + text.encode(), text_place(entry.pk))
        AuditText.objects.create(entry=entry, sealed=sealed, key_id=keys.fields.id)
    return entry


def open_text(text: AuditText) -> str:
    """The text that belongs to an entry. UnavailableError where it was moved, or the key is another."""
    plain = keyring().open(bytes(text.sealed), text_place(text.entry_id), text.key_id)
    # What was sealed before entries had a commitment has no salt before it.
    return (plain[SALT:] if text.entry.commitment else plain).decode()


def text_place(entry: int) -> str:
    """What the text of an entry is bound to."""
    return f"audit_text|{entry}"
