"""What the small values of the domain compute from what they hold."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.booking import Booking, Payment
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document, document_key
from torogoz.domain.hit import Evidence, Stance
from torogoz.domain.journey import Designator, FlightKey, FlightLeg
from torogoz.domain.manifest import Message, Withheld
from torogoz.domain.purpose import Purpose
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.domain.watchlist import GRAVITY, Entry, ListAction, Terms

DEPARTURE = datetime.fromisoformat("2026-11-22T23:10")
SHARED = FlightLeg(Designator("XB", "4570"), "LAX", "SAL", DEPARTURE, operating=Designator("XA", "570", "D"))


@pytest.mark.parametrize("number", ["a-0123 4567", "A01234567", " a01234567. "])
def test_a_document_is_the_same_however_its_number_is_spaced(number: str) -> None:
    assert Document(number).key == "A01234567"


@given(st.text())
def test_a_document_key_is_its_own_key(number: str) -> None:
    assert document_key(document_key(number)) == document_key(number)


@given(st.text(st.sampled_from("0123456789X* -")))
def test_of_a_card_no_more_than_four_digits_are_ever_shown(card: str) -> None:
    shown = Payment("CC", card).card_last4
    digits = [sign for sign in card if sign.isdigit()]
    assert shown == ("".join(digits[-4:]) if len(digits) >= 4 else None)


def test_a_payment_without_a_card_has_no_digits() -> None:
    assert Payment("CA").card_last4 is None


def test_a_code_share_is_the_flight_of_the_carrier_that_flies_it() -> None:
    assert SHARED.operated_by == Designator("XA", "570", "D")
    assert FlightKey.of(SHARED) == FlightKey(Designator("XA", "570", "D"), date(2026, 11, 22), "LAX")
    assert dataclasses.replace(SHARED, operating=None).operated_by == SHARED.designator


@pytest.mark.parametrize("unknown", [{"departure_local": None}, {"departure_airport": None}])
def test_a_leg_without_time_or_airport_is_no_flight_yet(unknown: dict[str, None]) -> None:
    assert FlightKey.of(dataclasses.replace(SHARED, **unknown)) is None  # type: ignore[arg-type]


def test_a_flight_is_written_as_boards_write_it() -> None:
    assert str(Designator("XA", "570")) == "XA570"
    assert str(Designator("XA", "570", "D")) == "XA570D"


def test_what_was_withheld_is_counted_and_nothing_else_is_told_of_it() -> None:
    assert Withheld(ssr=2, free_text=1).total == 3
    assert {field.type for field in dataclasses.fields(Withheld)} == {"int"}


def test_a_message_without_a_type_could_not_be_read() -> None:
    assert Message(1, "PAXLST").readable
    assert not Message(1, None).readable


def test_evidence_is_weighed_in_bits() -> None:
    assert Evidence("name", Stance.FOR, 14_100, "name_same").bits == pytest.approx(14.1)


@pytest.mark.parametrize("action", ListAction)
def test_every_action_that_an_owner_may_ask_for_has_a_band_of_the_queue(action: ListAction) -> None:
    terms = Terms("FGR", "Ley de ejemplo", Purpose.SERIOUS_CRIME, "ejemplo", "B2", "P", action, date(2027, 1, 1))
    assert terms.gravity == GRAVITY[action]
    assert terms.gravity in {1, 2, 3, 4}


def test_an_entry_with_a_name_only_is_advisory() -> None:
    """LR-72: who is named by a name alone is stopped by nobody."""
    assert Entry("W-1", ("ANA EJEMPLO",), nationalities=("SLV",), sex="F").advisory
    assert not Entry("W-2", ("ANA EJEMPLO",), birth_dates=(PartialDate(1988),)).advisory
    assert not Entry("W-3", documents=(Document("A01234567"),)).advisory


def test_what_was_not_sent_is_none_and_never_a_guess() -> None:
    silent = Traveller(TravellerRole.PASSENGER)
    values = {getattr(silent, name) for name in Traveller.__struct_fields__}
    assert values == {TravellerRole.PASSENGER, None, (), False}


def test_what_was_said_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Traveller(TravellerRole.PASSENGER).surname = "OTHER"  # type: ignore[misc]


#: Everything that may be held of a person, and of a booking.
HELD: dict[type[msgspec.Struct], str] = {
    Traveller: """role surname given_names title sex birth_date nationality residence birth_place documents infant
        record_locator reference seat status bags contacts frequent_flyer checked_in origins crew_role in_transit
        verified journey_start journey_end clearance_airport other_nationalities birth_country government_reference
        ticket checked_in_at check_in_number cabin unaccompanied""",
    Booking: """record_locator carrier created_at cancelled travellers itinerary agency contacts payments tickets bags
        split_from origins legs locators splits services changes history_lines changed_at ticketing_at group_name""",
}


@pytest.mark.parametrize("held", HELD)
def test_what_may_be_held_of_a_person_is_a_closed_list(held: type[msgspec.Struct]) -> None:
    """LR-10, LR-21: nothing biometric, nothing sensitive, nothing more than the listed headings."""
    assert set(held.__struct_fields__) == set(HELD[held].split())
