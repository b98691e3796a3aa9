"""One or two slips of whoever typed the name: at a keyboard, on a telephone, or by ear.

Of slips, three in ten strike a key beside the right one and a quarter leave a letter out; two letters change places in
15 of 100, one is doubled or a double lost in ten, a neighbour is struck along with the right key in ten and a letter is
misheard in ten: the order in which counts of typing errors have them. A first letter is looked at while typing: it goes
wrong a third as often. The French type on AZERTY half of the time; telephones type one name in ten.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from torogoz.bench.watchlist.damages.fields import Word, drawn, with_word, words
from torogoz.bench.watchlist.damages.keyboards import HEARD, KEYS
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

Slip = Callable[[str, int, dict[str, str], Random], str]

_LAYOUTS = {"fr": (0.4, 0.0, 0.5, 0.1), "ru": (0.7, 0.2, 0.0, 0.1), "ar": (0.65, 0.0, 0.25, 0.1)}
_ELSEWHERE = (0.8, 0.08, 0.02, 0.1)
_FIRST_LETTER = 0.3
#: Two slips meet in one word as often as the longer word of a name makes likely.
_SAME_WORD, _LONG = 0.35, 6


def _beside(word: str, at: int, keys: dict[str, str], rng: Random) -> str:
    return word[:at] + rng.choice(keys[word[at]]) + word[at + 1 :]


def _left_out(word: str, at: int, _keys: dict[str, str], _rng: Random) -> str:
    return word[:at] + word[at + 1 :] if len(word) > 2 else word


def _changed_places(word: str, at: int, _keys: dict[str, str], _rng: Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _doubled(word: str, at: int, _keys: dict[str, str], _rng: Random) -> str:
    """Where a letter is double already it loses one: the wrong letter of a pair is doubled, or none."""
    if len(word) > 2 and word[at : at + 2] == 2 * word[at]:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def _along(word: str, at: int, keys: dict[str, str], rng: Random) -> str:
    return word[: at + 1] + rng.choice(keys[word[at]]) + word[at + 1 :]


def _misheard(word: str, at: int, _keys: dict[str, str], rng: Random) -> str:
    return word[:at] + rng.choice(HEARD.get(word[at], word[at])) + word[at + 1 :]


_SLIPS: dict[Slip, float] = {
    _beside: 0.30,
    _left_out: 0.25,
    _changed_places: 0.15,
    _doubled: 0.10,
    _along: 0.10,
    _misheard: 0.10,
}


def slipped(word: str, group: str, rng: Random) -> str:
    """A word of A–Z, two letters at least, with one slip; never the same."""
    layout = rng.choices(tuple(KEYS), weights=_LAYOUTS.get(group, _ELSEWHERE))[0]
    while True:
        at = rng.choices(range(len(word)), weights=[_FIRST_LETTER, *[1.0] * (len(word) - 1)])[0]
        found = rng.choices(tuple(_SLIPS), weights=tuple(_SLIPS.values()))[0](word, at, KEYS[layout], rng)
        if found != word:
            return found


def one_typo(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """One slip in one word."""
    word = _typed(query, rng)
    return with_word(query, word, slipped(word.text, person.group, rng)) if word else None


def two_typos(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Two slips: in one long word, or in two words; None where there is neither."""
    word = _typed(query, rng)
    if word is None:
        return None
    others = [other for other in words(query) if other != word and _is_plain(other)]
    if len(word.text) >= _LONG and (rng.random() < _SAME_WORD or not others):
        return with_word(query, word, _slipped_twice(word.text, person.group, rng))
    if not others:
        return None
    other = rng.choices(others, weights=[len(one.text) for one in others])[0]
    once = with_word(query, word, slipped(word.text, person.group, rng))
    return with_word(once, other, slipped(other.text, person.group, rng))


def _slipped_twice(word: str, group: str, rng: Random) -> str:
    """A slip in each half, so that the second neither undoes nor hides the first."""
    half = len(word) // 2
    return slipped(word[:half], group, rng) + slipped(word[half:], group, rng)


def _is_plain(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isalpha()


def _typed(query: Query, rng: Random) -> Word | None:
    for _ in range(8):
        word = drawn(query, rng)
        if word is None or _is_plain(word):
            return word
    return None
