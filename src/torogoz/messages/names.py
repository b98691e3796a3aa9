"""Names as carriers send them: upper case, titles taken off, given and middle names with one blank between.

Titles that tell sex or age are kept apart; all others are dropped, the clerical ones because they tell a religion
(`sensitive`). Airline systems glue a title to the given name (`JOHNMR`); a name that itself ends like a title is kept
(`_LIKE_TITLES`). FNU and LNU are the field's words for *no given name* and *no surname*.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.messages.sensitive import CLERICAL_TITLES

#: What the contract names, the longer before what it ends in.
TITLES = ("MSTR", "MISS", "MRS", "MR", "MS", "INF", "CHD")
_KEPT = frozenset(TITLES)
_DROPPED = frozenset(
    "DR DRA DRS PROF ING LIC ARQ SR SRA SRTA DON DONA ESQ HON SIR DAME LADY LORD CAPT GEN COL MAJ".split()
)
_DROPPED_ALL = _DROPPED | CLERICAL_TITLES
#: Given names that end like a title without holding one.
_LIKE_TITLES = frozenset(
    "AMR OMR UMR SAMR NIMR TAMR QAMR ADAMS WILLIAMS ABRAHAMS GRAHAMS SIMS TOMS THOMS HELMS JAMS RAMS HAMS SAMS"
    " ARTEMISS JOSAFAMS".split()
)
_NO_NAME = frozenset(("FNU", "LNU", "NFN", "XXX", "-", "."))


@dataclass(frozen=True, slots=True)
class SentName:
    """A name taken apart; `clerical` says that a title was dropped that tells a religion."""

    surname: str | None
    given_names: str | None
    title: str | None = None
    clerical: bool = False


def read_name(surname: str, given: str, *, glued: bool = False) -> SentName:
    """Take a name apart. With `glued`, the last given name may end in a title (PNRGOV)."""
    family = surname.upper().split()
    first = given.upper().split()
    title, clerical = None, False
    if first:
        if glued:
            first[-1:] = _unglued(first[-1])
        first, title, clerical = _without_titles(first)
    elif len(family) > 1 and family[-1] in _KEPT:
        title = family.pop()
    family = [word for word in family if word not in _NO_NAME]
    first = [word for word in first if word not in _NO_NAME]
    if not family:
        family, first = first, []
    return SentName(" ".join(family) or None, " ".join(first) or None, title, clerical)


def _without_titles(words: list[str]) -> tuple[list[str], str | None, bool]:
    """Titles stand first or last; the only name a person has is no title."""
    title, clerical = None, False
    while len(words) > 1 or (words and words[0] in _KEPT):
        place = next((end for end in (-1, 0) if words[end].rstrip(".") in _KEPT | _DROPPED_ALL), None)
        if place is None:
            break
        word = words.pop(place).rstrip(".")
        clerical = clerical or word in CLERICAL_TITLES
        title = title or (word if word in _KEPT else None)
    return words, title, clerical


def _unglued(word: str) -> list[str]:
    if word in _LIKE_TITLES or word in _KEPT:
        return [word]
    for title in TITLES:
        rest = word.removesuffix(title)
        if rest is not word and rest != word and len(rest) > 1:
            return [rest, title]
    return [word]
