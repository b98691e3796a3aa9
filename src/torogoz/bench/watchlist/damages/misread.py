"""One letter misread: by a camera at a zone, by a scanner at a print, by a clerk at handwriting.

Pairs are those of the shapes of capitals, in OCR-B where the zone was read. Digits that a camera sees in a name come
back as the letters they stand for (0 as O, 8 as B), so that they are among the pairs. One time in ten what is misread
is a filler `<`: it comes as K, C, L or X, between two names or behind the last.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.fields import drawn, fields, named, with_word
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: letter → what it is taken for, the likeliest twice.
_SHAPES = {
    "A": "RH", "B": "RRPED", "C": "GGO", "D": "OOB", "E": "FFB", "F": "EPP", "G": "CCO", "H": "NNMK", "I": "LLTJ",
    "J": "IIL", "K": "XXHR", "L": "IIT", "M": "NNH", "N": "MMHU", "O": "QDDC", "P": "FFR", "Q": "OO", "R": "BKPA",
    "S": "BZ", "T": "IIYF", "U": "VVO", "V": "UUY", "W": "VVM", "X": "KKY", "Y": "VVT", "Z": "SS",
}  # fmt: skip
#: Two letters taken for one and the reverse: prints in small type, and handwriting.
_JOINED = (
    ("RN", "M"),
    ("VV", "W"),
    ("CL", "D"),
    ("LI", "U"),
    ("IN", "M"),
    ("NI", "M"),
    ("II", "U"),
    ("M", "RN"),
    ("W", "VV"),
)
_FILLER, _TWO_LETTERS = 0.1, 0.12
_FILLERS = "KKKCLX"


def misread(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """One letter for another that looks like it, two for one, or a filler for a letter."""
    if rng.random() < _FILLER:
        return _filler(query, rng)
    word = drawn(query, rng)
    if word is None:
        return None
    text = word.text
    joined = [pair for pair in _JOINED if pair[0] in text]
    if joined and rng.random() < _TWO_LETTERS:
        return with_word(query, word, text.replace(*rng.choice(joined), 1))
    places = [at for at, letter in enumerate(text) if letter in _SHAPES]
    if not places:
        return None
    at = rng.choice(places)
    return with_word(query, word, text[:at] + rng.choice(_SHAPES[text[at]]) + text[at + 1 :])


def _filler(query: Query, rng: Random) -> Query | None:
    both, letter = fields(query), rng.choice(_FILLERS)
    between = [(field, at) for field, some in enumerate(both) for at in range(len(some) - 1)]
    if between and rng.random() < 0.5:
        field, at = rng.choice(between)
        both[field][at : at + 2] = [letter.join(both[field][at : at + 2])]
        return named(query, *both)
    last = 1 if both[1] else 0
    # Behind the last name there are fillers to the end of the line: sometimes more than one goes wrong.
    many = rng.choices((1, 2, 3), weights=(6, 3, 1))[0]
    if rng.random() < 0.5 and both[last]:
        both[last][-1] += letter * many
    else:
        both[last].append(letter * many)
    return named(query, *both)
