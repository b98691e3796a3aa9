"""Fields cut by the limits of systems, at the end of a field.

What cuts, where it cuts anything (shares of 100): the 20 places of a name on a boarding pass with the stroke between
the fields (35: IATA Resolution 792, and what is printed is often what is sent); the 30 places of an identity card's
zone with two fillers (ICAO Doc 9303 part 5) or 29 with the stroke in older reservation systems (30); and hosts with
fields of their own: given names of 12 (15), surnames of 15 (10), or 10 of both (10). The zone of a passport, 39 places,
has cut already: that is the clean query. A limit of 35 for a component of a message cuts nobody who fitted a zone.

Both fields in one limit lose the end of the given names, of which one letter stays in 70 of 100 (the rule of the zone
and of boarding passes); in 30 the given names go altogether where the surname fills the places. One system in five cuts
at the end of a word where it can.
Pessimistic: carriers that read the passport at the desk send what they read. Optimistic: no system here cuts at the
beginning of a field, nor leaves a title in the way. The hosts' limits are an order of magnitude, not a survey.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, renamed
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

_A_LETTER_STAYS, _AT_THE_END_OF_A_WORD = 0.7, 0.2


def _together(places: int) -> Change:
    """Both fields in so many places, without what stands between them."""

    def change(_person: Compatriot, query: Query, rng: Random) -> Query:
        surname, given = query.surname or "", query.given_names or ""
        least = 1 if given and rng.random() < _A_LETTER_STAYS else 0
        at_word = rng.random() < _AT_THE_END_OF_A_WORD
        kept = _cut(surname, places - least, at_word=at_word)
        return renamed(query, [kept], [_cut(given, max(least, places - len(kept)), at_word=at_word)])

    return change


def _apart(surname: int, given: int) -> Change:
    """Each field in places of its own."""

    def change(_person: Compatriot, query: Query, rng: Random) -> Query:
        at_word = rng.random() < _AT_THE_END_OF_A_WORD
        kept = _cut(query.surname or "", surname, at_word=at_word)
        return renamed(query, [kept], [_cut(query.given_names or "", given, at_word=at_word)])

    return change


def _cut(field: str, places: int, *, at_word: bool) -> str:
    if len(field) <= places:
        return field
    kept = field[:places]
    if at_word and field[places] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip()


_WHOLE = 39

truncated = one_of(
    (35, _together(19)),
    (30, _together(28)),
    (15, _apart(_WHOLE, 12)),
    (10, _apart(15, _WHOLE)),
    (10, _apart(10, 10)),
)
