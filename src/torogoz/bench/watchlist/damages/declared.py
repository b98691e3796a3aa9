"""Nationality, sex and birth date as travellers arrive, where their passport would say otherwise."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.matching.query import Query
from torogoz.synth.nation.people import STATES_OF, Compatriot

#: Of all travellers; the bench's goal for what this may cost counts on these two (issue 5).
NATIONALITY_AMISS, SEX_AMISS = 0.12, 0.04
#: Of those: fields left empty are as frequent as wrong ones in what carriers send.
_EMPTY = 0.4
#: Of wrong nationalities most are the country of residence, or the other of two passports; the rest a wrong line of a
#: form's list of states.
_WRONG_LINE = 0.25
_STATES = sorted({state for states in STATES_OF.values() for state in states})
_RESIDENCES = [state for states in STATES_OF.values() for state in states]
_RESIDENCE_WEIGHTS = [1 / place for states in STATES_OF.values() for place in range(1, len(states) + 1)]


def misdeclared(query: Query, rng: Random) -> Query:
    """The traveller as they arrive: of 100, 12 nationalities and 4 sexes are wrong or missing."""
    if rng.random() < NATIONALITY_AMISS:
        query = replace(query, nationality=None if rng.random() < _EMPTY else _other_state(query.nationality, rng))
    if rng.random() < SEX_AMISS:
        other = {"F": "M", "M": "F"}.get(query.sex or "")
        query = replace(query, sex=None if rng.random() < _EMPTY else other)
    return query


def _other_state(state: str | None, rng: Random) -> str:
    if state in _STATES and rng.random() < _WRONG_LINE:
        line = _STATES.index(state)
        return _STATES[(line + rng.choice((-1, 1))) % len(_STATES)]
    while True:
        other = rng.choices(_RESIDENCES, weights=_RESIDENCE_WEIGHTS)[0]
        if other != state:
            return other


def day_and_month_exchanged(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    """The birth date as a form of the other order reads it; None where no calendar has it so."""
    born = query.birth_date
    if born is None or born.month is None or born.day is None or born.day > 12 or born.day == born.month:
        return None
    return replace(query, birth_date=PartialDate(born.year, born.day, born.month))


def birth_date_missing(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    """No birth date, as in a booking."""
    return None if query.birth_date is None else replace(query, birth_date=None)
