"""A word that is several written in one, parted: `GARCIALOPEZJUANCARLOS`, where a carrier lost every mark between them.

There are many ways to part a long word into words of a long list, and the likeliest are kept: those whose words are
together the commonest. How rare a word is, is what it weighs for a match, so the lightest parting is the likeliest.
One piece may be no word of the list, since it has a slip or was cut; it is as rare as so many letters drawn by chance.
So is the whole word, than which a parting must be likelier.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from torogoz.matching.neighbour_kernels import TYPO_LETTERS
from torogoz.matching.normalise import GLUED_PARTICLES, GLUED_TITLES, MAX_WORDS, PARTICLES, Words
from torogoz.matching.rates import listed_millibits
from torogoz.matching.vocabulary import Vocabulary

#: Words of other lengths are not parted into three and more: two full fields of PAXLST (35 signs each) are the longest,
#: and a word that may be all syllables is shorter than others.
GLUED_LETTERS, MOST_GLUED_LETTERS, SYLLABLES_LETTERS = 9, 70, 8
#: From so many letters on, one of the pieces may be unknown.
SLIPPED_LETTERS = 14
#: Letters of a piece, of one that is a syllable, and of the longest one.
PIECE_LETTERS, SYLLABLE_LETTERS, MOST_PIECE_LETTERS = 3, 2, 20
#: So many partings of a word are tried; each is one more spelling of the name.
MAX_PARTINGS = 4
#: How rare an unknown word is, in thousandths of a bit: that it is one, and each of its letters, of which some are so
#: common that it is as one of sixteen. A particle or a title is one word in some thirty.
_UNKNOWN, _LETTER, _PARTICLE = 8_000, 4_000, 5_000
#: One syllable of Chinese (pinyin) or Korean, which are glued to and parted from each other at will.
SYLLABLE = re.compile(r"(?:[ZCS]H|[BCDFGHJKLMNPQRSTWXYZ])?[WY]?[AEIOU]{1,3}(?:NG|[NKLMPT])?")
_SYLLABLES = re.compile(f"(?:{SYLLABLE.pattern})+")
_PARTICLES_WITHIN = tuple(sorted(particle for particle in GLUED_PARTICLES if len(particle) > 1))

#: Where a piece starts and ends, and how rare it is.
_Piece = tuple[int, int, int]
#: How rare the pieces are together, which they are, and whether one is unknown.
_Parting = tuple[int, Words, bool]


def partings_of(word: str, vocabulary: Vocabulary) -> tuple[Words, ...]:
    """The likeliest ways to part a word into three and more, particles among them, the likeliest first.

    None for a word that the list knows, and none that is less likely than that the word is one and unknown.
    """
    if not _long_enough(word) or word in vocabulary:
        return ()
    slips = len(word) >= SLIPPED_LETTERS
    known = vocabulary.parts_of(word, SYLLABLE_LETTERS, MOST_PIECE_LETTERS)
    if not known:
        return ()
    size = vocabulary.size
    pieces = [(start, end, listed_millibits(borne, size)) for (start, end), borne in known.items()]
    syllables = [piece for piece in pieces if SYLLABLE.fullmatch(word, piece[0], piece[1])]
    long = [piece for piece in pieces if piece[1] - piece[0] >= PIECE_LETTERS]
    long += [(start, end, _PARTICLE) for start, end in _between(word)]
    found = {*_likeliest(word, long, slips=slips), *_likeliest(word, syllables, slips=False)}
    whole = _rarity(len(word))
    likely = (words for rarity, words, slipped in sorted(found) if rarity < whole and _of_several(words, slipped))
    untitled = dict.fromkeys(tuple(each for each in words if each not in GLUED_TITLES) for words in likely)
    return tuple(untitled)[:MAX_PARTINGS]


def pieces_put(word: str) -> Iterator[str]:
    """Every word whose presence on the list decides how a word is parted here."""
    if _long_enough(word):
        for start in range(len(word)):
            for end in range(start + SYLLABLE_LETTERS, min(start + MOST_PIECE_LETTERS, len(word)) + 1):
                yield word[start:end]


def _long_enough(word: str) -> bool:
    if len(word) == SYLLABLES_LETTERS:
        return _SYLLABLES.fullmatch(word) is not None
    return GLUED_LETTERS <= len(word) <= MOST_GLUED_LETTERS


def _between(word: str) -> Iterator[tuple[int, int]]:
    """The particles within a word, and the title at its end."""
    for particle in _PARTICLES_WITHIN:
        start = word.find(particle)
        while start >= 0:
            if start + len(particle) < len(word):
                yield start, start + len(particle)
            start = word.find(particle, start + 1)
    for title in GLUED_TITLES:
        if word.endswith(title):
            yield len(word) - len(title), len(word)


def _likeliest(word: str, pieces: Iterable[_Piece], *, slips: bool) -> list[_Parting]:
    """The likeliest partings into some pieces, with an unknown one where slips are looked for, and without."""
    ending = defaultdict[int, list[tuple[int, int]]](list)
    for start, end, rarity in pieces:
        ending[end].append((start, rarity))
    ways: list[list[_Parting]] = [[(0, (), False)]]
    for end in range(1, len(word) + 1):
        found = {
            (rarity + more, (*words, word[start:end]), slipped)
            for start, more in ending[end]
            for rarity, words, slipped in ways[start]
        }
        if slips:
            known = {start for start, _ in ending[end]}
            found.update(
                (rarity + _rarity(end - start), (*words, word[start:end]), True)
                for start in range(max(end - MOST_PIECE_LETTERS, 0), end - TYPO_LETTERS + 1)
                for rarity, words, slipped in ways[start]
                if not slipped and start not in known
            )
        best = sorted(found)
        ways.append([each for kind in (False, True) for each in [one for one in best if one[2] == kind][:MAX_PARTINGS]])
    return ways[-1]


def _of_several(words: Words, slipped: bool) -> bool:  # noqa: FBT001 - a part of what a parting is
    """Whether there are three pieces, and two that are the list's and no particles."""
    names = sum(word not in PARTICLES and word not in GLUED_TITLES for word in words)
    return 3 <= len(words) <= MAX_WORDS and names - slipped >= 2


def _rarity(letters: int) -> int:
    return _UNKNOWN + _LETTER * letters
