"""Which letters of two words agree, for a reader who compares them: as parts, in order, that are the same or differ."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from torogoz.domain.hit import Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of both words: equal in each, or what stands in the one where the other has something else."""

    asked: str
    listed: str

    @property
    def same(self) -> bool:
        """Whether both words have these letters."""
        return self.asked == self.listed


def parts(asked: str, listed: str) -> tuple[Part, ...]:
    """Lay two words side by side, with as few letters in parts that differ as can be; put together they are the words.

    >>> [(part.asked, part.listed) for part in parts("GONSALEZ", "GONZALES")]
    [('GON', 'GON'), ('S', 'Z'), ('ALE', 'ALE'), ('Z', 'S')]
    """
    found: list[Part] = []
    for step in Levenshtein.opcodes(asked, listed):
        part = Part(asked[step.src_start : step.src_end], listed[step.dest_start : step.dest_end])
        if found and not part.same and not found[-1].same:
            found[-1] = Part(found[-1].asked + part.asked, found[-1].listed + part.listed)
        else:
            found.append(part)
    return tuple(found)


def letters(piece: Evidence) -> tuple[Part, ...]:
    """The letters of two words that were taken for one, or are akin, without being the same; of others nothing."""
    values = dict(piece.values)
    asked, listed = values.get("asked", ""), values.get("listed", "")
    near = piece.millibits > 0 or piece.code.startswith("name_akin")
    taken_for_one = piece.field == "name" and piece.code != "name_initial" and near and asked != listed
    return parts(asked, listed) if taken_for_one else ()
