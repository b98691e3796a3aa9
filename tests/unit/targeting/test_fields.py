"""Each field says what its help text promises, and stays silent where the messages are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.targeting.flights import FLIGHT, LEG, api, leg, local, passport, pnr, rows, said, values
from torogoz.domain.booking import Agency, Booking, Payment, Ticket
from torogoz.domain.document import Document
from torogoz.domain.journey import Designator, FlightKey
from torogoz.domain.picture import PicturedFlight, View
from torogoz.domain.traveller import Bags, Contact, ContactKind, TravellerRole
from torogoz.targeting.field import Value


def booked(booking: Booking | None = None, **said_of: Any) -> tuple[View, ...]:
    return (pnr(said(**said_of), booking),)


def phone(value: str) -> Contact:
    return Contact(ContactKind.PHONE, value)


def paid(*payments: Payment) -> tuple[View, ...]:
    return booked(Booking("A", payments=payments))


class TestFlight:
    def test_it_is_known_by_its_operating_carrier_and_number_without_zeros(self) -> None:
        seen = values((api(said()),))
        assert (seen["flight.carrier"], seen["flight.number"]) == ("TA", "570")

    def test_a_number_of_nothing_but_zeros_is_unknown(self) -> None:
        key = FlightKey(Designator("TA", "000"), FLIGHT.key.departure_date, "LAX")
        assert values((api(said()),), flight=replace(FLIGHT, key=key))["flight.number"] is None

    def test_its_times_are_local_and_its_length_is_true(self) -> None:
        seen = values((api(said()),))
        assert (seen["flight.departure_hour"], seen["flight.arrival_hour"]) == (23, 6)
        assert (seen["flight.departure_weekday"], seen["flight.minutes"]) == (7, 295)

    @pytest.mark.parametrize("flight", [replace(FLIGHT, departure_at=None), replace(FLIGHT, arrival_at=None)])
    def test_without_both_times_its_length_is_unknown(self, flight: PicturedFlight) -> None:
        assert values((api(said()),), flight=flight)["flight.minutes"] is None

    def test_without_an_arrival_time_its_hour_is_unknown(self) -> None:
        assert values((api(said()),), flight=replace(FLIGHT, arrival_local=None))["flight.arrival_hour"] is None


class TestTraveller:
    @pytest.mark.parametrize(
        ("nationality", "residence", "differs"), [("SLV", "GTM", True), ("SLV", "SLV", False), ("SLV", None, None)]
    )
    def test_residence_differs_only_where_both_are_known(
        self, nationality: str, residence: str | None, *, differs: bool | None
    ) -> None:
        seen = values((api(said(nationality=nationality, residence=residence)),))
        assert seen["traveller.residence_differs"] is differs

    @pytest.mark.parametrize(
        ("births", "alone"),
        [
            (["2012-01-01"], True),
            (["2012-01-01", "2013-01-01"], True),
            (["2012-01-01", "1980-01-01"], False),
            (["2012-01-01", None], None),
            (["2012-01-01", None, "1980-01-01"], False),
            (["1980-01-01"], False),
            ([None], None),
        ],
    )
    def test_a_minor_is_unaccompanied_only_where_every_age_of_the_party_says_so(
        self, births: list[str | None], *, alone: bool | None
    ) -> None:
        party = [(api(said(birth=birth, record_locator="A")),) for birth in births]
        assert values(*party)["traveller.unaccompanied_minor"] is alone

    def test_without_a_locator_nobody_knows_whether_a_minor_is_accompanied(self) -> None:
        assert values((api(said(birth="2012-01-01")),))["traveller.unaccompanied_minor"] is None

    @pytest.mark.parametrize(
        ("field", "one", "other", "disagree"),
        [
            ("names", {"surname": "EJEMPLO"}, {"surname": "PRUEBA", "given_names": "LUZ"}, True),
            ("names", {"surname": "EJEMPLO"}, {"surname": "ANA", "given_names": "EJEMPLO"}, False),
            ("names", {"surname": "EJEMPLO"}, {"surname": None, "given_names": None}, None),
            ("birth_dates", {"birth": "1988-02-29"}, {"birth": "1988-02-28"}, True),
            ("birth_dates", {"birth": "1988-02-29"}, {"birth": "1988-02-29"}, False),
            ("birth_dates", {"birth": "1988-02-29"}, {"birth": "1988"}, None),
            ("birth_dates", {"birth": "1988-02-29"}, {"birth": None}, None),
            ("nationalities", {"nationality": "SLV"}, {"nationality": "GTM"}, True),
            ("nationalities", {"nationality": "SLV"}, {"nationality": "SLV"}, False),
            ("nationalities", {"nationality": "SLV"}, {}, None),
            ("documents", {"documents": (passport("A1"),)}, {"documents": (passport("B2"),)}, True),
            ("documents", {"documents": (passport("A-1"),)}, {"documents": (passport("a1"), passport("B"))}, False),
            ("documents", {"documents": (passport("A1"),)}, {}, None),
        ],
    )
    def test_sources_disagree_only_where_both_speak(
        self, field: str, one: dict[str, Any], other: dict[str, Any], *, disagree: bool | None
    ) -> None:
        views = (api(said(**one)), pnr(said(**other)))
        assert values(views)[f"traveller.{field}_disagree"] is disagree
        assert values(views[:1])[f"traveller.{field}_disagree"] is None

    def test_kind_and_sources_are_told(self) -> None:
        seen = values((api(said(role=TravellerRole.CREW)), pnr(said())))
        assert seen["traveller.role"] == "crew"
        assert seen["traveller.sources"] == frozenset({"api", "pnr"})


class TestDocument:
    def test_the_passport_counts_down_not_the_visa_or_the_card(self) -> None:
        documents = (
            Document("V9", "V", "USA", date(2026, 11, 23)),
            Document("C7", "I", "SLV", date(2026, 11, 24)),
            passport("A1", expiry=date(2026, 12, 2)),
        )
        seen = values((api(said(documents=documents, nationality="SLV")),))
        assert seen["document.days_to_expiry"] == 10
        assert seen["document.issuer_differs"] is False
        assert seen["document.count"] == 3
        assert seen["document.types"] == frozenset("VIP")
        assert seen["document.issuers"] == frozenset({"USA", "SLV"})

    def test_an_expired_document_counts_below_zero(self) -> None:
        expired = passport("A1", expiry=date(2026, 11, 21))
        assert values((api(said(documents=(expired,))),))["document.days_to_expiry"] == -1

    def test_the_same_document_in_both_sources_is_one_and_that_of_api_is_taken(self) -> None:
        views = (
            api(said(documents=(passport("A 1", issuer="GTM"),), nationality="SLV")),
            pnr(said(documents=(passport("A1"),))),
        )
        assert values(views)["document.count"] == 1
        assert values(views)["document.issuer_differs"] is True

    @pytest.mark.parametrize(
        "documents",
        [(), (Document("A1"),), (Document("V1", "V", "USA", date(2027, 1, 1)),)],
        ids=["none", "bare", "visa"],
    )
    def test_what_is_not_told_of_a_passport_is_unknown(self, documents: tuple[Document, ...]) -> None:
        seen = values((api(said(documents=documents, nationality="SLV")),))
        assert seen["document.days_to_expiry"] is None
        assert seen["document.issuer_differs"] is None

    def test_a_difference_from_an_unknown_nationality_is_unknown(self) -> None:
        assert values((api(said(documents=(passport("A1"),))),))["document.issuer_differs"] is None


class TestBooking:
    def test_hours_are_whole_ones_between_making_and_departure(self) -> None:
        made = datetime(2026, 11, 22, 7, 11, tzinfo=UTC)
        seen = values(booked(Booking("A", created_at=made)))
        assert seen["booking.hours_before_departure"] == 23
        assert seen["booking.created_on"] == date(2026, 11, 22)

    def test_without_a_booking_or_its_moment_hours_are_unknown(self) -> None:
        made = Booking("A", created_at=datetime(2026, 11, 22, tzinfo=UTC))
        flight = replace(FLIGHT, departure_at=None)
        for seen in (values(booked()), values(booked(Booking("A"))), values(booked(made), flight=flight)):
            assert seen["booking.hours_before_departure"] is None
        assert values(booked(Booking("A")))["booking.created_on"] is None

    def test_its_marks_are_told(self) -> None:
        booking = Booking(
            "A",
            cancelled=True,
            travellers=(0, 1),
            agency=Agency(" 1234 ", "SAL", "slv"),
            tickets=(Ticket("1"), Ticket("2"), Ticket("1")),
            split_from="B",
        )
        seen = values(booked(booking))
        assert seen["booking.travellers"] == 2
        assert seen["booking.cancelled"] is True
        assert seen["booking.split"] is True
        assert (seen["booking.agency_code"], seen["booking.agency_country"]) == ("1234", "SLV")
        assert seen["booking.tickets"] == 2

    @pytest.mark.parametrize("agency", [None, Agency(), Agency(" ")])
    def test_an_agency_that_is_not_named_is_unknown(self, agency: Agency | None) -> None:
        assert values(booked(Booking("A", agency=agency)))["booking.agency_code"] is None

    def test_contacts_of_booking_and_traveller_are_told_by_kind_and_none_is_none(self) -> None:
        booking = Booking("A", contacts=(phone("1"),))
        views = booked(booking, contacts=(Contact(ContactKind.EMAIL, "a@example.org"),))
        assert values(views)["booking.contact_kinds"] == frozenset({"phone", "email"})
        assert values(booked(Booking("A")))["booking.contact_kinds"] == frozenset()
        assert values(booked())["booking.contact_kinds"] is None


class TestTrip:
    BACK = leg("SAL", "LAX", local("2026-11-24T12:05"))

    def seen(self, *legs: Any, **how: Any) -> Any:
        return values(booked(Booking("A", itinerary=legs)), **how)

    def test_a_return_trip_says_how_long_the_stay_is(self) -> None:
        seen = self.seen(LEG, self.BACK)
        assert seen["trip.one_way"] is False
        assert seen["trip.legs"] == 2
        assert seen["trip.hours_until_return"] == 30
        assert seen["trip.hours_to_next_leg"] == 30
        assert (seen["trip.first_airport"], seen["trip.last_airport"]) == ("LAX", "LAX")

    def test_one_way_ends_in_another_country(self) -> None:
        seen = self.seen(LEG)
        assert seen["trip.one_way"] is True
        assert seen["trip.hours_until_return"] is None
        assert seen["trip.hours_to_next_leg"] is None

    def test_another_airport_of_the_same_country_is_a_return(self) -> None:
        seen = self.seen(LEG, leg("SAL", "JFK", local("2026-11-24T12:05")))
        assert seen["trip.one_way"] is False
        assert seen["trip.hours_until_return"] == 30

    def test_earlier_legs_are_counted_and_all_airports_told(self) -> None:
        seen = self.seen(leg("JFK", "LAX", local("2026-11-22T08:00")), LEG)
        assert seen["trip.previous_legs"] == 1
        assert seen["trip.airports"] == frozenset({"JFK", "LAX", "SAL"})

    def test_a_next_leg_from_another_airport_has_no_hours(self) -> None:
        assert self.seen(LEG, leg("GUA", "LAX", local("2026-11-24T00:00")))["trip.hours_to_next_leg"] is None

    @pytest.mark.parametrize(
        "legs", [(), (leg(None, "SAL"),), (leg("LAX", "QQQ"),)], ids=["no legs", "no start", "no such"]
    )
    def test_an_itinerary_that_cannot_be_followed_is_unknown(self, legs: tuple[Any, ...]) -> None:
        seen = self.seen(*legs)
        assert seen["trip.one_way"] is None
        assert seen["trip.previous_legs"] is None
        assert seen["trip.hours_until_return"] is None

    def test_no_legs_give_no_airports(self) -> None:
        seen = self.seen()
        assert (seen["trip.legs"], seen["trip.airports"]) == (None, None)
        assert (seen["trip.first_airport"], seen["trip.last_airport"]) == (None, None)

    def test_a_return_without_times_has_no_hours(self) -> None:
        assert self.seen(LEG, leg("SAL", "LAX"))["trip.hours_until_return"] is None
        assert self.seen(LEG, self.BACK, flight=replace(FLIGHT, arrival_local=None))["trip.hours_until_return"] is None

    def test_a_flight_from_an_unknown_airport_has_no_return(self) -> None:
        key = FlightKey(FLIGHT.key.operating, FLIGHT.key.departure_date, "QQQ")
        start = replace(LEG, departure_airport="QQQ")
        assert self.seen(start, self.BACK, flight=replace(FLIGHT, key=key))["trip.hours_until_return"] is None


def party(*people: tuple[str | None, str | None]) -> list[tuple[View, ...]]:
    return [(api(said(surname, birth=birth, record_locator="A")),) for surname, birth in people]


ADULT, CHILD = "1985-05-05", "2015-05-05"


class TestParty:
    def test_only_those_of_the_same_locator_are_the_party(self) -> None:
        other = (api(said(record_locator="B")),)
        assert values(*party(("UNO", ADULT), ("UNO", CHILD)), other)["party.size"] == 2

    def test_members_are_counted_by_known_age_and_the_unknown_apart(self) -> None:
        seen = values(*party(("UNO", ADULT), ("UNO", CHILD), ("UNO", None)))
        assert (seen["party.adults"], seen["party.minors"], seen["party.unknown_ages"]) == (1, 1, 1)

    def test_the_booking_names_the_party_even_where_api_has_another_locator(self) -> None:
        one = (api(said(record_locator="A")), pnr(said(), Booking("PNR1")))
        two = (api(said(record_locator="B")), pnr(said(), Booking("PNR1")))
        assert values(one, two)["party.size"] == 2

    def test_who_has_no_locator_has_no_party(self) -> None:
        seen = values((api(said()),))
        for name in ("size", "minors", "surnames", "minors_of_other_surname", "minors_without_relative"):
            assert seen[f"party.{name}"] is None

    @pytest.mark.parametrize(
        ("people", "groups"),
        [
            ([("PEREZ LOPEZ", ADULT), ("LOPEZ", CHILD)], 1),
            ([("PEREZ", ADULT), ("LOPEZ", CHILD)], 2),
            ([("PEREZ", ADULT), ("LOPEZ", ADULT), ("PEREZ LOPEZ", CHILD)], 1),
            ([("PEREZ LOPEZ", ADULT), ("DIAZ RUIZ", ADULT), ("LOPEZ RUIZ", CHILD), ("RUIZ", CHILD)], 1),
            ([("PEREZ", ADULT), (None, CHILD)], None),
        ],
    )
    def test_surnames_make_groups_through_the_words_they_share(
        self, people: list[tuple[str | None, str | None]], groups: int | None
    ) -> None:
        assert values(*party(*people))["party.surnames"] == groups

    @pytest.mark.parametrize(
        ("people", "other", "alone"),
        [
            ([("PEREZ", ADULT), ("LOPEZ", CHILD)], 1, 1),
            ([("PEREZ", ADULT), ("LOPEZ", CHILD), ("LOPEZ", ADULT)], 1, 0),
            ([("PEREZ", ADULT), ("NUÑEZ PÉREZ", CHILD)], 0, 0),
            ([("LOPEZ", CHILD), ("PEREZ", ADULT)], None, 1),
            ([("LOPEZ", CHILD)], None, None),
            ([("PEREZ", ADULT), (None, CHILD)], 0, 0),
            ([(None, ADULT), ("LOPEZ", CHILD)], None, None),
            ([("PEREZ", None), ("LOPEZ", CHILD)], None, None),
        ],
    )
    def test_minors_are_told_apart_by_whom_they_share_a_surname_with(
        self, people: list[tuple[str | None, str | None]], other: int | None, alone: int | None
    ) -> None:
        seen = values(*party(*people))
        assert seen["party.minors_of_other_surname"] == other
        assert seen["party.minors_without_relative"] == alone

    def test_a_surname_in_the_place_of_the_given_names_is_still_shared(self) -> None:
        swapped = (api(said("ANA MARIA", given_names="PEREZ", birth=ADULT, record_locator="A")),)
        child = (api(said("PEREZ", given_names="LUZ", birth=CHILD, record_locator="A")),)
        swapped_child = (api(said("LUZ", given_names="PEREZ", birth=CHILD, record_locator="A")),)
        adult = (api(said("PEREZ", given_names="ANA MARIA", birth=ADULT, record_locator="A")),)
        for party_of in ((swapped, child), (adult, swapped_child)):
            seen = values(*party_of)
            assert (seen["party.minors_of_other_surname"], seen["party.minors_without_relative"]) == (0, 0)

    def test_a_given_name_in_common_makes_nobody_a_relative(self) -> None:
        adult = (api(said("PEREZ", given_names="JOSE", birth=ADULT, record_locator="A")),)
        child = (api(said("LOPEZ", given_names="JOSE", birth=CHILD, record_locator="A")),)
        assert values(adult, child)["party.minors_without_relative"] == 1

    def test_a_surname_that_either_source_gives_is_shared(self) -> None:
        adult = (api(said("PEREZ", birth=ADULT, record_locator="A")), pnr(said("PEREZ LOPEZ", birth=ADULT)))
        child = (api(said("LOPEZ", given_names="LUZ", birth=CHILD, record_locator="A")),)
        assert values(adult, child)["party.minors_without_relative"] == 0


class TestSharing:
    def seen(self, *bookings: Booking) -> Any:
        return values(*(booked(booking) for booking in bookings))

    @pytest.mark.parametrize("written", ["+503 2222-3333", "00503 22223333", "22223333"])
    def test_one_telephone_written_in_two_ways_is_one(self, written: str) -> None:
        seen = self.seen(Booking("A", contacts=(phone("+50322223333"),)), Booking("B", contacts=(phone(written),)))
        assert seen["sharing.phone_bookings"] == 1

    def test_travellers_of_one_booking_share_nothing_with_others(self) -> None:
        booking = Booking("A", contacts=(phone("+50322223333"),))
        assert self.seen(booking, booking)["sharing.phone_bookings"] == 0

    def test_a_booking_that_shares_twice_counts_once(self) -> None:
        both = (phone("+50322223333"), phone("+50344445555"))
        assert self.seen(Booking("A", contacts=both), Booking("B", contacts=both))["sharing.phone_bookings"] == 1

    def test_e_mails_are_compared_without_case(self) -> None:
        contacts = [(Contact(ContactKind.EMAIL, text),) for text in ("A@Example.org ", "a@example.ORG")]
        seen = self.seen(Booking("A", contacts=contacts[0]), Booking("B", contacts=contacts[1]))
        assert seen["sharing.email_bookings"] == 1

    @pytest.mark.parametrize(
        ("one", "other", "shared"),
        [
            ("4111 1122 2222 3333", "4111112222223333", 1),
            ("411111XXXXXX3333", "4111112222223333", 1),
            ("411111XXXXXX3333", "411111XXXXXX3334", 0),
            ("411111XXXXXX3333", "411112XXXXXX3333", 0),
            ("XXXXXXXXXXXX3333", "XXXXXXXXXXXX3333", None),
            ("3333", "3333", None),
            ("4111113333", "4111113333", None),
        ],
    )
    def test_a_card_is_compared_by_what_carriers_leave_of_it_and_never_by_less(
        self, one: str, other: str, shared: int | None
    ) -> None:
        seen = self.seen(
            Booking("A", payments=(Payment("CC", one),)),
            Booking("B", payments=(Payment("CC", other),)),
        )
        assert seen["sharing.card_bookings"] == shared

    def test_an_agency_is_shared_by_its_code(self) -> None:
        made = Agency("1234")
        assert self.seen(Booking("A", agency=made), Booking("B", agency=made))["sharing.agency_bookings"] == 1

    @pytest.mark.parametrize(
        "contact", [phone("12"), Contact(ContactKind.EMAIL, "none"), Contact(ContactKind.ADDRESS, "1")]
    )
    def test_what_cannot_be_compared_is_unknown_not_zero(self, contact: Contact) -> None:
        seen = self.seen(Booking("A", contacts=(contact,)))
        assert seen["sharing.phone_bookings"] is None
        assert seen["sharing.email_bookings"] is None

    def test_without_a_locator_nobody_knows_which_booking_is_another(self) -> None:
        assert self.seen(Booking(None, contacts=(phone("+50322223333"),)))["sharing.phone_bookings"] is None


class TestPayment:
    def test_cash_is_told_among_other_forms(self) -> None:
        seen = values(paid(Payment("cc", amount="10"), Payment("CA", amount="20.50")))
        assert seen["payment.cash"] is True
        assert seen["payment.forms"] == frozenset({"CC", "CA"})

    def test_without_a_form_nothing_is_known_of_cash(self) -> None:
        assert values(paid(Payment(" ")))["payment.cash"] is None
        assert values(booked())["payment.cash"] is None

    def test_currencies_are_told(self) -> None:
        assert values(paid(Payment("CC", currency="usd"), Payment("CC")))["payment.currencies"] == frozenset({"USD"})
        assert values(paid())["payment.currencies"] is None
        assert values(booked())["payment.currencies"] is None

    @pytest.mark.parametrize(
        "payments",
        [
            (),
            (Payment("CC", amount="10"), Payment("CA", amount="10")),
            (Payment("CC"),),
            (Payment("CC", amount="TEN"),),
            (Payment("CC", amount="-5"),),
            (Payment("CC", amount="nan"),),
            (Payment("CC", amount="inf"),),
            (Payment("CC", amount="1e300"),),
        ],
    )
    def test_an_amount_that_cannot_be_read_is_unknown(self, payments: tuple[Payment, ...]) -> None:
        assert values(paid(*payments))["payment.amount"] is None

    def test_an_amount_paid_at_once_is_known(self) -> None:
        assert values(paid(Payment("CC", amount="320.50")))["payment.amount"] == 320.5

    def test_without_a_booking_the_amount_is_unknown(self) -> None:
        assert values(booked())["payment.amount"] is None


class TestBaggage:
    @pytest.mark.parametrize(
        ("bags", "of_booking", "none"),
        [
            (None, None, None),
            (Bags(), None, None),
            (Bags(0), None, True),
            (Bags(0), 0, True),
            (Bags(0), 1, False),
            (Bags(2), 0, False),
            (None, 0, True),
        ],
    )
    def test_silence_about_bags_is_not_none(
        self, bags: Bags | None, of_booking: int | None, *, none: bool | None
    ) -> None:
        assert values(booked(Booking("A", bags=of_booking), bags=bags))["baggage.none"] is none

    def test_without_a_booking_only_the_traveller_speaks(self) -> None:
        assert values(booked(bags=Bags(1)))["baggage.booking_pieces"] is None

    def test_weight_is_told_whole_and_by_piece(self) -> None:
        seen = values(booked(bags=Bags(2, 46.0)))
        assert (seen["baggage.kg"], seen["baggage.kg_per_piece"]) == (46.0, 23.0)

    @pytest.mark.parametrize("bags", [Bags(0, 10.0), Bags(None, 10.0), Bags(2)])
    def test_weight_by_piece_needs_both(self, bags: Bags) -> None:
        assert values(booked(bags=bags))["baggage.kg_per_piece"] is None

    def test_a_weight_that_is_no_number_is_unknown(self) -> None:
        assert values(booked(bags=Bags(1, float("nan"))))["baggage.kg"] is None


@given(st.integers(0, 120 * 365))
def test_nobody_is_a_minor_and_an_adult_at_once(days: int) -> None:
    birth = (FLIGHT.key.departure_date - timedelta(days)).isoformat()
    seen: dict[str, Value | None] = dict(rows((api(said(birth=birth, record_locator="A")),))[0].values)
    assert {seen["party.minors"], seen["party.adults"]} == {0, 1}
    assert seen["traveller.unaccompanied_minor"] is (seen["party.minors"] == 1)
