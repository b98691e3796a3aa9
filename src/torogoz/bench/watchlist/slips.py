"""Slips of a word: what a typist's fingers, a clerk's ear and a reader's camera make of one letter.

A slip is one letter wrong, missing, extra or exchanged with its neighbour. A misreading is one sign of OCR-B taken for
another, by a page reader or a telephone's camera. All shares are assumed, with their reasons beside them; none was
counted. Optimistic: fingers slip independently here, and a clerk who hears a name wrong would slip at several letters.
"""

from __future__ import annotations

from random import Random

#: kind of slip → share. Wrong letters lead in every study of typing; exchanged ones need two quick hands.
KINDS = {"wrong": 0.42, "missing": 0.25, "extra": 0.18, "exchanged": 0.15}
#: where a wrong letter comes from → share: keyboards first, for most names are typed at a counter or a web form; then
#: the ear (names told by telephone), handwriting on arrival cards, and keypads of telephones; the rest is anything.
SOURCES = {"keyboard": 0.55, "ear": 0.22, "hand": 0.10, "keypad": 0.05, "any": 0.08}
#: where an extra letter comes from → share: a key held too long, or its neighbour touched with it.
EXTRAS = {"doubled": 0.6, "keyboard": 0.4}
#: How much likelier a letter of a double is left out than another: the eye does not see that it is missing.
_DOUBLE = 3.0
#: How much likelier the first letter is hit than another: it is what everybody checks, so less.
_FIRST = 0.35

_ROWS = ("QWERTYUIOP", "ASDFGHJKLÑ", "ZXCVBNM")
_SHIFTS = (0.0, 0.25, 0.75)
#: Letters that clerks who speak Spanish, English or Portuguese take for each other by ear.
_EAR = "BV SZ SC CK KQ IY EI OU MN DT GJ JH XS XJ LR WU WV FP PB YJ YL"
#: Letters that look alike in block letters on a card.
_HAND = "UV IL MN NH AO CG DO EF PR QO ST VY TF JI KX WM ZS"
_KEYPAD = ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: Pairs of signs that readers of OCR-B take for each other → weight, letters only: readers know that the name field
#: holds no digit, and turn 0, 1, 2, 5 and 8 into the letter they look like. So O read as 0 comes back as O, and what
#: stays are letters read over a digit (B-8-S, Z-2), worn edges (E-F, P-R, B-E, C-G) and glare (O-Q-D, H-N-M, U-V).
MISREAD = {
    "OQ": 5, "OD": 5, "QD": 1, "OC": 2, "CG": 4, "UV": 4, "VY": 3, "IL": 4, "IT": 2, "IJ": 2, "EF": 4, "PR": 4,
    "BR": 3, "BE": 2, "BS": 3, "SZ": 2, "HN": 3, "MN": 4, "HM": 2, "KX": 3, "LE": 1, "MW": 2, "UO": 2, "TY": 2,
    "GS": 1, "FP": 3, "LC": 1,
}  # fmt: skip


def _both_ways(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        one, two = tuple(pair)
        found[one] = found.get(one, "") + two
        found[two] = found.get(two, "") + one
    return found


def _keyboard() -> dict[str, str]:
    """Each letter's neighbours on a Spanish keyboard; Ñ stands beside L, and arrives as N."""
    at = {
        letter: (place + shift, height)
        for height, (row, shift) in enumerate(zip(_ROWS, _SHIFTS, strict=True))
        for place, letter in enumerate(row)
    }
    near = {
        one: "".join(
            two for two, (x, y) in at.items() if two != one and abs(y - at[one][1]) <= 1 and abs(x - at[one][0]) <= 1
        ).replace("Ñ", "N")
        for one in at
        if one != "Ñ"
    }
    return {one: others.replace(one, "") for one, others in near.items()}


_NEAR = {
    "keyboard": _keyboard(),
    "ear": _both_ways(_EAR.split()),
    "hand": _both_ways(_HAND.split()),
    "keypad": {letter: key.replace(letter, "") for key in _KEYPAD for letter in key},
    "any": {letter: _ALPHABET.replace(letter, "") for letter in _ALPHABET},
}
_SEEN = {
    letter: {pair.replace(letter, ""): weight for pair, weight in MISREAD.items() if letter in pair}
    for letter in _ALPHABET
}


def drawn(shares: dict[str, float], rng: Random) -> str:
    """Draw one by its share."""
    return rng.choices(tuple(shares), tuple(shares.values()))[0]


def slip(word: str, rng: Random) -> str:
    """Make one slip in a word of A-Z: always another word, one edit away. ValueError for less than two letters."""
    if len(word) < 2:
        raise ValueError("a word of one letter has no room for a slip")
    kind = drawn(KINDS, rng)
    if kind == "exchanged":
        places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
        if places:
            place = _place(places, rng)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "missing":
        weights = [
            (_FIRST if place == 0 else 1.0)
            * (_DOUBLE if letter in word[max(place - 1, 0) : place] + word[place + 1 : place + 2] else 1)
            for place, letter in enumerate(word)
        ]
        place = rng.choices(range(len(word)), weights)[0]
        return word[:place] + word[place + 1 :]
    place = _place(list(range(len(word))), rng)
    if kind == "extra":
        more = word[place] if drawn(EXTRAS, rng) == "doubled" else rng.choice(_NEAR["keyboard"][word[place]])
        return word[: place + 1] + more + word[place + 1 :]
    near = _NEAR[drawn(SOURCES, rng)].get(word[place]) or _NEAR["keyboard"][word[place]]
    return word[:place] + rng.choice(near) + word[place + 1 :]


def misread(word: str, rng: Random) -> str | None:
    """Take one letter for one that looks like it in OCR-B; None where every letter of the word stands for itself."""
    seen = {place: _SEEN[letter] for place, letter in enumerate(word) if _SEEN.get(letter)}
    if not seen:
        return None
    place = rng.choices(tuple(seen), [sum(others.values()) for others in seen.values()])[0]
    letter = rng.choices(tuple(seen[place]), tuple(seen[place].values()))[0]
    return word[:place] + letter + word[place + 1 :]


def _place(places: list[int], rng: Random) -> int:
    return rng.choices(places, [_FIRST if place == 0 else 1.0 for place in places])[0]
