"""An index is arrays that can be kept and shared, and a list that can change without being built anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, THRESHOLDS, ask, crowd, entry
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry, ListAction, Terms
from torogoz.errors import OurError
from torogoz.matching import ListIndex, Query, brute_force, build, match, match_all
from torogoz.matching.layer import FORMAT
from torogoz.matching.normalise import MAX_SIGNS, MAX_WORDS, listed_forms
from torogoz.matching.question import prepare
from torogoz.matching.transliterate import MAX_SPELLINGS

LISTS = st.lists(ENTRIES, max_size=10, unique_by=lambda each: each.id)
TERMS = Terms("PNC", "Art. 1", Purpose.BORDER_CONTROL, "invented", "B2", "", ListAction.REFER, date(2027, 6, 1))


@given(LISTS, st.lists(QUERIES, max_size=4), THRESHOLDS)
def test_an_index_is_made_of_its_arrays_again(entries: list[Entry], queries: list[Query], threshold: float) -> None:
    index = build([*entries, *crowd(20)], version=7)
    again = ListIndex.of(index.parts())
    assert again.version == 7
    assert again.parts().keys() == index.parts().keys()
    assert match_all(queries, again, threshold) == match_all(queries, index, threshold)


def test_an_index_answers_from_arrays_that_are_mapped_from_a_file(tmp_path: Path) -> None:
    index = build([entry(document="A01234567"), *crowd(200)])
    mapped = {}
    for name, part in index.parts().items():
        np.save(tmp_path / name, part)
        mapped[name] = np.load(tmp_path / f"{name}.npy", mmap_mode="r" if part.nbytes else None)
    assert match(ask(), ListIndex.of(mapped)) == match(ask(), index)
    assert brute_force(ask(), ListIndex.of(mapped)) == match(ask(), index)


def test_arrays_of_another_format_are_refused() -> None:
    parts = dict(build([entry()]).parts())
    older = parts | {"header": np.array([FORMAT - 1, *parts["header"][1:]], np.int64)}
    with pytest.raises(OurError, match="build the list again"):
        ListIndex.of(older)
    with pytest.raises(OurError, match="build the list again"):
        ListIndex.of({name: part for name, part in parts.items() if name != "words"})
    with pytest.raises(OurError, match="build the list again"):
        ListIndex.of(parts | {"words": parts["words"].astype(np.int32)})


def test_an_entry_is_shown_as_it_was_listed() -> None:
    """Names in any script, partial dates, documents and terms; only what is no text at all becomes a question mark."""
    listed = replace(
        entry(names=("María García López", "Мария", "MARIA GARCIA"), born=("1988", "1988-02-11"), document="A-01 234"),
        terms=TERMS,
    )
    (seen,) = match(ask(), build([listed]))
    assert seen.entry == listed
    broken = replace(listed, names=("MARIA GARCIA LOPEZ \ud800",), terms=replace(TERMS, reason="\udfff"))
    (seen,) = match(ask(), build([replace(broken, id="W-2")]))
    assert seen.entry == replace(broken, id="W-2", names=("MARIA GARCIA LOPEZ ?",), terms=replace(TERMS, reason="?"))


def test_entries_are_taken_one_by_one() -> None:
    """A million entries need not be in memory: an iterator will do."""
    listed = [entry(f"W-{number}") for number in range(3)]
    assert match(ask(), build(iter(listed))) == match(ask(), build(listed))


@given(LISTS, LISTS, st.integers(0, 30), st.lists(QUERIES, min_size=1, max_size=3), THRESHOLDS)
def test_entries_that_are_added_weigh_as_if_the_list_had_been_built_with_them(
    entries: list[Entry], added: list[Entry], others: int, queries: list[Query], threshold: float
) -> None:
    index = build([*entries, *crowd(others)])
    half = len(added) // 2
    changed = index.with_changes(added[:half]).with_changes(added[half:])
    whole = build([*entries, *crowd(others), *added])
    assert changed.size == whole.size
    assert changed.name_count == whole.name_count
    for query in queries:
        assert match(query, changed, threshold) == match(query, whole, threshold)
        assert match(query, changed, threshold) == brute_force(query, changed, threshold)


@given(LISTS, LISTS, st.integers(0, 30), QUERIES, THRESHOLDS, st.randoms())
def test_a_list_with_changes_answers_as_if_it_had_been_built_anew(
    entries: list[Entry], added: list[Entry], others: int, query: Query, threshold: float, rng: random.Random
) -> None:
    """To the last thousandth and word of evidence, so that it does not matter which process laid over what."""
    added = [replace(each, id=f"N-{each.id}") for each in added]
    removed = {each.id for each in entries if rng.random() < 0.5}
    whole = build([*(each for each in entries if each.id not in removed), *crowd(others), *added])
    changed = build([*entries, *crowd(others)]).with_changes(added, removed)
    assert changed.size == whole.size
    assert match(query, changed, threshold) == match(query, whole, threshold)
    assert match(query, changed, threshold) == brute_force(query, changed, threshold)


def test_an_added_entry_replaces_those_of_its_id_in_both_layers() -> None:
    index = build([entry(), *crowd(50)])
    changed = index.with_changes([entry(names="MARIA GARCIA CRUZ")])
    assert [each.name for each in match(ask(), changed)] == ["MARIA GARCIA CRUZ"]
    again = changed.with_changes([entry(names="MARIA LOPEZ")])
    assert [each.name for each in match(ask(), again)] == ["MARIA LOPEZ"]
    assert match(ask(), again.with_changes((), ["W-1", "nobody"]), 0.000001) == ()
    assert [each.name for each in match(ask(), index)] == ["MARIA GARCIA LOPEZ"]


def test_ids_of_one_fingerprint_are_told_apart() -> None:
    """CRC-32 is the same for these two, and only the one that was named goes."""
    index = build([entry("plumless"), entry("buckeroo")])
    assert [each.entry.id for each in match(ask(), index.with_changes((), ["plumless"]))] == ["buckeroo"]


def test_an_index_with_changes_is_built_anew_before_it_is_kept() -> None:
    index = build([entry(), *crowd(5)])
    for changed in (index.with_changes([entry("W-2")]), index.with_changes((), ["W-1"])):
        with pytest.raises(ValueError, match="built anew"):
            changed.parts()
    assert index.with_changes((), ["nobody"]).parts()


def test_who_has_one_sign_of_a_document_number_wrong_is_found_by_it() -> None:
    """A sign wrong, missing, too many, or two exchanged: less than the number itself, and never exact."""
    index = build([entry(document="A01234567"), *crowd(50)])
    other = match(ask(document="C7654321"), index, 0.000001)[0]
    for number in ("A01234568", "A0123456", "A012345677", "A01234576", "B01234567"):
        (seen,) = match(ask("GARZIA", "M", document=number), index, 0.000001)
        assert not seen.exact_document
        assert {"document_near"} <= {each.code for each in seen.evidence}
        assert "A01" not in str([each.values for each in seen.evidence if each.field == "document"])
    assert match(ask(document="A01234568"), index)[0].millibits > other.millibits
    assert match(ask(document="A01234567"), index)[0].millibits > match(ask(document="A01234568"), index)[0].millibits
    # Short numbers differ by one sign as a rule.
    short = build([entry(document="A0123")])
    assert "document_other" in {each.code for each in match(ask(document="A0124"), short)[0].evidence}
    # It does not override what rules a person out, as the number itself does.
    assert match(ask(born="1961-07-30", document="A01234568"), index, 0.000001) == ()
    assert match(Query(documents=(Document("A01234568"),)), index, 0.000001) == ()


@pytest.mark.parametrize("threshold", [0.000001, 0.5, 0.999])
def test_the_full_name_is_found_whatever_the_threshold(threshold: float) -> None:
    """Every word, in any order, particles aside."""
    index = build([entry(nationality="GTM", sex="M", born=""), *crowd(500), *crowd(500, "GARCIA")])
    for surname, given_names in (("García López", "María"), ("DE LA LOPEZ", "GARCIA MARIA")):
        (seen,) = [each for each in match(ask(surname, given_names, None), index, threshold) if each.exact_name]
        assert seen.entry.id == "W-1"
    for query in (ask("GARCIA", "MARIA", None), ask("GARCIA LOPEZ LOPEZ", "MARIA", None), ask("GARCIA LOPES", "MARIA")):
        assert not any(each.exact_name for each in match(query, index, threshold))


def named(surname: str | None, given_names: str | None) -> Query:
    """Somebody of whom nothing but the name is known."""
    return Query(surname, given_names)


def test_one_word_is_the_full_name_of_who_has_no_other() -> None:
    """Alone in either field, with a placeholder or a title in the other, or in both fields; whatever the threshold."""
    index = build([entry(names="SUKARNO", born=""), *crowd(2_000), *crowd(300, "SUKARNO")])
    for fields in (
        ("SUKARNO", None),
        (None, "Sukarno"),
        ("SUKARNO", "FNU"),
        ("LNU", "SUKARNO"),
        ("SUKARNO", "MR"),
        ("SUKARNO", "SUKARNO"),
    ):
        (seen,) = match(named(*fields), index, 0.999)
        assert (seen.entry.id, seen.exact_name, seen.name) == ("W-1", True, "SUKARNO")
        assert seen.probability < 0.999
        assert brute_force(named(*fields), index, 0.999) == (seen,)


@pytest.mark.parametrize(
    "fields", [("SUKARNO", "BEJO"), ("SUKARNO SUKARNO", None), ("SUKARNA", None), ("SUKARNO", "S"), ("FNU", "LNU")]
)
def test_one_word_is_not_the_full_name_of_who_has_another_or_a_like_one(fields: tuple[str, str | None]) -> None:
    """A surname that is borne twice is two words; a slip is no exact name; words for no name are none."""
    index = build([entry(names="SUKARNO", born=""), *crowd(2_000), *crowd(300, "SUKARNO")])
    assert not any(each.exact_name for each in match(named(*fields), index, 0.000001))


def test_a_name_that_is_known_to_lack_a_word_is_no_full_name() -> None:
    """GARCIA of a booking without given names is not all of the name, and raises nobody for the alias GARCIA."""
    index = build([entry(names="GARCIA", born=""), *crowd(2_000), *crowd(300, "GARCIA")])
    lacking = replace(named("GARCIA", None), whole_name=False)
    assert match(lacking, index, 0.999) == brute_force(lacking, index, 0.999) == ()
    several = replace(named("GARCIA LOPEZ", None), whole_name=False)
    (seen,) = match(several, build([entry(names="LOPEZ GARCIA", born=""), *crowd(2_000)]), 0.999)
    assert seen.exact_name


def test_a_listed_word_that_is_written_twice_is_not_the_word_alone() -> None:
    """GARCIA GARCIA has two surnames; who is asked for in both fields may be either."""
    index = build([entry(names="GARCIA GARCIA", born=""), *crowd(2_000), *crowd(300, "GARCIA")])
    assert match(named("GARCIA", None), index, 0.999) == ()
    for fields in (("GARCIA", "GARCIA"), ("GARCIA GARCIA", None)):
        (seen,) = match(named(*fields), index, 0.999)
        assert seen.exact_name


def test_the_full_name_does_not_override_a_clearly_other_birth_date() -> None:
    index = build([entry(), entry("W-2", born="1988"), *crowd(50)])
    assert [each.entry.id for each in match(ask(born="1961-07-30"), index, 0.999)] == ["W-2"]
    (seen,) = [each for each in match(ask(born="1961"), index, 0.999) if each.entry.id == "W-1"]
    assert seen.exact_name
    assert seen.probability < 0.999


def test_a_crowd_of_one_name_neither_stalls_nor_hides_anybody() -> None:
    """Everybody of the list is called the same: all whom no birth date rules out are given."""
    same = [entry(f"W-{number}", born=("1961-07-30", "")[number % 10 == 0]) for number in range(2_000)]
    index = build(same)
    assert len(match(ask(), index, 0.5)) == 200
    assert match(ask(), index, 0.5) == brute_force(ask(), index, 0.5)


LETTERS_OF_SEVERAL_SPELLINGS = "ßüÑøÅæœþđ"


@pytest.mark.parametrize(
    "name",
    [
        "ß" * 999,
        "ßß " * 333,
        LETTERS_OF_SEVERAL_SPELLINGS * 111,
        f"{LETTERS_OF_SEVERAL_SPELLINGS} " * 100,
        ("ß" * 80 + " ") * 12,
        "MUXX" * 249,
        "ABDULRAHMAN " * 83,
        "ЩЮЖ " * 249,
        "ﷺ" * 999,
    ],
    ids=["ß", "words", "all", "words of all", "long words", "with X", "servants", "Cyrillic", "one sign for many"],
)
def test_a_long_name_of_letters_with_several_spellings_does_not_stall(name: str) -> None:
    """Listed twenty times, and asked for: few spellings of few words, and so a few milliseconds, not their product.

    A tenth of a second would be a stall for a flight; what is allowed here is for a machine that is busy.
    """
    assert len(listed_forms(name)) <= MAX_SPELLINGS
    assert all(len(form) <= MAX_WORDS and len("".join(form)) <= MAX_SIGNS for form in listed_forms(name))
    started = process_time()
    index = build([entry(), *(entry(f"L-{number}", f"{name}{number}", born="") for number in range(20))])
    built = process_time()
    for query in (ask(name, None), ask(name, name), ask("GARCIA LOPEZ", name)):
        (question,) = prepare([query], index).questions
        assert len(question.spellings) <= 12 * MAX_SPELLINGS
        match(query, index)
    assert (built - started) / 20 < 0.2
    assert process_time() - built < 3
    assert match(ask(), index)[0].entry.id == "W-1"


def test_a_fingerprint_proves_nothing() -> None:
    """Strings and names that share one by chance are told apart by their letters and words."""
    listed = [entry(document="A01234567"), entry("W-2", names="ZOILA QUEZADA", document="C7654321987"), *crowd(20)]
    index = build(listed)
    parts = dict(index.parts())
    for name in ("word_slips", "number_slips", "full_names"):
        shared = {int(each) >> 32 for each in parts[name]}
        numbers = {int(each) & 0xFFFFFFFF for each in parts[name]}
        # Every string has the fingerprints of all.
        parts[name] = np.array(sorted((one << 32) | number for one in shared for number in numbers), np.int64)
    confused = ListIndex.of(parts)
    for query in (ask(), ask("GRACIA", document="A01234576"), ask("QUEZADA", "ZOILA", None, document="C765432198")):
        found = match(query, confused, 0.0001)
        assert found
        assert found == match(query, index, 0.0001) == brute_force(query, index, 0.0001)


@given(LISTS, LISTS, st.sets(st.integers(0, 30)), st.lists(QUERIES, min_size=1, max_size=4), THRESHOLDS)
def test_who_has_left_answers_no_more_and_all_others_as_before(
    entries: list[Entry], added: list[Entry], places: set[int], queries: list[Query], threshold: float
) -> None:
    """Also of those who came later; and it may be said of many at once, and again of more."""
    index = build([*entries, *crowd(20)]).with_changes(added)
    ids = sorted({each.id for each in (*entries, *added, *crowd(20))})
    leaving = [ids[place] for place in places if place < len(ids)]
    left = index.but(leaving).but([*leaving[:1], "nobody's"])
    later = {each.id for each in added}
    if later.isdisjoint(leaving):
        for found, before in zip(
            match_all(queries, left, threshold), match_all(queries, index, threshold), strict=True
        ):
            assert found == tuple(each for each in before if each.entry.id not in leaving)
    assert not {each.entry.id for found in match_all(queries, left, threshold) for each in found} & set(leaving)
    assert index.but([]).size == index.size
