"""Dates and times in each spelling; a year of two digits is read against the message's own date."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.messages.moments import birth_date, day_first, local_moment, near_date, short_dates

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("880229", "1988-02-29"),
        ("261122", "2026-11-22"),
        ("261123", "1926-11-23"),
        ("270101", "1927-01-01"),
        ("19350919", "1935-09-19"),
        ("88 02 29", "1988-02-29"),
        ("8802290000", "1988-02-29"),
        ("198802290000", "1988-02-29"),
        ("29FEB88", "1988-02-29"),
        ("1ene88", "1988-01-01"),
        ("29FEB1988", "1988-02-29"),
        ("880200", "1988-02"),
        ("19880000", "1988"),
        ("19880015", "1988"),
    ],
)
def test_a_birth_date_is_never_after_the_message(text: str, read: str) -> None:
    assert str(birth_date(text, DAY)) == read


@pytest.mark.parametrize("text", ["", "8802", "890229", "29FOO88", "ABCDEF", "٨٨٠٢٢٩", "00000000", "8802299"])
def test_what_is_on_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        birth_date(text, DAY)


def test_without_any_date_the_century_is_unknown_and_not_guessed() -> None:
    assert birth_date("880229", None) is None
    assert str(birth_date("19880229", None)) == "1988-02-29"


@given(st.dates(date(1927, 1, 1), date(2026, 11, 22)), st.dates(date(2026, 11, 22), date(2030, 1, 1)))
def test_every_birth_within_a_century_before_the_message_is_read_right(born: date, sent: date) -> None:
    if (sent.year - born.year, sent.month, sent.day) < (100, born.month, born.day):
        assert str(birth_date(f"{born:%y%m%d}", sent)) == born.isoformat()
    assert str(birth_date(f"{born:%Y%m%d}", sent)) == born.isoformat()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("300501", "2030-05-01"),
        ("610218", "2061-02-18"),
        ("990101", "1999-01-01"),
        ("02NOV32", "2032-11-02"),
        ("20300501", "2030-05-01"),
    ],
)
def test_an_expiry_lies_in_the_nearest_century(text: str, read: str) -> None:
    assert near_date(text, DAY).isoformat() == read


@given(st.from_regex(r"[0-9]{6}", fullmatch=True) | st.dates().map("{:%y%m%d}".format), st.dates(date(1000, 1, 1)))
def test_a_short_date_that_is_looked_up_is_the_one_that_is_read(text: str, sent: date) -> None:
    dates = short_dates(sent)
    for look_up, read in ((dates.birth, birth_date), (dates.near, near_date)):
        try:
            found: PartialDate | date = look_up(text)
        except (KeyError, ValueError):
            continue
        assert found == read(text, sent)


@given(st.dates(date(1900, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_spoken_date_that_is_looked_up_is_the_one_that_is_read(day: date, sent: date) -> None:
    text = f"{day:%d%b%y}".upper()
    for look_up, read in ((short_dates(sent).spoken_birth, birth_date), (short_dates(sent).spoken_near, near_date)):
        try:
            found: PartialDate | date = look_up(text)
        except (KeyError, ValueError):
            continue
        assert found == read(text, sent)


def test_a_spoken_birth_later_in_the_year_of_its_message_was_a_century_ago() -> None:
    dates = short_dates(date(2026, 11, 22))
    assert [dates.spoken_birth(text).year for text in ("22NOV26", "23NOV26", "01DEC26")] == [2026, 1926, 1926]


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_can_be_looked_up(day: date) -> None:
    assert short_dates(DAY).near(f"{day:%y%m%d}").timetuple()[1:3] == (day.month, day.day)
    assert short_dates(DAY).birth(f"{day:%y%m%d}").month == day.month


@given(st.dates(date(1980, 1, 1), date(2075, 1, 1)), st.integers(-49, 50))
def test_every_date_within_fifty_years_of_the_message_is_read_right(sent: date, years: int) -> None:
    day = date(sent.year + years, sent.month, min(sent.day, 28))
    assert near_date(f"{day:%y%m%d}", sent) == day


def test_without_a_message_date_travel_is_of_this_century() -> None:
    assert near_date("990101", None) == date(2099, 1, 1)
    assert day_first("010199", "", None) == datetime.fromisoformat("2099-01-01")


@pytest.mark.parametrize("text", ["", "DAY", "991399"])
def test_no_date_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        near_date(text, DAY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2611221400", "2026-11-22T14:00"),
        ("202611221400", "2026-11-22T14:00"),
        ("261122 1400", "2026-11-22T14:00"),
        ("261122", "2026-11-22T00:00"),
        ("20261122", "2026-11-22T00:00"),
        ("2611222400", "2026-11-22T00:00"),
    ],
)
def test_local_times_of_a_leg(text: str, read: str) -> None:
    assert local_moment(text, DAY) == datetime.fromisoformat(read)


@pytest.mark.parametrize("text", ["2611222500", "2611221460", "26112214"])
def test_times_on_no_clock_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        local_moment(text, DAY)


@pytest.mark.parametrize(
    ("day", "clock", "read"),
    [
        ("221126", "1400", "2026-11-22T14:00"),
        ("221126", "140030", "2026-11-22T14:00"),
        ("221126", "", "2026-11-22T00:00"),
        # The year first, where the day first is on no calendar or lies years away.
        ("261199", "", "1999-11-26T00:00"),
        ("261122", "", "2026-11-22T00:00"),
        ("261131", "", "2031-11-26T00:00"),
        ("251126", "", "2026-11-25T00:00"),
        ("263010", "", None),
        ("26110", "", None),
        ("221126", "14", None),
    ],
)
def test_days_of_bookings_are_written_day_first(day: str, clock: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(ValueError, match=r".+"):
            day_first(day, clock, DAY)
    else:
        assert day_first(day, clock, DAY) == datetime.fromisoformat(read)


def test_a_day_that_only_the_year_first_puts_on_a_calendar() -> None:
    assert day_first("991231", "", DAY) == datetime.fromisoformat("1999-12-31")
    assert day_first("991231", "", None) == datetime.fromisoformat("2099-12-31")
