"""What a match's evidence says beyond its sum: how good chance would be, and what would change the result.

Both are read from the evidence, which adds up to the score, so that they hold for a hit of last month, whose list has
changed since. A score is a sum, and the best name does not depend on the other facts: to take one fact's weight away,
or to put another in its place, gives what the scorer would (the tests ask it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp2

from torogoz.domain.hit import Evidence, Stance
from torogoz.matching.rates import BIRTH_EQUAL, DOCUMENT_SAME
from torogoz.matching.retrieve import probability

#: Without these facts there would be no match: nothing is said of the exact document that stands alone against them.
_CONTRADICTED = frozenset({"birth_date_other", "name_none", "name_not_compared"})
_EXACT = frozenset({"document_same", "document_other_issuer"})
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """The score if one fact were other than it is; `code` says which, and names its sentence."""

    code: str
    millibits: int
    values: tuple[tuple[str, str], ...] = ()

    @property
    def probability(self) -> float:
        """The probability that the score would then stand for."""
        return probability(self.millibits)


@dataclass(frozen=True, slots=True)
class Chance:
    """At most so many entries of the list would look at least as good to one traveller who is not listed."""

    entries: float

    @property
    def code(self) -> str:
        """Names its sentence."""
        if self.entries >= 1:
            return "chance_entries"
        return "chance_travellers" if self.entries * _MILLION >= 1 else "chance_hardly"

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills its sentence."""
        if self.entries >= 1:
            return (("entries", str(ceil(self.entries))),)
        return (("one_in", str(int(1 / self.entries))),) if self.entries * _MILLION >= 1 else ()


def chance(evidence: Sequence[Evidence]) -> Chance | None:
    """How many others of the list chance would make look at least as good; None where nothing was weighed.

    Facts that together weigh x bits are 2^x times as frequent where the two are one person, so chance shows as much or
    more to at most 2^-x of pairs (Markov's inequality), and to at most N·2^-x entries of a list of N. A bound, and as
    good as the weights: relatives and people who are listed twice are more alike than chance (docs/design/score.md).
    """
    prior = _prior(evidence)
    if prior is None:
        return None
    entries = int(dict(prior.values)["entries"])
    return Chance(min(entries * exp2((prior.millibits - _total(evidence)) / 1000), entries))


def changes(evidence: Sequence[Evidence]) -> tuple[Change, ...]:
    """What the score would be without each fact, and with those that could decide; nothing where none was weighed."""
    return tuple(_changes(evidence)) if _prior(evidence) else ()


def _changes(evidence: Sequence[Evidence]) -> Iterator[Change]:
    total, codes = _total(evidence), {piece.code for piece in evidence}
    for piece in evidence:
        rest = total - piece.millibits
        if piece.field == "document":
            if not codes & _EXACT:
                yield Change("if_document_same", rest + DOCUMENT_SAME)
            elif not codes & _CONTRADICTED:
                yield Change("if_document_unknown", rest)
        if piece.field == "birth_date" and piece.code != "birth_date_equal":
            yield Change("if_birth_date_equal", rest + BIRTH_EQUAL)
        if piece.field in {"birth_date", "nationality", "sex"} and piece.stance is not Stance.NOT_COMPARED:
            yield Change(f"if_{piece.field}_unknown", rest)


def _prior(evidence: Sequence[Evidence]) -> Evidence | None:
    return next((piece for piece in evidence if piece.code == "prior"), None)


def _total(evidence: Sequence[Evidence]) -> int:
    return sum(piece.millibits for piece in evidence)
