"""MATIP frames (RFC 2351): four bytes before each piece of data, of which the last two are its length with them."""

from __future__ import annotations

from torogoz.messages.envelope.opened import Budget, Note, Opened

#: Version 1, a packet of data and not of control.
_DATA = b"\x01\x00"
_HEADER = 4


def shows(head: bytes) -> bool:
    """Whether the first bytes are those of a frame."""
    return head.startswith(_DATA) and _length(head, 0) > _HEADER


def opened(data: bytes, _: Budget) -> Opened:
    """Put the data of the frames together, each on lines of its own; and what stands behind the last frame.

    A message that went on in the next frame is wrapped there, as a telex is.
    """
    pieces: list[bytes] = []
    at = 0
    while data.startswith(_DATA, at) and (length := _length(data, at)) >= _HEADER:
        pieces.append(data[at + _HEADER : at + length])
        at += length
    pieces.append(data[at:])
    return Opened([b"\n".join(pieces)], [] if at == len(data) else [Note("FRAME_LENGTH")])


def _length(data: bytes, at: int) -> int:
    return int.from_bytes(data[at + 2 : at + _HEADER], "big")
