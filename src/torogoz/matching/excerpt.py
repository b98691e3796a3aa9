"""What of a list weighed in one comparison, so that it can be made again when the list has gone, with the same result.

A score rests on the list as a whole: how many entries it has, how many bear a word, how many a nationality. An excerpt
holds these numbers for the words that the asked names could be and those of the entry, and for nobody else's names
than those words. `restore` makes of it, and of the entry, a list of one that answers as the whole one did.

Why nothing is lost: every question that `spelling` and `vocabulary` put to a list about an asked name is either whether
a word stands on it (`spelling.words_put` names them all) or which of its words are near one;
of both the excerpt keeps all that the list answered with yes.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    numbers = {vocabulary.numbers[word] for name in names_as_words(entry) for word in name}
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
    alone = build([entry])
    vocabulary = Vocabulary.of(dict.fromkeys(alone.vocabulary.words, 1) | dict(kept.bearers), kept.entries)
    numbers = [vocabulary.numbers[word] for word in alone.vocabulary.words]

    def renumbered(words: Iterable[int]) -> tuple[int, ...]:
        return tuple(numbers[word] for word in words)

    return replace(
        alone,
        vocabulary=vocabulary,
        words=tuple(renumbered(row) for row in alone.words),
        strict={numbers[word]: found for word, found in alone.strict.items()},
        loose={numbers[word]: found for word, found in alone.loose.items()},
        nationalities=dict(kept.nationalities),
    )
