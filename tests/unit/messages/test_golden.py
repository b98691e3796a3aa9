"""Golden files, named after their oddity: an `.edi` is read as the `.json` beside it says. The people are invented.

The `.json` is written from the standard before a reader has seen the `.edi`. In `parse` it tells all that the message
says, without what is null, empty or false; in the other folders it tells what the oddity is about.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from torogoz.messages import read
from torogoz.messages.render import as_json

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*/*.edi"))


def said(value: Any) -> Any:
    """A JSON value without what says nothing: null, empty, false, nothing counted. Another zero is an answer."""
    if isinstance(value, dict):
        counted = {"withheld": lambda each: any(each.values()), "history_lines": bool}
        kept = {key: said(each) for key, each in value.items() if counted.get(key, _always)(each)}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {}) and each is not False}
    return [said(each) for each in value] if isinstance(value, list) else value


def _always(_: object) -> bool:
    return True


def as_far_as_told(found: Any, expected: Any) -> Any:
    """What was found, without the keys that an expectation does not name."""
    if isinstance(found, dict) and isinstance(expected, dict):
        assert expected.keys() <= found.keys()
        return {key: as_far_as_told(found[key], told) for key, told in expected.items()}
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [as_far_as_told(each, told) for each, told in zip(found, expected, strict=True)]
    return found


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_oddity_is_read_as_its_golden_file_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = [as_json(message) for message in read(path.read_bytes())]
    if path.parent.name == "parse":
        assert said(found) == said(expected)
    else:
        assert as_far_as_told(found, expected) == expected


def test_there_are_golden_files_and_each_has_its_expectation() -> None:
    assert GOLDEN
    assert all(path.with_suffix(".json").exists() for path in GOLDEN)
