"""A zip archive (PKWARE APPNOTE): its members in the order of its directory, stored or deflated.

Encrypted members, other methods and broken ones are findings. Where the directory is lost, because the archive was cut
off, the members are walked from its beginning. Nothing is named after a member and nothing is written anywhere.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from torogoz.messages.envelope.inflate import RAW, inflate
from torogoz.messages.envelope.opened import Budget, Note, Opened

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
#: The end record, and the longest comment behind it.
_END_SIZE, _COMMENT = 22, 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_BEHIND = 1, 8
#: A size that stands in the extra field of zip64 (number 1) instead.
_ELSEWHERE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Member:
    """One member: how it is packed, its checksum (None: not known), and the bytes that hold it."""

    flags: int
    method: int
    checksum: int | None
    packed: bytes


def shows(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive."""
    return head.startswith(_LOCAL)


def opened(data: bytes, budget: Budget) -> Opened:
    """Give every member's bytes."""
    found = Opened()
    end = data.rfind(_END, max(len(data) - _END_SIZE - _COMMENT, 0), len(data) - _END_SIZE + len(_END))
    members = _listed(data, end) if end >= 0 else _walked(data)
    if end < 0:
        found.notes.append(Note("ARCHIVE_BROKEN"))
    try:
        for member in members:
            if not budget.member():
                found.notes.append(Note("ARCHIVE_MEMBERS"))
                break
            wrong = _open(member, found.pieces, budget)
            if wrong:
                found.notes.append(Note(wrong))
    except struct.error:
        found.notes.append(Note("ARCHIVE_BROKEN"))
    return found


def _open(member: _Member, pieces: list[bytes], budget: Budget) -> str | None:
    """Unpack one member; what is wrong with it, or None."""
    if member.flags & _ENCRYPTED:
        return "ARCHIVE_ENCRYPTED"
    if member.method == _STORED:
        if len(member.packed) > budget.bytes:
            return "ENVELOPE_BOMB"
        budget.bytes -= len(member.packed)
        data, wrong = member.packed, None
    elif member.method == _DEFLATED:
        inflated = inflate(member.packed, RAW, budget)
        data, wrong = inflated.data, inflated.wrong
    else:
        return "ARCHIVE_METHOD"
    if data:
        pieces.append(data)
    if wrong is None and member.checksum is not None and zlib.crc32(data) != member.checksum:
        return "ARCHIVE_BROKEN"
    return wrong


def _listed(data: bytes, end: int) -> Iterator[_Member]:
    """The members that the directory names. struct.error where it points nowhere."""
    count, _, at = struct.unpack_from("<HII", data, end + 10)
    if at == _ELSEWHERE or count == 0xFFFF:
        at = data.find(_CENTRAL)
        if at < 0:
            raise struct.error
    while data.startswith(_CENTRAL, at) and at < end:
        flags, method, _, checksum, packed, size, name, extra, comment = struct.unpack_from("<HHIIIIHHH", data, at + 8)
        local = struct.unpack_from("<I", data, at + 42)[0]
        name_at = at + 46
        extras = data[name_at + name : name_at + name + extra]
        if _ELSEWHERE in (packed, size, local):
            packed, local = _zip64(extras, packed, size, local)
        if not data.endswith(b"/", name_at, name_at + name):
            yield _Member(flags, method, checksum, _bytes_of(data, local, packed))
        at = name_at + name + extra + comment


def _zip64(extras: bytes, packed: int, size: int, local: int) -> tuple[int, int]:
    """The packed size and the place that stand in the extra field; struct.error where they do not."""
    at = 0
    while at + 4 <= len(extras):
        number, length = struct.unpack_from("<HH", extras, at)
        at += 4
        if number == 1:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extras, at))
            _, packed, local = (next(values, 0) if each == _ELSEWHERE else each for each in (size, packed, local))
            return packed, local
        at += length
    raise struct.error


def _bytes_of(data: bytes, local: int, packed: int) -> bytes:
    """A member's packed bytes, behind its own header."""
    name, extra = struct.unpack_from("<HH", data, local + 26)
    start = local + 30 + name + extra
    return data[start : start + packed]


def _walked(data: bytes) -> Iterator[_Member]:
    """The members as they stand, where no directory names them; the last may be cut off."""
    at = 0
    while data.startswith(_LOCAL, at):
        flags, method, _, checksum, packed, _, name, extra = struct.unpack_from("<HHIIIIHH", data, at + 6)
        start = at + 30 + name + extra
        behind = data.find(_LOCAL, start) if flags & _SIZES_BEHIND else start + packed
        stop = len(data) if behind < 0 else behind
        if not data.endswith(b"/", at + 30, at + 30 + name):
            yield _Member(flags, method, None if flags & _SIZES_BEHIND else checksum, data[start:stop])
        at = stop
