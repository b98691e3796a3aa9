"""Measure what an operating point costs, by hand: prints the curve and the table of docs/operator/matching.md.

Usage: `python tools/operating_points.py [ENTRIES] [STRANGERS] [LISTED]`. All people are invented (`torogoz.synth`):
a list of people from all its states, strangers as they travel to a small state, and listed travellers of whom each has
one kind of damage, or none; besides, 12 nationalities and 4 sexes of a hundred are wrong. Travellers show no document.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.domain.traveller import Sex, Traveller, TravellerRole
from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, Query, build, match
from torogoz.matching.operating import curve, expected
from torogoz.matching.rates import prior_millibits
from torogoz.synth.noise import KINDS
from torogoz.synth.people import Person, Population
from torogoz.synth.states import STATES

#: Every so many of the travellers are of the small state and of the states about it.
HOME, NEAR = 5, ("GTM", "HND", "USA", "MEX")
DAMAGE = [None, *(name for name in KINDS if "document" not in name)]
#: Matches below this are not counted: the curve begins where it reaches this on the list that was measured.
LEAST = 0.001
POINTS = (0.01, 0.1, 0.5, 0.9, 0.95, 0.99)
TRAVELLERS, LISTED_A_DAY = 10_000, 1.0


def main(arguments: list[str]) -> int:
    """Measure, then print."""
    entries, strangers, listed = (*map(int, arguments), *(20_000, 10_000, 3_000)[len(arguments) :])
    rng = Random(19)  # noqa: S311 - invented people, the same every time
    people = [_somebody(Population(1, 2026, "listed"), rng.choice(list(STATES)), place) for place in range(entries)]
    index = build([_entry(place, person, rng) for place, person in enumerate(people)])
    public = Population(1, 2026)
    chance = [
        evidence
        for place in range(strangers)
        for evidence in _evidence(_query(_somebody(public, _state(rng), place), None, rng), index).values()
    ]
    own = []
    for number in range(listed):
        place = rng.randrange(entries)
        query = _query(people[place], DAMAGE[number % len(DAMAGE)], rng)
        own.append(_evidence(query, index).get(str(place)))
    measured = curve(chance, strangers * entries, own, range(0, 60_000, 1_000))
    least = 1000 * -(-(prior_millibits(entries) * -1 - 9_964) // 1000)
    measured = tuple(row for row in measured if row.millibits >= least)
    print("evidence (bits)       strangers' pairs  listed found")
    for row in measured[::3]:
        print(f"{row.millibits / 1000:15.0f}  {row.chance:21.2e}  {row.found:12.3f}")
    print(f"\na day: {TRAVELLERS} travellers, of whom {LISTED_A_DAY:.0f} listed")
    print("entries   point  false alerts  listed found")
    for size in (10_000, 100_000):
        for point in POINTS:
            day = expected(point, measured, entries=size, travellers=TRAVELLERS, listed=LISTED_A_DAY)
            print(f"{size:7}  {point:6.0%}  {day.false_alerts:12.2f}  {day.true_alerts:12.1%}")
    return 0


def _state(rng: Random) -> str:
    kind = rng.randrange(HOME)
    return "SLV" if kind < 2 else rng.choice(NEAR if kind < 4 else list(STATES))


def _somebody(population: Population, state: str, place: int) -> Person:
    return population.household(state, place).members[0]


def _entry(place: int, person: Person, rng: Random) -> Entry:
    """Most with a whole birth date, some with the year alone or none, half with a short alias."""
    names = [f"{person.given_names or ''} {person.surname}"]
    if rng.random() < 0.5:
        names.append(f"{person.given[0] if person.given else ''} {person.surnames[0]}")
    dated, born = rng.random(), person.born
    births = (born,) if dated < 0.85 else (PartialDate(born.year),) if dated < 0.95 else ()
    return Entry(str(place), tuple(names), births, (person.nationality,), person.sex.value)


def _query(person: Person, damage: str | None, rng: Random) -> Query:
    traveller = Traveller(
        TravellerRole.PASSENGER,
        surname=person.surname,
        given_names=person.given_names,
        sex=person.sex,
        birth_date=person.born,
        nationality=person.nationality,
    )
    if damage:
        traveller = KINDS[damage].change(traveller, rng)
    query = Query.of(traveller)
    if rng.random() < 0.12:
        query = replace(query, nationality=rng.choice((None, *STATES)))
    if rng.random() < 0.04:
        query = replace(query, sex=rng.choice((None, *(each.value for each in Sex))))
    return query


def _evidence(query: Query, index: ListIndex) -> dict[str, int]:
    """Each match's entry with its evidence: all weights without the prior."""
    prior = prior_millibits(index.size)
    return {found.entry.id: found.millibits - prior for found in match(query, index, LEAST)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
