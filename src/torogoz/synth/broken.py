"""Deliveries that went wrong on the way: cut off, not EDIFACT, in another encoding, with NULs, empty, half unreadable.

Each is made from a good passenger list and comes shortly before or after it, so that nothing is lost with it: a centre
must refuse or read it with findings, keep it, and go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from torogoz.synth.truth import Fault

_MAIL = (
    b"From: operations desk\r\nSubject: passenger list\r\n\r\nGood morning,\r\n\r\nthe list for today's flight "
    b"follows as soon as our system is back. These people are invented.\r\n"
)


class Breakage(NamedTuple):
    """What is done to the bytes, and whether something of the message can still be read."""

    fault: Fault
    change: Callable[[bytes], bytes]
    readable: bool


def _cut(content: bytes) -> bytes:
    return content[: len(content) * 6 // 10]


def _mail(_content: bytes) -> bytes:
    return _MAIL


def _mainframe(content: bytes) -> bytes:
    return content.decode("latin-1").encode("cp500")


def _nuls(content: bytes) -> bytes:
    return content.replace(b"NAD+FL", b"NAD+FL\x00", 3).replace(b"BGM", b"\x00BGM", 1)


def _nothing(_content: bytes) -> bytes:
    return b""


def _half_true(content: bytes) -> bytes:
    """Add somebody of whom nothing can be understood before the first real passenger."""
    return content.replace(
        b"NAD+FL", b"NAD+FL+++::::'ATT+2'DTM+329:9913XX:101'NAT+2+ZZZZ'DOC+:110:111'DTM+36'LOC+91'NAD+FL", 1
    )


BREAKAGES: tuple[Breakage, ...] = (
    Breakage(Fault.TRUNCATED, _cut, readable=True),
    Breakage(Fault.NOT_EDIFACT, _mail, readable=False),
    Breakage(Fault.WRONG_ENCODING, _mainframe, readable=False),
    Breakage(Fault.NUL_BYTES, _nuls, readable=True),
    Breakage(Fault.EMPTY, _nothing, readable=False),
    Breakage(Fault.BROKEN_TRAVELLER, _half_true, readable=True),
)


def broken_copies(originals: Sequence[bytes]) -> list[tuple[int, Breakage, bytes]]:
    """One broken copy of each kind: the position of the original, what was done to it, and the bytes."""
    return [
        (place % len(originals), breakage, breakage.change(originals[place % len(originals)]))
        for place, breakage in enumerate(BREAKAGES)
    ]
