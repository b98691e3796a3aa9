"""Golden files, named after their oddity: an `.edi` is read as the `.json` beside it says. The people are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from torogoz.messages import read
from torogoz.messages.render import as_json

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*/*.edi"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_oddity_is_read_as_its_golden_file_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [as_json(message) for message in read(path.read_bytes())] == expected


def test_there_are_golden_files_and_each_has_its_expectation() -> None:
    assert GOLDEN
    assert all(path.with_suffix(".json").exists() for path in GOLDEN)
