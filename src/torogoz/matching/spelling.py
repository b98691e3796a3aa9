"""The ways to part an asked name into words, since carriers glue words together and put blanks into them.

As sent without particles; with glued words parted; with parted words glued. A word is parted or glued only into words
that the list knows, so that a name has few spellings and each can find somebody.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.matching.normalise import GLUED_PARTICLES, name_words, without_particles
from torogoz.matching.query import Query
from torogoz.matching.vocabulary import Neighbours, Vocabulary


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to part the asked name into words, and the listed words that each may be."""

    words: tuple[str, ...]
    neighbours: tuple[Neighbours, ...]


def spellings_of(query: Query, vocabulary: Vocabulary) -> tuple[Spelling, ...]:
    """Every different spelling of a name, as sent first; none where there is no word."""
    surname, given = name_words(query.surname), name_words(query.given_names)
    plain = without_particles(surname + given)
    parted = tuple(word for one in plain for word in _parted(one, vocabulary))
    glued = without_particles(_glued(surname, vocabulary) + _glued(given, vocabulary))
    # Fields are cut at their end: only the last word of each may be the beginning of a longer one.
    ends = frozenset(part[-1] for part in (surname, given) if part)
    return tuple(
        Spelling(words, tuple(vocabulary.neighbours(word, last=word in ends) for word in words))
        for words in dict.fromkeys((plain, parted, glued))
        if words
    )


def _parted(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """A word that the list does not know, as two that it knows (the rarer in sum last), or without its particle."""
    if word in vocabulary:
        return (word,)
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if second in vocabulary:
            if first in GLUED_PARTICLES:
                return (second,)
            if first in vocabulary and min(place, len(word) - place) > 2:
                return (first, second)
    return (word,)


def _glued(name: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """A field with neighbouring words joined where only the joined word is the list's."""
    found: list[str] = []
    for word in name:
        joined = found[-1] + word if found else ""
        if joined in vocabulary:
            found[-1] = joined
        elif len(found) > 1 and found[-2] + joined in vocabulary:
            found[-2:] = [found[-2] + joined]
        else:
            found.append(word)
    return tuple(found)
