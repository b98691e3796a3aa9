"""What a message says about who travels: the table both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.manifest import Message
from torogoz.messages.announcement import NAMES_ONLY, PAXLST_QUALIFIERS, Announcement, announcement


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
