"""Golden files of what is no EDIFACT: each is read as the `.json` beside it says, which was written first.

An expectation says only what was sent. The people are invented.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.messages.test_golden import as_far_as_told, said
from torogoz.messages import read
from torogoz.messages.render import as_json

FORMS = Path(__file__).parents[2] / "golden" / "forms"
GOLDEN = sorted(path for path in FORMS.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_form_is_read_as_its_golden_file_says(path: Path) -> None:
    expected = said(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    found = said([as_json(message) for message in read(path.read_bytes())])
    assert as_far_as_told(found, expected) == expected


def test_there_are_forms_and_each_has_its_expectation() -> None:
    assert GOLDEN
    assert all(path.with_suffix(".json").exists() for path in GOLDEN)
