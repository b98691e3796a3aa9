"""The score of one traveller against one entry: Fellegi–Sunter evidence, in thousandths of a bit.

Each fact weighs log2(m/u): how often it is seen when the two are one person, over how often by chance. Chance of a
word comes from the list itself (*1 in 34 on this list*); the rates stand in `matching.rates` with their reason.
The posterior odds are the sum: prior + name + birth date + nationality + sex + document. Rules of policy, not weights:
a match needs at least one word of the name in common, and whole birth dates that clearly differ (neither day and month
exchanged nor a single wrong part that slipped) rule it out; an exact document number overrides both.

This module says why; `score_kernels` gives the same scores without saying it. `retrieve` relies on this: a name weighs
no more than the best weights of its words together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.document import MIN_DOCUMENT_SIGNS, Document
from torogoz.domain.watchlist import Entry
from torogoz.matching import rates
from torogoz.matching.akin_kernels import akin
from torogoz.matching.index import (
    MOST_DOCUMENT_SIGNS,
    NEAR_DOCUMENT_SIGNS,
    ListIndex,
    has_whole_dates,
)
from torogoz.matching.layer import as_bytes
from torogoz.matching.memory import Neighbour
from torogoz.matching.query import Query
from torogoz.matching.question import Question
from torogoz.matching.reading import SEXES
from torogoz.matching.spelling import Spelling
from torogoz.matching.string_kernels import one_slip


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two words taken for one: their places in the asked and the listed name, and why; None for an initial."""

    asked: int
    listed: int
    neighbour: Neighbour | None
    millibits: int


@dataclass(frozen=True, slots=True)
class NameScore:
    """How an asked spelling stands to a listed name: `name` is its text, `words` its words.

    `akin`, `others`, `missing` and `extra` are what is left over, by place in the spelling and in the words.
    """

    millibits: int
    spelling: tuple[str, ...]
    name: str
    words: tuple[str, ...]
    aligned: tuple[Aligned, ...]
    akin: tuple[tuple[int, int, rates.Akin], ...]
    others: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    extra: tuple[int, ...]


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

    `near` holds one whose number is a single slip away, where none is exact. `no_word` is what it weighs that both
    sides have names without a common word. `full_name`: some name of the entry has the asked words, and no others.
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
    near: Document | None
    full_name: bool


def score_entry(question: Question, index: ListIndex, layer: int, place: int) -> Score | None:
    """The score of an entry by the best of its names; None where policy says that it is no match."""
    part, query = index.layers[layer], question.query
    entry = part.entry(place)
    birth = score_birth(query.birth_date, entry)
    document, exact, near = _score_documents(query.documents, entry.documents)
    if exact is None and birth is not None and birth.ruled_out:
        return None
    best, full, full_names = None, False, question.full_names
    names = range(part.first_names[place], part.first_names[place + 1])
    for number in names:
        full = full or sorted(map(part.word, part.name(number))) in full_names
        score = score_name(question, index, layer, number, entry.names[part.aliases[number]])
        if score is not None and (best is None or score.millibits > best.millibits):
            best = score
    if exact is None and best is None:
        return None
    nationality = _score_nationality(question, entry.nationalities)
    sex = _score_sex(query.sex, entry.sex)
    no_word = rates.OTHER_WORD if best is None and question.spellings and names else None
    total = question.prior + (best.millibits if best else no_word or 0) + (birth.millibits if birth else 0)
    total += (nationality or 0) + (sex or 0) + (document or 0)
    prior = question.prior
    return Score(query, entry, total, prior, best, no_word, birth, nationality, sex, document, exact, near, full)


def score_name(question: Question, index: ListIndex, layer: int, number: int, text: str) -> NameScore | None:
    """The best spelling against one listed name, which is listed as `text`; None where no word is common to both."""
    listed = index.layers[layer].name(number)
    words = tuple(map(index.layers[layer].word, listed))
    scores = (_align(spelling, index, layer, listed, words, text) for spelling in question.spellings)
    return max((score for score in scores if score), key=lambda score: score.millibits, default=None)


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


def _align(
    spelling: Spelling, index: ListIndex, layer: int, listed: Sequence[int], words: tuple[str, ...], text: str
) -> NameScore | None:
    """Pair words, the heaviest pair first, then weigh what is left over on each side."""
    # A hostile name repeats a word: each pair of different words is looked up once.
    rows = dict(zip(spelling.rows, spelling.neighbours, strict=True))
    known = {(row, word): one.get(layer, word) for row, one in rows.items() for word in dict.fromkeys(listed)}
    near = {
        (asked, place): neighbour
        for asked, row in enumerate(spelling.rows)
        for place, word in enumerate(listed)
        if (neighbour := known[row, word])
    }
    if not near:
        return None
    left_asked, left_listed = dict.fromkeys(range(len(spelling.words))), dict.fromkeys(range(len(words)))
    aligned = []
    for (asked, place), neighbour in sorted(near.items(), key=lambda pair: (-pair[1].millibits, pair[0])):
        if asked in left_asked and place in left_listed:
            del left_asked[asked], left_listed[place]
            aligned.append(Aligned(asked, place, neighbour, neighbour.millibits))
    for asked in tuple(left_asked):
        for place in left_listed:
            if _initial(spelling.words[asked], words[place]):
                del left_asked[asked], left_listed[place]
                word = spelling.words[asked]
                weight = index.vocabulary.initial(word) if len(word) == 1 else 0
                aligned.append(Aligned(asked, place, None, weight))
                break
    near_ones = []
    for asked in tuple(left_asked):
        for place in left_listed:
            word = spelling.words[asked]
            rule = rates.Akin(int(akin(as_bytes(word), as_bytes(words[place]), word in index.vocabulary)))
            if rule is not rates.Akin.NO:
                del left_asked[asked], left_listed[place]
                near_ones.append((asked, place, rule))
                break
    others = tuple(zip(left_asked, left_listed, strict=False))
    missing, extra = tuple(left_listed)[len(others) :], tuple(left_asked)[len(others) :]
    common = sum(pair.millibits for pair in aligned)
    total = rates.name_millibits(common, len(others), len(missing) + len(extra), len(near_ones))
    return NameScore(total, spelling.words, text, words, tuple(aligned), tuple(near_ones), others, missing, extra)


def _initial(one: str, two: str) -> bool:
    """Whether one word is the other's initial."""
    return min(len(one), len(two)) == 1 and one[0] == two[0]


def _score_nationality(question: Question, listed: Sequence[str]) -> int | None:
    if question.nation is None or not listed:
        return None
    return question.nation.same if question.query.nationality in listed else question.nation.other


def _score_sex(asked: str | None, listed: str | None) -> int | None:
    if asked not in SEXES or listed not in SEXES:
        return None
    return rates.SEX_SAME if asked == listed else rates.SEX_OTHER


def _score_documents(
    asked: Sequence[Document], listed: Sequence[Document]
) -> tuple[int | None, Document | None, Document | None]:
    """The best of all pairs of documents, and the traveller's one whose number is on the list, or nearly so."""
    best: int | None = None
    exact = near = None
    for one in asked:
        for two in listed:
            weight = _score_document(one, two)
            if weight is None or (best is not None and best >= weight):
                continue
            best = weight
            if one.key == two.key and len(one.key) >= MIN_DOCUMENT_SIGNS:
                exact = one
            elif weight == rates.DOCUMENT_NEAR:
                near = one
    return best, exact, None if exact else near


def _score_document(one: Document, two: Document) -> int | None:
    """What two numbers say; None where one has no sign. Equal ones are compared by their issuers too."""
    if not one.key or not two.key:
        return None
    if one.key == two.key and len(one.key) >= MIN_DOCUMENT_SIGNS:
        same = one.issuer is None or two.issuer is None or one.issuer == two.issuer
        return rates.DOCUMENT_SAME if same else rates.DOCUMENT_OTHER_ISSUER
    lengths = len(one.key), len(two.key)
    if min(lengths) >= NEAR_DOCUMENT_SIGNS and max(lengths) <= MOST_DOCUMENT_SIGNS:
        text = as_bytes(two.key)
        if one_slip(as_bytes(one.key), text, 0, len(text), 0):
            return rates.DOCUMENT_NEAR
    return rates.DOCUMENT_OTHER
