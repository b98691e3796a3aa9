"""Names of every spelling meet in A to Z, for comparing only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.name import fold, words

#: Letters of many alphabets, and the signs that people put into names.
NAMES = st.text(st.characters(categories=("L", "M", "N", "P", "Z"))) | st.text()


@given(NAMES)
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_what_is_folded_is_words_of_a_to_z_parted_by_one_blank(name: str) -> None:
    assert re.fullmatch(r"(?:[A-Z]+(?: [A-Z]+)*)?", fold(name))


@given(NAMES)
def test_upper_and_lower_case_are_one_name(name: str) -> None:
    assert fold(name.lower()) == fold(name) == fold(name.upper())


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_of_plain_letters_folds_as_the_long_way_does(name: str) -> None:
    assert fold(name) == fold(f"{name} Ω")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Núñez-O'Brien", "NUNEZ OBRIEN"),
        ("NUÑEZ OBRIEN", "NUNEZ OBRIEN"),
        ("Müller", "MULLER"),
        ("Groß", "GROSS"),
        ("GROẞ", "GROSS"),
        ("Ærøskøbing", "AEROESKOEBING"),
        ("Łukasz", "LUKASZ"),
        ("Þór", "THOR"),
        ("Đặng", "DANG"),
        ("Yıldız", "YILDIZ"),
        ("D’Angelo", "DANGELO"),
        ("St. John", "ST JOHN"),
        ("  de   la  O ", "DE LA O"),
        ("ANA 007", "ANA"),
        ("Иванов", ""),
        ("", ""),
    ],
)
def test_the_spellings_of_doc_9303(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_words_come_in_the_order_of_the_parts_and_unknown_parts_give_none() -> None:
    assert words("Pérez de León", None, "Ana") == ("PEREZ", "DE", "LEON", "ANA")
    assert words(None) == words() == ()
