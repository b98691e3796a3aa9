"""Slips of the keyboard: one, or two at different places.

Of 100 slips 32 strike a neighbouring key instead, 24 drop a letter, 20 strike a neighbouring key as well, 6 double a
letter, 13 exchange two letters, and 5 write any other letter: the order of magnitude in which studies of typed text
find them, where four fifths of misspellings are one slip. Places are any letter of the whole name; initials are a third
as likely as others, as people look at how they begin, and letters of words of one or two are half as likely. The second
slip is more than two letters from the first or in another word, so that two never look like one. Keys are those of
QWERTY, which Spanish, Portuguese and English keyboards share in their letters.
Optimistic: somebody who mistypes on AZERTY, or hears a name on the telephone, errs otherwise. Pessimistic: names read
by a machine have no slips at all.
"""

from __future__ import annotations

from random import Random
from string import ascii_uppercase

from torogoz.bench.watchlist.damages.forms import name_of, refilled
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: key → the keys that touch it.
NEIGHBOURS = {
    "Q": "WA", "W": "QEAS", "E": "WRSD", "R": "ETDF", "T": "RYFG", "Y": "TUGH", "U": "YIHJ", "I": "UOJK", "O": "IPKL",
    "P": "OL", "A": "QWSZ", "S": "AWEDZX", "D": "SERFXC", "F": "DRTGCV", "G": "FTYHVB", "H": "GYUJBN", "J": "HUIKNM",
    "K": "JIOLM", "L": "KOP", "Z": "ASX", "X": "ZSDC", "C": "XDFV", "V": "CFGB", "B": "VGHN", "N": "BHJM", "M": "NJK",
}  # fmt: skip
_INITIAL, _SHORT = 1 / 3, 1 / 2
#: slip → its share of 100.
_SLIPS = {"neighbour": 32, "dropped": 24, "as well": 20, "doubled": 6, "exchanged": 13, "any": 5}


def slipped(word: str, place: int, rng: Random) -> str:
    """Type a word with a slip at this place; never the word itself, never nothing."""
    while True:
        typed = _typed(word, place, rng)
        if typed not in ("", word):
            return typed


def _typed(word: str, place: int, rng: Random) -> str:
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match rng.choices(list(_SLIPS), list(_SLIPS.values()))[0]:
        case "neighbour":
            return before + rng.choice(NEIGHBOURS[letter]) + after
        case "dropped":
            return before + after
        case "as well":
            both = [letter, rng.choice(NEIGHBOURS[letter])]
            return before + "".join(rng.sample(both, 2)) + after
        case "doubled":
            return before + letter * 2 + after
        case "exchanged":
            return before + after[:1] + letter + after[1:]
    return before + rng.choice(ascii_uppercase) + after


def one_typo(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Make one slip."""
    return _with_slips(query, 1, rng)


def two_typos(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Make two slips; None in a name too short for two."""
    return _with_slips(query, 2, rng)


def _with_slips(query: Query, slips: int, rng: Random) -> Query | None:
    name = name_of(query)
    left = {(number, place): _weight(word, place) for number, word in enumerate(name) for place in range(len(word))}
    places = []
    for _ in range(slips):
        if not left:
            return None
        number, place = rng.choices(list(left), list(left.values()))[0]
        places.append((number, place))
        # An exchange reaches one letter further, so that the next one is left alone on both sides.
        left = {at: weight for at, weight in left.items() if at[0] != number or abs(at[1] - place) > 2}
    # From the end, so that a slip does not move the places of the others.
    for number, place in sorted(places, reverse=True):
        name[number] = slipped(name[number], place, rng)
    return refilled(query, name)


def _weight(word: str, place: int) -> float:
    return (_INITIAL if place == 0 else 1) * (_SHORT if len(word) < 3 else 1)
