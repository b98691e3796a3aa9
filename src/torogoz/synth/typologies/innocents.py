"""Innocents who look like suspects: what a centre does to them is the price of what it finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from msgspec import structs

from torogoz.domain.traveller import Bags
from torogoz.synth.commerce import Passenger
from torogoz.synth.people import Person
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.typologies.stage import Stage, fully_known, seat, with_each
from torogoz.synth.watchlists import PERSONS


def namesake(stage: Stage) -> list[Planted]:
    """Somebody with a listed person's name, born in another decade, month and day."""
    one = stage.listed(fully_known)
    born = one.person.birth_date
    year = born.year - 13 if one.person.age_on(stage.day) < 40 else born.year + 13
    other = date(year, born.month % 12 + 1, (born.day + 10) % 28 + 1)
    return _namesake(stage, "namesake", one.entry.id, replace(one.person, birth_date=other), Expected.NO_HIT)


def namesake_close_in_age(stage: Stage) -> list[Planted]:
    """Somebody with a listed person's name, born a year later, on another document: only a person can tell."""
    one = stage.listed(lambda item: fully_known(item) and bool(item.entry.documents))
    born = one.person.birth_date
    later = date(born.year + 1, born.month, min(born.day, 28))
    return _namesake(
        stage, "namesake_close_in_age", one.entry.id, replace(one.person, birth_date=later), Expected.EITHER
    )


def family_on_one_card(stage: Stage) -> list[Planted]:
    """A couple who booked apart, weeks ahead, with the card and the phone of their household."""
    load = stage.load()
    adults: tuple[Person, ...] = ()
    while len(adults) != 2:
        household, _ = stage.stranger("SLV")
        adults = tuple(one for one in household.members if one.age_on(stage.day) >= 18)
    return [
        planted
        for one in adults
        for planted in seat(
            load,
            stage.book(load, household, (one,)),
            "family_on_one_card",
            Expected.NO_HIT,
            "rule:separate-bookings-one-hand",
            "two of one household",
        )
    ]


def school_trip(stage: Stage) -> list[Planted]:
    """Two teachers with twelve pupils of as many surnames: a group booking of an agency, months ahead."""
    load = stage.load()
    household, teacher = stage.stranger("SLV")
    _, second = stage.stranger("SLV")
    pupils = tuple(stage.stranger("SLV", adult=False)[1] for _ in range(12))
    reservation = stage.book(load, household, (teacher, second, *pupils), hours=90 * 24)
    return seat(load, reservation, "school_trip", Expected.NO_HIT, "rule:minors-without-relative", "a group of 14")


def relief_worker(stage: Stage) -> list[Planted]:
    """Somebody who pays cash for a single way hours ahead, with two heavy bags and nothing to hide."""
    load = stage.load()
    household, person = stage.stranger("ESP")
    reservation = stage.book(load, household, (person,), hours=18, back_after=None, cash=True)
    carrier = load.flight.designator.carrier
    bags = Bags(2, 44.0, (f"{carrier}900001", f"{carrier}900002"))

    def pack(one: Passenger) -> Passenger:
        return replace(
            one, booked=structs.replace(one.booked, bags=bags), declared=structs.replace(one.declared, bags=bags)
        )

    reservation = with_each(reservation, pack)
    return seat(load, reservation, "relief_worker", Expected.NO_HIT, "rule:late-cash-one-way", "but with bags")


def _namesake(stage: Stage, typology: str, entry: str, person: Person, expected: Expected) -> list[Planted]:
    load = stage.load()
    household, stranger = stage.stranger(person.nationality)
    person = replace(person, id=stranger.id, passport=stage.fresh_passport(person.nationality))
    reservation = stage.book(load, household, (person,))
    return seat(load, reservation, typology, expected, f"{PERSONS}:{entry}", "same name, another person")
