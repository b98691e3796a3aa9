"""Finding a person by another of their names: a sanctions list's aliases, asked for among invented people.

Names alone are compared, on both sides: a nationality that only some entries have would tell them apart from the
invented. The place of the right person counts everybody who scores as well or better, so that ties help nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from torogoz.bench.watchlist.edit_distance import sorted_words
from torogoz.bench.watchlist.public_names import Aliases
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, build, match

TOPS = (1, 5, 20)
#: Below this probability nobody is looked for. A name alone seldom makes a person probable, and the peer has no
#: threshold at all: what counts here is the place. A thousandth of this finds nobody more among the first twenty.
_LEAST = 1e-9
_AT_ONCE = 20


def chosen(aliases: Aliases, count: int, seed: int) -> list[tuple[str, str]]:
    """So many aliases that are not the main name with its words in another order, drawn by seed."""
    telling = [
        (number, name) for number, name in aliases.others if sorted_words(name) != sorted_words(aliases.main[number])
    ]
    return Random(f"{seed}/bench/aliases").sample(telling, min(count, len(telling)))


def listed(aliases: Aliases, among: Sequence[Entry]) -> list[Entry]:
    """The list: everybody sanctioned by their main name, and the invented."""
    return [*(Entry(f"S-{number}", (name,)) for number, name in aliases.main.items()), *among]


def our_places(asked: Sequence[tuple[str, str]], entries: Sequence[Entry]) -> list[int | None]:
    """The place of the right person in our answers, 1 the first; None where they were not found."""
    index = build(entries)
    places: list[int | None] = []
    for number, name in asked:
        found = match(Query(name), index, _LEAST)
        own = next((one.millibits for one in found if one.entry.id == f"S-{number}"), None)
        places.append(None if own is None else sum(one.millibits >= own for one in found))
    return places


def jaro_winkler_places(asked: Sequence[tuple[str, str]], entries: Sequence[Entry]) -> list[int | None]:
    """The same by Jaro–Winkler over the words in alphabetical order, the best name of each entry."""
    texts = [sorted_words(name) for entry in entries for name in entry.names]
    starts = np.cumsum([0, *(len(entry.names) for entry in entries[:-1])])
    rows = {entry.id: row for row, entry in enumerate(entries)}
    places: list[int | None] = []
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        queries = [sorted_words(name) for _, name in some]
        scores = cdist(queries, texts, scorer=JaroWinkler.normalized_similarity, dtype=np.float32, workers=1)
        best = np.maximum.reduceat(scores, starts, axis=1)
        for (number, _), row in zip(some, best, strict=True):
            places.append(int((row >= row[rows[f"S-{number}"]]).sum()))
    return places


def shares(places: Sequence[int | None]) -> dict[int, float]:
    """How many of the asked stood among the first 1, 5 and 20."""
    return {top: sum(place is not None and place <= top for place in places) / max(1, len(places)) for top in TOPS}
