"""What happens to a listed traveller on the way from their passport to a carrier's message: seventeen damages.

The clean query is the passport's zone. Each damage does what its name says to what is sent, and nothing else; which
forms it has, with what shares and why, is told in the module of `damages` that makes it. They were written from what is
known of carriers, keyboards, scanners, offices and romanisations, without sight of how names are matched.

Damages are asked for one by one, each as often as the others: their frequencies in life are not told here. Pessimistic
is that every listed traveller is damaged (but "exact"); optimistic, that nobody hides on purpose, with another name, an
invented birth date or a false passport, and that the list's own spelling is what the passport has.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.bench.watchlist.damages.births import birth_date_missing, day_and_month_exchanged
from torogoz.bench.watchlist.damages.blanks import split_or_glued
from torogoz.bench.watchlist.damages.heavy import heavy_transliteration
from torogoz.bench.watchlist.damages.initials import initials
from torogoz.bench.watchlist.damages.light import light_transliteration
from torogoz.bench.watchlist.damages.limits import truncated
from torogoz.bench.watchlist.damages.misread import misread_letter
from torogoz.bench.watchlist.damages.places import fields_exchanged, order
from torogoz.bench.watchlist.damages.shortened import second_given_name_dropped, second_surname_dropped
from torogoz.bench.watchlist.damages.titles import title
from torogoz.bench.watchlist.damages.typos import one_typo, two_typos
from torogoz.bench.watchlist.damages.zone import Change, query_of
from torogoz.matching.query import Query
from torogoz.synth.nation.people import STATES_OF, Compatriot

__all__ = ["CLASSES", "damaged", "misdeclared", "query_of"]

#: Those that are one accident.
_SINGLE: dict[str, Change] = {
    "order": order,
    "fields exchanged": fields_exchanged,
    "truncated": truncated,
    "second surname dropped": second_surname_dropped,
    "second given name dropped": second_given_name_dropped,
    "one typo": one_typo,
    "two typos": two_typos,
    "initials": initials,
    "light transliteration": light_transliteration,
    "heavy transliteration": heavy_transliteration,
    "split or glued": split_or_glued,
    "title": title,
    "misread letter": misread_letter,
    "day and month exchanged": day_and_month_exchanged,
    "birth date missing": birth_date_missing,
}
#: In which order two of them happen: what is left out goes first, so that it takes nothing away that the other did.
_ON_THE_WAY = (
    "second surname dropped", "second given name dropped", "initials", "truncated", "heavy transliteration",
    "light transliteration", "misread letter", "order", "fields exchanged", "one typo", "two typos", "split or glued",
    "title", "day and month exchanged", "birth date missing",
)  # fmt: skip
_OF_BIRTH = frozenset(("day and month exchanged", "birth date missing"))
#: Pairs tried before a person is told to have nothing for two damages.
_PATIENCE = 30
_NATIONALITY_WRONG, _NATIONALITY_MISSING = 0.08, 0.04
_SEX_WRONG, _SEX_MISSING = 0.025, 0.015
_OF_THE_SAME_LANGUAGE = 0.6


def _exact(_person: Compatriot, query: Query, _rng: Random) -> Query:
    return query


def _combined(person: Compatriot, query: Query, rng: Random) -> Query | None:
    for _ in range(_PATIENCE):
        pair = rng.sample(_ON_THE_WAY, 2)
        if _OF_BIRTH.issuperset(pair):
            continue
        first, second = sorted(pair, key=_ON_THE_WAY.index)
        once = _SINGLE[first](person, query, rng)
        twice = None if once is None else _SINGLE[second](person, once, rng)
        if twice is not None and twice != query:
            return twice
    return None


CLASSES: dict[str, Change] = {"exact": _exact, **_SINGLE, "combined": _combined}


def damaged(person: Compatriot, damage: str, rng: Random) -> Query | None:
    """Send a person with one of `CLASSES`; None where it has nothing to change in them, KeyError where it is none."""
    return CLASSES[damage](person, query_of(person), rng)


def misdeclared(query: Query, rng: Random) -> Query:
    """Send nationality and sex as carelessly as carriers do, whatever else was done.

    Of 100 nationalities 8 are wrong and 4 missing: travellers give the state that issued a document, where they live or
    their other nationality, and agents the line above. Three in five wrong ones are of a state of the same language.
    Of 100 sexes 2.5 are wrong, as titles and defaults guess them, and 1.5 missing.
    """
    nationality, sex = query.nationality, query.sex
    declared, told = rng.random(), rng.random()
    if declared < _NATIONALITY_MISSING:
        nationality = None
    elif nationality and declared < _NATIONALITY_MISSING + _NATIONALITY_WRONG:
        nationality = _other_state(nationality, rng)
    if told < _SEX_MISSING:
        sex = None
    elif sex and told < _SEX_MISSING + _SEX_WRONG:
        sex = "M" if sex == "F" else "F"
    return replace(query, nationality=nationality, sex=sex)


def _other_state(nationality: str, rng: Random) -> str:
    alike = [state for states in STATES_OF.values() if nationality in states for state in states]
    everywhere = [state for states in STATES_OF.values() for state in states]
    near = rng.random() < _OF_THE_SAME_LANGUAGE
    return rng.choice([state for state in (alike if near and alike else everywhere) if state != nationality])
