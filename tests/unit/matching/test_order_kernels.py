"""Few numbers are put in order, and found, as Python and numpy do it."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from torogoz.matching.order_kernels import first_at_least, put_in_order

NUMBERS = st.lists(st.integers(0, 20), max_size=60)


@given(NUMBERS)
def test_few_numbers_and_many_are_put_in_order(numbers: list[int]) -> None:
    values = np.array(numbers, np.int64)
    put_in_order(values)
    assert values.tolist() == sorted(numbers)


@given(NUMBERS.map(sorted), st.integers(-1, 21), st.data())
def test_the_first_number_that_is_not_below_another_is_found(
    numbers: list[int], wanted: int, data: st.DataObject
) -> None:
    """Between two places only."""
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, len(numbers))] * 2)))
    assert first_at_least(np.array(numbers, np.int64), low, high, wanted) == bisect_left(numbers, wanted, low, high)
