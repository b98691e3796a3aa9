"""A traveller made ready for one list: looked up once, for the scorer that explains and for the kernels that find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from torogoz.matching import rates
from torogoz.matching import score_kernels as kernels
from torogoz.matching.compiled import Small
from torogoz.matching.index import ListIndex, Nation
from torogoz.matching.memory import Memory
from torogoz.matching.normalise import name_words
from torogoz.matching.packed import packed
from torogoz.matching.query import Query
from torogoz.matching.reading import SEXES
from torogoz.matching.score_kernels import Asked, Table
from torogoz.matching.spelling import Spelling, spellings_of

#: The rates in the order in which the kernels name them.
_RATES = np.array(
    [
        rates.OTHER_WORD,
        rates.MISSING_WORD,
        rates.BIRTH_EQUAL,
        rates.BIRTH_YEAR,
        rates.BIRTH_MONTH,
        rates.BIRTH_SWAPPED,
        rates.BIRTH_ONE_PART,
        rates.BIRTH_OTHER,
        rates.SEX_SAME,
        rates.SEX_OTHER,
        rates.DOCUMENT_OTHER,
        rates.KIN_WORDS,
        rates.AKIN_WORD,
    ],
    np.int32,
)
#: The most that sex and another document can say for an entry.
_BEST_SEX, _BEST_DOCUMENT = max(0, rates.SEX_SAME, rates.SEX_OTHER), max(0, rates.DOCUMENT_OTHER)


@dataclass(frozen=True, slots=True)
class Question:
    """A query made ready for one list: its spellings with their neighbours, and what does not depend on the entry.

    `nation` is its nationality on the list.
    """

    query: Query
    spellings: tuple[Spelling, ...]
    prior: int
    nation: Nation | None

    @property
    def full_name(self) -> int:
        """As which kinds of full name the name as sent stands (`score_kernels`): one of two words at least does.

        A single word does where it is all of the name, also where it fills both fields, as carriers write it.
        """
        words = self.spellings[0].words if self.spellings else ()
        if len(words) < 2:
            return kernels.ONE_WORD if words and self.query.whole_name else 0
        repeated = words[0] == words[1] and len(words) == 2
        if repeated and self.query.whole_name and name_words(self.query.surname) == name_words(self.query.given_names):
            return kernels.AS_SENT | kernels.ONE_WORD
        return kernels.AS_SENT

    @property
    def full_names(self) -> list[list[str]]:
        """The words of each of these, in alphabetical order."""
        kinds, words = self.full_name, self.spellings[0].words if self.spellings else ()
        kept = ((kernels.AS_SENT, words), (kernels.ONE_WORD, words[:1]))
        return [sorted(some) for kind, some in kept if kinds & kind]


@dataclass(frozen=True, slots=True)
class Flight:
    """Questions that are asked at once, and the memory in which their words stand."""

    questions: list[Question]
    memory: Memory


def prepare(queries: Sequence[Query], index: ListIndex) -> Flight:
    """Look up every word of some queries once."""
    prior = rates.prior_millibits(index.size)
    spelled, memory = spellings_of(queries, index.vocabulary)
    questions = [
        Question(query, spellings, prior, index.nation(query.nationality) if query.nationality else None)
        for query, spellings in zip(queries, spelled, strict=True)
    ]
    return Flight(questions, memory)


def asked_of(flight: Flight, index: ListIndex, layer: int, least: int, blank: Small) -> tuple[Asked, Table]:
    """The questions as the kernels take them, for one layer of an index and a threshold in thousandths of a bit.

    Their words stand in the memory, which is handed over as it is.
    """
    memory, rows = flight.memory, list[int]()
    word_starts, spelling_starts, facts = [0], [0], list[tuple[int, ...]]()
    for question in flight.questions:
        first = len(rows)
        for spelling in question.spellings:
            rows += spelling.rows
            word_starts.append(len(rows))
        spelling_starts.append(len(word_starts) - 1)
        # Initials are answered by words that retrieval does not look for.
        most = 0 if memory.single.isdisjoint(rows[first:]) else _most_by_initials(question, index)
        facts.append(_facts(question, layer, least, most))
    text_starts, *starts = memory.starts.arrays
    known, initials, _, weights, *same = memory.words.arrays
    numbers, likenesses = memory.near[layer].arrays
    asked = Asked(
        _RATES,
        np.array(facts, np.int64).reshape(len(facts), kernels.FULL_NAME + 1),
        np.array(spelling_starts, np.int32),
        np.array(word_starts, np.int32),
        np.array(rows, np.int32),
        starts[layer],
        numbers,
        likenesses,
        weights,
        same[layer],
        memory.letters.arrays[0],
        text_starts,
        known,
        initials,
    )
    spellings = (len(spelling.rows) for question in flight.questions for spelling in question.spellings)
    asking, listed = max(spellings, default=0), int(index.layers[layer].header[7])
    table = Table(
        blank,
        np.zeros(len(blank) // 64 + 1, np.int64),
        np.empty(memory.size, np.int32),
        np.empty(len(rows), np.int32),
        np.empty(len(rows), np.int64),
        np.empty(asking * listed, np.int32),
        np.empty(asking, np.uint8),
        np.empty(listed, np.uint8),
    )
    return asked, table


def _facts(question: Question, layer: int, least: int, initials: int) -> tuple[int, ...]:
    """The row of a question in `Asked.facts`, whose initials may weigh so much."""
    query, nation, prior = question.query, question.nation, question.prior
    sex = SEXES.get(query.sex or "", 0)
    documented = any(document.key for document in query.documents)
    # The most that can be said for an entry beside its name and birth date.
    best = initials + (_BEST_SEX if sex else 0) + (_BEST_DOCUMENT if documented else 0)
    best += max(0, nation.same, nation.other) if nation else 0
    return (
        least,
        least - prior - best,
        prior,
        packed(query.birth_date) if query.birth_date else 0,
        nation.numbers[layer] if nation else -1,
        nation is not None,
        nation.same if nation else 0,
        nation.other if nation else 0,
        sex,
        documented,
        question.full_name,
    )


def _most_by_initials(question: Question, index: ListIndex) -> int:
    """The most that the words of a spelling weigh together that answer others by being their initials."""
    initial = index.vocabulary.initial
    return max(sum(initial(word) for word in each.words if len(word) == 1) for each in question.spellings)
