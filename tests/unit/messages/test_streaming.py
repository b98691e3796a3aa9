"""A delivery that is still coming is read as the one that is there whole, whatever carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.test_envelope import ENVELOPES
from tests.unit.messages.written import codes, paxlst_bytes, pnrgov_bytes
from torogoz.edifact.limits import DEFAULT
from torogoz.messages import read, read_stream

LIST = paxlst_bytes("NAD+FL+++EJEMPLO:ANA O?'NEILL'ATT+2++F'DOC+P+A0123'CNT+42:1'")
PUSH = pnrgov_bytes("SRC'RCI+X1:AB12CD'TIF+MUESTRA+BETOMR:A:1'")


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@given(st.sampled_from(sorted(ENVELOPES)), st.integers(1, 5_000), st.integers(1, 1_000))
def test_an_envelope_that_comes_in_pieces_is_read_as_it_is_whole(name: str, size: int, step: int) -> None:
    data = ENVELOPES[name]((LIST + PUSH) * 12)
    assert list(read_stream(chunks(data, size), step=step)) == list(read(data))


@given(st.binary(max_size=300), st.binary(max_size=300), st.integers(1, 700))
def test_rubbish_before_and_behind_changes_nothing_for_who_streams(before: bytes, behind: bytes, size: int) -> None:
    data = before + LIST + behind + PUSH
    with patch("torogoz.edifact.separators.AFTER", 100), patch("torogoz.edifact.stream.AFTER", 100):
        assert list(read_stream(chunks(data, size), step=1)) == list(read(data))


@pytest.mark.parametrize("data", [b"", b" \r\n", b"hello", b"\x00"])
def test_what_is_no_message_is_told_alike(data: bytes) -> None:
    assert list(read_stream(chunks(data, 1))) == list(read(data))


def test_what_exceeds_the_limit_is_told_behind_what_was_read() -> None:
    small = replace(DEFAULT, delivery=30_000)
    *messages, last = read_stream(chunks(LIST * 1_000, 100), small, step=100)
    assert len(messages) > 10
    assert all(message.readable for message in messages)
    assert codes(last) == ["DELIVERY_TOO_LARGE"]
    [only] = read_stream(iter([LIST * 1_000]), small)
    assert codes(only) == ["DELIVERY_TOO_LARGE"]
    [only] = read_stream(chunks(ENVELOPES["mail, base64"](LIST * 1_000), 100), small)
    assert codes(only) == ["DELIVERY_TOO_LARGE"]


def test_a_message_is_given_while_the_next_ones_come() -> None:
    came = []

    def coming() -> Iterator[bytes]:
        for number in range(1_000):
            came.append(number)
            yield LIST

    next(read_stream(coming()))
    assert len(came) < 500
