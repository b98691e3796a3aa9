"""The bounds within which input is read, each with its name, so that a reviewer sees what a hostile sender may cost.

Memory and time grow linearly with the bytes of a delivery and never beyond these. Within an interchange nesting needs
no bound: the standard has three levels (interchange, group, message), and the reader keeps one of each.
The largest push in our reference corpus has 160 kB, 5,000 segments and 2 kB in its longest segment.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: beyond a limit a finding says what was left unread, and the rest is read as usual."""

    #: Bytes of one delivery; a larger one is not read at all.
    delivery: int = 64 * 1024 * 1024
    #: Interchanges in one delivery.
    interchanges: int = 1_000
    #: Messages in one delivery.
    messages: int = 10_000
    #: Segments of one message.
    segments: int = 500_000
    #: Characters of one segment; a longer one is left out.
    segment_length: int = 32 * 1024
    #: Data elements and components of one segment; one with more is left out.
    elements: int = 2_000
    #: Findings of one message.
    findings: int = 1_000
    #: Bytes to which archives unpack, at every level together.
    unpacked: int = 64 * 1024 * 1024
    #: Bytes that come of one compressed byte, once there is more than 1 MiB.
    ratio: int = 200
    #: Members of archives and parts of mails.
    members: int = 1_000
    #: Envelopes within each other.
    nesting: int = 8


DEFAULT = Limits()
