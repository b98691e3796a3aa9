"""The format codes of dates: a code decides where its value fits it, and the value's own form elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.messages.formats import as_coded, day_first_of
from torogoz.messages.moments import birth_date, local_moment, near_date

TODAY = date(2026, 11, 22)
#: Code → how strftime writes it.
WRITTEN = {
    "2": "%d%m%y", "3": "%m%d%y", "4": "%d%m%Y", "101": "%y%m%d", "102": "%Y%m%d",
}  # fmt: skip
TIMED = {
    "5": "%d%m%Y%H%M", "10": "%Y%m%dT%H%M", "201": "%y%m%d%H%M", "202": "%y%m%d%H%M59", "203": "%Y%m%d%H%M",
    "204": "%Y%m%d%H%M59", "205": "%Y%m%d%H%M-0600", "301": "%y%m%d%H%MCST", "302": "%y%m%d%H%M59CST",
    "303": "%Y%m%d%H%MCST", "304": "%Y%m%d%H%M59CST",
}  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(sorted(WRITTEN)), st.booleans())
def test_a_date_is_read_as_its_code_says(day: date, code: str, blank: bool) -> None:  # noqa: FBT001 - drawn
    text = day.strftime(WRITTEN[code])
    sent = f"{text[:2]} {text[2:]}" if blank else text
    assert as_coded(partial(near_date, reference=TODAY), sent, code) == (day, True)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), st.sampled_from(sorted(TIMED)))  # noqa: DTZ001
def test_a_moment_is_read_as_its_code_says(moment: datetime, code: str) -> None:
    moment = moment.replace(second=0, microsecond=0)
    found = as_coded(partial(local_moment, reference=TODAY), moment.strftime(TIMED[code]), code)
    assert found == (moment, True)


@pytest.mark.parametrize(("text", "code", "born"), [("1988", "602", "1988"), ("198802", "610", "1988-02")])
def test_a_birth_may_be_a_year_or_a_month(text: str, code: str, born: str) -> None:
    found, coded = as_coded(partial(birth_date, reference=TODAY), text, code)
    assert (str(found), coded) == (born, True)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001
    st.sampled_from("-/."),
    st.sampled_from(["%H%M", "T%H%M", " %H:%M", "T%H:%M:59", "T%H%M59"]),
    st.sampled_from([*WRITTEN, *TIMED, "", "999"]),
)
def test_a_date_with_separators_is_read_where_its_year_stands_first_and_told_whatever_its_code(
    moment: datetime, sign: str, clock: str, code: str
) -> None:
    moment = moment.replace(second=0, microsecond=0)
    day = moment.strftime(f"%Y{sign}%m{sign}%d")
    assert as_coded(partial(near_date, reference=TODAY), day, code) == (moment.date(), False)
    timed = as_coded(partial(local_moment, reference=TODAY), f"{day}{moment.strftime(clock)}", code)
    assert timed == (moment, False)
    assert day_first_of(day) == f"{moment:%d%m%y}"


@pytest.mark.parametrize(
    "text",
    [
        "01/02/1980", "01-02-80", "80-02-01", "1980-2-1", "1980-02/01", "1980-02", "1980-02-30",
        "1980-02-01T0945Z", "1980-02-01T0945-0600", "1980-02-01T2960", "١٩٨٠-٠٢-٠١",
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["", "102", "201"])
def test_what_could_be_two_days_or_none_stays_unread(text: str, code: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        as_coded(partial(local_moment, reference=TODAY), text, code)
    assert not day_first_of(text) or text == "1980-02-30"


@given(
    st.text("0123456789 T-/.:", max_size=18), st.sampled_from([*WRITTEN, *TIMED, "602", "609", "610", "999", "", "X"])
)
def test_whatever_stands_in_a_date_it_is_read_or_refused(text: str, code: str) -> None:
    for read in (partial(near_date, reference=TODAY), partial(local_moment, reference=TODAY)):
        try:
            found, _ = as_coded(read, text, code)
        except ValueError:
            continue
        assert isinstance(found, date)
