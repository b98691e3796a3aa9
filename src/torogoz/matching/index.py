"""A list made ready for matching: its names as word numbers, and everything by which an entry may be found.

Frozen once built and made of plain tuples and dictionaries, so that it can be pickled and handed to another process.
Names stand in one row over all entries. Each name is found by its words, and by the birth dates of its entry. A name is
*loose* where its entry lacks a whole birth date, so that no birth date can rule it out, else *strict*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import MIN_DOCUMENT_SIGNS
from torogoz.domain.watchlist import Entry
from torogoz.matching.normalise import listed_forms
from torogoz.matching.vocabulary import Vocabulary

#: Aliases of one entry that are compared; which, its owner chooses by their order (hostile lists hold thousands).
MAX_ALIASES = 200
#: From so many names on a posting is a set, whose intersection with a small one is cheap.
_SET_FROM = 32

Posting = frozenset[int] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListIndex:
    """One version of a list, ready to be asked. Made by `build`, never by hand.

    `texts`, `words` and `owners` are one row of names: as listed, its words by number, and the place of its entry.
    `initials` (names with a word of one letter), `strict`, `loose` and `births` give places in that row; `documents`
    gives places in `entries`.
    """

    entries: tuple[Entry, ...]
    version: int
    vocabulary: Vocabulary
    texts: tuple[str, ...]
    words: tuple[tuple[int, ...], ...]
    owners: tuple[int, ...]
    initials: frozenset[int]
    names_of: tuple[range, ...]
    strict: Mapping[int, Posting]
    loose: Mapping[int, Posting]
    births: Mapping[PartialDate, tuple[int, ...]]
    documents: Mapping[str, tuple[int, ...]]
    nationalities: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many entries the list has: all of them, also where only some are at hand (`excerpt`)."""
        return self.vocabulary.size


def build(entries: Sequence[Entry], *, version: int = 0) -> ListIndex:
    """Index a list. The order of entries changes no result: these are ordered by score and entry id."""
    folded = [names_as_words(entry) for entry in entries]
    bearers = Counter(word for names in folded for word in {word for name in names for word in name})
    vocabulary = Vocabulary.of(bearers, len(entries))
    texts: list[str] = []
    rows: list[tuple[int, ...]] = []
    owners: list[int] = []
    names_of: list[range] = []
    strict: dict[int, list[int]] = defaultdict(list)
    loose: dict[int, list[int]] = defaultdict(list)
    births: dict[PartialDate, list[int]] = defaultdict(list)
    documents: dict[str, list[int]] = defaultdict(list)
    for place, (entry, spelled) in enumerate(zip(entries, folded, strict=True)):
        first = len(texts)
        postings = strict if has_whole_dates(entry) else loose
        for name, text in spelled.items():
            numbers = tuple(vocabulary.numbers[word] for word in name)
            for number in set(numbers):
                postings[number].append(len(texts))
            for birth in set(entry.birth_dates):
                births[birth].append(len(texts))
            texts.append(text)
            rows.append(numbers)
            owners.append(place)
        names_of.append(range(first, len(texts)))
        for number_text in {document.key for document in entry.documents}:
            if len(number_text) >= MIN_DOCUMENT_SIGNS:
                documents[number_text].append(place)
    return ListIndex(
        tuple(entries),
        version,
        vocabulary,
        tuple(texts),
        tuple(rows),
        tuple(owners),
        frozenset(place for place, row in enumerate(rows) if any(len(vocabulary.words[word]) == 1 for word in row)),
        tuple(names_of),
        _packed(strict),
        _packed(loose),
        {key: tuple(found) for key, found in births.items()},
        {key: tuple(found) for key, found in documents.items()},
        Counter(nation for entry in entries for nation in set(entry.nationalities)),
    )


def has_whole_dates(entry: Entry) -> bool:
    """Whether a birth date can rule the entry out: it has some, and all of them are whole."""
    return bool(entry.birth_dates) and all(birth.is_full for birth in entry.birth_dates)


def names_as_words(entry: Entry) -> dict[tuple[str, ...], str]:
    """The distinct names of an entry as words, in every spelling, each with the first text that gave it."""
    found: dict[tuple[str, ...], str] = {}
    for text in entry.names[:MAX_ALIASES]:
        for name in listed_forms(text):
            found.setdefault(name, text)
    return found


def _packed(postings: Mapping[int, list[int]]) -> dict[int, Posting]:
    return {word: frozenset(found) if len(found) >= _SET_FROM else tuple(found) for word, found in postings.items()}
