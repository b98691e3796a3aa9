"""Given names of which letters arrive: carriers ask for the first in full and seldom for more, older tickets for none.

Where several forms fit somebody, their shares are: the first given name whole and a letter of each other behind it 36
(`JUAN C`), the same in one word 21 (`JUANC`), since many reservation systems take blanks and dots out; one letter
behind it though there are more names 6 (forms have a place for one); two names whole before the letters 4 (agents short
of places: `JOSE LUIS M A`). Of 8 the first name is the letter, apart (5, `J CARLOS`) or not (3, `JCARLOS`): they go by
another, as nobody does where that is a father's name or a syllable. 25 have no name whole: letters in one word (11,
`JC`) or apart (6, `J C`), as tickets were written and some carriers still allow; only the first (6, `J`); or that one
twice (2, `JJ`), where a system demands two letters. Somebody with one given name has nothing but that letter.

A hyphen is a blank by then, and its halves are two names: `JEAN P`. So are the syllables of a Chinese name where the
passport parts them (`XIAO M`). Fathers' names count as given names, as foreign carriers count them. Of 100 who have
particles where letters stand, 45 have a letter of each word (`MARIA D C`, `AHMED B A`), 20 one of the first word, where
a field is cut to one sign (`MARIA D`), 20 one of the name alone (`MARIA C`), and 15 keep the particle (`MARIA DEL C`).

The forms are those that guides of reservation systems, carriers, agents and travellers tell; no survey counts them, and
the shares are reasoned: the middle letter is the commonest, since most carriers now refuse a first name of one letter.
Pessimistic: whoever has one given name is among those they did not refuse. Optimistic: surnames stay whole, no other
accident comes along (a title glued to a letter, `JMR`, is *title*'s, where both happen), and abbreviations of several
letters (MA for María, MD for Mohammed, YU for Yuriy) are none.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, renamed, units, words
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Share of 100, and what a name with its particles becomes; without particles each is its first letter.
_HABITS: tuple[tuple[int, Callable[[list[str]], list[str]]], ...] = (
    (45, lambda name: [word[0] for word in name]),
    (20, lambda name: [name[0][0]]),
    (20, lambda name: [name[-1][0]]),
    (15, lambda name: [*name[:-1], name[-1][0]]),
)
#: Groups whose further given names are names to be called by.
_CALLED_BY_ANOTHER = frozenset(("es", "pt", "en", "fr"))


def _letters(names: list[str], rng: Random) -> list[str]:
    """The initials of these names: whoever writes them has one habit."""
    habit = rng.choices([habit for _, habit in _HABITS], [share for share, _ in _HABITS])[0]
    return [word for name in names for word in habit(words(name))]


def _given(query: Query, given: list[str], between: str) -> Query:
    return renamed(query, words(query.surname), [between.join(words(" ".join(given)))])


def _behind(whole: int, between: str, *, one: bool = False) -> Change:
    """So many names whole and the initials of the others, or `one` of them where there are more."""

    def change(_person: Compatriot, query: Query, rng: Random) -> Query | None:
        given = units(query.given_names)
        if len(given) < whole + (2 if one else 1):
            return None
        letters = _letters(given[whole : whole + 1] if one else given[whole:], rng)
        return _given(query, [*given[:whole], *letters], between)

    return change


def _before(between: str) -> Change:
    """The initial of the first name and the others whole."""

    def change(person: Compatriot, query: Query, _rng: Random) -> Query | None:
        given = units(query.given_names)
        if len(given) < 2 or person.group not in _CALLED_BY_ANOTHER:
            return None
        return _given(query, [given[0][0], *given[1:]], between)

    return change


def _twice(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    return _given(query, [query.given_names[0] * 2], "") if query.given_names else None


initials = one_of(
    (36, _behind(1, " ")),
    (21, _behind(1, "")),
    (6, _behind(1, " ", one=True)),
    (4, _behind(2, " ")),
    (5, _before(" ")),
    (3, _before("")),
    (11, _behind(0, "")),
    (6, _behind(0, " ")),
    (6, _behind(0, " ", one=True)),
    (2, _twice),
)
