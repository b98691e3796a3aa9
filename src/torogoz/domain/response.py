"""What is said back about a message: a state's answer for each traveller (CUSRES), and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whom a response is about: all of a message (ERP 1), or one traveller in it (ERP 2)."""

    MESSAGE = "message"
    TRAVELLER = "traveller"


@dataclass(frozen=True, slots=True)
class Response:
    """One code of a CUSRES or an ACKRES, with the carrier's own references, which are echoed, and a text to act on."""

    level: Level
    code: str
    record_locator: str | None = None
    reference: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One line of a CONTRL (UCI, UCM, UCS, UCD): what it is about, what was done (0083), and the error (0085).

    `segment` counts from UNH, which is 1; `element` and `component` count from 1 after the segment's tag.
    """

    level: str
    reference: str | None = None
    action: str | None = None
    error: str | None = None
    segment: int | None = None
    element: int | None = None
    component: int | None = None
