"""Two damages of different kinds at once, in the order in which a name meets with them on its way.

A name is first cut to what its bearer, a form or another system gives, then written by an office, typed or read, put
into fields, and sent: in this order the second seldom hides the first. Kinds are drawn by how often they happen: slips
of the hand, order and missing parts are everyday, another language is rare. A missing birth date is one of the kinds,
since bookings have none.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages import arrangement, declared, misread, omitted, romanised, spacing, titles
from torogoz.bench.watchlist.damages.initials import initials
from torogoz.bench.watchlist.damages.typing_errors import one_typo
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Kinds in the order of the way, each its damages with their shares.
_KINDS: tuple[dict[Change, float], ...] = (
    {omitted.second_surname_dropped: 10, omitted.second_given_name_dropped: 12},
    {initials: 5, omitted.truncated: 5},
    {romanised.light: 14, romanised.heavy: 4},
    {one_typo: 16, misread.misread: 6},
    {arrangement.order: 8, arrangement.fields_exchanged: 6},
    {spacing.split_or_glued: 10, titles.titled: 8},
    {declared.day_and_month_exchanged: 4, declared.birth_date_missing: 6},
)
_WEIGHTS = [sum(kind.values()) for kind in _KINDS]
#: Few damages fit everybody: so many pairs are tried.
_TRIES = 30


def combined(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """The query after two damages, both of which changed it."""
    for _ in range(_TRIES):
        first, second = sorted(_two_kinds(rng))
        once = _one_of(_KINDS[first], rng)(person, query, rng)
        if once is None or once == query:
            continue
        twice = _one_of(_KINDS[second], rng)(person, once, rng)
        if twice is not None and twice not in (once, query):
            return twice
    return None


def _two_kinds(rng: Random) -> tuple[int, int]:
    first = rng.choices(range(len(_KINDS)), weights=_WEIGHTS)[0]
    weights = [0 if kind == first else weight for kind, weight in enumerate(_WEIGHTS)]
    return first, rng.choices(range(len(_KINDS)), weights=weights)[0]


def _one_of(kind: dict[Change, float], rng: Random) -> Change:
    return rng.choices(tuple(kind), weights=tuple(kind.values()))[0]
