"""What happens to a listed traveller's name on its way from their passport to a carrier's message.

`CLASSES` are sixteen kinds of damage, and none; how each is drawn, with which shares and why, its module in `damages`
tells. The damage is of the traveller as sent, never of the list. It was written from knowledge of the field by somebody
who had not read the rules of the matcher, after these were frozen.

Optimistic: there is one damage (two in `combined`), and all else about the traveller is right but for what
`misdeclared` changes. A class is only of people whom it can change. Spellings come from tables, which have less fancy
than offices, and an office keeps to one; three of four light spellings, and one of five heavy ones, are one letter away
from the passport's. Names that changed in life (marriage, divorce, naturalisation), nicknames, western names beside
Chinese ones and people who lie are left out. In `combined` the second damage may hide the first.

Pessimistic: nobody shows a document. Whoever travels on the document from which the list was made is mostly sent with
the name as its zone has it: here everybody has a damage. Boarding passes and fields of eight places cut more names than
messages of today do. Journeys through another alphabet are the whole of the heavy class, and rare on any one route. All
titles, misread letters and fillers stay in the name, of which carriers and readers take many off again. One name in
sixty is longer than its zone, and stays cut whatever else happens.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages import arrangement, declared, misread, omitted, romanised, spacing, titles
from torogoz.bench.watchlist.damages.combined import combined
from torogoz.bench.watchlist.damages.declared import misdeclared
from torogoz.bench.watchlist.damages.initials import initials
from torogoz.bench.watchlist.damages.typing_errors import one_typo, two_typos
from torogoz.bench.watchlist.damages.zone import Change, query_of
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

__all__ = ["CLASSES", "damaged", "misdeclared", "query_of"]


def _exact(_person: Compatriot, query: Query, _rng: Random) -> Query:
    return query


CLASSES: dict[str, Change] = {
    "exact": _exact,
    "order": arrangement.order,
    "fields exchanged": arrangement.fields_exchanged,
    "truncated": omitted.truncated,
    "second surname dropped": omitted.second_surname_dropped,
    "second given name dropped": omitted.second_given_name_dropped,
    "one typo": one_typo,
    "two typos": two_typos,
    "initials": initials,
    "light transliteration": romanised.light,
    "heavy transliteration": romanised.heavy,
    "split or glued": spacing.split_or_glued,
    "title": titles.titled,
    "misread letter": misread.misread,
    "day and month exchanged": declared.day_and_month_exchanged,
    "birth date missing": declared.birth_date_missing,
    "combined": combined,
}


def damaged(person: Compatriot, damage: str, rng: Random) -> Query | None:
    """The person after one damage, by the rng alone; None where it has nothing to change in them.

    KeyError where `CLASSES` has no such damage. Only `exact` gives the query as it was.
    """
    clean = query_of(person)
    query = CLASSES[damage](person, clean, rng)
    return None if query == clean and damage != "exact" else query
