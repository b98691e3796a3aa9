"""Deflated bytes (RFC 1951), inflated step by step, so that a bomb is noticed before it goes off."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from torogoz.messages.envelope.opened import Budget

#: Bytes inflated in one step. Up to here a ratio says nothing: a page of blanks packs well, too.
_STEP = 1024 * 1024
#: How zlib names a stream without a header, and one in gzip's.
RAW, GZIP = -15, 31


@dataclass(frozen=True, slots=True)
class Inflated:
    """What came out, what stood behind the stream, and what was wrong: ENVELOPE_BOMB, ARCHIVE_BROKEN or nothing."""

    data: bytes
    rest: bytes
    wrong: str | None


def inflate(packed: bytes, form: int, budget: Budget) -> Inflated:
    """Inflate one stream within the budget. Of a broken one, what came out before; of a bomb, nothing."""
    machine = zlib.decompressobj(form)
    pieces: list[bytes] = []
    size, waiting = 0, packed
    try:
        while not machine.eof:
            piece = machine.decompress(waiting, _STEP)
            waiting = machine.unconsumed_tail
            if not piece and not waiting:
                break
            pieces.append(piece)
            size += len(piece)
            if size > budget.bytes or (size > _STEP and size > budget.ratio * len(packed)):
                return Inflated(b"", b"", "ENVELOPE_BOMB")
    except zlib.error:
        budget.bytes -= size
        return Inflated(b"".join(pieces), b"", "ARCHIVE_BROKEN")
    budget.bytes -= size
    return Inflated(b"".join(pieces), machine.unused_data, None if machine.eof else "ARCHIVE_BROKEN")
