"""A telex is read whatever its heading and its lines, and the parts of a long one are put together where they fit."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.written import codes, only, paxlst_bytes
from torogoz.domain.manifest import Telex
from torogoz.messages import read
from torogoz.messages.envelope import unpack
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import redact

PEOPLE = "".join(f"NAD+FL+++EJEMPLO{letter}:ANA O?'NEILL?+X'DOC+P+A{letter}123'" for letter in "ABCDEFGH")
LIST = paxlst_bytes(f"{PEOPLE}NAD+FL+++MUESTRA:EVA'FTX+AAI+++NEEDS A WHEELCHAIR'CNT+42:9'")
HEADINGS = {
    "plain": "QU SALPX1X\r\n.HDQ9XX1 221200\r\n",
    "sequence": "ZCZC ABC123 221200\r\nQU SALPX1X SALCAXS\r\n.HDQ9XX1 221200 1A/ABC\r\n",
    "controls": "\x01QP SALPX1X\r\n.HDQ9XX1 221200\r\n\x02",
    "several lines of addresses": "QD SALPX1X SALCAXS SALDG9X\r\nGUACAXS TGUCAXS\r\n.HDQ9XX1 221200\r\n",
    "identified": "QN SALPX1X\r\n.HDQ9XX1 221200\r\nPAX\r\n",
    "line feeds": "QK SALPX1X\n.HDQ9XX1 221200\n",
    "returns": "QK SALPX1X\r.HDQ9XX1 221200\r",
    "no priority": "SALPX1X\r\n.HDQ9XX1 221200\r\n",
    "rubbish before": "\r\n\r\nrubbish\r\nQU SALPX1X\r\n.HDQ9XX1 221200\r\n",
}
FOOTERS = ["\r\n", "\r\n\x03", "\r\n\r\nNNNN\r\n", "\r\n      \r\n 27AUG21 0031Z  27AUG21 0031Z *3872   \r\n\x0c"]


def wrapped(data: bytes, width: int, line_end: bytes = b"\r\n") -> bytes:
    return line_end.join(data[start : start + width] for start in range(0, len(data), width))


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
@pytest.mark.parametrize("width", [*range(60, 70), 1_000_000])
def test_a_telex_says_what_its_message_says(heading: str, footer: str, width: int) -> None:
    message = only(heading.encode() + wrapped(LIST, width) + footer.encode())
    assert message.content == only(LIST).content
    assert set(codes(message)) <= {"LINE_WRAP"}


@given(st.integers(1, 69), st.sampled_from([b"\n", b"\r", b"\r\n", b"\r\r\n"]))
def test_at_any_column_lines_may_break_inside_tags_values_and_released_characters(width: int, line_end: bytes) -> None:
    assert only(wrapped(LIST, width, line_end)).content == only(LIST).content


@pytest.mark.parametrize(
    "heading",
    [
        "QU SALPX1X\r\n.HDQ9XX1 221200 PDM\r\n",
        "PDM\r\nQU SALPX1X\r\n.HDQ9XX1 221200\r\n",
        "QU SALPX1X\r\n.HDQ9XX1 221200\r\nPDM\r\n",
        "QU SALPX1X\r\nPDM\r\n.HDQ9XX1 221200\r\n",
        "QU SALPX1X\r\n.HDQ9XX1 221200\r\nPAX\r\nPDM\r\n\x02",
    ],
)
def test_a_possible_duplicate_is_noted(heading: str) -> None:
    data = heading.encode() + wrapped(LIST, 64)
    message = only(data)
    assert codes(message) == ["POSSIBLE_DUPLICATE", "LINE_WRAP"]
    assert message.content == only(LIST).content
    # Only what is its own: the telex behind it was sent once.
    first, second = read(data + b"\r\nQU SALPX1X\r\n.HDQ9XX1 221205\r\n" + LIST)
    assert codes(second) == []
    assert codes(first)[0] == "POSSIBLE_DUPLICATE"


def test_a_passenger_named_pdm_is_no_duplicate() -> None:
    data = HEADINGS["plain"].encode() + LIST.replace(b"MUESTRA", b"PDM PDM")
    assert codes(only(data)) == []


def telexes(data: bytes, sizes: list[int], heads: list[str], foot: str, width: int = 64) -> bytes:
    """The data cut into telexes of so many bytes each."""
    out, start = [], 0
    for number, head in enumerate(heads):
        end = start + sizes[number % len(sizes)] if number < len(heads) - 1 else len(data)
        out.append(head.encode() + wrapped(data[start:end], width) + foot.encode())
        start = end
    return b"".join(out)


PARTS = {
    "uncounted": ["", "", ""],
    "words": ["PART ONE\r\n", "PART TWO\r\n", "PART THREE\r\n"],
    "figures": ["PAXLST PART 1\r\n", "PAXLST PART 2\r\n", "PAXLST PART 3\r\n"],
    "of": ["PART 1 OF 3\r\n", "PART 2 OF 3\r\n", "PART 3/3\r\n"],
    "continued": ["", "CONT 02\r\n", "CONT 03\r\n"],
    "identified": ["PAX\r\n", "PAX\r\n", "PAX\r\n"],
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize(
    "foot", ["\r\n", "\r\n\x03\r\n", "\r\n\r\nNNNN\r\n", "\r\nENDPART\r\n\x03", "\r\n 27AUG21 0031Z *3872 \r\n"]
)
def test_a_message_in_several_telexes_is_put_together(parts: list[str], foot: str) -> None:
    heads = [f"QU SALPX1X\r\n.HDQ9XX1 22120{number}\r\n{part}" for number, part in enumerate(parts)]
    for size in range(120, 170):
        data = telexes(LIST, [size], heads, foot)
        message = only(data)
        assert message.content == only(LIST).content, size
        assert codes(message) == ["TELEX_JOINED", "TELEX_JOINED", "LINE_WRAP"]
        unpacked = unpack(data)
        assert unpacked.data[message.span.start :].startswith(b"UNH+1")
        assert b"WHEELCHAIR" not in redact(unpacked.data, message).replace(b"\r\n", b"").replace(b"\n", b"")


def test_parts_that_do_not_follow_each_other_are_not_put_together() -> None:
    heads = [f"QU SALPX1X\r\n.HDQ9XX1 221200\r\nPART {number}\r\n" for number in (1, 3)]
    message = only(telexes(LIST, [200], heads, "\r\nNNNN\r\n"))
    assert "TELEX_PART_MISSING" in codes(message)
    assert message.content != only(LIST).content


def test_telexes_of_different_origins_are_not_put_together() -> None:
    heads = ["QU SALPX1X\r\n.HDQ9XX1 221200\r\n", "QU SALPX1X\r\n.MEX9XX1 221200\r\n"]
    message = only(telexes(LIST, [200], heads, "\r\nNNNN\r\n"))
    assert "TELEX_JOINED" not in codes(message)


def test_a_telex_with_a_message_of_its_own_is_not_joined_to_one_that_was_cut_off() -> None:
    head = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n"
    for between in (b"", b"PAX\r\n", b"V.\\VHLG.WA/E5X1\\VGZ.\\\r\n"):
        first, second = read(head + LIST[:300] + b"\r\nNNNN\r\n" + head + between + LIST)
        assert "UNT_MISSING" in codes(first)
        assert second.content == only(LIST).content


def test_a_line_of_a_message_that_begins_with_a_stop_is_no_heading() -> None:
    message = only(HEADINGS["plain"].encode() + LIST.replace(b"MUESTRA", b"MUES\r\n.EJEMPLO\r\nTRA"))
    assert message.travellers[-1].surname == "MUES.EJEMPLOTRA"
    assert codes(message) == ["LINE_WRAP"]


def test_an_origin_alone_with_no_address_and_no_time_changes_nothing() -> None:
    data = b".HDQ9XX1\r\n" + LIST
    assert unpack(data).data == data
    assert only(data).content == only(LIST).content


def test_a_hundred_telexes_with_lines_of_their_own_are_each_read() -> None:
    one = "QU SALPX1X\r\n.HDQ9XX1 221200\r\nLISTA {}\r\n"
    data = b"".join(one.format(number).encode() + LIST + b"\r\nNNNN\r\n" for number in range(105))
    messages = list(read(data))
    assert [message.content for message in messages] == [only(LIST).content] * 105


def test_lines_without_end_before_and_behind_a_text_are_looked_at_so_far_and_no_farther() -> None:
    heading = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n"
    before = heading + b"PART 1\r\n" * 20 + LIST
    assert only(before).content == only(LIST).content
    cut = len(LIST) // 2
    between = b"\r\n" * 20 + heading
    assert "TELEX_JOINED" in codes(only(heading + LIST[:cut] + between + LIST[cut:]))


def test_a_delivery_may_end_in_a_heading() -> None:
    heading = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n"
    data = heading + LIST + b"\r\n" + heading + b"PART 2"
    assert only(data).content == only(LIST).content


@pytest.mark.parametrize("name", HEADINGS)
def test_who_sent_a_telex_when_and_how_urgently_is_told_with_its_message(name: str) -> None:
    message = only(HEADINGS[name].encode() + LIST)
    priority = {"no priority": None, "controls": "QP", "several lines of addresses": "QD", "identified": "QN"}
    default = "QK" if name in ("line feeds", "returns") else "QU"
    assert message.telex == Telex("HDQ9XX1", priority.get(name, default), "221200")
    assert as_json(message)["telex"] == {
        "origin": "HDQ9XX1", "priority": priority.get(name, default), "sent": "221200",
    }  # fmt: skip
    assert as_json(only(LIST))["telex"] is None


def test_an_address_that_begins_like_a_priority_is_none() -> None:
    assert only(b"QUITOXX\r\n.HDQ9XX1\r\n" + LIST).telex == Telex("HDQ9XX1")
    assert only(b"quQUITOXX\r\n.hdq9xx1\r\n" + LIST).telex == Telex("HDQ9XX1", "QU")


def test_each_message_knows_the_telex_that_carried_it_and_one_in_parts_the_first() -> None:
    first, second = HEADINGS["plain"].encode(), b"QD SALPX1X\r\n.MIAXXX1 221205\r\n"
    half = len(LIST) // 2
    later = b"QD SALPX1X\r\n.HDQ9XX1 221209\r\n"
    data = first + LIST + b"\r\n" + second + LIST + b"\r\n" + first + LIST[:half] + b"\r\n" + later + LIST[half:]
    assert [each.telex for each in read(data)] == [
        Telex("HDQ9XX1", "QU", "221200"), Telex("MIAXXX1", "QD", "221205"), Telex("HDQ9XX1", "QU", "221200"),
    ]  # fmt: skip


def test_what_cannot_be_read_still_knows_its_telex_and_the_next_member_of_an_archive_has_none() -> None:
    message = only(HEADINGS["plain"].encode() + b"UNB+UNOA:4+X1+SV+261122:1200+7'UNZ+0+7'")
    assert (message.type, message.telex) == (None, Telex("HDQ9XX1", "QU", "221200"))
    assert as_json(message)["telex"]["origin"] == "HDQ9XX1"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", LIST)
        archive.writestr("b", HEADINGS["plain"].encode() + LIST)
        archive.writestr("c", LIST)
    assert [bool(each.telex) for each in read(packed.getvalue())] == [False, True, False]
