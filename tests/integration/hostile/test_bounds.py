"""However large and however made a delivery is, what it costs is bounded by limits that have names."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.integration.hostile.sent import COMPANION, PERSON, bring, overfull, paxlst, still_sealed, unh
from torogoz.edifact.limits import DEFAULT
from torogoz.flow import parse
from torogoz.messages import read
from torogoz.messages.envelope import Unpacked
from torogoz.storage import queue
from torogoz.storage.models import ReceivedMessage

MIB = 1024 * 1024
WHOLE = paxlst(PERSON, COMPANION)
HEAD = b"UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1800+1'"
UNH = b"UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"

#: Ten megabytes each, by what they hold.
LARGE = {
    "one-line": b"x" * 10 * MIB,
    "one-segment": WHOLE.replace(b"BGM+745'", b"BGM+745'FTX+AAA+++" + b"x" * 10 * MIB + b"'"),
    "only-separators": WHOLE.replace(b"BGM+745'", b"BGM+745'FTX" + b"+" * 10 * MIB + b"'"),
    "only-components": WHOLE.replace(b"BGM+745'", b"BGM+745'FTX+" + b":" * 10 * MIB + b"'"),
    "only-terminators": HEAD + UNH + b"'" * 10 * MIB,
    "only-releases": HEAD + UNH + b"?" * 10 * MIB,
    "only-line-ends": HEAD + UNH + b"FTX+\r\n" + b"\r\n" * 5 * MIB + b"'",
    "only-service-tags": b"UNA" * (3 * MIB),
    "only-heads": b"UNB+" * (2 * MIB),
}


@pytest.mark.parametrize("data", LARGE.values(), ids=LARGE)
def test_ten_megabytes_of_anything_are_read_within_a_few_times_their_size(data: bytes) -> None:
    tracemalloc.start()
    try:
        number = sum(1 for _ in read(data))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 1 <= number <= DEFAULT.messages + 1
    assert peak < 16 * len(data)


@pytest.mark.django_db
@pytest.mark.parametrize("oddity", ["one-segment", "only-separators", "only-components"])
def test_a_list_with_one_boundless_segment_loses_that_segment_and_no_traveller(oddity: str) -> None:
    came = bring(LARGE[oddity])
    assert (came.counts.loaded, came.counts.travellers) == (1, 2)
    assert came.codes & {"SEGMENT_TOO_LONG", "TOO_MANY_ELEMENTS"}


@pytest.mark.django_db
def test_a_line_of_ten_megabytes_is_refused_and_kept() -> None:
    came = bring(LARGE["one-line"])
    assert came.counts.refused == 1
    assert came.codes == {"NOT_EDIFACT"}
    assert still_sealed(came.delivery, LARGE["one-line"])


@pytest.mark.django_db
@pytest.mark.parametrize(("segment", "code"), [(b"DOC+P+A1'", "FINDINGS_CUT"), (b"ZZZ+1'", "SEGMENT_UNKNOWN")])
def test_a_message_of_a_hundred_thousand_segments_is_one_row_with_no_more_findings_than_are_noted(
    segment: bytes, code: str
) -> None:
    """Of what is out of its place so many are told; of a tag that nobody knows a few, and the rest is counted."""
    came = bring(WHOLE.replace(b"BGM+745'", b"BGM+745'" + segment * 100_000))
    row = ReceivedMessage.objects.get()
    assert (came.counts.received, came.counts.travellers) == (1, 2)
    assert len(row.findings) <= DEFAULT.findings + 1
    assert code in came.codes


def test_more_segments_than_are_read_are_left_out_and_told() -> None:
    (message,) = read(WHOLE.replace(b"BGM+745'", b"BGM+745'" + b"ZZZ'" * (DEFAULT.segments + 1)))
    assert "TOO_MANY_SEGMENTS" in {found.code for found in message.findings}


def test_a_nest_of_interchanges_is_read_flat_and_only_so_many() -> None:
    nest = HEAD * (DEFAULT.interchanges + 50) + unh(PERSON).encode() + b"UNZ+1+1'" * (DEFAULT.interchanges + 50)
    messages = list(read(nest))
    assert len(messages) <= DEFAULT.interchanges + 1
    assert "TOO_MANY_INTERCHANGES" in {found.code for message in messages for found in message.findings}


@pytest.mark.django_db
def test_a_nest_of_interchanges_around_a_good_message_still_gives_the_good_message() -> None:
    came = bring(HEAD * 20 + unh(PERSON).encode() + b"UNZ+1+1'" * 20)
    assert (came.counts.loaded, came.counts.travellers) == (1, 1)
    assert overfull() == []


def test_more_messages_than_are_read_are_left_out_and_told() -> None:
    many = list(read(HEAD + b"UNH+1+X'UNT+2+1'" * (DEFAULT.messages + 50)))
    assert len(many) <= DEFAULT.messages + 1
    assert many[-1].findings[0].code == "TOO_MANY_MESSAGES"


@pytest.mark.django_db
def test_a_delivery_that_fails_every_time_is_tried_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(unpacked: Unpacked, **_: object) -> object:
        tried.append(len(unpacked.data))
        raise MemoryError

    monkeypatch.setattr(parse, "read_unpacked", fail)
    came = bring(WHOLE)
    assert len(tried) == queue.TRIES
    assert still_sealed(came.delivery, WHOLE)
    assert came.delivery.failure == "MemoryError"
