"""What fingers and reading machines do to single letters: typing errors and letters taken for others.

Shares of the four kinds of typing error are assumed, near those that studies of typed text tell: neighbours on the
keyboard first, then letters left out, exchanged, doubled. Any letter may be hit, the first of a word too.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from rapidfuzz.distance import OSA

#: A text and a source of chance give the text with one slip, or None where none can be made.
Slip = Callable[[str, Random], str | None]

_ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_KINDS, _SHARES = ("neighbour", "omission", "transposition", "doubling"), (40, 25, 20, 15)
#: Letters that look alike in the type of documents, as pairs and groups.
_ALIKE = (
    ("O", "Q"), ("O", "D"), ("O", "C"), ("I", "L"), ("I", "T"), ("I", "J"), ("B", "R"), ("B", "E"), ("C", "G"),
    ("E", "F"), ("F", "P"), ("P", "R"), ("H", "N"), ("M", "N"), ("U", "V"), ("V", "Y"), ("K", "X"), ("W", "VV"),
    ("M", "RN"), ("D", "CL"), ("H", "LI"), ("S", "B"), ("Z", "S"),
)  # fmt: skip
MISREADINGS = (*_ALIKE, *((other, one) for one, other in _ALIKE))


def _neighbours() -> dict[str, str]:
    """Letter → those beside it, and those above and below, each row half a key to the right."""
    found: dict[str, str] = {}
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            around = [(row, column - 1), (row, column + 1), (row - 1, column), (row - 1, column + 1)]
            around += [(row + 1, column - 1), (row + 1, column)]
            near = (_ROWS[r][c] for r, c in around if 0 <= r < len(_ROWS) and 0 <= c < len(_ROWS[r]))
            found[key] = "".join(near)
    return found


NEIGHBOURS = _neighbours()


def typo(text: str, rng: Random) -> str | None:
    """One typing error in any letter of a text; it stays inside its word, and no word vanishes."""
    places = [place for place, sign in enumerate(text) if sign.isalpha()]
    for _ in range(20):
        if not places:
            break
        place = rng.choice(places)
        kind = rng.choices(_KINDS, _SHARES)[0]
        before, letter, after = text[:place], text[place], text[place + 1 :]
        if kind == "neighbour":
            return before + rng.choice(NEIGHBOURS[letter]) + after
        if kind == "doubling":
            return before + letter + letter + after
        if kind == "omission" and (before[-1:].isalpha() or after[:1].isalpha()):
            return before + after
        if kind == "transposition" and after[:1].isalpha() and after[0] != letter:
            return before + after[0] + letter + after[1:]
    return None


def misread(text: str, rng: Random) -> str | None:
    """One letter, or a pair of them, taken for what looks like it."""
    found = [
        (place, one, other) for one, other in MISREADINGS for place in range(len(text)) if text.startswith(one, place)
    ]
    if not found:
        return None
    place, one, other = rng.choice(found)
    return text[:place] + other + text[place + len(one) :]


def edits(one: str, two: str) -> int:
    """How many slips lie between two texts: letters changed, left out, put in, and neighbours exchanged."""
    return OSA.distance(one, two)
