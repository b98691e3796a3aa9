"""Dates say what is known and no more, and hold only what a calendar has."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate, age_on

WHOLE = st.dates().map(PartialDate.of)
PARTIAL = (
    WHOLE
    | st.builds(PartialDate, st.integers(1, 9999))
    | st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
)


@given(PARTIAL)
def test_what_is_written_is_read_back_as_it_was(known: PartialDate) -> None:
    assert PartialDate.parse(str(known)) == known


@given(PARTIAL)
def test_a_date_is_written_as_short_as_what_is_known(known: PartialDate) -> None:
    parts = [part for part in (known.year, known.month, known.day) if part is not None]
    assert len(str(known)) == {1: 4, 2: 7, 3: 10}[len(parts)]


@given(st.dates())
def test_a_whole_date_loses_nothing(day: date) -> None:
    known = PartialDate.of(day)
    assert known.is_full
    assert known.whole() == day
    assert str(known) == day.isoformat()


@pytest.mark.parametrize("text", ["1988", "1988-02"])
def test_an_unknown_part_is_not_guessed(text: str) -> None:
    known = PartialDate.parse(text)
    assert not known.is_full
    assert known.whole() is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "88",
        "1988-2-3",
        "1988-02-30",
        "1900-02-29",
        "1988-13",
        "1988-00-01",
        "0000",
        "0000-01-01",
        "1988-02-11\n",
        " 1988",
        "19880211",
        "１９８８",  # digits of another script, which `int` would take
    ],
)
def test_what_no_calendar_has_or_no_standard_writes_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(1988, None, 3)


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?", fullmatch=True))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return
    assert str(known) == text


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2008-11-22", "2026-11-21", 17),
        ("2008-11-22", "2026-11-22", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026-11-22", "2026-11-22", 0),
    ],
)
def test_age_counts_whole_years_on_the_birthday(birth: str, day: str, age: int) -> None:
    assert age_on(PartialDate.parse(birth), date.fromisoformat(day)) == age


@pytest.mark.parametrize("birth", [None, PartialDate(2008), PartialDate(2008, 11)])
def test_an_age_that_is_not_sure_is_unknown(birth: PartialDate | None) -> None:
    assert age_on(birth, date(2026, 11, 22)) is None
