"""What a reader noticed: a coded deviation, where it stands, and how much it matters.

A finding never holds a traveller's data: its text comes from the catalogue of its code. It is never a refusal by
itself; the flow decides from severity and carrier profile (design §2, *tolerant, never silent*).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters to the carrier's data quality."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One deviation: a stable code, its severity, and the segment tag and byte offset where it was seen."""

    code: str
    severity: Severity
    segment: str | None = None
    position: int | None = None


class Origin(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where in the delivered bytes a value was read: `field` was taken from bytes `start` up to `end`.

    A struct, because a manifest has thousands, and one is made in a quarter of a frozen dataclass's time.
    """

    field: str
    start: int
    end: int
