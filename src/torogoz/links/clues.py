"""What a link rests on: the rule that made it and the facts it found, as codes that the screens put into sentences.

A clue never holds a value of the person: it says *birth date: swapped*, not which dates (design §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """The rule that made a link, the most trusted first."""

    LOCATOR_REFERENCE = "locator_reference"
    DOCUMENT = "document"
    NAME_BIRTH = "name_birth"
    NAME_LOCATOR = "name_locator"
    NAME_ALONE = "name_alone"
    NAME_BIRTH_IDENTIFIER = "name_birth_identifier"


@dataclass(frozen=True, slots=True)
class Clue:
    """One fact: a field and how its two values stand to each other, `("birth_date", "swapped")`."""

    field: str
    relation: str


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """Why two are one: the rule, and every fact that was compared."""

    kind: LinkKind
    clues: tuple[Clue, ...]
