"""Whatever a golden file holds, it is read the same whole, byte by byte, and with rubbish before and behind it.

Rubbish is what transports leave: lines of text, a telex's heading and footer, blanks. What comes before is passed over
whatever follows it, and what comes behind where the message has ended: an interchange by its UNZ, a document by its
last tag. Who cut a message off, or never ended it, left open to whom the next bytes belong. A table has no end, so that
lines behind it are findings there and change nobody; and a file of machine-readable zones has nothing else in it, or it
is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from torogoz.domain.manifest import Message
from torogoz.messages import read, read_stream
from torogoz.messages.render import as_json

FOLDER = Path(__file__).parents[2] / "golden"
GOLDEN = sorted(path for path in FOLDER.glob("*/*") if path.suffix != ".json")
BEFORE = {
    "a line": b"rubbish of some kind, sent again?\r\n\r\n",
    "a telex": b"\r\nQU SALPX1X\r\n.HDQ9XX1 221200\r\n",
    "blanks": b" \r\n\t\r\n",
    "a mark of order": b"\xef\xbb\xbf",
    "a header of hosts": b"V.\\VHLG.WA/E5SALPX1X/I5HDQ9XX1/P0001\\VGZ.\\\r\n",
}
BEHIND = {
    "a footer": b"\r\n\r\n-- \r\nSent from an office of 100 people, e&oe\r\n",
    "a telex's end": b"\r\n\x03\r\nNNNN\r\n",
    "blanks": b"\r\n \t\r\n",
    "bytes of no alphabet": b"\r\n\x00\xff\xfe\x1a",
}
_ENDED = re.compile(rb"UNZ[^A-Za-z0-9][^\r\n]*\s*\Z")
#: What may be said of lines behind a table.
OF_LINES = {"ROW_CELLS", "CELL_CONTROL"}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def has_ended(path: Path) -> bool:
    """Whether it is told by the bytes where the message ends."""
    data = path.read_bytes()
    if path.suffix == ".xml":
        return b"cut_off" not in path.name.encode() and data.rstrip().endswith(b"_NotifRQ>")
    return _ENDED.search(data) is not None and b"UNT" in data


def told(found: list[Message], shift: int) -> list[dict[str, Any]]:
    """All that messages say, their places counted from the beginning of what is not rubbish."""
    said = []
    for message in found:
        value = as_json(message)
        value.pop("telex", None)
        for finding in value["findings"]:
            # What cannot be read at all is said of the delivery, from its beginning.
            finding["position"] = finding["position"] and max(finding["position"] - shift, 0)
        origins = [each for one in message.travellers for each in one.origins]
        origins += [each for one in message.bookings for each in one.origins]
        value["places"] = [(each.field, each.start - shift, each.end - shift) for each in origins]
        value["sensitive"] = [(each.start - shift, each.end - shift) for each in message.sensitive if message.readable]
        said.append(value)
    return said


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize("path", GOLDEN, ids=named)
def test_a_golden_file_that_comes_byte_by_byte_is_read_as_it_is_whole(path: Path) -> None:
    data = path.read_bytes()
    # With so little to be seen behind a header, short deliveries are decided piece by piece too.
    with patch("torogoz.edifact.separators.AFTER", 300), patch("torogoz.edifact.stream.AFTER", 300):
        whole = list(read(data))
        for size in (1, 2, 3, 64, 1_000):
            assert list(read_stream(chunks(data, size), step=1)) == whole


@pytest.mark.parametrize("path", [path for path in GOLDEN if path.suffix != ".txt"], ids=named)
def test_rubbish_before_a_golden_file_changes_nothing(path: Path) -> None:
    data = path.read_bytes()
    whole = told(list(read(data)), 0)
    for name, rubbish in BEFORE.items():
        sent = rubbish + data
        assert told(list(read(sent)), len(rubbish)) == whole, name
        assert list(read_stream(chunks(sent, 1))) == list(read(sent)), name


@pytest.mark.parametrize("path", [path for path in GOLDEN if has_ended(path)], ids=named)
def test_rubbish_behind_a_golden_file_changes_nothing(path: Path) -> None:
    data = path.read_bytes()
    whole = told(list(read(data)), 0)
    for name, rubbish in BEHIND.items():
        assert told(list(read(data + rubbish)), 0) == whole, name
        assert list(read_stream(chunks(data + rubbish, 1))) == list(read(data + rubbish)), name


@pytest.mark.parametrize("path", [path for path in GOLDEN if path.suffix == ".csv"], ids=named)
def test_lines_behind_a_table_are_findings_and_change_nobody(path: Path) -> None:
    data = path.read_bytes()
    whole = list(read(data))
    for name, rubbish in BEHIND.items():
        found = list(read(data + rubbish))
        assert [each.travellers for each in found] == [each.travellers for each in whole], name
        for one, other in zip(found, whole, strict=True):
            more = one.findings[len(other.findings) :]
            assert one.findings[: len(other.findings)] == other.findings
            assert {each.code for each in more} <= OF_LINES, name


@pytest.mark.parametrize("path", [path for path in GOLDEN if path.suffix == ".txt"], ids=named)
def test_zones_stand_alone_but_for_blanks_and_a_mark_of_order(path: Path) -> None:
    data = path.read_bytes()
    whole = told(list(read(data)), 0)
    for rubbish in (BEFORE["blanks"], BEFORE["a mark of order"]):
        assert told(list(read(rubbish + data)), len(rubbish)) == whole
    assert told(list(read(data + BEHIND["blanks"])), 0) == whole
    assert [each.type for each in read(data + BEHIND["a footer"])] == [None]


def test_most_golden_files_tell_where_they_end() -> None:
    assert len(GOLDEN) > 250
    assert sum(map(has_ended, GOLDEN)) > 0.9 * sum(path.suffix in (".edi", ".xml") for path in GOLDEN)


def test_a_sample_that_comes_byte_by_byte_or_with_rubbish_is_read_as_it_is_whole(samples: Path) -> None:
    for path in sorted(each for each in samples.rglob("*") if each.suffix in (".edi", ".xml", ".txt")):
        data = path.read_bytes()
        whole = list(read(data))
        for step in (1, 500, 70_000):
            assert list(read_stream(chunks(data, 1), step=step)) == whole, path
        if any(each.readable for each in whole):
            rubbish = BEFORE["a line"]
            assert told(list(read(rubbish + data)), len(rubbish)) == told(whole, 0), path
