"""A gzip file (RFC 1952): one member or several in a row, which are one text."""

from __future__ import annotations

from torogoz.messages.envelope.inflate import GZIP, inflate
from torogoz.messages.envelope.opened import Budget, Note, Opened

_MAGIC = b"\x1f\x8b\x08"


def shows(head: bytes) -> bool:
    """Whether the first bytes are those of a gzip file."""
    return head.startswith(_MAGIC)


def opened(data: bytes, budget: Budget) -> Opened:
    """Inflate every member. What stands behind the last is padding."""
    pieces: list[bytes] = []
    wrong = None
    while data.startswith(_MAGIC) and wrong is None:
        if not budget.member():
            wrong = "ARCHIVE_MEMBERS"
            break
        found = inflate(data, GZIP, budget)
        pieces.append(found.data)
        data, wrong = found.rest, found.wrong
    return Opened([b"".join(pieces)], [Note(wrong)] if wrong else [])
