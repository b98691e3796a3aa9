"""The chain of the audit: the one line that an entry is, and how each line's hash takes in the one before.

    hash(n) = SHA-256( hash(n-1) as 32 bytes, then the line of entry n without its line feed )

The hash before the first entry is 32 zero bytes. The line is JSON in ASCII, without blanks, its fields in the order of
`line`; the export holds the same bytes (docs/auditor). Nothing in it depends on a library's taste: whole numbers,
closed lists, codes of agencies, times in UTC with microseconds, and the numbers of an entry by the alphabet. `entry` is
the id by which a sealed text and other entries name it.
"""

from __future__ import annotations

import json
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.models import AuditEntry

#: What stands before the first entry.
GENESIS = bytes(32)
#: The salt of a commitment, in bytes: nobody tries so many.
SALT = 16


def line(entry: AuditEntry) -> bytes:
    """The canonical line of a numbered entry, without its line feed."""
    fields = {
        "n": entry.sequence,
        "entry": entry.pk,
        "at": moment(entry.at),
        "event": entry.event,
        "account": entry.account_id,
        "role": entry.role,
        "agency": entry.agency,
        "purpose": entry.purpose,
        "row": entry.object_type,
        "id": entry.object_id,
        "numbers": dict(sorted(entry.counts.items())),
        "text": entry.commitment,
    }
    return json.dumps(fields, separators=(",", ":")).encode()


def link(before: bytes, line: bytes) -> bytes:
    """The hash of an entry's line and of everything before it."""
    return sha256(before + line).digest()


def commitment(salt: bytes, text: str) -> str:
    """What an entry says of its sealed text: that it was this one, to whoever has text and salt, and nothing else."""
    return sha256(salt + text.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as the audit writes it: `2026-11-22T18:00:00.000000Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
