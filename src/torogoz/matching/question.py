"""A traveller made ready for one list: looked up once, for the scorer that explains and for the kernels that find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from torogoz.matching import rates
from torogoz.matching import score_kernels as kernels
from torogoz.matching.compiled import Small
from torogoz.matching.index import FULL_NAME_WORDS, ListIndex
from torogoz.matching.layer import as_bytes
from torogoz.matching.packed import packed
from torogoz.matching.query import Query
from torogoz.matching.rates import Likeness
from torogoz.matching.reading import SEXES
from torogoz.matching.score_kernels import Asked, Table
from torogoz.matching.spelling import Spelling, spellings_of
from torogoz.matching.vocabulary import Neighbours

#: The rates in the order in which the kernels name them.
_RATES = {
    kernels.OTHER_WORD: "OTHER_WORD",
    kernels.MISSING_WORD: "MISSING_WORD",
    kernels.BIRTH_EQUAL: "BIRTH_EQUAL",
    kernels.BIRTH_YEAR: "BIRTH_YEAR",
    kernels.BIRTH_MONTH: "BIRTH_MONTH",
    kernels.BIRTH_SWAPPED: "BIRTH_SWAPPED",
    kernels.BIRTH_ONE_PART: "BIRTH_ONE_PART",
    kernels.BIRTH_OTHER: "BIRTH_OTHER",
    kernels.SEX_SAME: "SEX_SAME",
    kernels.SEX_OTHER: "SEX_OTHER",
    kernels.DOCUMENT_OTHER: "DOCUMENT_OTHER",
    kernels.KIN_WORDS: "KIN_WORDS",
    kernels.AKIN_WORD: "AKIN_WORD",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query made ready for one list: its spellings with their neighbours, and what does not depend on the entry.

    `same_state` and `other_state` are what the nationality weighs where it is an entry's, and where it is not;
    `full_name` the words of the name as sent, in alphabetical order, where they are enough to name somebody.
    """

    query: Query
    spellings: tuple[Spelling, ...]
    prior: int
    same_state: int
    other_state: int
    full_name: tuple[str, ...] | None


def prepare(queries: Sequence[Query], index: ListIndex) -> list[Question]:
    """Look up every word of some queries once."""
    prior, spelled = rates.prior_millibits(index.size), spellings_of(queries, index.vocabulary)
    return [_question(query, spellings, index, prior) for query, spellings in zip(queries, spelled, strict=True)]


def _question(query: Query, spellings: tuple[Spelling, ...], index: ListIndex, prior: int) -> Question:
    nation = index.nation(query.nationality) if query.nationality else None
    words = spellings[0].words if spellings else ()
    return Question(
        query,
        spellings,
        prior,
        nation.same if nation else 0,
        nation.other if nation else 0,
        tuple(sorted(words)) if len(words) >= FULL_NAME_WORDS else None,
    )


def asked_of(
    questions: Sequence[Question], index: ListIndex, layer: int, least: int, blank: Small
) -> tuple[Asked, Table]:
    """The questions as the kernels take them, for one layer of an index and a threshold in thousandths of a bit."""
    rows = _Rows(index, layer)
    facts = [rows.facts(question, least) for question in questions]
    return rows.asked(facts, blank)


class _Rows:
    """The arrays of `Asked` while they grow; a word that several travellers bear stands there once."""

    def __init__(self, index: ListIndex, layer: int) -> None:
        self._index, self._layer = index, layer
        self._places: dict[int, int] = {}
        self._words: list[str] = []
        self._neighbours: list[Neighbours] = []
        self._spelling_starts, self._word_starts, self._sequence = [0], [0], list[int]()
        self._longest = 0

    def facts(self, question: Question, least: int) -> tuple[int, ...]:
        query = question.query
        for spelling in question.spellings:
            for word, neighbours in zip(spelling.words, spelling.neighbours, strict=True):
                place = self._places.setdefault(id(neighbours), len(self._words))
                if place == len(self._words):
                    self._words.append(word)
                    self._neighbours.append(neighbours)
                self._sequence.append(place)
            self._word_starts.append(len(self._sequence))
            self._longest = max(self._longest, len(spelling.words))
        self._spelling_starts.append(len(self._word_starts) - 1)
        sex = SEXES.get(query.sex or "", 0)
        documented = any(document.key for document in query.documents)
        # The most that can be said for an entry beside its name and birth date.
        best = max(0, question.same_state, question.other_state) if query.nationality else 0
        best += max(0, rates.SEX_SAME, rates.SEX_OTHER) if sex else 0
        best += max(0, rates.DOCUMENT_OTHER) if documented else 0
        # Initials are answered by words that retrieval does not look for.
        if any(1 in map(len, spelling.words) for spelling in question.spellings):
            best += max(sum(self._initials(spelling.words)) for spelling in question.spellings)
        return (
            least,
            least - question.prior - best,
            question.prior,
            packed(query.birth_date) if query.birth_date else 0,
            self._index.nation(query.nationality).numbers[self._layer] if query.nationality else -1,
            bool(query.nationality),
            question.same_state,
            question.other_state,
            sex,
            documented,
            question.full_name is not None,
        )

    def _initials(self, words: Iterable[str]) -> Iterator[int]:
        """What each word weighs that answers one by being its initial."""
        return (self._index.vocabulary.initial(word) if len(word) == 1 else 0 for word in words)

    def asked(self, facts: list[tuple[int, ...]], blank: Small) -> tuple[Asked, Table]:
        layer, place, listed = self._index.layers[self._layer], self._layer, self._index.vocabulary.listed
        near = [each.numbers[place] for each in self._neighbours]
        likenesses = [each.likenesses[place] for each in self._neighbours]
        starts = np.zeros(len(near) + 1, np.int64)
        np.cumsum([len(each) for each in near], out=starts[1:])
        weights = [each.weights for each in self._neighbours]
        text_starts = np.zeros(len(near) + 1, np.int32)
        np.cumsum([len(word) for word in self._words], out=text_starts[1:])
        same = [self._index.vocabulary.numbers(word)[place] for word in self._words]
        asked = Asked(
            np.array([getattr(rates, _RATES[rate]) for rate in range(len(_RATES))], np.int32),
            np.array(facts, np.int64).reshape(len(facts), kernels.FULL_NAME + 1),
            np.array(self._spelling_starts, np.int32),
            np.array(self._word_starts, np.int32),
            np.array(self._sequence, np.int32),
            starts,
            np.concatenate([np.empty(0, np.int32), *near]),
            np.concatenate([np.empty(0, np.uint8), *likenesses]),
            np.array(weights, np.int32).reshape(len(weights), len(Likeness)),
            np.array(same, np.int32),
            as_bytes("".join(self._words)),
            text_starts,
            np.array([word in listed for word in self._words], np.uint8),
            np.array([*self._initials(self._words)], np.int32),
        )
        longest = int(layer.header[7])
        table = Table(
            blank,
            np.zeros(len(blank) // 64 + 1, np.int64),
            np.zeros(len(self._words), np.int32),
            np.zeros(len(self._sequence), np.int32),
            np.zeros(len(self._sequence), np.int64),
            np.zeros(self._longest * longest, np.int32),
            np.zeros(self._longest, np.uint8),
            np.zeros(longest, np.uint8),
        )
        return asked, table
