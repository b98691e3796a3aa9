"""Entries as cells of a list file and back, what they know of whom they name, and when a change is large."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import (
    Entry,
    Identifiers,
    ListAction,
    Terms,
    cells_of,
    is_large,
    of_a_child,
    review_within,
)
from torogoz.matching.sources.csv import LIST_COLUMNS, TERM_COLUMNS, read_watchlist

TODAY = date(2026, 11, 22)
TERMS = Terms(
    "CENTRO", "Ley", Purpose.SERIOUS_CRIME, "Motivo", "B2", "C", ListAction.REFER, review_on=date(2027, 1, 31)
)
_words = st.text("ABCDEÑ 'ÁG", min_size=1, max_size=20).map(str.strip).filter(lambda name: name.strip(" '"))
_dates = st.builds(PartialDate, st.integers(1930, 2000)) | st.dates(date(1930, 1, 1), date(2000, 1, 1)).map(
    PartialDate.of
)
_documents = st.builds(
    Document,
    st.text("ABC0123456789", min_size=1, max_size=12),
    st.sampled_from([None, "P", "ID"]),
    st.sampled_from([None, "SLV", "DEU"]),
)
_entries = st.builds(
    Entry,
    st.just("W-1"),
    st.lists(_words, min_size=1, max_size=3).map(tuple),
    st.lists(_dates, max_size=2).map(tuple),
    st.lists(st.sampled_from(["SLV", "GTM"]), max_size=2).map(tuple),
    st.sampled_from([None, "F", "M"]),
    st.lists(_documents, max_size=2).map(tuple),
    st.just(TERMS),
)


@given(_entries)
def test_the_cells_of_an_entry_are_read_as_the_same_entry(entry: Entry) -> None:
    """So a form begins with what stands there, and a correction changes what was changed and nothing else."""
    cells = cells_of(entry)
    columns = (*LIST_COLUMNS, *TERM_COLUMNS)
    lines = [",".join(columns), ",".join(f'"{cells[each]}"' for each in columns)]
    (read,) = read_watchlist(["\n".join(lines).encode()], {}, TODAY)
    assert read == entry


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 11, 22), date(2026, 12, 31), date(2028, 2, 29)])
def test_an_entry_is_reviewed_within_five_years(today: date) -> None:
    """Nobody stands on a list for longer unless somebody looks at it anew."""
    last = review_within(date(2999, 12, 31), today)
    assert timedelta(days=4 * 365) <= last - today <= timedelta(days=5 * 365 + 1)
    assert review_within(last, today) == last
    assert review_within(today, today) == today


@pytest.mark.parametrize("said", [date(2031, 6, 30), date(2999, 12, 31)])
def test_a_file_that_says_a_later_review_changes_nothing_until_the_year_is_over(said: date) -> None:
    nights = [review_within(said, date(2026, 1, 1) + timedelta(days=day)) for day in range(366)]
    assert set(nights[:365]) == {date(2030, 12, 31)}
    assert nights[365] == min(said, date(2031, 12, 31))


@pytest.mark.parametrize(
    ("births", "child"),
    [
        ((), False),
        ((PartialDate(2010, 1, 1),), True),
        ((PartialDate(2008, 11, 22),), False),
        ((PartialDate(2008, 11, 23),), True),
        ((PartialDate(2008),), False),
        ((PartialDate(2009),), True),
        ((PartialDate(2010), PartialDate(1990)), False),
    ],
)
def test_birth_dates_are_a_childs_where_each_of_them_says_so(births: tuple[PartialDate, ...], *, child: bool) -> None:
    """LR-73: who may be of age by one date, or of whom none is known, is not held to be a child."""
    assert of_a_child(births, TODAY) is child


def test_an_entry_without_its_terms_is_no_line_of_a_watchlist() -> None:
    with pytest.raises(ValueError, match="its terms"):
        cells_of(Entry("W-1", ("EJEMPLO",)))


@pytest.mark.parametrize(
    ("entry", "known"),
    [
        (Entry("W-1"), Identifiers(0)),
        (Entry("W-1", ("EJEMPLO",)), Identifiers.NAME),
        (Entry("W-1", birth_dates=(PartialDate(1970),)), Identifiers(0)),
        (Entry("W-1", birth_dates=(PartialDate(1970), PartialDate(1970, 1, 2))), Identifiers.BIRTH_DATE),
        (Entry("W-1", nationalities=("SLV",)), Identifiers.NATIONALITY),
        (Entry("W-1", sex="F"), Identifiers.SEX),
        (Entry("W-1", documents=(Document("A1", None, None),)), Identifiers.DOCUMENT),
    ],
)
def test_an_entry_knows_what_it_says_and_a_birth_date_only_if_it_is_whole(entry: Entry, known: Identifiers) -> None:
    assert entry.identifiers == known


@pytest.mark.parametrize(
    ("changes", "entries", "large"),
    [(0, 0, False), (1, 0, True), (4, 20, False), (5, 20, True), (0, 20, False), (200_001, 1_000_000, True)],
)
def test_a_change_is_large_above_the_share_and_every_change_of_an_empty_list_is(
    changes: int, entries: int, *, large: bool
) -> None:
    assert is_large(changes, entries, 20) is large
