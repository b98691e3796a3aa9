"""A value is found in bytes however it was written there, and wherever it begins."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.storage import traces
from torogoz.storage.traces import find, forms

VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=4, max_size=20)


@given(VALUES, st.binary(max_size=9), st.binary(max_size=9))
def test_a_value_is_found_in_any_encoding_at_any_place(value: str, before: bytes, after: bytes) -> None:
    for plain in (value.encode(), value.encode("utf-16-le"), value.encode("utf-16-be")):
        whole = before + plain + after
        for bytes_of_file in (whole, whole.hex().encode(), whole.hex().upper().encode(), b64encode(whole)):
            assert any(form in bytes_of_file for form in forms(value))


def test_capitals_and_small_letters_are_the_same_value(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"..quetzal..")
    assert find(["QUETZAL", "TOROGOZ"], [tmp_path / "a"]) == {"QUETZAL": [tmp_path / "a"]}


def test_a_value_that_two_pieces_of_a_file_share_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "_PIECE", 16)
    (tmp_path / "a").write_bytes(b"x" * 12 + b"QUETZALCOATL" + b"x" * 40)
    assert "QUETZALCOATL" in find(["QUETZALCOATL"], [tmp_path / "a"])
    assert find([], [tmp_path / "a"]) == {}
