"""The years that a year may be a slip of are those that looking at every year finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from torogoz.matching.score_kernels import slipped, slips_of_year


@given(st.integers(1, 9998))
@example(1989)
@example(1990)
def test_every_year_that_slipped_is_written_down_once(year: int) -> None:
    others = [other for other in range(10_000) if other != year and slipped(year, other)]
    assert sorted(slips_of_year(year).tolist()) == others
