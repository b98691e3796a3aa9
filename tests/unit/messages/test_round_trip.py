"""What is read and written again, in the standard's own characters, says the same: to us, and to the generic reader."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
from torogoz.messages.render import as_json

GOLDEN = Path(__file__).parents[2] / "golden" / "parse"
#: Those that hold a message which can be read.
READABLE = [
    path
    for path in sorted(GOLDEN.glob("*.edi"))
    if all(each["type"] for each in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
]


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
    return {key: value for key, value in told.items() if key not in {"findings", "message"}}


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_a_message_that_is_written_again_says_the_same_to_us(path: Path) -> None:
    data = path.read_bytes()
    again = [next(read(written(raw).encode())) for raw in messages(data, DEFAULT)]
    assert [meant(each) for each in again] == [meant(each) for each in read(data)]


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_a_message_that_is_written_again_has_the_same_segments_for_the_generic_reader(path: Path) -> None:
    for raw in messages(path.read_bytes(), DEFAULT):
        with warnings.catch_warnings():
            # It has no tables of PADIS, and says so.
            warnings.simplefilter("ignore")
            (message,) = Interchange.from_str(written(raw)).get_messages()
        theirs = [(each.tag, *(_components(element) for element in each.elements)) for each in message.segments]
        ours = [(tag, *(_components(element) for element in elements)) for tag, *elements in segments(raw)]
        assert theirs == [each for each in ours if each[0] not in {"UNH", "UNT"}]


def _components(element: str | Sequence[str]) -> tuple[str, ...]:
    """The components of an element. An empty one at its end, which may be left out, is left out."""
    parts = [element] if isinstance(element, str) else list(element)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)
