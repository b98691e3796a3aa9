"""Golden files of what is no EDIFACT: each is read as the `.json` beside it says, which was written first.

An expectation says only what differs from *nothing sent*. The people are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from torogoz.domain.booking import Booking
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.messages import read
from torogoz.messages.render import as_json

FORMS = Path(__file__).parents[2] / "golden" / "forms"
GOLDEN = sorted(path for path in FORMS.iterdir() if path.suffix != ".json")
NOTHING = as_json(Message(1, "", travellers=(Traveller(TravellerRole.PASSENGER),), bookings=(Booking(None),)))


def said(data: bytes) -> list[dict[str, Any]]:
    """What a delivery says, as its golden file would: without what was not sent and without findings' words."""
    return [_told(as_json(message), NOTHING) for message in read(data)]


def _told(message: dict[str, Any], nothing: dict[str, Any]) -> dict[str, Any]:
    nobody, nowhere = nothing["travellers"][0], nothing["bookings"][0]
    told = {
        **message,
        "travellers": [_less(each, nobody, keep="role") for each in message.get("travellers", ())],
        "bookings": [_less(each, nowhere, keep="record_locator") for each in message.get("bookings", ())],
        "findings": [{key: value for key, value in each.items() if key != "text"} for each in message["findings"]],
    }
    return _less(told, {**nothing, "travellers": [], "bookings": []}, keep="message")


def _less(full: dict[str, Any], nothing: dict[str, Any], keep: str) -> dict[str, Any]:
    return {key: value for key, value in full.items() if key == keep or value != nothing.get(key)}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_form_is_read_as_its_golden_file_says(path: Path) -> None:
    assert said(path.read_bytes()) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_forms_and_each_has_its_expectation() -> None:
    assert GOLDEN
    assert all(path.with_suffix(".json").exists() for path in GOLDEN)
