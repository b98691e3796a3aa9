"""What a message says about who travels: the table both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.manifest import Message
from torogoz.messages.announcement import (
    FUNCTIONS,
    NAMES_ONLY,
    PAXLST_QUALIFIERS,
    Announcement,
    ListOf,
    announcement,
    list_of,
)


@pytest.mark.parametrize(
    ("qualifier", "meaning"),
    [
        (None, Announcement.MANIFEST),
        ("", Announcement.MANIFEST),
        ("CL", Announcement.FLIGHT_CLOSED),
        ("CLNB", Announcement.NAMED_OFF),
        ("CLOB", Announcement.NAMED_ON_BOARD),
        ("XR", Announcement.NAMED_OFF),
        ("RP", Announcement.NAMED_OFF),
        ("XF", Announcement.FLIGHT_CANCELLED),
    ],
)
def test_what_a_passenger_list_means(qualifier: str | None, meaning: Announcement) -> None:
    assert announcement(Message(1, "PAXLST", qualifier=qualifier)) is meaning


@pytest.mark.parametrize(
    ("function", "meaning"),
    [("22", Announcement.FULL_PUSH), ("141", Announcement.UPDATE_PUSH), (None, Announcement.UPDATE_PUSH)],
)
def test_what_a_push_of_bookings_means(function: str | None, meaning: Announcement) -> None:
    assert announcement(Message(1, "PNRGOV", function=function)) is meaning


@given(st.text().filter(lambda text: text not in PAXLST_QUALIFIERS))
def test_a_qualifier_that_nobody_knows_takes_nobody_off(qualifier: str) -> None:
    assert announcement(Message(1, "PAXLST", qualifier=qualifier)) is Announcement.MANIFEST


@given(st.text().filter(lambda text: text != "22"))
def test_absence_counts_only_in_what_says_that_it_is_whole(function: str) -> None:
    assert announcement(Message(1, "PNRGOV", function=function)) is Announcement.UPDATE_PUSH


def test_a_list_of_those_on_board_may_bring_somebody_new_and_a_list_of_those_left_may_not() -> None:
    assert Announcement.NAMED_OFF in NAMES_ONLY
    assert not NAMES_ONLY & {Announcement.MANIFEST, Announcement.NAMED_ON_BOARD, Announcement.FULL_PUSH}


@pytest.mark.parametrize(
    ("function", "qualifier", "means"),
    [
        ("745", "CP", Announcement.MANIFEST),
        ("745", "CF", Announcement.MANIFEST),
        ("266", "CF", Announcement.FLIGHT_CHANGED),
        ("266", "CL", Announcement.FLIGHT_CLOSED),
        ("266", "CLOB", Announcement.NAMED_ON_BOARD),
        ("266", None, Announcement.FLIGHT_CHANGED),
        ("250", "CC", Announcement.MANIFEST),
        ("336", "G", Announcement.NOT_OF_A_FLIGHT),
        ("336", None, Announcement.NOT_OF_A_FLIGHT),
        ("250", "H", Announcement.NOT_OF_A_FLIGHT),
        ("655", None, Announcement.NOT_OF_A_FLIGHT),
        ("655", "CLOB", Announcement.NOT_OF_A_FLIGHT),
        ("10", "4", Announcement.MANIFEST),
    ],
)
def test_what_function_and_qualifier_mean_together(function: str, qualifier: str | None, means: Announcement) -> None:
    assert announcement(Message(1, "PAXLST", function=function, qualifier=qualifier)) is means


@pytest.mark.parametrize(
    ("function", "qualifier", "whose"),
    [
        ("745", "CLNB", ListOf.PASSENGERS),
        ("250", None, ListOf.FLIGHT_CREW),
        ("250", "CC", ListOf.FLIGHT_CREW),
        ("250", "BC", ListOf.CARGO_CREW),
        ("250", "AC", ListOf.OVERFLIGHT_CREW),
        ("250", "D", ListOf.OVERFLIGHT_CARGO_CREW),
        ("250", "E", ListOf.CONTINUANCE_CREW),
        ("250", "FC", ListOf.CONTINUANCE_CARGO_CREW),
        ("250", "I", ListOf.MASTER_CREW),
        ("266", "XF", ListOf.FLIGHT_STATUS),
        ("336", "G", ListOf.MASTER_CREW),
        ("655", None, ListOf.GATE_PASSES),
        ("10", "4", ListOf.PASSENGERS),
    ],
)
def test_whom_a_list_is_of(function: str, qualifier: str | None, whose: ListOf) -> None:
    assert list_of(Message(1, "PAXLST", function=function, qualifier=qualifier)) is whose


def test_a_push_of_bookings_is_no_list_of_ours() -> None:
    assert list_of(Message(1, "PNRGOV", function="22")) is None


@given(st.sampled_from([*FUNCTIONS, "10", ""]), st.text(max_size=4))
def test_whatever_a_function_carries_only_the_known_words_take_somebody_off(function: str, qualifier: str) -> None:
    means = announcement(Message(1, "PAXLST", function=function, qualifier=qualifier))
    takes_off = {Announcement.NAMED_OFF, Announcement.NAMED_ON_BOARD, Announcement.FLIGHT_CANCELLED}
    assert means not in takes_off or qualifier in PAXLST_QUALIFIERS
    if function in {"336", "655"}:
        assert means is Announcement.NOT_OF_A_FLIGHT
