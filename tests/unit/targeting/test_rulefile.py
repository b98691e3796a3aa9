"""A rule's file is read so that nobody can misunderstand it, whatever its bytes."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.targeting.strategies import json_values
from torogoz.targeting.findings import RuleRefusedError
from torogoz.targeting.rulefile import MAX_BYTES, read_json


def code_of(text: bytes) -> str:
    with pytest.raises(RuleRefusedError) as refused:
        read_json(text)
    return refused.value.findings[0].code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "NOT_JSON"),
        (b"{", "NOT_JSON"),
        (b'{"a": 1} {"b": 2}', "NOT_JSON"),
        (b"\xff\xfe{\x00}\x00", "NOT_JSON"),
        (b'{"a": NaN}', "NOT_JSON"),
        (b'{"a": -Infinity}', "NOT_JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "NOT_JSON"),
        (b"[" * 100_000, "NOT_JSON"),
        (b'{"key": 1, "key": 2}', "DUPLICATE_KEY"),
        (b'{"condition": {"field": "payment.cash", "field": "traveller.age"}}', "DUPLICATE_KEY"),
        (b" " * (MAX_BYTES + 1), "TOO_LARGE"),
    ],
    ids=[
        "empty",
        "cut",
        "two",
        "utf-16",
        "nan",
        "infinity",
        "long number",
        "abyss",
        "repeated",
        "repeated inside",
        "huge",
    ],
)
def test_what_is_not_one_clear_document_is_refused(text: bytes, code: str) -> None:
    assert code_of(text) == code


def test_a_mistake_is_told_with_its_line() -> None:
    with pytest.raises(RuleRefusedError, match="near line 3"):
        read_json(b'{\n"a": 1,\n}')


def test_a_byte_order_mark_is_forgiven() -> None:
    assert read_json('\ufeff{"a": "ñ"}'.encode()) == {"a": "ñ"}


def _plain(tree: Any) -> bool:
    return not isinstance(tree, float)


@given(st.dictionaries(st.text(max_size=4), json_values.filter(_plain), max_size=3))
def test_what_was_written_is_what_is_read(tree: dict[str, Any]) -> None:
    try:
        text = json.dumps(tree, allow_nan=False).encode()
    except ValueError:
        return
    assert read_json(text) == tree


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    with suppress(RuleRefusedError):
        read_json(text)
