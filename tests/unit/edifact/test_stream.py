"""A delivery that comes in pieces is read as the one that is there whole, and no more is in hand than must be."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.edifact.interchange import RawMessage
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.stream import messages, stream

UNB = "UNB+UNOA:4+X1:ZZ+SV:ZZ+261122:1200+77'"
MESSAGE = "UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'FTX+AAI+++O?'BRIEN ??WHY?NOT'UNT+4+1'"
WHOLE = f"{UNB}{MESSAGE}UNZ+1+77'"
#: What a delivery may be made of, sound and unsound.
PIECES = st.sampled_from(
    [
        WHOLE, WHOLE, UNB, MESSAGE, "UNA:+.? '", "UNA:+.\\ '", "UNA:*.? #", WHOLE.translate(str.maketrans("+'", "*#")),
        WHOLE.replace("'", "\u2019"), WHOLE.replace("O?'", "\u0141\xd1"), WHOLE.replace("'", "'\r\n"), WHOLE[:60],
        WHOLE[30:],
        "UNG+PAXLST+X1+SV+261122:1200+5'", "UNE+1+5'", "UNT+4+1'", "UNZ+1+77'", "UNH", "UNB", "\n", " ", "'", "?", "+",
        "\x00", "\r\n", "noise", "\xe2\x80", "\u2019", "?\r\n\r\n",
    ]
)  # fmt: skip
DELIVERIES = st.lists(PIECES, max_size=12).map(lambda pieces: "".join(pieces).encode())
LIMITS = st.sampled_from([DEFAULT, replace(DEFAULT, interchanges=1), replace(DEFAULT, messages=2, findings=2)])


def wrapped(data: bytes, width: int) -> bytes:
    return b"\r\n".join(data[start : start + width] for start in range(0, len(data), width)) if width else data


def said(found: Iterator[RawMessage]) -> list[tuple[object, ...]]:
    return [
        (each.header, each.service, each.codec, each.text, each.start, each.end, list(each.findings)) for each in found
    ]


def chunks(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = place = 0
    while start < len(data):
        yield data[start : start + sizes[place % len(sizes)]]
        start += sizes[place % len(sizes)]
        place += 1


@given(
    DELIVERIES, st.sampled_from([0, 0, 7, 64]), st.lists(st.integers(1, 90), min_size=1, max_size=4), LIMITS,
    st.sampled_from([1, 50]),
)  # fmt: skip
def test_in_whatever_pieces_it_comes_a_delivery_is_read_alike(
    data: bytes, width: int, sizes: list[int], limits: Limits, step: int
) -> None:
    data = wrapped(data, width)
    # With so little to be seen behind a header, short deliveries are decided piece by piece too.
    with patch("torogoz.edifact.separators.AFTER", 100), patch("torogoz.edifact.stream.AFTER", 100):
        assert said(stream(chunks(data, sizes), limits, step=step)) == said(messages(data, limits))


@pytest.mark.parametrize("size", [1, 4_095, 4_096, 70_000])
def test_what_is_longer_than_what_is_looked_at_is_read_alike(size: int) -> None:
    many = UNB + MESSAGE.replace("'FTX", "'FTX+A" * 300 + "'FTX") * 30 + "UNZ+30+77'"
    data = ("head\r\n" + many + "\r\nfoot\r\n" * 1_000 + many.replace("'", "\u2019") + many).encode()
    assert said(stream(chunks(data, [size]), DEFAULT, step=100)) == said(messages(data, DEFAULT))


def test_a_message_is_given_before_the_delivery_ends() -> None:
    came = []

    def coming() -> Iterator[bytes]:
        for number in range(40):
            came.append(number)
            yield (WHOLE.replace("BGM+745'", "BGM+745'" * 1_000)).encode()

    found = stream(coming(), DEFAULT)
    next(found)
    assert len(came) < 20
    assert len(list(found)) == 39


def test_what_is_in_hand_does_not_grow_with_the_delivery() -> None:
    def coming(times: int) -> Iterator[bytes]:
        yield UNB.encode()
        for _ in range(times):
            yield MESSAGE.replace("BGM+745'", "BGM+745'" * 1_000).encode()
            yield b" \r\n noise" * 1_000

    def most(times: int) -> int:
        tracemalloc.start()
        for _ in stream(coming(times), DEFAULT):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(2)
    assert most(400) < 1.5 * most(40)
