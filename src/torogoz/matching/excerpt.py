"""What of a list weighed in one comparison, so that it can be made again when the list has gone, with the same result.

A score rests on the list as a whole: how many entries it has, how many bear a word, how many a nationality. An excerpt
holds these numbers for the words that the asked names could be and those of the entry, and for nobody else's names
than those words. `restore` makes of it, and of the entry, a list of one that answers as the whole one did. `among` does
the same ahead of time: a list of the entries that are to come, which answers as the whole list will with them on it.

Why nothing is lost: every question that `spelling` and `vocabulary` put to a list about an asked name is either whether
a word stands on it (`spelling.words_put` names them all) or which of its words are near one;
of both the excerpt keeps all that the list answered with yes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from torogoz.domain.hit import ListExcerpt
from torogoz.domain.watchlist import Entry
from torogoz.matching.index import ListIndex, build, names_as_words
from torogoz.matching.query import Query
from torogoz.matching.score import prepare
from torogoz.matching.spelling import words_put
from torogoz.matching.vocabulary import Vocabulary


def excerpt(index: ListIndex, queries: Iterable[Query], entry: Entry) -> ListExcerpt:
    """What a list answered when these queries were held against one of its entries."""
    asked = list(queries)
    vocabulary = index.vocabulary
    numbers = {vocabulary.numbers[word] for word in _words(entry)}
    for query in asked:
        numbers.update(number for one in prepare(query, index).spellings for near in one.neighbours for number in near)
        numbers.update(vocabulary.numbers[word] for word in words_put(query) if word in vocabulary.numbers)
    nations = sorted({query.nationality for query in asked if query.nationality})
    return ListExcerpt(
        index.size,
        tuple((vocabulary.words[number], vocabulary.bearers[number]) for number in sorted(numbers)),
        tuple((nation, index.nationalities.get(nation, 0)) for nation in nations),
    )


def restore(kept: ListExcerpt, entry: Entry) -> ListIndex:
    """A list of this one entry that weighs as the whole list did.

    Words that older rules did not make of the entry, and so did not keep, are taken for its own alone.
    """
    bearers = dict.fromkeys(_words(entry), 1) | dict(kept.bearers)
    return _alone([entry], Vocabulary.of(bearers, kept.entries), dict(kept.nationalities))


def among(index: ListIndex, gone: Sequence[Entry], new: Sequence[Entry]) -> ListIndex:
    """A list of the new entries alone that weighs as the whole list will, once they are on it and `gone` ones are not.

    What it answers is what the whole list would then answer of the new entries, and nothing of the others. The words of
    the whole list are indexed anew, its names are not; a question then costs as much as the few entries do.
    """
    bearers = Counter(dict(zip(index.vocabulary.words, index.vocabulary.bearers, strict=True)))
    nationalities = Counter(index.nationalities)
    for entry in gone:
        bearers.subtract(_words(entry))
        nationalities.subtract(set(entry.nationalities))
    for entry in new:
        bearers.update(_words(entry))
        nationalities.update(set(entry.nationalities))
    size = index.size - len(gone) + len(new)
    return _alone(new, Vocabulary.of(+bearers, size), +nationalities)


def _alone(entries: Sequence[Entry], vocabulary: Vocabulary, nationalities: Mapping[str, int]) -> ListIndex:
    """These entries alone, weighed by the words and nationalities of a longer list."""
    alone = build(entries)
    numbers = [vocabulary.numbers[word] for word in alone.vocabulary.words]

    def renumbered(words: Iterable[int]) -> tuple[int, ...]:
        return tuple(numbers[word] for word in words)

    return replace(
        alone,
        vocabulary=vocabulary,
        words=tuple(renumbered(row) for row in alone.words),
        strict={numbers[word]: found for word, found in alone.strict.items()},
        loose={numbers[word]: found for word, found in alone.loose.items()},
        nationalities=nationalities,
    )


def _words(entry: Entry) -> set[str]:
    return {word for name in names_as_words(entry) for word in name}
