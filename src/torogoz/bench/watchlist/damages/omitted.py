"""What a narrow field cuts off, and names that their bearers, or a form, leave out.

Which of two surnames is left out follows the custom: Spanish speakers keep the first, Portuguese speakers the last,
and of both some are filed by the other one in a country that knows one surname only.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.fields import fields, named
from torogoz.bench.watchlist.damages.zone import zone
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Places for surname and given names with one sign between them, and how often each cuts: a bar-coded boarding pass
#: has 20 (IATA resolution 792), the zones of cards and small visas 30 and 31 with two fillers.
_TOGETHER = {20: 0.35, 28: 0.08, 29: 0.07}
#: Places for each name in departure systems, old forms and exported tables.
_EACH = {8: 0.08, 10: 0.12, 12: 0.15, 15: 0.15}


def truncated(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """A name cut off by a field that is too short for it; None where every field would be long enough."""
    surname, given = query.surname or "", query.given_names or ""
    made: dict[tuple[str, str], float] = {}
    for places, share in _TOGETHER.items():
        kept = surname[: places - 2]
        cut = (kept.rstrip(), given[: places - 1 - len(kept)].rstrip())
        made[cut] = made.get(cut, 0) + share
    for places, share in _EACH.items():
        cut = (surname[:places].rstrip(), given[:places].rstrip())
        made[cut] = made.get(cut, 0) + share
    made.pop((surname, given), None)
    if not made:
        return None
    one, other = rng.choices(tuple(made), weights=tuple(made.values()))[0]
    return named(query, one.split(), other.split())


#: How often the first of two surnames is the one that stays.
_FIRST_STAYS = {"es": 0.9, "pt": 0.25}
_ELSEWHERE = 0.5


def second_surname_dropped(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """One of two surnames left out, as a rule the second in rank; of three, one or two."""
    surnames = _surnames(person)
    if len(surnames) < 2:
        return None
    first = rng.random() < _FIRST_STAYS.get(person.group, _ELSEWHERE)
    keep = 1 if len(surnames) == 2 or rng.random() < 0.6 else 2
    return named(query, (surnames[:keep] if first else surnames[-keep:]), fields(query)[1])


def second_given_name_dropped(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """The second given name left out: a patronymic, a father's name, half of a compound; of three, one or two."""
    given = [zone(part) for name in person.named.given for part in name.split("-")]
    if person.group == "ar":
        # `Abd al-Rahman` is one name, hyphen or not.
        given = [zone(name) for name in person.named.given]
    if len(given) < 2:
        return None
    kept = given[:1] if len(given) == 2 or rng.random() < 0.6 else [given[0], *given[2:]]
    return named(query, fields(query)[0], kept)


def _surnames(person: Compatriot) -> list[str]:
    """The surnames one by one; an Arabic article belongs to its name, a hyphen elsewhere joins two."""
    if person.group == "ar":
        return [zone(name) for name in person.named.surnames]
    return [zone(part) for name in person.named.surnames for part in name.split("-")]
