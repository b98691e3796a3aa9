"""The peer that anybody can write: rapidfuzz over every listed name, and what the birth date does not rule out.

Both sides fold their names and order the words, so that order costs nothing. A birth date rules a name out where both
are known and differ in a part that both know. It sees no frequency, nationality or sex. To count its hits, names that
the birth date rules out are left out beforehand, which changes no result; its speed is measured over all names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cdist

from torogoz.bench.watchlist.curves import Curve
from torogoz.bench.watchlist.travellers import Asked
from torogoz.domain.dates import PartialDate
from torogoz.domain.name import words
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query

Scorer = Callable[..., Any]
#: peer → its scorer, the cut-off whose speed is measured, and those at which its hits are counted.
PEERS: dict[str, tuple[Scorer, float, tuple[float, ...]]] = {
    "jaro_winkler": (JaroWinkler.normalized_similarity, 0.88, (0.80, 0.84, 0.88, 0.92, 0.96)),
    "indel": (Indel.normalized_similarity, 0.80, (0.70, 0.75, 0.80, 0.85, 0.90)),
}


def sorted_words(*parts: str | None) -> str:
    """A name's words, folded, in alphabetical order."""
    return " ".join(sorted(words(*parts)))


def _code(birth: PartialDate) -> int:
    return birth.year * 10_000 + (birth.month or 0) * 100 + (birth.day or 0)


class Scan:
    """Every listed name in one row, with the place of its entry and its birth date as a number (0: none)."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.texts = [sorted_words(name) for entry in entries for name in entry.names]
        counts = [len(entry.names) for entry in entries]
        self.owners: npt.NDArray[np.int64] = np.repeat(np.arange(len(entries)), counts)
        births = np.array([_code(entry.birth_dates[0]) if entry.birth_dates else 0 for entry in entries], np.int64)
        self.births = np.repeat(births, counts)
        self.ids = [entry.id for entry in entries]

    def rate(self, queries: Sequence[Query], scorer: Scorer, cutoff: float) -> float:
        """Travellers a second on one core, each held against all names."""
        started = time.perf_counter()
        for query in queries:
            scores = self._scores(query, self.texts, scorer, cutoff)
            np.unique(self.owners[(scores >= cutoff) & self._open(query.birth_date)])
        return len(queries) / max(time.perf_counter() - started, 1e-9)

    def hits(self, query: Query, scorer: Scorer, cutoffs: Sequence[float]) -> list[frozenset[str]]:
        """The entries found at each cut-off."""
        places = np.flatnonzero(self._open(query.birth_date))
        texts = self.texts if len(places) == len(self.texts) else [self.texts[place] for place in places]
        scores = self._scores(query, texts, scorer, min(cutoffs))
        return [frozenset(self.ids[owner] for owner in self.owners[places[scores >= cutoff]]) for cutoff in cutoffs]

    def _scores(self, query: Query, texts: Sequence[str], scorer: Scorer, cutoff: float) -> npt.NDArray[np.float32]:
        text = sorted_words(query.surname, query.given_names)
        found: npt.NDArray[np.float32] = cdist(
            [text], texts, scorer=scorer, score_cutoff=cutoff, dtype=np.float32, workers=1
        )
        return found.ravel()

    def _open(self, birth: PartialDate | None) -> npt.NDArray[np.bool_]:
        if birth is None:
            return np.ones(len(self.texts), np.bool_)
        year, listed = birth.year * 10_000, self.births
        found: npt.NDArray[np.bool_] = (listed == 0) | (listed == year) | (listed == _code(birth))
        return found


def accuracy(scan: Scan, asked: Sequence[Asked], name: str) -> dict[str, Curve]:
    """Recall and false hits of one peer at its cut-offs."""
    strangers = [one for one in asked if not one.listed]
    return {f"{name} recall": recall(scan, [one for one in asked if one.listed], name)} | false_hits(
        scan, strangers, name
    )


def recall(scan: Scan, planted: Sequence[Asked], name: str) -> Curve:
    """The share of listed travellers whose own entry is found, by cut-off."""
    scorer, _, cutoffs = PEERS[name]
    found = [scan.hits(one.query, scorer, cutoffs) for one in planted]
    return {
        f"{cutoff:g}": sum(one.listed in hits[place] for one, hits in zip(planted, found, strict=True))
        / max(1, len(planted))
        for place, cutoff in enumerate(cutoffs)
    }


def false_hits(scan: Scan, strangers: Sequence[Asked], name: str) -> dict[str, Curve]:
    """Strangers raised and matches with them, for 1,000 of them, by cut-off."""
    scorer, _, cutoffs = PEERS[name]
    false = [scan.hits(one.query, scorer, cutoffs) for one in strangers]
    each = 1000 / max(1, len(strangers))
    reviews, matches = {}, {}
    for place, cutoff in enumerate(cutoffs):
        reviews[f"{cutoff:g}"] = each * sum(bool(hits[place]) for hits in false)
        matches[f"{cutoff:g}"] = each * sum(len(hits[place]) for hits in false)
    return {
        f"{name} false reviews per 1,000 strangers": reviews,
        f"{name} false matches per 1,000 strangers": matches,
    }
