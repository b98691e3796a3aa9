"""Finding every entry at or above a threshold without looking at the whole list.

Takes a query, an index and a threshold; gives the same matches as scoring every entry, always. Why nothing is lost:

- A match has an exact document, found in `documents`, or a word of its name among the neighbours of an asked word.
- What nationality and sex can add at most is known from the query, what the birth date adds from where a name is
  found: the pools of equal, exchanged and partial dates, or all the rest. So the name itself must weigh at least what
  is left to the threshold (`need`).
- A listed name weighs at most the sum of the best weights of its words, and what `most_name` leaves of that where words
  must stay that no asked word can answer. Only an initial may answer a word that is no neighbour; names with initials
  keep the plain sum.
- `_gather` reads postings of words only. Take the asked words by falling weight, and the first of them that a name
  answers: it and the words after it must reach `need` together. Hence the posting of a word whose weight and whose
  followers fall short is not read, and a long one is read only where it meets a follower's.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, exp2, log2

from torogoz.domain.dates import PartialDate
from torogoz.domain.hit import Evidence
from torogoz.domain.watchlist import Entry
from torogoz.matching import rates
from torogoz.matching import score as scoring
from torogoz.matching.explain import evidence_of
from torogoz.matching.index import ListIndex, Posting
from torogoz.matching.query import Query
from torogoz.matching.score import Question, Score
from torogoz.matching.spelling import Spelling
from torogoz.matching.vocabulary import Neighbours

#: The review point of the contract: one in a hundred.
DEFAULT_THRESHOLD = 0.01
#: Between these every probability stays: no evidence of ours makes a person another or the same for certain.
LEAST, MOST = 0.000_001, 0.999_999
#: Postings of at most so many names are read whole rather than intersected.
SHORT_POSTING = 48


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that may be the traveller. `name` is the listed name that was nearest, None where only a document is.

    `probability` is nominal: what the bits say, not yet calibrated against outcomes. `exact_document` tells that a
    document number was found again, which raises whatever the score.
    """

    entry: Entry
    millibits: int
    probability: float
    name: str | None
    evidence: tuple[Evidence, ...]
    exact_document: bool = False

    @property
    def bits(self) -> float:
        """The posterior odds in bits."""
        return self.millibits / 1000


def match(query: Query, index: ListIndex, threshold: float = DEFAULT_THRESHOLD) -> tuple[Match, ...]:
    """Every entry of at least this probability, and every one with an exact document, best first, ties by id."""
    question = scoring.prepare(query, index)
    least = least_millibits(threshold)
    names: dict[int, list[int]] = defaultdict(list)
    for number in sorted(_candidates(question, index, least)):
        names[index.owners[number]].append(number)
    for place in _documented(query, index):
        names[place] = list(index.names_of[place])
    return _best_first(names, question, index, least)


def brute_force(query: Query, index: ListIndex, threshold: float = DEFAULT_THRESHOLD) -> tuple[Match, ...]:
    """The same by scoring every name of every entry: the oracle of tests and of `torogoz bench match --verify`."""
    question = scoring.prepare(query, index)
    names = {place: list(index.names_of[place]) for place in range(len(index.entries))}
    return _best_first(names, question, index, least_millibits(threshold))


def least_millibits(threshold: float) -> int:
    """The odds of a probability in thousandths of a bit; refuses what is not between 0 and 1 with ValueError."""
    if not 0 < threshold < 1:
        raise ValueError("a threshold lies between 0 and 1")
    return ceil(1000 * log2(threshold / (1 - threshold)))


def probability(millibits: int) -> float:
    """The probability that odds in thousandths of a bit stand for. However many they are, nothing is certain."""
    return min(max(round(1 / (1 + exp2(min(-millibits / 1000, 200))), 6), LEAST), MOST)


def _best_first(names: Mapping[int, list[int]], question: Question, index: ListIndex, least: int) -> tuple[Match, ...]:
    found = []
    for place, numbers in names.items():
        score = scoring.score_entry(question, index, place, numbers)
        if score is not None and (score.exact is not None or score.millibits >= least):
            found.append(score)
    found.sort(key=lambda score: (-score.millibits, score.entry.id))
    return tuple(_match(score, index) for score in found)


def _match(score: Score, index: ListIndex) -> Match:
    return Match(
        score.entry,
        score.millibits,
        probability(score.millibits),
        score.name.name if score.name else None,
        evidence_of(score, index),
        score.exact is not None,
    )


def _documented(query: Query, index: ListIndex) -> Iterator[int]:
    for document in query.documents:
        yield from index.documents.get(document.key, ())


def _candidates(question: Question, index: ListIndex, least: int) -> set[int]:
    """Names that may reach the threshold, by where their entry's birth date stands."""
    query, birth = question.query, question.query.birth_date
    room = least - question.prior - scoring.best_nationality(query, index) - scoring.best_sex(query)
    found: set[int] = set()
    # Whole dates that differ in one part, or, where the query's date is not whole, any other.
    need = room - (rates.BIRTH_ONE_PART if birth and birth.is_full else 0)
    found.update(_heavy(_gather(question, index.strict, need), question, index, need, room))
    # No listed date, or its year alone; month and year together are a pool.
    need = room - (rates.BIRTH_YEAR if birth else 0)
    found.update(_heavy(_gather(question, index.loose, need), question, index, need, room))
    words = index.words
    for listed, most in _pools(birth):
        names = index.births.get(listed)
        if names:
            need = room - most
            telling = _telling(question, need)
            told = [number for number in names if not telling.isdisjoint(words[number])]
            found.update(_heavy(told, question, index, need, room))
    return found


def _pools(birth: PartialDate | None) -> Iterator[tuple[PartialDate, int]]:
    """The listed dates that may be this birth date, each with the most that it can say."""
    if birth is None:
        return
    year, month, day = birth.year, birth.month, birth.day
    for each in (month,) if month else range(1, 13):
        yield PartialDate(year, each), rates.BIRTH_MONTH
    if month is None or day is None:
        for each in (month,) if month else range(1, 13):
            for one in range(1, monthrange(year, each)[1] + 1):
                yield PartialDate(year, each, one), rates.BIRTH_MONTH
        return
    yield birth, rates.BIRTH_EQUAL
    if day <= 12 and day != month:
        yield PartialDate(year, day, month), rates.BIRTH_SWAPPED


def _heavy(names: Iterable[int], question: Question, index: ListIndex, need: int, room: int) -> Iterator[int]:
    """Those names whose words, each at its best, weigh enough beside what the entry's own birth date says."""
    best, rows, birth_date = question.best, index.words, question.query.birth_date
    lengths = {len(spelling.words) for spelling in question.spellings}
    for number in names:
        row = rows[number]
        most = known = 0
        for word in row:
            weight = best.get(word)
            if weight is not None:
                most += weight
                known += 1
        if not known or most < need:
            continue
        if not question.initials and number not in index.initials:
            most = max(scoring.most_name(most, known, len(row), length) for length in lengths)
            if most < need:
                continue
        birth = scoring.score_birth(birth_date, index.entries[index.owners[number]])
        if birth is None or (not birth.ruled_out and most + birth.millibits >= room):
            yield number


def _by_weight(spelling: Spelling) -> Iterator[tuple[Neighbours, int, tuple[tuple[Neighbours, int], ...]]]:
    """The neighbours of each asked word by falling best weight, with the sum of the words after it, and those words."""
    tops = [(max(each.millibits for each in found.values()), found) for found in spelling.neighbours if found]
    tops.sort(key=lambda top: -top[0])
    for rank, (_, found) in enumerate(tops):
        followers = tuple((other, top) for top, other in tops[rank + 1 :])
        yield found, sum(top for _, top in followers), followers


def _telling(question: Question, need: int) -> set[int]:
    """Listed words of which every name that has a word in common and weighs `need` bears one."""
    need = max(need, 1)
    return {
        word
        for spelling in question.spellings
        for found, after, _ in _by_weight(spelling)
        for word, neighbour in found.items()
        if neighbour.millibits + after >= need
    }


def _gather(question: Question, postings: Mapping[int, Posting], need: int) -> set[int]:
    """Every name with a word in common in which some spelling's words can weigh `need` together, and some others."""
    names, need = set[int](), max(need, 1)
    for spelling in question.spellings:
        for found, after, followers in _by_weight(spelling):
            for word, neighbour in found.items():
                posting = postings.get(word, ())
                if neighbour.millibits + after < need:
                    continue
                if neighbour.millibits >= need or len(posting) <= SHORT_POSTING:
                    names.update(posting)
                    continue
                for others, top in followers:
                    least = need - neighbour.millibits - after + top
                    for other, follower in others.items():
                        if other in postings and follower.millibits >= least:
                            names.update(frozenset(posting).intersection(postings[other]))
    return names
