"""What is read and written again, in the standard's own characters, says the same: to us, and to the generic reader."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pydifact.segmentcollection import Interchange

from tests.unit.messages.test_golden import said
from torogoz.domain.manifest import Message
from torogoz.edifact.interchange import RawMessage, divided
from torogoz.edifact.limits import DEFAULT
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import STANDARD
from torogoz.edifact.writer import Segment, advice, compose
from torogoz.messages import read
from torogoz.messages.pnrgov import Pnrgov
from torogoz.messages.render import as_json

GOLDEN = Path(__file__).parents[2] / "golden"
#: Those that hold nothing but messages which can be read.
READABLE, DOCUMENTS = (
    [path for path in sorted(GOLDEN.glob(kind)) if all(each.readable for each in read(path.read_bytes()))]
    for kind in ("*/*.edi", "*/*.xml")
)
#: Tables, but for the one whose rows are broken, and files of zones.
TABLES = [path for path in sorted(GOLDEN.glob("forms/*.csv")) if "broken" not in path.stem]
ZONES = sorted(GOLDEN.glob("forms/*.txt"))


def segments(raw: RawMessage) -> list[Segment]:
    """The segments of a message, each with its elements, each with its components; no blanks beside a tag.

    What has no tag of three letters is no segment: the generic reader refuses to read on.
    """
    divided_texts = [text.split(raw.service.element) for text in divided(raw, DEFAULT).texts]
    return [
        (tag.strip(), *(tuple(raw.service.components(element)) for element in elements))
        for tag, *elements in divided_texts
        if len(tag.strip()) == 3
    ]


def written(raw: RawMessage) -> str:
    """The message alone in an interchange of the standard's characters and of all alphabets."""
    inner = segments(raw)
    header = ("UNB", ("UNOW", "4"), raw.header.sender or "", "SVAPIS", raw.header.prepared, "77")
    if inner[-1][0] != "UNT":
        inner.append(("UNT", str(len(inner) + 1), inner[0][1]))
    return advice(STANDARD) + compose([header, *inner, ("UNZ", "1", "77")], STANDARD)


def meant(message: Message) -> dict[str, Any]:
    """What a message says, but for its place in the delivery and what was odd about its syntax."""
    told = said(as_json(message))
    return {key: value for key, value in told.items() if key not in {"findings", "message", "unknown"}}


@pytest.mark.parametrize("path", READABLE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_message_that_is_written_again_says_the_same_to_us(path: Path) -> None:
    data = path.read_bytes()
    again = [next(read(written(raw).encode())) for raw in messages(data, DEFAULT)]
    assert [meant(each) for each in again] == [meant(each) for each in read(data)]


@pytest.mark.parametrize("path", READABLE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_message_that_is_written_again_has_the_same_segments_for_the_generic_reader(path: Path) -> None:
    for raw in messages(path.read_bytes(), DEFAULT):
        ours = [without_ends(each) for each in segments(raw)]
        assert of_the_generic_reader(written(raw)) == [each for each in ours if each[0] not in {"UNH", "UNT"}]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_that_is_written_as_edifact_says_the_same_to_us_and_has_the_same_segments_for_the_generic_reader(
    path: Path,
) -> None:
    with patch("torogoz.messages.pnrgov_xml.reader.Pnrgov", side_effect=Pnrgov) as reader:
        messages_read = list(read(path.read_bytes()))
    assert len(messages_read) == reader.call_count
    for message, call in zip(messages_read, reader.call_args_list, strict=True):
        inner = [_divided(text) for text in call.args[0].segments.texts]
        header = ("UNB", ("UNOW", "4"), message.sender or "", "SVAPIS", _stamp(message), "77")
        trailers = [("UNT", str(len(inner) + 2), "1"), ("UNZ", "1", "77")]
        text = advice(STANDARD) + compose(
            [header, ("UNH", "1", ("PNRGOV", "13", "1", "IA")), *inner, *trailers], STANDARD
        )
        again, said = meant(next(read(text.encode()))), meant(message)
        for key in {*again, *said} - OF_ENVELOPES:
            assert again.get(key) == said.get(key), key
        assert of_the_generic_reader(text) == [without_ends(each) for each in inner]


#: What XML says elsewhere than in the segments; what is withheld may stand in elements that no segment has.
OF_ENVELOPES = {"version", "reference", "withheld"}


def _divided(text: str) -> Segment:
    tag, *elements = text.split(STANDARD.element)
    return (tag, *(tuple(STANDARD.components(element)) for element in elements))


def _stamp(message: Message) -> tuple[str, str]:
    return (
        (f"{message.prepared_at:%y%m%d}", f"{message.prepared_at:%H%M}") if message.prepared_at else ("261122", "1200")
    )


def without_ends(segment: Segment) -> Segment:
    tag, *elements = segment
    return (tag, *(components_of(element) for element in elements))


def of_the_generic_reader(text: str) -> list[Segment]:
    """The segments of the only message but for UNH and UNT."""
    with warnings.catch_warnings():
        # It has no tables of PADIS, and says so.
        warnings.simplefilter("ignore")
        (message,) = Interchange.from_str(text).get_messages()
    return [(each.tag, *(components_of(element) for element in each.elements)) for each in message.segments]


def components_of(element: str | Sequence[str]) -> tuple[str, ...]:
    """The components of an element. An empty one at its end, which may be left out, is left out."""
    parts = [element] if isinstance(element, str) else list(element)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_that_is_written_again_says_the_same(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8-sig") if _is_utf8(data) else data.decode("cp1252")
    lines = [line for line in text.splitlines() if not line.startswith("sep=")]
    delimiter = max(";\t,", key=lines[0].count)
    rows = list(csv.reader(lines, delimiter=delimiter))
    for other in {";", "\t", ","} - {delimiter}:
        again = io.StringIO(newline="")
        csv.writer(again, delimiter=other, quoting=csv.QUOTE_ALL).writerows(rows)
        found = [meant(each) for each in read(again.getvalue().encode())]
        assert found == [meant(each) for each in read(data)], other


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("path", ZONES, ids=lambda path: path.stem)
def test_zones_that_are_written_again_in_one_piece_or_with_other_line_ends_say_the_same(path: Path) -> None:
    data = path.read_bytes()
    lines = data.split()
    for again in (b"\r\n".join(lines), b"\n \n".join(lines).lower()):
        assert [meant(each) for each in read(again)] == [meant(each) for each in read(data)]


def test_nearly_every_golden_file_is_tried() -> None:
    assert len(READABLE) > 0.95 * len(list(GOLDEN.glob("*/*.edi")))
    assert (len(DOCUMENTS), len(TABLES), len(ZONES)) >= (3, 4, 5)
