"""Suspects whom only a pattern betrays; each is what one of the shipped example rules describes, and says which.

The patterns are those of open training material: journeys that others decide and pay for, travellers who pretend to be
strangers, children among adults who are not theirs, identities that change between booking and check-in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from msgspec import structs

from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import Designator
from torogoz.domain.traveller import Bags
from torogoz.synth.commerce import Passenger
from torogoz.synth.flights import leg_between, return_flight
from torogoz.synth.people import Person
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.typologies.stage import Stage, seat, with_each

_TOGETHER = 3
#: Where the courier comes from: far enough for four long flights.
_ORIGIN = "GRU"


def late_cash_one_way(stage: Stage) -> list[Planted]:
    """One adult, one way, paid in cash hours before departure, without a bag."""
    load = stage.load()
    household, person = stage.stranger("COL")
    reservation = stage.book(load, household, (person,), hours=9, back_after=None, cash=True)
    reservation = with_each(reservation, _without_bags)
    return seat(load, reservation, "late_cash_one_way", Expected.HIT, "rule:late-cash-one-way", "no bag either")


def shared_phone(stage: Stage) -> list[Planted]:
    """Three late bookings of people who seem strangers to each other, with one telephone."""
    load = stage.load()
    first, _ = stage.stranger("HND")
    planted: list[Planted] = []
    for _ in range(_TOGETHER):
        household, person = stage.stranger("HND")
        household = replace(household, phone=first.phone)
        reservation = stage.book(load, household, (person,), hours=30)
        planted += seat(
            load, reservation, "shared_phone", Expected.HIT, "rule:separate-bookings-one-hand", "three bookings"
        )
    return planted


def shared_card(stage: Stage) -> list[Planted]:
    """Three late bookings of people who seem strangers to each other, paid with one card."""
    load = stage.load()
    payer, _ = stage.stranger("GTM")
    planted: list[Planted] = []
    for _ in range(_TOGETHER):
        household, person = stage.stranger("ECU")
        household = replace(household, payment_card=payer.payment_card)
        reservation = stage.book(load, household, (person,), hours=40)
        planted += seat(
            load, reservation, "shared_card", Expected.HIT, "rule:separate-bookings-one-hand", "three bookings"
        )
    return planted


def minors_without_relative(stage: Stage) -> list[Planted]:
    """One adult with two children, all of other surnames, in one booking: the rule speaks of the adult."""
    load = stage.load()
    household, adult = stage.stranger("SLV")
    children: list[Person] = []
    taken = set(adult.surnames)
    while len(children) < 2:
        _, child = stage.stranger("SLV", adult=False)
        if taken.isdisjoint(child.surnames):
            taken.update(child.surnames)
            children.append(child)
    reservation = stage.book(load, household, (adult, *children), hours=60, back_after=None)
    planted = seat(
        load, reservation, "minors_without_relative", Expected.HIT, "rule:minors-without-relative", "with two children"
    )
    return planted[:1]


def identity_swapped(stage: Stage) -> list[Planted]:
    """Booked with one state's passport and one birth date, checked in with another's and another."""
    load = stage.load()
    household, person = stage.stranger("VEN")
    reservation = stage.book(load, household, (person,))
    other = stage.fresh_passport("ITA")
    born = PartialDate(person.birth_date.year - 7, person.birth_date.month % 12 + 1, 17)

    def swap(one: Passenger) -> Passenger:
        booked = structs.replace(
            one.booked, documents=(person.passport,), birth_date=person.born, sex=person.sex, nationality="VEN"
        )
        declared = structs.replace(one.declared, documents=(other,), birth_date=born, nationality="ITA")
        return replace(one, booked=booked, declared=declared)

    return seat(
        load,
        with_each(reservation, swap),
        "identity_swapped",
        Expected.HIT,
        "rule:api-and-booking-disagree",
        "document and birth date of the booking are not those of check-in",
    )


def expiring_document(stage: Stage) -> list[Planted]:
    """A single way, booked late, on a passport in its last three weeks."""
    load = stage.load()
    household, person = stage.stranger("PER")
    soon = structs.replace(person.passport, expiry=stage.day + timedelta(days=21))
    reservation = stage.book(load, household, (replace(person, passport=soon),), hours=40, back_after=None)
    return seat(
        load, reservation, "expiring_document", Expected.HIT, "rule:expiring-document-late-one-way", "21 days left"
    )


def quick_turn_around(stage: Stage) -> list[Planted]:
    """Four flights booked days ahead, to stay for one night: there, here, back, and back again."""
    load = stage.load(inbound=True)
    flight = load.flight
    back = return_flight(flight, 1)
    household, person = stage.stranger("BRA")
    reservation = stage.book(load, household, (person,), hours=70, back_after=1)
    carrier, city = flight.designator.carrier, flight.departure_airport
    before = leg_between(Designator(carrier, "3021"), _ORIGIN, city, flight.departs_at - timedelta(hours=14))
    after = leg_between(Designator(carrier, "3022"), city, _ORIGIN, back.arrives_at + timedelta(hours=3))
    reservation = replace(reservation, itinerary=(before, *reservation.itinerary, after))
    return seat(
        load, reservation, "quick_turn_around", Expected.HIT, "rule:quick-turn-around", "one night, at least four legs"
    )


def _without_bags(one: Passenger) -> Passenger:
    return replace(
        one, booked=structs.replace(one.booked, bags=Bags(0)), declared=structs.replace(one.declared, bags=Bags(0))
    )
