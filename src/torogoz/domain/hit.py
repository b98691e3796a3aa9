"""Hits: why somebody deserves a second look, with what speaks for it and against it.

A hit is inert. Only a person's decision (three separate answers) makes anything of it (LR-30, LR-31).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from torogoz.domain.dates import PartialDate
from torogoz.domain.purpose import Purpose


class CauseKind(StrEnum):
    """What raised a hit."""

    WATCHLIST = "watchlist"
    RULE = "rule"


class Stance(StrEnum):
    """Whether a piece of evidence speaks for the hit, against it, or could not be compared."""

    FOR = "for"
    AGAINST = "against"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: `code` names its sentence in Spanish and English, `values` fill it, `millibits` weigh it.

    No whole identifier stands in `values`: document numbers come shortened (design §7).
    """

    field: str
    stance: Stance
    millibits: int
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def bits(self) -> float:
        """The weight in bits."""
        return self.millibits / 1000


@dataclass(frozen=True, slots=True)
class Cause:
    """What raised it, by stable names, with the version that was in force.

    Of a list entry `source` is the list's name; a rule's key names it alone, and its source is empty.
    """

    kind: CauseKind
    source: str
    key: str
    version: int


#: What a rule read of a traveller, as it can be written down: dates in ISO form, sets of codes in order.
Fact = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ListExcerpt:
    """What of a list weighed in a comparison: its entries, how many bear which words, how many which nationality.

    `initials` is how many of all its `words` begin with which letter; older excerpts do not know.
    """

    entries: int
    bearers: tuple[tuple[str, int], ...]
    nationalities: tuple[tuple[str, int], ...]
    words: int = 0
    initials: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What a hit was computed with, beside its cause and what the sources say of the traveller.

    With these three it can be computed again, whatever has gone since: the excerpt of a list, or the facts that a rule
    read, some of which others on the flight and earlier journeys had a part in.
    """

    excerpt: ListExcerpt | None = None
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A message from which values were read, and where in its bytes; no positions where the message does not tell."""

    message: int
    positions: tuple[tuple[int, int], ...] = ()


class Ruling(StrEnum):
    """What homonym memory says of a hit (domain.clearance). All but the first are queued as any other hit is."""

    CLEARED = "cleared"
    SAMPLED = "sampled"
    OTHER_DOCUMENT = "other_document"
    OLDER_ENTRY = "older_entry"
    UNCERTAIN = "uncertain"
    NUMBER_LISTED = "number_listed"


@dataclass(frozen=True, slots=True)
class RaisedHit:
    """The outcome of screening one traveller against one cause.

    `queued` is false for advisory hits, which the dossier shows and the queue does not (LR-72), and where `ruling` says
    that the person is cleared (LR-44), by the row `clearance` or `proof`. `sources` name every message from which a
    compared value came, in the order of the messages. `gravity` is 1 (gravest) to 4. `births` are the birth
    dates of the list's entry, which tell whether it is about a child (LR-73).
    """

    traveller: int
    cause: Cause
    gravity: int
    queued: bool
    purpose: Purpose
    millibits: int
    probability: float | None
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]
    matched_name: str | None = None
    basis: Basis = Basis()
    ruling: Ruling | None = None
    clearance: int | None = None
    proof: int | None = None
    births: tuple[PartialDate, ...] = ()


class HitStatus(StrEnum):
    """The life of a hit. `not_travelling` reopens when the traveller returns."""

    OPEN = "open"
    AWAITING_SECOND = "awaiting_second"
    DECIDED = "decided"
    NOT_TRAVELLING = "not_travelling"
    WITHDRAWN = "withdrawn"


class Identity(StrEnum):
    """First answer: is the traveller the one the cause speaks of?"""

    SAME = "same"
    NOT_SAME = "not_same"
    UNCLEAR = "unclear"


class Ground(StrEnum):
    """Second answer: is there a ground to act, today, for this traveller on this flight?"""

    YES = "yes"
    NO = "no"


class Action(StrEnum):
    """Third answer: what is done."""

    NONE = "none"
    WATCH = "watch"
    REFER = "refer"
    PROTECTION = "protection"
