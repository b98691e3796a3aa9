"""Reading a list by the thousand gives the names that reading each name alone gives."""

from __future__ import annotations

import random
from itertools import islice

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.matching.people import entry
from torogoz.domain.watchlist import Entry
from torogoz.matching import reading
from torogoz.matching.build_kernels import END, NO_ROOM, words_met
from torogoz.matching.normalise import MAX_ALIASES, PARTICLES
from torogoz.matching.reading import Rows, names_as_words
from torogoz.synth.nation.listed import entries

WORDS = st.one_of(
    st.sampled_from(sorted(PARTICLES)),
    st.sampled_from(
        ["Ana", "EJEMPLO", "Peña", "Müller", "O'Brien", "Ana,`Eva", "'", "J.M.", "M.", "Mr", "ANAMR", "ABDULRAHMAN"]
    ),
    st.sampled_from(
        ["García,", "Łódź", "Straße", "Wang,", "Мария", "محمد", "عبد", "王小明", "Ana×Eva", "ĳssel", "aŀ", "ŉ"]
    ),
    st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=6),
    st.text(max_size=4),
)
NAMES = st.lists(WORDS, max_size=14).flatmap(
    lambda words: st.sampled_from([" ", "-", "\t", "\x1c", "\0", " \0 ", "\u2028", "  "]).map(
        lambda gap: gap.join(words)
    )
)
LISTED = st.lists(st.lists(NAMES, max_size=4), max_size=6)


def _read(listed: list[Entry]) -> list[list[tuple[tuple[str, ...], int]]]:
    """The names of each entry as words, with the place of their text."""
    rows = Rows()
    rows.read(listed)
    words, numbers, aliases, counts = list(rows.words), iter(rows.names), iter(rows.aliases), iter(rows.name_counts)
    return [
        [(tuple(words[number] for number in islice(numbers, next(counts))), next(aliases)) for _ in range(names)]
        for names in rows.alias_counts
    ]


def _one_by_one(listed: list[Entry]) -> list[list[tuple[tuple[str, ...], int]]]:
    return [list(names_as_words(each).items()) for each in listed]


@given(LISTED)
@example(
    [
        ["Ana" + 1_000 * " " + "Ejemplo", "\0", "Ana \0 Ejemplo"],
        [],
        ["A " * 13, "DE LA", "DE ANA"],
        ["ß" * 600, "ß" * 499 + " Weiß"],
    ]
)
def test_names_that_are_read_together_are_those_that_are_read_alone(listed: list[list[str]]) -> None:
    people = [entry(names=names) for names in listed]
    assert _read(people) == _one_by_one(people)


def test_names_are_the_same_whatever_is_read_at_once_or_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented people of a nation, read by the thousand, and by threes with nothing remembered."""
    people = [each for each, _ in islice(entries(5), 3_000)]
    whole = _read(people)
    assert whole == _one_by_one(people)
    monkeypatch.setattr(reading, "_AT_ONCE", 3)
    monkeypatch.setattr(reading, "_MAX_REMEMBERED", 1)
    assert _read(people[:600]) == whole[:600]


def test_aliases_beyond_the_limit_and_names_that_are_listed_twice_are_read_no_more() -> None:
    rng = random.Random(5)
    names = ["".join(rng.choices("BCDFG", k=7)) + " EJEMPLO" for _ in range(MAX_ALIASES + 5)]
    (found,) = _read([entry(names=[*names[:3], *names])])
    assert [name for name, _ in found] == [tuple(name.split()) for name in names[: MAX_ALIASES - 3]]
    assert [place for _, place in found[:4]] == [0, 1, 2, 6]


@pytest.mark.parametrize(("places", "words", "letters"), [(2, 8, 8), (16, 2, 8), (16, 8, 4)])
def test_words_for_which_there_is_no_room_are_told_from_those_that_were_met(
    places: int, words: int, letters: int
) -> None:
    """Whatever ran out; a name that holds such a word is read alone, as every odd one is."""
    table, starts, blob = np.zeros(places, np.int32), np.zeros(words + 1, np.int64), np.zeros(letters, np.uint8)
    found, count = words_met(np.frombuffer(b"A-B C\0\0 A\tC\0", np.uint8), table, starts, blob, 0)
    assert found.tolist() == [0, 1, NO_ROOM, END, END, 0, NO_ROOM, END]
    assert count == 2
    found, count = words_met(np.frombuffer(b"B AB\0", np.uint8), table, starts, blob, count)
    assert found.tolist() == [1, NO_ROOM, END]
