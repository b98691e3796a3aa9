"""What a message said of a traveller is kept whole, sealed, and bound to its row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.integration.storage.world import LEG
from torogoz.domain.booking import Agency, Booking, Payment, Ticket
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.errors import UnavailableError
from torogoz.messages import read
from torogoz.storage.convert import (
    Said,
    open_identifier,
    open_observation,
    open_said,
    place_of,
    seal_identifier,
    seal_said,
)
from torogoz.storage.keys import keyring
from torogoz.storage.models import Identifier, Observation

TEXT = st.none() | st.text(max_size=20)
TRAVELLERS = st.builds(
    Traveller,
    role=st.sampled_from(TravellerRole),
    surname=TEXT,
    given_names=TEXT,
    sex=st.none() | st.sampled_from(Sex),
    birth_date=st.none() | st.dates().map(PartialDate.of) | st.integers(1, 9999).map(PartialDate),
    documents=st.tuples(st.builds(Document, number=st.text(max_size=20), expiry=st.none() | st.dates())),
    bags=st.none() | st.builds(Bags, count=st.none() | st.integers(0, 99)),
    origins=st.tuples(st.builds(Origin, field=st.text(max_size=8), start=st.integers(0), end=st.integers(0))),
    infant=st.booleans(),
)
#: One plain traveller and one who is not.
READ = b"""UNB+UNOA:4+X1+SV+261122:1200+1'UNH+1+PAXLST:D:05B'BGM+745'NAD+FL+++EJEMPLO:ANA'NAT+2+SLV'
NAD+FL+++MUESTRA:BETO'NAT+2+QQQ'UNT+7+1'UNZ+1+1'"""
ANA = Traveller(
    TravellerRole.CREW,
    surname="EJEMPLO",
    given_names="ANA SINTÉTICA",
    title="MS",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1988, 2),
    nationality="SLV",
    documents=(Document("A01234567", "P", "SLV", date(2030, 5, 1)),),
    bags=Bags(1, 20.5, ("X1123456",)),
    contacts=(Contact(ContactKind.EMAIL, "ana@correo.example"),),
    frequent_flyer=(FrequentFlyer("X1", "99887766"),),
    origins=(Origin("surname", 10, 17),),
)
BOOKING = Booking(
    "X7K2PQ",
    carrier="X1",
    created_at=datetime(2026, 11, 1, 10, 22, tzinfo=UTC),
    travellers=(0,),
    itinerary=(LEG,),
    agency=Agency("12345678", "SAL", "SLV"),
    payments=(Payment("CC", "4111111111111111"),),
    tickets=(Ticket("2021234567890"),),
    split_from="Y8M3RS",
)


def observation(said: Said, message: int, ordinal: int) -> Observation:
    sealed = seal_said(said, message, ordinal, keyring())
    return Observation(message_id=message, ordinal=ordinal, sealed=sealed, key_id=keyring().fields.id)


def identifier(value: str, traveller: int = 1, kind: str = "phone") -> Identifier:
    keyed = keyring().blind(kind, value)
    row = Identifier(traveller_id=traveller, kind=kind, keyed_hash=keyed, data_class="api")
    row.sealed, row.key_id = seal_identifier(value, place_of(row), keyring()), keyring().fields.id
    return row


def test_a_traveller_and_a_booking_come_back_as_they_were_said() -> None:
    said = Said(ANA, BOOKING)
    assert open_said(observation(said, 7, 0), keyring()) == said
    assert open_observation(observation(said, 7, 0), keyring()) == (ANA, BOOKING)


@given(TRAVELLERS)
def test_whatever_was_said_of_a_traveller_comes_back(traveller: Traveller) -> None:
    assert open_said(observation(Said(traveller), 7, 0), keyring()) == Said(traveller)


@pytest.mark.parametrize("place", [0, 1])
def test_the_places_of_what_was_just_read_are_kept(place: int) -> None:
    [message] = read(READ)
    said = Said(message.travellers[place])
    opened = open_said(observation(said, 7, place), keyring())
    assert opened == said
    assert [READ[each.start : each.end][:5] for each in opened.traveller.origins][-1] == b"NAT+2"


@given(st.tuples(st.integers(1, 99), st.integers(0, 99)), st.tuples(st.integers(1, 99), st.integers(0, 99)))
def test_an_observation_moved_to_another_place_does_not_open(one: tuple[int, int], two: tuple[int, int]) -> None:
    moved = observation(Said(ANA), *one)
    moved.message_id, moved.ordinal = two
    if one == two:
        assert open_said(moved, keyring()) == Said(ANA)
    else:
        with pytest.raises(UnavailableError):
            open_said(moved, keyring())


@pytest.mark.parametrize("secret", [b"EJEMPLO", b"A01234567", b"ana@correo", b"4111111111111111", b"1988"])
def test_nothing_of_a_traveller_stands_in_clear_in_a_row(secret: bytes) -> None:
    assert secret not in bytes(observation(Said(ANA, BOOKING), 7, 0).sealed)


@given(st.text())
def test_an_identifier_comes_back_for_showing(value: str) -> None:
    assert open_identifier(identifier(value), keyring()) == value


@pytest.mark.parametrize(
    "place", [{"traveller_id": 2}, {"kind": "email"}, {"keyed_hash": "0" * 32}, {"data_class": "pnr"}]
)
def test_an_identifier_moved_to_another_row_does_not_open(place: dict[str, object]) -> None:
    moved = identifier("22223333")
    for column, value in place.items():
        setattr(moved, column, value)
    with pytest.raises(UnavailableError):
        open_identifier(moved, keyring())


def test_what_is_known_less_is_not_filled_in() -> None:
    said = Said(replace(ANA, birth_date=PartialDate(1988), surname=None))
    opened = open_said(observation(said, 1, 0), keyring()).traveller
    assert opened.birth_date == PartialDate(1988)
    assert opened.surname is None
