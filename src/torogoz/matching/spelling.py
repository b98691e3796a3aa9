"""The ways to part an asked name into words, since carriers glue words together and put blanks into them.

As sent without particles; with glued words parted; with parted words glued; with a blank that slipped put back; with
repeated words once; without the X of a machine-readable zone. A word is parted or glued only into words that the list
knows, so that a name has few spellings and each can find somebody; a glued title goes also where the list knows what is
near the rest, which an excerpt keeps as it keeps all neighbours. `words_put` names every word whose presence on the
list is asked for here, so that an answer can be kept (`matching.excerpt`); a new rule says there what it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

import numpy as np

from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.memory import CUT, Memory, Neighbours, Sought
from torogoz.matching.neighbour_kernels import TYPO_LETTERS
from torogoz.matching.normalise import (
    GLUED_PARTICLES,
    GLUED_TITLES,
    MAX_WORDS,
    PARTICLES,
    Fields,
    Words,
    asked_forms,
    servant_of,
    without_particles,
)
from torogoz.matching.parting import SYLLABLE, partings_of, pieces_put
from torogoz.matching.query import Query
from torogoz.matching.spelling_kernels import ELIDED, SEVERAL, SLIPPED, LayerWords, rewritten
from torogoz.matching.vocabulary import Listed, Vocabulary
from torogoz.matching.wade_giles import given_name_of
from torogoz.matching.word_kernels import FREE

#: Signs, blanks included, at which a field of PAXLST is full (C080, an..35), and both fields together in the
#: machine-readable zone of a passport (Doc 9303-4: 39, less the two fillers between them).
FULL_FIELD, FULL_PASSPORT = 35, 37
#: A cut word has at least so many letters; fewer where the field is so full that it must have been cut.
CUT_LETTERS, CUT_LETTERS_FULL = 4, 2
#: What joins two names, and the mark of one that is an initial.
_AND, _INITIAL = frozenset("EY"), "."
#: So many initials are written in one: GARCIA/JC, or with a third and fourth.
_FEW_INITIALS = (2, 3, 4)
#: A word of so many letters is a name with a title, not initials alone: JCMR, and not JMR.
_WITH_TITLE, _BEFORE_TITLE = 4, (1, 2, 3)
#: So many initials are glued behind a given name of so many letters, MARIAJC. One letter makes another name, MARIAM.
_GLUED_INITIALS, _BEFORE_INITIALS = (3, 2), 4
#: How words end that have no vowel there: JULIETH, VINCENT, EDUARD, MARIANN.
_SPOKEN_END = re.compile(r"(?:[LMNRST]S|[LNRS][TK]|[LNR]D|R[LMN]|LM|[KN]G|[CGKPST]H|[CDT][KZ]|[CFP]T|(.)\1)$")
#: Particles that people are also called.
_CALLED = frozenset({"ABU", "AL", "BEN", "BIN", "DAL", "DI", "DO", "DU", "LA", "SIR", "TEN", "VAN"})
_VOWELS, _UNSPOKEN = frozenset("AEIOUY"), re.compile("[^AEIOUY]{3}")
#: What a second layer has where there is none.
_NOBODY = LayerWords(as_bytes(""), np.zeros(1, np.int64), np.full(2, FREE, np.int64), np.zeros(0, np.int32))
for _array in _NOBODY:
    _array.setflags(write=False)
#: Those of bin, bint, ben; de, da, do; ibn; van, von.
_PARTICLE_INITIALS = frozenset("BDIV")
#: Doc 9303 writes Ñ as NXX and Ü as UXX.
_ESCAPED = re.compile(r"(?<=[NU])XX")


@dataclass(frozen=True, slots=True)
class Ways:
    """How the words of a field may be parted otherwise.

    `usual` has one way for each rule that gives one: parted in two, glued, a blank put back. `several` has the ways in
    which words are three and more, the likeliest first; `escaped` lacks the X of a machine-readable zone.
    """

    usual: tuple[Words, Words, Words]
    several: tuple[Words, ...]
    escaped: Words

    @classmethod
    def as_sent(cls, name: Words) -> Ways:
        """Those of a field that no rule writes otherwise."""
        return cls((name, name, name), (), name)

    def by_rank(self, rank: int) -> Words:
        """The way of several words that is so likely, or the least likely one; parted in two where there is none."""
        return self.several[min(rank, len(self.several) - 1)] if self.several else self.usual[0]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to part the asked name into words, and the row of each in a memory."""

    words: Words
    rows: tuple[int, ...]
    memory: Memory

    @property
    def neighbours(self) -> tuple[Neighbours, ...]:
        """The listed words that each may be."""
        return tuple(Neighbours(self.memory, row) for row in self.rows)


def spellings_of(queries: Sequence[Query], vocabulary: Vocabulary) -> tuple[list[tuple[Spelling, ...]], Memory]:
    """Each name's different spellings, as sent first; none where there is no word. All are looked up in one memory."""
    forms = [asked_forms(query.surname, query.given_names) for query in queries]
    ways = ways_otherwise(dict.fromkeys(chain.from_iterable(chain.from_iterable(forms))), vocabulary)
    spelled = [_spelled(query, each, ways, vocabulary) for query, each in zip(queries, forms, strict=True)]
    sought = list(chain.from_iterable(chain.from_iterable(map(dict.values, spelled))))
    memory, rows = vocabulary.rows(sought)
    near = iter(rows)
    found = [
        tuple([Spelling(words, tuple(islice(near, len(words))), memory) for words in spellings])
        for spellings in spelled
    ]
    return found, memory


def _spelled(
    query: Query, forms: Sequence[Fields], ways: Mapping[Words, Ways], vocabulary: Vocabulary
) -> dict[Words, tuple[Sought, ...]]:
    """The spellings of a name, and as what each of their words is looked up."""
    found: dict[Words, tuple[Sought, ...]] = {}
    field_full, passport_full = _fullness(query)
    least = CUT_LETTERS_FULL if field_full or passport_full else CUT_LETTERS
    for form in forms:
        for surname, given in _fields(form, ways, vocabulary):
            words = _names(surname, given)
            if not words or words in found:
                continue
            # Fields are cut at their end: only the last word of each may be the beginning of a longer one. A passport
            # that is full may have any of its words shortened (Doc 9303-4).
            cut = {part[-1] for part in (surname, given) if part and len(part[-1]) >= least}
            if passport_full:
                cut.update(word for word in words if len(word) >= CUT_LETTERS)
            found[words] = tuple([word + CUT if word in cut else word for word in words])
    return found


def _names(surname: Words, given: Words) -> Words:
    """The words without particles. E and Y stand between two words of the given names, or are initials there."""
    if _AND.isdisjoint(given):
        return without_particles(surname + given)
    marked = list(given)
    for place, word in enumerate(given):
        if word in _AND and not (0 < place < len(given) - 1 and min(len(given[place - 1]), len(given[place + 1])) > 1):
            marked[place] = _INITIAL + word
    return tuple(word.removeprefix(_INITIAL) for word in without_particles((*surname, *marked)))


def _fullness(query: Query) -> tuple[bool, bool]:
    """Whether the length of what was sent gives away that it was cut: one field of it, or the whole."""
    surname, given = len((query.surname or "").strip()), len((query.given_names or "").strip())
    return FULL_FIELD in (surname, given), surname + given == FULL_PASSPORT


def words_put(query: Query) -> Iterator[str]:
    """Every word whose presence on the list decides how a name is parted."""
    for fields in asked_forms(query.surname, query.given_names):
        for part in fields:
            for start in range(len(part)):
                for end in range(start + 1, len(part) + 1):
                    yield "".join(part[start:end])
            for word in part:
                yield from (piece for place in range(1, len(word)) for piece in (word[:place], word[place:]))
                yield from pieces_put(word)
            for first, second in pairwise(part):
                yield from (piece for pair in _shifted(first, second) for piece in pair)


def _fields(fields: Fields, ways: Mapping[Words, Ways], vocabulary: Vocabulary) -> Iterator[Fields]:
    """The fields as sent, then as the rules write them; most names are written otherwise by none."""
    surname, given = fields
    first, second = ways.get(surname), ways.get(given)
    others: list[Fields] = []
    yield fields
    if first or second:
        first, second = first or Ways.as_sent(surname), second or Ways.as_sent(given)
        yield from zip(first.usual, second.usual, strict=True)
        for rank in range(max(len(first.several), len(second.several))):
            yield first.by_rank(rank), second.by_rank(rank)
        others.append((first.escaped, second.escaped))
    once = dict.fromkeys(surname + given)
    if len(once) < len(surname) + len(given) <= 2 * len(once):
        yield tuple(dict.fromkeys(surname)), tuple(word for word in once if word not in surname)
    others += (
        _initials_apart(fields, vocabulary),
        _once(fields),
        _halved(fields, vocabulary),
        (_unabbreviated(surname), _unabbreviated(given)),
    )
    yield from (other for other in others if other != fields)


def _unabbreviated(name: Words) -> Words:
    """A field without the initials behind its first word that may be a particle's, as in AHMAD B KHALID."""
    if _PARTICLE_INITIALS.isdisjoint(name):
        return name
    return tuple(word for place, word in enumerate(name) if not place or word not in _PARTICLE_INITIALS)


def _initials_apart(fields: Fields, vocabulary: Vocabulary) -> Fields:
    """The fields with the initials apart that end the given names, where these were written in one.

    Without a vowel they are so behind other given names too; with one only where they are all there is, and no name.
    """
    surname, given = fields
    if not given or given[-1] in (PARTICLES if len(given) > 1 else _CALLED):
        return fields
    *first, last = given
    apart = _consonants_apart(last, vocabulary)
    if apart == (last,) and not first and len(last) in _FEW_INITIALS and not _is_given(last, surname, vocabulary):
        apart = tuple(last)
    return surname, (*first, *apart)


def _once(fields: Fields) -> Fields:
    """The fields with one initial where the given names are a letter twice: systems that want two letters do that."""
    surname, given = fields
    doubled = len(given) == 1 and len(given[0]) == 2 and given[0][0] == given[0][1]
    return (surname, (given[0][0],)) if doubled else fields


def _consonants_apart(word: str, vocabulary: Vocabulary) -> Words:
    """A short word's letters, where it has no vowel, without a title; or a listed word and the letters behind it."""
    titled = word.endswith(GLUED_TITLES)
    if not (titled or _VOWELS.isdisjoint(word[-2:])):
        return (word,)
    if titled and len(word) >= _WITH_TITLE:
        letters = word.removesuffix(next(each for each in GLUED_TITLES if word.endswith(each)))
        return tuple(letters) if len(letters) in _BEFORE_TITLE and _VOWELS.isdisjoint(letters) else (word,)
    if len(word) in _FEW_INITIALS:
        return tuple(word) if _VOWELS.isdisjoint(word) else (word,)
    if word not in vocabulary and not _SPOKEN_END.search(word):
        for many in _GLUED_INITIALS:
            name, letters = word[:-many], word[-many:]
            if len(name) >= _BEFORE_INITIALS and _VOWELS.isdisjoint(letters) and name in vocabulary:
                return (name, *letters)
    return (word,)


def _is_given(word: str, surname: Words, vocabulary: Vocabulary) -> bool:
    """Whether a short word with a vowel may be a name: the list knows it beside a surname of syllables, as LI SU.

    One of four letters that can be said mostly is one (LUIS, JUAN), and none with three in a row that have no vowel.
    """
    if len(word) == max(_FEW_INITIALS):
        return word in vocabulary or not _UNSPOKEN.search(word)
    return word in vocabulary and all(map(SYLLABLE.fullmatch, surname))


def _halved(fields: Fields, vocabulary: Vocabulary) -> Fields:
    """The fields with the one word that is all of the name as two that the list knows, though it knows the one too."""
    surname, given = fields
    if len(surname) + len(given) != 1:
        return fields
    return _halves((surname or given)[0], vocabulary.listed), ()


def ways_otherwise(names: Iterable[Words], vocabulary: Vocabulary) -> dict[Words, Ways]:
    """The fields that some rule may write otherwise, and how: a kernel passes over most of the others."""
    each = list(names)
    text = as_bytes("".join([" ".join(name) + "\n" for name in each]))
    one, two, *_ = (*map(_listed, vocabulary.layers), _NOBODY)
    marked = zip(each, rewritten(text, one, two).tolist(), strict=True)
    return {name: ways_of(name, vocabulary, several=mark & SEVERAL != 0) for name, mark in marked if mark}


def _listed(layer: Layer) -> LayerWords:
    return LayerWords(layer.words, layer.word_starts, layer.word_places, layer.bearers)


def ways_of(name: Words, vocabulary: Vocabulary, *, several: bool = True) -> Ways:
    """How each rule writes a field that looks at one alone; a word may be three and more where it is `several`.

    Words that the list knows are not parted, and one alone is neither glued nor has a blank within.
    """
    listed = vocabulary.listed
    more, unknown = len(name) > 1, any(word not in listed for word in name)
    usual = (
        tuple(part for word in name for part in _parts(word, vocabulary)) if unknown else name,
        _glued(name, listed) if more else name,
        _put_back(name, listed) if more and unknown else name,
    )
    severed = tuple(_severed(name, vocabulary)) if several and unknown else ()
    return Ways(usual, severed, tuple(_ESCAPED.sub("", word) if "XX" in word else word for word in name))


def _severed(name: Words, vocabulary: Vocabulary) -> Iterator[Words]:
    """A field with each word that is several parted into them, the likeliest way first."""
    partings = [partings_of(word, vocabulary) for word in name]
    for rank in range(max(map(len, partings))):
        parted = (
            some[min(rank, len(some) - 1)] if some else _parts(word, vocabulary)
            for word, some in zip(name, partings, strict=True)
        )
        found = tuple(part for parts in parted for part in parts)
        if len(found) <= MAX_WORDS:
            yield found


def _parts(word: str, vocabulary: Vocabulary) -> Words:
    """A word that the list does not know, without its title or particle, or as the first two words that it knows."""
    listed = vocabulary.listed
    if word in listed:
        return (word,)
    titles = [title for title in GLUED_TITLES if word.endswith(title)] if word.endswith(GLUED_TITLES) else ()
    for title in titles:
        if word[: -len(title)] in listed:
            return (word[: -len(title)],)
    served = servant_of(word)
    if served is not None and served in listed:
        return ("ABD", served)
    parted = _halves(word, listed)
    if len(parted) > 1 or parted[0] != word:
        return parted
    for title in titles:
        rest = word[: -len(title)]
        # Long enough to be a name with a slip in it.
        if len(rest) >= TYPO_LETTERS and _near_some(rest, vocabulary):
            return (rest,)
    return (word,)


def _halves(word: str, listed: Listed) -> Words:
    """A word without its particle, or as the first two words that the list knows."""
    for place in range(1, len(word) - 1):
        first, second = word[:place], word[place:]
        if second not in listed:
            if second in GLUED_PARTICLES and len(second) > 1 and place >= TYPO_LETTERS and first in listed:
                return (first,)
            continue
        if first in GLUED_PARTICLES and place > 1:
            return (second,)
        if first in listed and (
            min(place, len(word) - place) > 2
            or first in ELIDED
            or (place > 1 and SYLLABLE.fullmatch(first) and SYLLABLE.fullmatch(second))
        ):
            return (first, second)
    return (word,)


def _near_some(word: str, vocabulary: Vocabulary) -> bool:
    return any(map(len, vocabulary.neighbours(word).numbers))


def _glued(name: Words, listed: Listed) -> Words:
    """A field with neighbouring words joined where only the joined word is the list's."""
    found: list[str] = []
    for word in name:
        joined = found[-1] + word if found else ""
        if joined in listed or any(form in listed for form in given_name_of(joined)):
            found[-1] = joined
        elif len(found) > 1 and found[-2] + joined in listed:
            found[-2:] = [found[-2] + joined]
        else:
            found.append(word)
    return tuple(found)


def _put_back(name: Words, listed: Listed) -> Words:
    """A field in which the blank between two words stands where both are the list's, if it did not before.

    What was put back is not moved again: only words as sent are asked for (`words_put`).
    """
    found, place = list(name), 0
    while place < len(found) - 1:
        first, second = found[place : place + 2]
        pair = None
        if first not in listed or second not in listed:
            pair = next(((one, two) for one, two in _shifted(first, second) if one in listed and two in listed), None)
        if pair:
            found[place : place + 2] = pair
        place += 2 if pair else 1
    return tuple(found)


def _shifted(first: str, second: str) -> Iterator[Words]:
    """Two words with the blank between them moved, the nearest places first."""
    joined = first + second
    for distance in range(1, SLIPPED + 1):
        for place in (len(first) - distance, len(first) + distance):
            if 1 < place < len(joined) - 1:
                yield joined[:place], joined[place:]
