"""Golden files, named after their oddity: an `.edi` is read as the `.json` beside it says. The people are invented.

The `.json` is written from the standard before a reader has seen the `.edi`. It leaves out what is null, empty or
false, so that it tells what the message says and nothing else.
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
    """A JSON value without what says nothing: null, empty, false, and nothing withheld. A zero is an answer."""
    if isinstance(value, dict):
        kept = {key: said(each) for key, each in value.items() if key != "withheld" or any(each.values())}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {}) and each is not False}
    return [said(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_oddity_is_read_as_its_golden_file_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert said([as_json(message) for message in read(path.read_bytes())]) == said(expected)


def test_there_are_golden_files_and_each_has_its_expectation() -> None:
    assert GOLDEN
    assert all(path.with_suffix(".json").exists() for path in GOLDEN)
