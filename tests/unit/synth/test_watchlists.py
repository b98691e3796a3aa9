"""The synthetic lists are complete enough to be imported, and nobody on them is real."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry, ListAction
from torogoz.synth.watchlists import COLUMNS, make_watchlists, to_csv, transliterations

LISTS = make_watchlists(7, 2026)
PERSONS = [one.entry for one in LISTS.persons]
CONTRACT = (
    "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,reason,grade,handling,action,"
    "review_on"
)


def rows(entries: list[Entry]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(to_csv(entries))))


def test_the_columns_are_those_that_an_import_reads() -> None:
    assert ",".join(COLUMNS) == CONTRACT
    assert to_csv(PERSONS).splitlines()[0] == CONTRACT


def test_there_are_about_two_thousand_people_and_three_thousand_documents() -> None:
    assert len(PERSONS) == 2_000
    assert len(LISTS.documents) == 3_000


def test_every_row_has_all_its_terms() -> None:
    terms = ("owner", "legal_basis", "purpose", "reason", "grade", "handling", "action", "review_on")
    for row in rows([*PERSONS, *LISTS.documents]):
        assert all(row[column] for column in terms), row["id"]


def test_every_reason_says_that_the_person_is_invented_in_both_languages() -> None:
    for row in rows([*PERSONS, *LISTS.documents]):
        assert "inventad" in row["reason"]
        assert "invented" in row["reason"]


def test_ids_are_unique() -> None:
    ids = [entry.id for entry in (*PERSONS, *LISTS.documents)]
    assert len(set(ids)) == len(ids)


def test_some_entries_know_a_name_only_and_are_advisory() -> None:
    advisory = [entry for entry in PERSONS if entry.advisory]
    assert 0.04 < len(advisory) / len(PERSONS) < 0.1


def test_some_entries_know_only_the_year_of_birth() -> None:
    partial = [entry for entry in PERSONS if entry.birth_dates and not entry.birth_dates[0].is_full]
    assert 0.04 < len(partial) / len(PERSONS) < 0.12


def test_protected_children_stand_under_the_purpose_of_protection() -> None:
    protected = [entry for entry in PERSONS if entry.terms and entry.terms.action is ListAction.PROTECT]
    assert len(protected) == 40
    assert all(entry.terms and entry.terms.purpose is Purpose.PROTECTION for entry in protected)
    assert not any(entry.advisory for entry in protected)


def test_a_document_entry_names_state_type_and_number_but_no_person() -> None:
    for row in rows(list(LISTS.documents)):
        assert row["names"] == ""
        assert row["document_numbers"].count(":") == 2


def test_reviews_lie_beyond_the_year() -> None:
    assert all(entry.terms and entry.terms.review_on.year > 2026 for entry in (*PERSONS, *LISTS.documents))


def test_lists_are_the_same_for_every_day_of_the_year() -> None:
    assert make_watchlists(7, 2026) == LISTS
    assert make_watchlists(8, 2026) != LISTS


def test_an_entry_without_terms_is_not_written() -> None:
    bare = Entry("X")
    with pytest.raises(ValueError, match="terms"):
        to_csv([bare])


def test_transliterations_change_one_word_and_no_more() -> None:
    found = 0
    for one in LISTS.persons:
        for surname, given in transliterations(one.person):
            assert (surname, given) != (one.person.surname, one.person.given_names)
            assert surname == one.person.surname or given == one.person.given_names
            found += 1
    assert found > 100
