"""Seats, and the bag tags that a number of pieces stands for."""

from __future__ import annotations

import pytest

from torogoz.messages.values import MOST_TAGS, consecutive_tags, seat


@pytest.mark.parametrize(("sent", "read"), [("011D", "11D"), ("7a ", "7A"), ("XXX", None), ("", None), ("1234A", None)])
def test_a_seat_is_a_row_and_its_letters(sent: str, read: str | None) -> None:
    assert seat(sent) == read


@pytest.mark.parametrize(
    ("tag", "pieces", "tags"),
    [
        ("TA000009", "2", ("TA000009", "TA000010")),
        ("TA999999", "2", ("TA999999", "TA1000000")),
        ("TA000009", "", ("TA000009",)),
        ("TA000009", "0", ("TA000009",)),
        ("TA000009", str(MOST_TAGS + 1), ("TA000009",)),
        ("UNNUMBERED", "3", ("UNNUMBERED",)),
        ("NULL", "3", ()),
        ("", "", ()),
    ],
)
def test_a_tag_with_a_number_of_pieces_stands_for_so_many(tag: str, pieces: str, tags: tuple[str, ...]) -> None:
    assert consecutive_tags(tag, pieces) == tags
