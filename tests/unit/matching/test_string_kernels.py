"""Kernels over strings find what looking at every string by plain Python finds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from torogoz.matching.compiled import Bytes, Large
from torogoz.matching.layer import as_bytes
from torogoz.matching.misread_kernels import misread
from torogoz.matching.string_kernels import NOWHERE, all_slips, every_slip_of, fingerprint, slips_of, within
from torogoz.matching.word_kernels import word_number, word_places

WORDS = st.text("ABC", max_size=8)
SHAPES = st.text("ILRNMH", min_size=1, max_size=6)


def in_a_row(words: list[str]) -> tuple[Bytes, Large]:
    """Words in a row, and where each starts."""
    return as_bytes("".join(words)), np.array([0, *np.cumsum([len(word) for word in words])], np.int64)


@given(WORDS, WORDS, st.integers(1, 3))
def test_two_words_are_within_a_distance_where_the_whole_table_says_so(one: str, two: str, limit: int) -> None:
    """Also where the word stands among others."""
    blob = as_bytes(f"C{two}A")
    assert within(as_bytes(one), blob, 1, 1 + len(two), limit) == (OSA.distance(one, two) <= limit)


@given(st.sets(WORDS.filter(bool), min_size=1, max_size=40).map(sorted), WORDS.filter(bool), st.integers(0, 2))
def test_slips_are_found_wherever_their_fingerprints_stand(words: list[str], word: str, crowded: int) -> None:
    """Near their share of the list, or far from it, where fingerprints are not spread evenly."""
    blob, starts = in_a_row(words)
    slips = np.sort(all_slips(blob, starts, 4, 32))
    before = np.arange(1 - crowded % 2, dtype=np.int64).repeat(500)
    after = np.full(500 * (crowded // 2), np.iinfo(np.int64).max)
    found = slips_of(as_bytes(word), blob, starts, np.concatenate((before, slips, after)), 4, 32)
    assert found.tolist() == every_slip_of(as_bytes(word), blob, starts, 4, 32).tolist()


@given(st.sets(WORDS.filter(bool), max_size=40).map(sorted), WORDS.filter(bool))
def test_a_word_is_found_by_its_fingerprint_and_no_other_is(words: list[str], word: str) -> None:
    row = in_a_row(words)
    assert word_number(as_bytes(word), *row, word_places(*row)) == (words.index(word) if word in words else -1)


def test_words_that_meet_at_one_place_are_found_all_the_same() -> None:
    """More than have room near it: who chooses a list's words can make them do so."""
    letters = map("".join, product("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", repeat=3))
    meeting = [word for word in letters if fingerprint(as_bytes(word), 0, 3, NOWHERE) % 256 == 7]
    words, other = sorted(meeting[:100]), meeting[100]
    row = in_a_row(words)
    places = word_places(*row)
    assert len(places) == 256
    assert np.count_nonzero(places >= 0) == 64
    found = [word_number(as_bytes(word), *row, places) for word in [*words, other]]
    assert found == [*range(100), -1]


@pytest.mark.parametrize(("listed", "other"), [("OBUSI", "UBIUA"), ("MVEP", "NOIEI")])
def test_words_that_share_a_fingerprint_are_told_apart(listed: str, other: str) -> None:
    assert fingerprint(as_bytes(listed), 0, len(listed), NOWHERE) == fingerprint(as_bytes(other), 0, 5, NOWHERE)
    row = in_a_row([listed])
    assert [word_number(as_bytes(word), *row, word_places(*row)) for word in (listed, other)] == [0, -1]


def readings(word: str, one: str, other: str) -> set[str]:
    """A word with one group read as another at one place, or at all."""
    places = [place for place in range(len(word)) if word.startswith(one, place)]
    return {word[:place] + other + word[place + len(one) :] for place in places} | {word.replace(one, other)}


def read_as(word: str, listed: list[str]) -> set[str]:
    """The listed words that a machine may have read as this one."""
    row = in_a_row(listed)
    return {listed[number] for number in misread(as_bytes(word), *row, word_places(*row))}


@given(SHAPES)
def test_a_word_may_be_read_with_a_group_for_another_at_one_place_or_at_all(word: str) -> None:
    """In words of three letters single ones too; shorter ones are read as they stand."""
    groups = [("M", "RN"), ("M", "NN"), ("N", "RI"), ("H", "LI"), *([("I", "L"), ("M", "N")] if len(word) == 3 else [])]
    read = {each for pair in groups for one, other in (pair, pair[::-1]) for each in readings(word, one, other)} - {
        word
    }
    listed = sorted(read)
    assert read_as(word, listed) == (read if len(word) >= 3 else set())


@pytest.mark.parametrize(("letters", "found"), [(32, 1), (33, 0)])
def test_a_word_longer_than_names_are_was_not_misread(letters: int, found: int) -> None:
    word = "M" + "A" * (letters - 1)
    assert len(read_as(word, [word, "RN" + word[1:]])) == found


def test_many_readings_of_a_word_are_all_found() -> None:
    """More than the room that is made at first."""
    word = "M" * 18
    listed = sorted(word[:place] + "RN" + word[place + 1 :] for place in range(18))
    assert read_as(word, listed) == set(listed)
