"""One sign of the passport's zone misread: letters for their likes in OCR-B, and fillers for letters.

Of 100 misreadings 70 take a letter for one that looks like it, 10 read a filler between two names as a letter (so that
they are one word), 9 read the first fillers behind the name as letters (K most of all: `<` on a worn page), 5 read a
letter as a filler (so that a name is parted) and 6 as a digit, which a name may not have: systems leave it out. Nothing
in a zone's first line has a check digit, so that all of this passes.
Optimistic: one sign only, where a dirty page has several; the two fillers between the fields are always read; letters
are confused evenly, where a reader has its own weakness.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, renamed
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: letter → what it is taken for.
LIKES = {
    "A": "R", "B": "RPE", "C": "GO", "D": "OQ", "E": "FB", "F": "PE", "G": "CQ", "H": "NM", "I": "LJT", "J": "I",
    "K": "XR", "L": "I", "M": "NH", "N": "MH", "O": "QDC", "P": "FRB", "Q": "OGD", "R": "PKB", "S": "BZ", "T": "IY",
    "U": "VO", "V": "YU", "W": "VM", "X": "KY", "Y": "VXT", "Z": "S",
}  # fmt: skip
#: Letters that are read as the digits 0, 1, 2, 5, 6 and 8.
LIKE_DIGITS = "OQDIZSGB"
#: What a filler is taken for, and what is taken for a filler.
_LIKE_FILLERS, _SHARES = "KLCX", (70, 12, 12, 6)
_LONGEST_RUN, _RUN_GOES_ON = 4, 0.4


def _at(signs: str, other: Callable[[str, Random], str]) -> Change:
    """Read one of these signs, wherever one stands within a field, as another."""

    def change(_person: Compatriot, query: Query, rng: Random) -> Query | None:
        # The fillers between both fields are two: nothing here makes one field of them.
        name = f"{query.surname or ''}\n{query.given_names or ''}"
        places = [place for place, sign in enumerate(name) if sign in signs]
        if not places:
            return None
        place = rng.choice(places)
        surname, given = (name[:place] + other(name[place], rng) + name[place + 1 :]).split("\n")
        return renamed(query, surname.split(), given.split())

    return change


def _fillers_behind(_person: Compatriot, query: Query, rng: Random) -> Query:
    """Read the fillers behind the name as letters: from the first, or behind one that was read as what it is."""
    run = 1
    while run < _LONGEST_RUN and rng.random() < _RUN_GOES_ON:
        run += 1
    between = "" if rng.random() < 0.5 else " "
    field = f"{query.given_names or ''}{between}{_filler_as(rng) * run}"
    return renamed(query, (query.surname or "").split(), field.split())


def _filler_as(rng: Random) -> str:
    return rng.choices(_LIKE_FILLERS, _SHARES)[0]


misread_letter = one_of(
    (70, _at("".join(LIKES), lambda letter, rng: rng.choice(LIKES[letter]))),
    (10, _at(" ", lambda _, rng: _filler_as(rng))),
    (9, _fillers_behind),
    (5, _at(_LIKE_FILLERS, lambda _letter, _rng: " ")),
    (6, _at(LIKE_DIGITS, lambda _letter, _rng: "")),
)
