"""Names of lists and travellers as the words that are compared.

Both sides are folded to the letters of the machine-readable zone (`domain.name`). Titles, generational suffixes and
placeholders go; particles (`DE LA`, `VAN`, `BIN`, `AL`) go where at least two other words stay, since manifests drop
and glue them at will. Order does not matter, so none is kept. `skeleton` writes a word as it may be heard: the letters
that Spanish spelling and the common romanisations of Arabic and Russian exchange are made one.
"""

from __future__ import annotations

import re

from torogoz.domain.name import words

#: Words that stand between or before names and that senders drop, glue or repeat.
PARTICLES = frozenset(
    "DE DEL LA LAS LOS Y E DA DAS DO DOS DI DU VAN VON DER DEN TER TEN BIN BINT IBN BEN AL EL UL OULD ABU".split()  # noqa: SIM905 - a table of words reads better in a row
)
#: Beginnings that are particles glued to a name: a single one, or the pairs that are written in one.
GLUED_PARTICLES = PARTICLES | {"DELA", "DELAS", "DELOS", "VANDE", "VANDER", "VANDEN", "VONDER"}
#: Titles and suffixes, which say nothing about who somebody is, and words that stand for an unknown name.
DROPPED = frozenset("MR MRS MS MISS MSTR INF CHD DR SRA SRTA JR FNU LNU NFN NLN XXX NN".split())  # noqa: SIM905 - likewise
#: Named limits: a longer name is compared by its first signs and words (hostile lists hold names of any length).
MAX_SIGNS = 1_000
MAX_WORDS = 12
_MIN_KEPT = 2

_HEARD = (
    (re.compile(r"PH"), "F"),
    (re.compile(r"^X(?=[EI])"), "J"),
    (re.compile(r"(?<=.)X"), "KS"),
    (re.compile(r"QU(?=[EI])|CK|KH|Q"), "K"),
    (re.compile(r"LL|Y|J(?=[AO]N)"), "I"),
    (re.compile(r"C(?=[EIY])|SCH|SH|CH|TS|TZ|X|Z"), "S"),
    (re.compile(r"C"), "K"),
    (re.compile(r"G(?=[EI])|DJ|DZH"), "J"),
    (re.compile(r"V|W"), "B"),
    (re.compile(r"H"), ""),
)
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[AEIOU]+")


def name_words(*parts: str | None) -> tuple[str, ...]:
    """Every word of a name in its order, particles too, without titles and placeholders."""
    found = words(*(part[:MAX_SIGNS] if part else None for part in parts))
    return tuple(word for word in found if word not in DROPPED)[:MAX_WORDS]


def without_particles(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell people apart: all of them where fewer than two would stay."""
    kept = tuple(word for word in name if word not in PARTICLES)
    return kept if len(kept) >= _MIN_KEPT else name


def skeleton(word: str) -> str:
    """A word as it may be heard: consonants that are exchanged made one, vowels only at the start."""
    for pattern, sound in _HEARD:
        word = pattern.sub(sound, word)
    word = _DOUBLED.sub(r"\1", word)
    return ("A" if word[:1] in "AEIOU" else "") + _VOWELS.sub("", word)
