"""What of a list weighed in one comparison, so that it can be made again when the list has gone, with the same result.

A score rests on the list as a whole: how many entries it has, how many bear a word, how many a nationality, how many
words begin with an initial. An excerpt holds these numbers for the words that the asked names could be and those of the
entry, and for nobody else's names than those words. `restore` makes of it, and of the entry, a list of one that answers
as the whole one did. `among` does the same ahead of time: a list of the entries that are to come, which answers as the
whole list will with them on it.

Why nothing is lost: every question that `spelling` and `vocabulary` put to a list about an asked name is either whether
a word stands on it (`spelling.words_put` names them all) or which of its words are near one;
of both the excerpt keeps all that the list answered with yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from torogoz.domain.hit import ListExcerpt
from torogoz.domain.watchlist import Entry
from torogoz.matching.index import ListIndex, build
from torogoz.matching.query import Query
from torogoz.matching.question import prepare
from torogoz.matching.reading import names_as_words
from torogoz.matching.spelling import words_put


def excerpt(index: ListIndex, queries: Iterable[Query], entry: Entry) -> ListExcerpt:
    """What a list answered when these queries were held against one of its entries."""
    asked = list(queries)
    vocabulary = index.vocabulary
    words = {word for name in names_as_words(entry) for word in name}
    initials = set[str]()
    for query in asked:
        words.update(word for word in words_put(query) if word in vocabulary)
    for question in prepare(asked, index).questions:
        for spelling in question.spellings:
            initials.update(word for word in spelling.words if len(word) == 1)
            for near in spelling.neighbours:
                for layer, numbers in zip(index.layers, near.numbers, strict=True):
                    words.update(layer.word(number) for number in numbers.tolist())
    beginnings = {letter: vocabulary.beginning(letter) for letter in sorted(initials)}
    nations = sorted({query.nationality for query in asked if query.nationality})
    return ListExcerpt(
        index.size,
        tuple((word, vocabulary.bearers(word)) for word in sorted(words)),
        tuple((nation, index.nation(nation).bearers) for nation in nations),
        max((words for _, words in beginnings.values()), default=0),
        tuple((letter, count) for letter, (count, _) in beginnings.items()),
    )


def restore(kept: ListExcerpt, entry: Entry) -> ListIndex:
    """A list of this one entry that weighs as the whole list did."""
    return build([entry], weighed_as=kept)


def among(index: ListIndex, gone: Iterable[str], new: Sequence[Entry]) -> ListIndex:
    """A list of the new entries alone that weighs as the whole list will, once they are on it and `gone` ones are not.

    What it answers is what the whole list would then answer of the new entries, and nothing of the others.
    """
    return index.with_changes(new, gone).arrivals()
