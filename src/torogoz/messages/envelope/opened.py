"""What one envelope held, and how much may still be unpacked."""

from __future__ import annotations

from dataclasses import dataclass, field

from torogoz.domain.manifest import Telex
from torogoz.edifact.limits import Limits


@dataclass(frozen=True, slots=True)
class Note:
    """A finding's code, and at which byte of the opened piece it was noticed."""

    code: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a telex's heading says, and at which byte of the opened piece it stands."""

    telex: Telex
    position: int


@dataclass(slots=True)
class Opened:
    """The pieces that an envelope held, each with what was noticed in it; notes without a piece are of the envelope."""

    pieces: list[bytes] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


class Budget:
    """How much may be unpacked of one delivery, whatever the nesting: bytes, and members of archives and mails."""

    def __init__(self, limits: Limits) -> None:
        self.ratio = limits.ratio
        self.bytes = limits.unpacked
        self.members = limits.members

    def member(self) -> bool:
        """Count one more member; False where there were too many."""
        self.members -= 1
        return self.members >= 0
