"""The same name as another office writes it: what list makers, registers and romanisations exchange.

Tables of common knowledge about each language. They were written apart from the matcher's rules, but by people who knew
that such exchanges are what it is for, so that what is measured with them is optimistic.
"""

from __future__ import annotations

from random import Random

Pairs = tuple[tuple[str, str], ...]

#: Each pair is exchanged wherever it stands in a name, one pair a name.
ARABIC: Pairs = (
    ("kh", "j"), ("sh", "ch"), ("ee", "i"), ("oo", "u"), ("aa", "a"), ("q", "k"), ("j", "dj"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("y", "i"), ("ou", "u"), ("u", "ou"), ("u", "o"), ("i", "e"), ("ss", "s"), ("mm", "m"), ("w", "ou"),
    ("iya", "ia"), ("ai", "ei"),
)  # fmt: skip
RUSSIAN: Pairs = (
    ("iy", "y"), ("ey", "ei"), ("yo", "e"), ("ya", "ia"), ("yu", "iu"), ("zh", "j"), ("kh", "h"), ("ks", "x"),
    ("sky", "skii"), ("ch", "tch"), ("ye", "e"), ("sh", "ch"), ("v", "w"), ("y", "i"),
)  # fmt: skip
SPANISH: Pairs = (
    ("z", "s"), ("v", "b"), ("ll", "y"), ("h", ""), ("y", "i"), ("c", "s"), ("x", "j"), ("i", "y"),
)  # fmt: skip
ENGLISH: Pairs = (
    ("y", "ie"), ("ck", "k"), ("ll", "l"), ("ph", "f"), ("ea", "ee"), ("son", "sen"), ("e", ""),
)  # fmt: skip
_WADE_GILES: Pairs = (
    ("zh", "ch"), ("x", "hs"), ("q", "ch"), ("z", "ts"), ("c", "ts"), ("j", "ch"), ("g", "k"), ("d", "t"), ("b", "p"),
)  # fmt: skip
_USUALLY = 0.9


def respelled(name: str, pairs: Pairs, rng: Random) -> str:
    """Write a name as another office would: the first of the pairs, from a place drawn, that is behind its initial."""
    lower, start = name.lower(), int(rng.random() * len(pairs))
    for pair in pairs[start:] + pairs[:start]:
        if pair[0] in lower[1:]:
            changed = lower[0] + lower[1:].replace(*pair)
            return "-".join(part.capitalize() for part in changed.split("-"))
    return name


def in_wade_giles(syllable: str, rng: Random) -> str:
    """Write a syllable of Mandarin as Wade and Giles did, where its beginning is one that they wrote otherwise."""
    lower = syllable.lower()
    # `ch` and `sh` are the same in both.
    if lower.startswith(("ch", "sh")) or rng.random() >= _USUALLY:
        return syllable
    for new, old in _WADE_GILES:
        if lower.startswith(new):
            return (old + lower[len(new) :]).capitalize()
    return syllable
