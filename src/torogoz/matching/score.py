"""The score of one traveller against one entry: Fellegi–Sunter evidence, in thousandths of a bit.

Each fact weighs log2(m/u): how often it is seen when the two are one person, over how often by chance. Chance of a
word comes from the list itself (*1 in 34 on this list*); the rates stand in `matching.rates` with their reason.
The posterior odds are the sum: prior + name + birth date + nationality + sex + document. Rules of policy, not weights:
a match needs at least one word of the name in common, and whole birth dates that clearly differ (neither day and month
exchanged nor a single wrong part that slipped) rule it out; an exact document number overrides both.

`score_name` is the only place where names are weighed, for brute force and for retrieval, which relies on this: a
name weighs no more than `most_name` says of the best weights of its words, and never more than these together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.document import Document
from torogoz.domain.watchlist import Entry
from torogoz.matching import rates
from torogoz.matching.index import ListIndex, has_whole_dates
from torogoz.matching.query import Query
from torogoz.matching.spelling import Spelling, spellings_of
from torogoz.matching.vocabulary import Neighbour

_SEXES = frozenset({"F", "M"})


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two words taken for one: their places in the asked and the listed name, and why; None for an initial."""

    asked: int
    listed: int
    neighbour: Neighbour | None


@dataclass(frozen=True, slots=True)
class NameScore:
    """How an asked spelling stands to a listed name: `name` is its text, `words` its words."""

    millibits: int
    spelling: tuple[str, ...]
    name: str
    words: tuple[str, ...]
    aligned: tuple[Aligned, ...]
    others: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    extra: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query made ready for one list: its spellings, and the best that each listed word can say for any of them.

    `initials` tells that some asked word is a single letter, which may answer a word that is no neighbour.
    """

    query: Query
    spellings: tuple[Spelling, ...]
    best: Mapping[int, int]
    initials: bool
    prior: int


@dataclass(frozen=True, slots=True)
class BirthScore:
    """How an asked birth date stands to the nearest listed one. `ruled_out`: both sides whole, and clearly others."""

    millibits: int
    relation: DateRelation
    listed: PartialDate
    ruled_out: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The whole score of an entry: None is not compared. `exact` holds the document whose number was found again.

    `no_word` is what it weighs that both sides have names without a common word.
    """

    query: Query
    entry: Entry
    millibits: int
    prior: int
    name: NameScore | None
    no_word: int | None
    birth: BirthScore | None
    nationality: int | None
    sex: int | None
    document: int | None
    exact: Document | None


def prepare(query: Query, index: ListIndex) -> Question:
    """Look up every word of a query once."""
    spellings = spellings_of(query, index.vocabulary)
    best: dict[int, int] = {}
    for spelling in spellings:
        for neighbours in spelling.neighbours:
            for word, neighbour in neighbours.items():
                if neighbour.millibits > best.get(word, 0):
                    best[word] = neighbour.millibits
    initials = any(len(word) == 1 for spelling in spellings for word in spelling.words)
    return Question(query, spellings, best, initials, rates.prior_millibits(index.size))


def most_name(words: int, known: int, listed: int, asked: int) -> int:
    """The most that a name of so many words can weigh of which at most `known` are answered, by `words` together.

    Without initials at most `known` pairs stand, so at least the rest of the shorter name has others against it; how
    many words one side has beyond the other is known. `rates.name_millibits` rises with the first and falls with these.
    """
    shorter = min(listed, asked)
    return rates.name_millibits(words, shorter - min(known, shorter), abs(listed - asked))


def score_name(question: Question, index: ListIndex, number: int) -> NameScore | None:
    """The best spelling against one listed name, or None where no word is common to both."""
    found = None
    for spelling in question.spellings:
        score = _align(spelling, index, number)
        if score is not None and (found is None or score.millibits > found.millibits):
            found = score
    return found


def score_entry(question: Question, index: ListIndex, place: int, names: Sequence[int]) -> Score | None:
    """The score of an entry by the best of the given names; None where policy says that it is no match."""
    entry, query = index.entries[place], question.query
    birth = score_birth(query.birth_date, entry)
    document, exact = None, None
    if query.documents and entry.documents:
        document, exact = _score_document(query.documents, entry.documents, index)
    if exact is None and birth is not None and birth.ruled_out:
        return None
    best = None
    for number in names:
        score = score_name(question, index, number)
        if score is not None and (best is None or score.millibits > best.millibits):
            best = score
    if exact is None and best is None:
        return None
    nationality = _score_nationality(query.nationality, entry.nationalities, index)
    sex = _score_sex(query.sex, entry.sex)
    no_word = rates.OTHER_WORD if best is None and question.spellings and names else None
    total = question.prior + (best.millibits if best else no_word or 0) + (birth.millibits if birth else 0)
    total += (nationality or 0) + (sex or 0) + (document or 0)
    return Score(query, entry, total, question.prior, best, no_word, birth, nationality, sex, document, exact)


def score_birth(asked: PartialDate | None, entry: Entry) -> BirthScore | None:
    """The nearest of an entry's birth dates, or None where nothing is to be compared."""
    if asked is None or not entry.birth_dates:
        return None
    scores = []
    for listed in entry.birth_dates:
        relation = relate_dates(asked, listed) or DateRelation.OTHER
        ruled_out = relation is DateRelation.OTHER and asked.is_full and has_whole_dates(entry)
        scores.append(BirthScore(birth_millibits(relation, asked, listed), relation, listed, ruled_out))
    return max(scores, key=lambda score: score.millibits)


def birth_millibits(relation: DateRelation, one: PartialDate, two: PartialDate) -> int:
    """What a relation of two birth dates weighs; where one is partial, what both know decides."""
    if relation is DateRelation.COMPATIBLE:
        return rates.BIRTH_YEAR if one.month is None or two.month is None else rates.BIRTH_MONTH
    return rates.BIRTH[relation]


def best_nationality(query: Query, index: ListIndex) -> int:
    """The most that nationality can say for any entry."""
    if not query.nationality:
        return 0
    return max(0, rates.same_nationality_millibits(index.nationalities.get(query.nationality, 0), index.size))


def best_sex(query: Query) -> int:
    """The most that sex can say for any entry."""
    return rates.SEX_SAME if query.sex in _SEXES else 0


def _align(spelling: Spelling, index: ListIndex, number: int) -> NameScore | None:
    """Pair words, the heaviest pair first, then weigh what is left over on each side."""
    numbers = index.words[number]
    pairs = sorted(
        (-neighbours[word].millibits, asked, listed)
        for listed, word in enumerate(numbers)
        for asked, neighbours in enumerate(spelling.neighbours)
        if word in neighbours
    )
    if not pairs:
        return None
    words = tuple(index.vocabulary.words[word] for word in numbers)
    left_asked, left_listed = dict.fromkeys(range(len(spelling.words))), dict.fromkeys(range(len(words)))
    aligned = []
    for _, asked, listed in pairs:
        if asked in left_asked and listed in left_listed:
            del left_asked[asked], left_listed[listed]
            aligned.append(Aligned(asked, listed, spelling.neighbours[asked][numbers[listed]]))
    for asked in tuple(left_asked):
        for listed in left_listed:
            if _initial(spelling.words[asked], words[listed]):
                del left_asked[asked], left_listed[listed]
                aligned.append(Aligned(asked, listed, None))
                break
    others = tuple(zip(left_asked, left_listed, strict=False))
    missing, extra = tuple(left_listed)[len(others) :], tuple(left_asked)[len(others) :]
    common = sum(pair.neighbour.millibits for pair in aligned if pair.neighbour)
    total = rates.name_millibits(common, len(others), len(missing) + len(extra))
    return NameScore(total, spelling.words, index.texts[number], words, tuple(aligned), others, missing, extra)


def _initial(one: str, two: str) -> bool:
    """Whether one word is the other's initial."""
    return min(len(one), len(two)) == 1 and one[0] == two[0]


def _score_nationality(asked: str | None, listed: Sequence[str], index: ListIndex) -> int | None:
    if not asked or not listed:
        return None
    bearers = index.nationalities.get(asked, 0)
    if asked in listed:
        return rates.same_nationality_millibits(bearers, index.size)
    return rates.other_nationality_millibits(bearers, index.size)


def _score_sex(asked: str | None, listed: str | None) -> int | None:
    if asked not in _SEXES or listed not in _SEXES:
        return None
    return rates.SEX_SAME if asked == listed else rates.SEX_OTHER


def _score_document(
    asked: Sequence[Document], listed: Sequence[Document], index: ListIndex
) -> tuple[int | None, Document | None]:
    """The best of all pairs of documents, and the traveller's one whose number is on the list."""
    exact = None
    best: int | None = None
    for one in asked:
        for two in listed:
            if not one.key or not two.key:
                continue
            if one.key == two.key and one.key in index.documents:
                same = one.issuer is None or two.issuer is None or one.issuer == two.issuer
                weight = rates.DOCUMENT_SAME if same else rates.DOCUMENT_OTHER_ISSUER
                exact = exact if best is not None and best >= weight else one
            else:
                weight = rates.DOCUMENT_OTHER
            best = weight if best is None else max(best, weight)
    return best, exact
