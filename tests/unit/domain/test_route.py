"""What is expected on a route, as it is written: whatever is agreed can be written again, and a fault has its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.carrier import SENT, Expectation
from torogoz.domain.purpose import DataClass
from torogoz.domain.route import EARLIEST, LATEST, Part, Written, pasted, written

AIRPORTS = frozenset({"SAL", "LAX", "SVAQJ"})
AGREED = st.builds(
    Expectation,
    st.sampled_from(["", *sorted(AIRPORTS)]),
    st.sampled_from(["", *sorted(AIRPORTS)]),
    st.sampled_from(SENT),
    st.integers(LATEST, EARLIEST),
)


def known(airport: str) -> bool:
    return airport in AIRPORTS


@given(AGREED)
def test_whatever_is_agreed_can_be_written_and_is_agreed_again(expected: Expectation) -> None:
    row = written(expected)
    assert row.faults(known) == frozenset()
    assert row.agreed() == expected
    line = f"{expected.departure_airport or '*'} {expected.arrival_airport or '*'} {expected.data_class} {row.minutes}"
    for between in (" ", "\t", ", ", ";"):
        (again,) = pasted(line.replace(" ", between))
        assert again.agreed() == expected


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (Written("QQQ", "LAX", "api", "60"), {Part.FROM}),
        (Written("SAL", "Q", "pnr", "60"), {Part.TO}),
        (Written("SAL", "LAX", "list", "60"), {Part.DATA}),
        (Written("SAL", "LAX", "api", ""), {Part.MINUTES}),
        (Written("SAL", "LAX", "api", "1.5"), {Part.MINUTES}),
        (Written("SAL", "LAX", "api", str(EARLIEST + 1)), {Part.MINUTES}),
        (Written("SAL", "LAX", "api", str(LATEST - 1)), {Part.MINUTES}),
        (Written("x", "y", "z", "?"), set(Part)),
        (Written("sal", " * ", "API", " -30 "), set()),
    ],
)
def test_each_part_that_cannot_be_agreed_is_named(row: Written, faults: set[Part]) -> None:
    assert row.faults(known) == faults


def test_a_row_in_which_only_the_class_is_chosen_is_empty_and_any_other_is_not() -> None:
    assert Written().empty
    assert Written(" ", "", DataClass.PNR.value, "").empty
    assert not any(each.empty for each in (Written("SAL"), Written("", "SAL"), Written(minutes="0")))


def test_of_what_is_pasted_each_line_is_a_row_whatever_it_lacks() -> None:
    assert pasted("sal lax\r\n\r\n  * * API 30 minutes\n") == (
        Written("sal", "lax", "", ""),
        Written("*", "*", "API", "30 minutes"),
    )
    assert pasted("\n \n") == ()


@given(st.text())
def test_whatever_is_pasted_gives_rows_that_have_faults_or_are_agreed(text: str) -> None:
    for row in pasted(text):
        assert row.faults(known) or written(row.agreed()).agreed() == row.agreed()
