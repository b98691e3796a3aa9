"""Facts are read through allowed views only, and say where they were read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.targeting.flights import API, BOTH, DEPARTURE, LEG, PNR, api, passport, picture, pnr, rows, said, values
from torogoz.domain.booking import Agency, Booking, Payment
from torogoz.domain.finding import Origin
from torogoz.domain.hit import Source
from torogoz.domain.picture import History, PicturedTraveller
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Bags, Contact, ContactKind
from torogoz.targeting.facts import facts
from torogoz.targeting.vocabulary import VOCABULARY

BOOKING = Booking(
    "X7K2PQ",
    created_at=DEPARTURE.replace(hour=1).astimezone(),
    travellers=(0,),
    itinerary=(LEG,),
    agency=Agency("12345678", "SAL", "SLV"),
    contacts=(Contact(ContactKind.PHONE, "+503 2222 3333"),),
    payments=(Payment("CA", amount="300", currency="USD"),),
    bags=0,
)


def test_a_rule_over_api_sees_nothing_that_only_the_booking_told() -> None:
    only_booked = pnr(said(nationality="GTM", bags=Bags(3, 60.0)), BOOKING)
    seen = values((api(said()), only_booked), classes=API)
    assert seen == values((api(said()),), classes=API)
    assert all(seen[name] is None for name, field in VOCABULARY.items() if not field.readable(API))


def test_who_is_known_only_through_another_class_has_no_row_and_is_in_nobodys_party() -> None:
    family = said(record_locator="X7K2PQ")
    seen = rows((api(family),), (pnr(family, BOOKING),), classes=API)
    assert [row.traveller for row in seen] == [1]
    assert seen[0].values["party.size"] == 1


def test_who_is_not_travelling_has_no_row_and_is_in_nobodys_party() -> None:
    flight = picture((api(said(record_locator="A")),), (api(said(record_locator="A")),))
    stays = replace(flight.travellers[1], travelling=False)
    seen = facts(replace(flight, travellers=(flight.travellers[0], stays)), API, {})
    assert [(row.traveller, row.values["party.size"]) for row in seen] == [(1, 1)]


def test_api_is_taken_before_the_booking_whatever_their_order() -> None:
    views = (pnr(said(nationality="GTM", birth="1990-01-01")), api(said(nationality="SLV")))
    assert values(views)["traveller.nationality"] == "SLV"
    assert values(views)["traveller.age"] == 38


def test_what_api_leaves_out_is_taken_from_the_booking() -> None:
    assert values((api(said(birth=None)), pnr(said(nationality="GTM"))))["traveller.nationality"] == "GTM"
    assert values((api(said(birth=None)), pnr(said())))["traveller.age"] == 38


def test_every_row_answers_every_field_and_nothing_said_is_nothing_known() -> None:
    bare = values((api(said(None, birth=None, given_names=None)),))
    assert bare.keys() == VOCABULARY.keys()
    told = {name for name, value in bare.items() if value is not None and not name.startswith("flight.")}
    assert told == {"traveller.role", "traveller.sources"}


def test_history_is_unknown_unless_it_is_given() -> None:
    known = {1: History(earlier_journeys=0, days_since_last=None)}
    assert values((api(said()),))["history.earlier_journeys"] is None
    assert values((api(said()),), history=known)["history.earlier_journeys"] == 0


@pytest.mark.parametrize("classes", [API, PNR, BOTH, frozenset[DataClass]()])
def test_the_same_inputs_give_the_same_facts(classes: frozenset[DataClass]) -> None:
    flight = picture((api(said()), pnr(said(), BOOKING)), (pnr(said("OTRA"), BOOKING),))
    assert facts(flight, classes, {}) == facts(flight, classes, {})


@given(st.permutations(range(4)))
def test_the_order_of_travellers_changes_nobodys_facts(order: list[int]) -> None:
    people = [
        PicturedTraveller(number, (api(said(birth=birth, record_locator="A")), pnr(said(), BOOKING)))
        for number, birth in enumerate(["1988-02-29", "2015-01-01", None, "1950-01-01"])
    ]
    flight = picture()
    straight = {row.traveller: row.values for row in facts(replace(flight, travellers=tuple(people)), BOTH, {})}
    shuffled = replace(flight, travellers=tuple(people[place] for place in order))
    assert {row.traveller: row.values for row in facts(shuffled, BOTH, {})} == straight


def _origins(**fields: tuple[int, int]) -> tuple[Origin, ...]:
    return tuple(Origin(field, *span) for field, span in fields.items())


def test_a_fact_names_the_message_and_bytes_it_was_read_from() -> None:
    first = api(said(nationality="SLV", origins=_origins(nationality=(10, 13), birth_date=(20, 26))))
    second = pnr(said(nationality="SLV"), structs.replace(BOOKING, origins=_origins(payments=(40, 60))))
    row = rows((first, second))[0]
    assert row.sources(["traveller.nationality"]) == (Source(1, ((10, 13),)),)
    assert row.sources(["payment.cash", "traveller.age"]) == (Source(1, ((20, 26),)), Source(2, ((40, 60),)))


def test_the_moment_of_booking_is_found_where_its_reader_kept_the_locator() -> None:
    booking = structs.replace(BOOKING, origins=_origins(record_locator=(5, 25)))
    assert rows((pnr(said(), booking),))[0].sources(["booking.hours_before_departure"]) == (Source(2, ((5, 25),)),)


def test_a_fact_that_compares_api_and_pnr_names_both_messages() -> None:
    views = (
        api(said(documents=(passport("A1"),), origins=_origins(documents=(1, 2)))),
        pnr(said(documents=(passport("B2"),), origins=_origins(documents=(3, 4)))),
    )
    assert rows(views)[0].sources(["traveller.documents_disagree"]) == (Source(1, ((1, 2),)), Source(2, ((3, 4),)))


def test_a_value_that_api_lacks_names_the_booking_as_its_source() -> None:
    views = (api(said(nationality=None)), pnr(said(nationality="GTM", origins=_origins(nationality=(7, 10)))))
    assert rows(views)[0].sources(["traveller.nationality"]) == (Source(2, ((7, 10),)),)


@pytest.mark.parametrize("names", [[], ["flight.carrier"], ["booking.split"], ["history.earlier_journeys"]])
def test_what_no_message_says_of_the_traveller_has_no_source(names: list[str]) -> None:
    assert rows((api(said()),))[0].sources(names) == ()


def test_a_message_that_gives_no_positions_is_still_named() -> None:
    assert rows((api(said()),))[0].sources(["traveller.age"]) == (Source(1),)


def test_every_attribute_that_a_field_is_read_from_exists() -> None:
    known = {*said().__struct_fields__, *BOOKING.__struct_fields__}
    for field in VOCABULARY.values():
        assert set(field.read_from) <= known, field.name


def test_a_manifest_with_everybody_on_one_locator_is_read_in_linear_time() -> None:
    booking = Booking("A", contacts=tuple(Contact(ContactKind.PHONE, f"{number:08}") for number in range(500)))
    crowd = [
        (pnr(said(f"GARCIA {number}", birth="2015-01-01" if number % 2 else "1980-01-01"), booking),)
        for number in range(3000)
    ]
    seen = rows(*crowd)
    assert seen[0].values["party.size"] == 3000
    assert seen[0].values["sharing.phone_bookings"] == 0


def test_beyond_its_limits_a_count_stops_or_is_unknown() -> None:
    letters = "ABCDEFGHIJ"
    surnames = ["".join(letters[int(digit)] for digit in f"{number:04}") for number in range(1001)]
    children = [(api(said(surname, birth="2015-01-01", record_locator="A")),) for surname in surnames]
    adult = (api(said("SOLA", record_locator="A")),)
    assert values(adult, *children)["party.minors_of_other_surname"] is None
    assert values(adult, *children[1:])["party.minors_of_other_surname"] == 1000
    phone = (Contact(ContactKind.PHONE, "22223333"),)
    bookings = [(pnr(said(), Booking(f"L{number}", contacts=phone)),) for number in range(1100)]
    assert values(*bookings)["sharing.phone_bookings"] == 1000
