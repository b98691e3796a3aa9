"""The words of a list, how many entries bear each, which of them a given word may be, and what that weighs.

A word is looked up once and remembered: travellers share their names. Its *neighbours* are the list's words that it
equals, that one slip of the keyboard makes of it (OSA distance 1, from `TYPO_LETTERS` letters on), that may be heard
the same, of which it may be the cut beginning, or that are forms of the same name. Retrieval reads nothing but
neighbours, so that this module decides which words can ever speak for a match.

Theory of the look-up: two words of OSA distance 1 that are no transposition share a prefix and a suffix that together
leave out at most one letter of the longer word; so one of them is at least half of the listed word, rounded down.
Halves of listed words are indexed by length; transpositions are written out and looked up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from torogoz.matching.normalise import skeleton
from torogoz.matching.rates import Likeness, word_millibits
from torogoz.matching.variants import variants_of

#: Shorter words are compared letter by letter: one letter in three is another name.
TYPO_LETTERS = 4
#: Words heard the same have at least so many letters and consonants, and differ by no more than so many letters.
HEARD_LETTERS = 5
HEARD_CONSONANTS = 3
HEARD_DISTANCE = 3
#: A cut word has at least so many letters; fewer where the field is so full that it must have been cut.
CUT_LETTERS = 4
CUT_LETTERS_FULL = 2
#: Distinct words remembered before the memory starts anew.
MAX_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How near a listed word is, how many entries bear a word at least as near, and what that weighs."""

    likeness: Likeness
    bearers: int
    millibits: int


#: The neighbours of a word by number.
Neighbours = Mapping[int, Neighbour]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct words in alphabetical order; `bearers[i]` counts the entries, of `size`, that bear word `i`."""

    size: int
    words: tuple[str, ...]
    bearers: tuple[int, ...]
    numbers: Mapping[str, int]
    _halves: Mapping[tuple[int, str], tuple[int, ...]]
    _heard: Mapping[str, tuple[int, ...]]
    _remembered: dict[tuple[str, bool, bool], Neighbours] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, bearers: Mapping[str, int], size: int) -> Vocabulary:
        """Index the words of a list of so many entries, given how many bear each."""
        words = tuple(sorted(bearers))
        halves: dict[tuple[int, str], list[int]] = defaultdict(list)
        heard: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            if len(word) >= TYPO_LETTERS:
                for key in _half_keys(word, len(word)):
                    halves[key].append(number)
            if len(word) >= HEARD_LETTERS:
                sound = skeleton(word)
                if len(sound) >= HEARD_CONSONANTS:
                    heard[sound].append(number)
        return cls(
            size,
            words,
            tuple(bearers[word] for word in words),
            {word: number for number, word in enumerate(words)},
            {key: tuple(found) for key, found in halves.items()},
            {sound: tuple(found) for sound, found in heard.items()},
        )

    def __contains__(self, word: str) -> bool:
        """Whether some entry bears the word."""
        return word in self.numbers

    def neighbours(self, word: str, *, last: bool, full: bool = False) -> Neighbours:
        """The listed words that `word` may be; only the last word of a field may be cut, and of a full one it is."""
        key = (word, last, full)
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MAX_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._look_up(word, last=last, full=full)
        return found

    def _look_up(self, word: str, *, last: bool, full: bool) -> Neighbours:
        near: dict[int, Likeness] = {}
        if word in self.numbers:
            near[self.numbers[word]] = Likeness.SAME
        for number in self._mistyped(word):
            near.setdefault(number, Likeness.TYPO)
        for number in self._heard_alike(word):
            near.setdefault(number, Likeness.HEARD)
        if last and len(word) >= (CUT_LETTERS_FULL if full else CUT_LETTERS):
            for number in self._beginning_with(word):
                near.setdefault(number, Likeness.CUT)
        for variant in variants_of(word):
            if variant in self.numbers:
                near.setdefault(self.numbers[variant], Likeness.VARIANT)
        counts, bearers = Counter[Likeness](), 0
        for number, likeness in near.items():
            counts[likeness] += self.bearers[number]
        levels = {}
        for likeness in Likeness:
            bearers = min(bearers + counts[likeness], self.size)
            levels[likeness] = Neighbour(likeness, bearers, word_millibits(likeness, bearers, self.size))
        return {number: levels[likeness] for number, likeness in near.items()}

    def _mistyped(self, word: str) -> set[int]:
        if len(word) < TYPO_LETTERS:
            return set()
        halves = [
            number
            for length in (len(word) - 1, len(word), len(word) + 1)
            for key in _half_keys(word, length)
            for number in self._halves.get(key, ())
        ]
        choices = [self.words[number] for number in halves]
        near = extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
        found = {halves[place] for _, _, place in near}
        for place in range(len(word) - 1):
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if swapped in self.numbers:
                found.add(self.numbers[swapped])
        return found

    def _heard_alike(self, word: str) -> Iterator[int]:
        sound = skeleton(word)
        if len(word) >= HEARD_LETTERS and len(sound) >= HEARD_CONSONANTS:
            for number in self._heard.get(sound, ()):
                if OSA.distance(word, self.words[number], score_cutoff=HEARD_DISTANCE) <= HEARD_DISTANCE:
                    yield number

    def _beginning_with(self, word: str) -> range:
        return range(bisect_left(self.words, word), bisect_left(self.words, word + "["))


def _half_keys(word: str, length: int) -> tuple[tuple[int, str], tuple[int, str]]:
    """The beginning and the end of a word, as long as half a listed word of that length, below zero marking the end."""
    half = length // 2
    return (length, word[:half]), (-length, word[-half:])
