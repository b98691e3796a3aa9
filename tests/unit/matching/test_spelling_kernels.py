"""The kernel passes over no field of a name that some rule writes otherwise, and over most of the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import NAMES, crowd, entry
from torogoz.matching import build
from torogoz.matching.index import ListIndex
from torogoz.matching.layer import as_bytes
from torogoz.matching.normalise import Words
from torogoz.matching.parting import SYLLABLE
from torogoz.matching.spelling import Ways, ways_of, ways_otherwise
from torogoz.matching.spelling_kernels import is_syllable

#: What words consist of that carriers glue, cut and part: names, syllables, particles, titles, and parts of such.
PIECES = st.sampled_from(
    [
        *(
            "MARIA",
            "ANA",
            "GARCIA",
            "LOPEZ",
            "LI",
            "XIAO",
            "HSIAO",
            "MING",
            "ABD",
            "RAHMAN",
            "BRIEN",
            "O",
            "D",
            "NXXEZ",
        ),
        *("A", "E", "DE", "LA", "VAN", "VANDER", "MR", "JR", "SRA", "RI", "PEZ"),
    ]
)
ASKED = st.lists(PIECES, min_size=1, max_size=4).map("".join)
FIELDS = st.lists(st.lists(ASKED, min_size=1, max_size=4).map(tuple), min_size=1, max_size=6, unique=True)
LISTS = st.lists(NAMES | st.lists(ASKED, min_size=1, max_size=3).map(" ".join), max_size=8)


def listing(*names: str) -> ListIndex:
    return build([*(entry(f"W-{place}", name) for place, name in enumerate(names)), *crowd(20)])


@given(LISTS, LISTS, st.booleans(), FIELDS)
def test_a_field_that_is_passed_over_is_as_sent_by_every_rule(
    listed: list[str],
    later: list[str],
    gone: bool,  # noqa: FBT001 - hypothesis gives arguments by place
    fields: list[Words],
) -> None:
    """Also where somebody came to the list later, and where somebody has left it."""
    index = listing(*listed)
    if later or gone:
        index = index.with_changes([entry(f"L-{place}", name) for place, name in enumerate(later)], ["W-0"] * gone)
    ways = ways_otherwise(fields, index.vocabulary)
    for field in fields:
        assert ways.get(field, Ways.as_sent(field)) == ways_of(field, index.vocabulary)


@pytest.mark.parametrize(
    "field",
    [
        "GARCIALOPEZ",
        "OBRIEN",
        "XIAOMING",
        "DELOPEZ",
        "MARIAVAN",
        "MARIASRA",
        "ABDULRAHMAN",
        "MARIAANALOPEZ",
        "ANADELALOPEZ",
        "XIAOMINGXIAO",
        "MUNXXOZ",
        "LO PEZ",
        "MARI ALOPEZ",
        "MARIAL OPEZ",
        "GAR CI A",
        "HSIAO MIN",
    ],
)
def test_a_field_that_a_rule_writes_otherwise_is_told(field: str) -> None:
    index = listing("MARIA ANA GARCIA LOPEZ", "BRIEN O", "XIAO MING", "RAHMAN", "XIAOMIN")
    name = tuple(field.split())
    assert ways_otherwise([name], index.vocabulary) == {name: ways_of(name, index.vocabulary)}
    assert ways_of(name, index.vocabulary) != Ways.as_sent(name)


@pytest.mark.parametrize(
    "field",
    [
        "GARCIA",
        "GARCIA LOPEZ",
        "VELASQUEZ",
        "GARCIAVELASQU",
        "MARIA VELASQUEZ ANA",
        "MR",
        "LAMRANI",
        "MINGXYZ",
        "LOPEZVA",
        "OLE",
        "X",
        "TSCHAIKOWSKIJ",
        "MA XX",
        "MARIOLOPEZZ",
        "A" * 1_000,
        "LIX",
        "XIAOXR",
    ],
)
def test_most_others_are_passed_over(field: str) -> None:
    index = listing("MARIA ANA GARCIA LOPEZ", "BRIEN O", "XIAO MING", "LI XR")
    assert ways_otherwise([tuple(field.split())], index.vocabulary) == {}


@given(st.text("ACGHNOSUWYZX", max_size=7))
def test_a_syllable_is_what_the_pattern_says(letters: str) -> None:
    assert is_syllable(as_bytes(letters), 0, len(letters)) == (SYLLABLE.fullmatch(letters) is not None)


@pytest.mark.parametrize(
    "letters", ["SHUANG", "ZHOUN", "WAI", "CWEI", "YANG", "AAAAN", "NGA", "SHNA", "KAK", "S", "SH", ""]
)
def test_whole_and_broken_syllables_are_told_apart(letters: str) -> None:
    text = np.concatenate((as_bytes("N"), as_bytes(letters), as_bytes("G")))
    assert is_syllable(text, 1, 1 + len(letters)) == (SYLLABLE.fullmatch(letters) is not None)
