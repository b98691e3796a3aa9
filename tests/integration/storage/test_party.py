"""What was said of everybody on a flight: appended, opened again, and searchable without standing in clear."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.integration.storage.world import NOW, journey, message
from torogoz.domain.booking import Booking, Payment
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.picture import View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.traveller import Contact, ContactKind, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.storage.convert import open_identifier
from torogoz.storage.keys import keyring
from torogoz.storage.models import Identifier, Journey, JourneyTraveller, Observation
from torogoz.storage.party import Member, add_rows, identifier_key, identifying, observe, read_party, refresh

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ANA = Traveller(
    TravellerRole.PASSENGER,
    surname="Núñez",
    given_names="ANA",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1988, 2, 29),
    nationality="SLV",
    documents=(Document("A01234567", "P", "SLV"),),
    seat="12A",
)
KIND = Identifier.Kind


def one(flight: Journey, role: TravellerRole = TravellerRole.PASSENGER) -> Member:
    """A new row on a flight."""
    [member] = add_rows(flight, [role], NOW, NOW)
    refresh([member], flight, NOW)
    return member


def say(
    member: Member,
    traveller: Traveller,
    *,
    data_class: DataClass = DataClass.API,
    booking: Booking | None = None,
    said: datetime = NOW,
    known: datetime | None = None,
) -> None:
    """Let a message say something of a member."""
    received = message(known or said)
    view = View(data_class, received.pk, known or said, traveller, booking)
    observe([(member, view, [])], received, said, keyring())
    refresh([member], member.row.journey, known or said)


def stored(member: Member) -> JourneyTraveller:
    """The row as the database has it."""
    return JourneyTraveller.objects.get(pk=member.row.pk)


def test_an_observation_is_never_overwritten() -> None:
    member = one(journey())
    say(member, ANA)
    first = Observation.objects.values().get()
    say(member, replace(ANA, seat="30F"), said=NOW + HOUR)
    assert Observation.objects.count() == 2
    assert Observation.objects.values().get(pk=first["id"]) == first


def test_every_value_keeps_its_message_source_class_purpose_time_and_clock() -> None:
    member = one(journey())
    say(member, ANA, data_class=DataClass.PNR, said=NOW - HOUR, known=NOW)
    kept = Observation.objects.get()
    assert (kept.data_class, kept.purpose, kept.source) == (DataClass.PNR, Purpose.SERIOUS_CRIME, "X1")
    assert (kept.said_at, kept.known_at, kept.clock_from) == (NOW - HOUR, NOW, member.row.first_received_at)


def test_what_was_known_at_a_time_is_a_question_that_has_an_answer() -> None:
    flight = journey()
    member = one(flight)
    say(member, ANA)
    say(member, replace(ANA, seat="30F"), said=NOW + HOUR)

    def seat(by: datetime | None) -> str | None:
        views = read_party(flight, keyring(), known_by=by)[member.row.pk].views
        return views[DataClass.API].traveller.seat if views else None

    assert [seat(NOW - HOUR), seat(NOW), seat(NOW + HOUR), seat(None)] == [None, "12A", "30F", "30F"]


def test_the_picture_follows_what_was_said_last_and_not_what_came_last() -> None:
    flight = journey()
    member = one(flight)
    say(member, ANA, said=NOW)
    say(member, replace(ANA, seat="30F"), said=NOW - HOUR, known=NOW + HOUR)
    assert stored(member).seat == "12A"
    assert read_party(flight, keyring())[member.row.pk].views[DataClass.API].traveller.seat == "12A"


def test_each_source_is_kept_apart_and_the_document_speaks_before_the_booking() -> None:
    flight = journey()
    member = one(flight)
    say(member, replace(ANA, seat=None), data_class=DataClass.API)
    say(member, replace(ANA, surname="NUNES", seat="30F"), data_class=DataClass.PNR)
    views = read_party(flight, keyring())[member.row.pk].views
    assert [views[each].traveller.surname for each in (DataClass.API, DataClass.PNR)] == ["Núñez", "NUNES"]
    row = stored(member)
    assert (row.surname, row.surname_key, row.seat) == ("Núñez", "NUNEZ", "30F")
    assert (row.has_api, row.has_pnr) == (True, True)


def test_a_disagreement_between_sources_is_counted() -> None:
    member = one(journey())
    say(member, ANA)
    say(member, replace(ANA, birth_date=PartialDate(1988, 2, 28)), data_class=DataClass.PNR)
    assert stored(member).disagreements == 1


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        (replace(ANA, birth_date=PartialDate(2008, 11, 23)), True),
        (replace(ANA, birth_date=PartialDate(2008, 11, 22)), False),
        (replace(ANA, birth_date=None, infant=True), True),
        (replace(ANA, birth_date=None), False),
    ],
)
def test_a_child_is_marked_on_the_day_of_travel(said: Traveller, minor: bool) -> None:  # noqa: FBT001
    member = one(journey())
    say(member, said)
    assert stored(member).minor is minor


def test_a_child_by_one_source_is_a_child() -> None:
    member = one(journey())
    say(member, ANA)
    say(member, replace(ANA, birth_date=PartialDate(2012, 1, 1)), data_class=DataClass.PNR)
    assert stored(member).minor


def test_values_of_any_length_fit_their_columns_and_are_whole_in_the_observation() -> None:
    member = one(journey())
    long = replace(ANA, surname="N" * 5000, seat="12345678901", nationality="SALVADOR")
    say(member, long)
    row = stored(member)
    assert (len(row.surname), len(row.surname_key), row.seat, row.nationality) == (120, 120, "12345678", "SAL")
    opened = read_party(row.journey, keyring())[row.pk].views[DataClass.API].traveller
    assert opened == long


def test_who_was_merged_into_another_row_is_not_counted_twice() -> None:
    flight = journey()
    kept, merged = one(flight), one(flight)
    merged.row.merged_into = kept.row
    merged.row.save()
    assert list(read_party(flight, keyring())) == [kept.row.pk]


def test_a_row_of_whom_nothing_is_known_yet_keeps_its_role() -> None:
    flight = journey()
    member = one(flight, TravellerRole.CREW)
    refresh([member], flight, NOW)
    assert (stored(member).role, stored(member).has_api) == (TravellerRole.CREW, False)


def test_equal_identifiers_of_two_travellers_have_equal_hashes_and_other_ciphertexts() -> None:
    flight = journey()
    for number in ("a-0123 4567", "A01234567"):
        say(one(flight), replace(ANA, documents=(Document(number),)))
    first, second = Identifier.objects.order_by("pk")
    assert first.keyed_hash == second.keyed_hash
    assert bytes(first.sealed) != bytes(second.sealed)
    assert [open_identifier(each, keyring()) for each in (first, second)] == ["a-0123 4567", "A01234567"]


def test_an_identifier_is_kept_once_for_each_class() -> None:
    member = one(journey())
    for data_class in (DataClass.API, DataClass.API, DataClass.PNR):
        say(member, ANA, data_class=data_class)
    assert sorted(Identifier.objects.values_list("data_class", flat=True)) == ["api", "pnr"]


def test_no_identifier_stands_in_clear_in_any_row() -> None:
    say(one(journey()), replace(ANA, contacts=(Contact(ContactKind.PHONE, "+503 2222-3333"),)))
    for table in (Identifier, Observation, JourneyTraveller):
        for row in table.objects.values():
            text = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
            assert not any(clear in text for clear in (b"A01234567", b"22223333", b"2222-3333"))


def test_every_kind_of_identifier_is_found() -> None:
    traveller = replace(
        ANA, contacts=(Contact(ContactKind.PHONE, "2222"),), frequent_flyer=(FrequentFlyer("X1", "998"),)
    )
    booking = Booking(
        "X7K2PQ",
        contacts=(Contact(ContactKind.EMAIL, "A@correo.example"), Contact(ContactKind.ADDRESS, "Calle 3")),
        payments=(Payment("CC", "4111 1111"), Payment("CA")),
    )
    assert list(identifying(traveller, booking)) == [
        (KIND.DOCUMENT, "A01234567", "A01234567", "SLV"),
        (KIND.PHONE, "2222", "2222", ""),
        (KIND.EMAIL, "a@correo.example", "A@correo.example", ""),
        (KIND.ADDRESS, "CALLE3", "Calle 3", ""),
        (KIND.FREQUENT_FLYER, "X1998", "X1 998", ""),
        (KIND.CARD, "41111111", "4111 1111", ""),
    ]


def test_what_names_nobody_is_no_identifier() -> None:
    """Two people without a number must not share one."""
    traveller = replace(
        ANA, documents=(Document("---"),), contacts=(Contact(ContactKind.PHONE, "none"),), frequent_flyer=()
    )
    booking = Booking("X7K2PQ", payments=(Payment("CC", "**** ****"), Payment("CC", "")))
    assert list(identifying(traveller, booking)) == []
    assert list(identifying(traveller, None)) == []


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (KIND.PHONE, ["22223333", "2222-3333", "(2222) 3333", "0022223333"]),
        (KIND.EMAIL, ["ana@correo.example", " Ana@Correo.Example "]),
        (KIND.ADDRESS, ["Calle Núñez 3", "CALLE NUNEZ, 3"]),
        (KIND.CARD, ["4111111111111111", "4111 1111 1111 1111"]),
        (KIND.DOCUMENT, ["A01234567", "a 0123-4567"]),
    ],
)
def test_spellings_of_one_identifier_are_compared_alike(kind: str, spellings: list[str]) -> None:
    assert len({identifier_key(kind, each) for each in spellings}) == 1


@given(st.sampled_from(KIND), st.text())
def test_the_form_in_which_an_identifier_is_compared_is_stable(kind: Identifier.Kind, value: str) -> None:
    key = identifier_key(kind, value)
    if kind not in {KIND.ADDRESS, KIND.EMAIL}:
        assert identifier_key(kind, key) == key
