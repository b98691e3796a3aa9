"""Each planted traveller is exactly what the name of their typology says, in what carriers send about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from torogoz.domain.booking import Booking
from torogoz.domain.dates import DateRelation, age_on, relate_dates
from torogoz.domain.manifest import Message
from torogoz.domain.name import words
from torogoz.domain.traveller import Traveller
from torogoz.domain.watchlist import Entry
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.typologies import TYPOLOGIES
from torogoz.synth.world import Day

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Case:
    """A planted traveller with all that was sent about them, the latest of each source."""

    planted: Planted
    declared: Traveller
    booked: Traveller
    booking: Booking
    entry: Entry | None


@pytest.fixture(scope="module")
def cases(tiny: Day) -> dict[str, list[Case]]:
    messages = [message for one in tiny.deliveries if one.fault is None for message in one.expected]
    entries = {f"persons:{one.entry.id}": one.entry for one in tiny.watchlists.persons}
    entries |= {f"documents:{entry.id}": entry for entry in tiny.watchlists.documents}
    found: dict[str, list[Case]] = {}
    for planted in tiny.planted:
        case = Case(
            planted,
            declared(messages, planted),
            *booked(messages, planted),
            entries.get(planted.cause),
        )
        found.setdefault(planted.typology, []).append(case)
    return found


def declared(messages: list[Message], planted: Planted) -> Traveller:
    lists = [message for message in messages if message.type == "PAXLST" and message.qualifier in (None, "CP")]
    return next(
        one
        for message in reversed(lists)
        for one in message.travellers
        if (one.record_locator, one.reference) == (planted.locator, planted.reference)
    )


def booked(messages: list[Message], planted: Planted) -> tuple[Traveller, Booking]:
    return next(
        (message.travellers[place], booking)
        for message in reversed(messages)
        for booking in message.bookings
        if booking.record_locator == planted.locator
        for place in booking.travellers
        if message.travellers[place].reference == planted.reference
    )


def name(traveller: Traveller) -> tuple[str, ...]:
    return words(traveller.surname, traveller.given_names)


def entry_of(case: Case) -> Entry:
    assert case.entry is not None
    return case.entry


def test_every_typology_is_planted_once(cases: dict[str, list[Case]]) -> None:
    assert sorted(cases) == sorted(typology.__name__ for typology in TYPOLOGIES)


def test_suspects_and_innocents_are_told_apart(tiny: Day) -> None:
    for planted in tiny.planted:
        innocent = planted.expected in (Expected.NO_HIT, Expected.EITHER)
        assert planted.suspect != innocent


@pytest.mark.parametrize("typology", ["listed_exactly", "listed_by_name_only"])
def test_an_exact_name_is_the_entrys_main_name(cases: dict[str, list[Case]], typology: str) -> None:
    for case in cases[typology]:
        assert name(case.declared) == words(entry_of(case).names[0])


def test_a_listed_person_has_the_listed_birth_date_and_an_unlisted_document(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_exactly"]:
        assert (case.declared.birth_date,) == entry_of(case).birth_dates
        assert not set(case.declared.documents) & set(entry_of(case).documents)


def test_a_typo_differs_in_the_surname_alone_and_in_both_sources(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_with_typo"]:
        assert name(case.declared) != words(entry_of(case).names[0])
        assert case.declared.surname == case.booked.surname
        assert f", {case.declared.given_names}" in entry_of(case).names[0]


def test_a_transliteration_is_a_spelling_that_the_list_does_not_give(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_transliterated"]:
        assert name(case.declared) not in {words(known) for known in entry_of(case).names}
        assert (case.declared.birth_date,) == entry_of(case).birth_dates


def test_swapped_names_are_the_listed_ones_the_other_way_round(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_with_names_swapped"]:
        surname, given = entry_of(case).names[0].split(", ")
        assert (case.declared.surname, case.declared.given_names) == (given, surname)


def test_swapped_day_and_month_are_just_that(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_with_day_and_month_swapped"]:
        assert relate_dates(case.declared.birth_date, entry_of(case).birth_dates[0]) is DateRelation.SWAPPED


def test_one_surname_is_the_first_of_two(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_under_one_surname"]:
        assert len(words(case.declared.surname)) == 1
        assert words(entry_of(case).names[0])[0] == words(case.declared.surname)[0]


def test_a_listed_document_is_shown_by_somebody_else(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_by_document"]:
        assert case.declared.documents[0].key == entry_of(case).documents[0].key


def test_a_protected_child_travels_under_age(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_minor"]:
        assert case.planted.expected is Expected.PROTECTION
        age = age_on(case.declared.birth_date, DAY)
        assert age is not None
        assert age < 18


def test_a_name_only_entry_is_advisory(cases: dict[str, list[Case]]) -> None:
    for case in cases["listed_by_name_only"]:
        assert entry_of(case).advisory
        assert case.planted.expected is Expected.ADVISORY


def test_late_cash_is_late_cash_one_way_and_without_bags(cases: dict[str, list[Case]], tiny: Day) -> None:
    for case in cases["late_cash_one_way"]:
        assert hours_ahead(case, tiny) < 24
        assert [payment.form for payment in case.booking.payments] == ["CA"]
        assert case.declared.bags is not None
        assert case.declared.bags.count == 0
        assert not returns(case.booking)


def test_a_relief_worker_differs_by_the_bags(cases: dict[str, list[Case]], tiny: Day) -> None:
    for case in cases["relief_worker"]:
        assert hours_ahead(case, tiny) < 24
        assert case.declared.bags is not None
        assert case.declared.bags.count == 2


def test_three_bookings_share_one_phone_and_no_more(cases: dict[str, list[Case]], tiny: Day) -> None:
    shared = cases["shared_phone"]
    assert len({case.planted.locator for case in shared}) == 3
    assert len({case.booking.contacts[0] for case in shared}) == 1
    assert len({case.booking.payments[0].card for case in shared}) == 3
    assert all(hours_ahead(case, tiny) < 96 for case in shared)


def test_three_bookings_share_one_card_and_no_more(cases: dict[str, list[Case]], tiny: Day) -> None:
    shared = cases["shared_card"]
    assert len({case.booking.payments[0].card for case in shared}) == 1
    assert len({case.booking.contacts[0] for case in shared}) == 3
    assert all(hours_ahead(case, tiny) < 96 for case in shared)


def test_a_couple_on_one_card_booked_weeks_ahead(cases: dict[str, list[Case]], tiny: Day) -> None:
    couple = cases["family_on_one_card"]
    assert len({case.planted.locator for case in couple}) == 2
    assert len({case.booking.payments[0].card for case in couple}) == 1
    assert all(hours_ahead(case, tiny) > 96 for case in couple)


def test_children_without_a_relative_share_no_surname_with_the_adult(cases: dict[str, list[Case]]) -> None:
    for case in cases["minors_without_relative"]:
        assert len(case.booking.travellers) == 3


def test_a_swapped_identity_has_two_documents_and_two_birth_dates(cases: dict[str, list[Case]]) -> None:
    for case in cases["identity_swapped"]:
        assert case.booked.documents
        assert case.booked.documents[0].issuer != case.declared.documents[0].issuer
        assert case.booked.birth_date != case.declared.birth_date


def test_an_expiring_document_has_weeks_left(cases: dict[str, list[Case]]) -> None:
    for case in cases["expiring_document"]:
        expiry = case.declared.documents[0].expiry
        assert expiry is not None
        assert timedelta() < expiry - DAY < timedelta(days=45)


def test_a_quick_turn_around_has_four_legs_and_one_night(cases: dict[str, list[Case]]) -> None:
    for case in cases["quick_turn_around"]:
        legs = case.booking.itinerary
        assert len(legs) >= 4
        moments = [leg.departure_local for leg in legs if leg.departure_local]
        assert moments == sorted(moments)
        assert all(one.arrival_airport == two.departure_airport for one, two in pairwise(legs))
        assert moments[-1] - moments[0] < timedelta(days=4)


def test_a_namesake_has_the_name_and_clearly_another_birth_date(cases: dict[str, list[Case]]) -> None:
    for case in cases["namesake"]:
        assert name(case.declared) == words(entry_of(case).names[0])
        assert relate_dates(case.declared.birth_date, entry_of(case).birth_dates[0]) is DateRelation.OTHER
        assert not set(case.declared.documents) & set(entry_of(case).documents)


def test_a_close_namesake_differs_by_a_year(cases: dict[str, list[Case]]) -> None:
    for case in cases["namesake_close_in_age"]:
        assert name(case.declared) == words(entry_of(case).names[0])
        assert relate_dates(case.declared.birth_date, entry_of(case).birth_dates[0]) is DateRelation.ONE_PART


def test_a_school_trip_is_one_booking_of_fourteen(cases: dict[str, list[Case]]) -> None:
    trip = cases["school_trip"]
    assert len(trip) == 14
    assert {case.planted.expected for case in trip} == {Expected.NO_HIT}


def hours_ahead(case: Case, day: Day) -> float:
    flight = next(one for one in day.flights if one.label == case.planted.flight)
    assert case.booking.created_at is not None
    return (flight.departs_at - case.booking.created_at) / timedelta(hours=1)


def returns(booking: Booking) -> bool:
    return booking.itinerary[0].departure_airport == booking.itinerary[-1].arrival_airport
