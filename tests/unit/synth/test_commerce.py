"""A booking is what its carrier's system held at the moment in question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from torogoz.domain.booking import Payment
from torogoz.synth import commerce
from torogoz.synth.commerce import AGENCIES, Desk, Fate, Reservation, Sale, evolve, make_reservation, split
from torogoz.synth.flights import flights_between
from torogoz.synth.people import Population

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
FLIGHT = flights_between(START, START + timedelta(days=1))[0]
BOOKED = FLIGHT.departs_at - timedelta(days=30)
LATER = BOOKED + timedelta(days=10)
HOUSEHOLDS = Population(7, 2026)


def reservation(size: int = 3) -> Reservation:
    household = next(one for index in range(999) if len((one := HOUSEHOLDS.household("SLV", index)).members) >= size)
    sale = Sale(
        household.members[:size],
        household,
        FLIGHT,
        FLIGHT.legs,
        BOOKED,
        AGENCIES[0],
        (Payment("CC", household.payment_card, "10.00", "USD"),),
        tuple(person.passport for person in household.members[:size]),
    )
    return make_reservation(sale, Desk(Random(1)), Random(1))


def test_a_booking_is_nothing_before_it_is_made_and_after_it_is_cancelled() -> None:
    one = replace(reservation(), cancelled_at=LATER)
    assert one.at(BOOKED - timedelta(minutes=1)) is None
    assert one.at(BOOKED) is one
    assert one.at(LATER) is None
    assert one.cancelled_by(LATER)


def test_who_came_later_or_left_is_in_the_booking_only_meanwhile() -> None:
    one = reservation()
    first, second, third = one.passengers
    one = replace(one, passengers=(first, replace(second, since=LATER), replace(third, until=LATER)))
    before, after = one.at(BOOKED), one.at(LATER)
    assert before is not None
    assert after is not None
    assert [passenger.person for passenger in before.passengers] == [first.person, third.person]
    assert [passenger.person for passenger in after.passengers] == [first.person, second.person]


def test_another_card_replaces_the_first_from_its_moment_on() -> None:
    cash = (Payment("CA", None, "10.00", "USD"),)
    one = replace(reservation(), payments_before=cash, paid_again_at=LATER)
    before, after = one.at(BOOKED), one.at(LATER)
    assert before is not None
    assert after is not None
    assert before.payments == cash
    assert after.payments == one.payments


def test_a_change_is_seen_in_the_interval_in_which_it_happened() -> None:
    one = replace(reservation(), cancelled_at=LATER)
    assert one.changed_between(BOOKED - timedelta(days=1), BOOKED)
    assert not one.changed_between(BOOKED, LATER - timedelta(minutes=1))
    assert one.changed_between(BOOKED, LATER)


def test_a_divided_party_names_where_it_came_from() -> None:
    one = reservation()
    parent, child = split(one, LATER, Desk(Random(9)))
    before, after, other = parent.at(BOOKED), parent.at(LATER), child.at(LATER)
    assert before is not None
    assert after is not None
    assert other is not None
    assert (len(before.passengers), len(after.passengers), len(other.passengers)) == (3, 2, 1)
    assert other.split_from == one.locator
    assert other.passengers[0].declared.record_locator == child.locator != one.locator


def test_every_way_in_which_a_booking_changes_happens() -> None:
    rng = Random(4)
    evolved = [evolve(reservation(), FLIGHT.departs_at, rng) for _ in range(800)]
    assert any(one.cancelled_at for one in evolved)
    assert any(passenger.until for one in evolved for passenger in one.passengers)
    assert any(passenger.since for one in evolved for passenger in one.passengers)
    assert any(one.payments_before for one in evolved)
    assert any(passenger.fate is Fate.NO_SHOW for one in evolved for passenger in one.passengers)
    assert sum(one == reservation() for one in evolved) > 600


def test_a_party_of_one_neither_shrinks_nor_grows() -> None:
    rng = Random(4)
    evolved = [evolve(reservation(1), FLIGHT.departs_at, rng) for _ in range(400)]
    assert not any(passenger.since or passenger.until for one in evolved for passenger in one.passengers)


def test_both_statements_of_a_passenger_agree_before_any_noise() -> None:
    for passenger in reservation().passengers:
        booked, declared = passenger.booked, passenger.declared
        assert (booked.surname, booked.given_names) == (declared.surname, declared.given_names)
        assert (booked.record_locator, booked.reference) == (declared.record_locator, declared.reference)


def test_locators_and_references_are_given_once() -> None:
    desk = Desk(Random(2))
    locators = [desk.locator() for _ in range(5_000)]
    references = [desk.reference() for _ in range(5_000)]
    assert len(set(locators)) == len(set(references)) == 5_000


def test_tickets_are_thirteen_digits() -> None:
    for ticket in commerce.tickets_of(reservation()):
        assert len(ticket.number) == 13
        assert ticket.number.isdigit()
