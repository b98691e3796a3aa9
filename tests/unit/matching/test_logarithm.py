"""Weights are whole numbers that no processor's arithmetic decides."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from torogoz.matching.logarithm import log2_millibits, log2_millibits_up

POSITIVE = st.one_of(st.integers(1, 10_000_000), st.integers(1, 2**80))


@given(POSITIVE, POSITIVE)
@example(2**200, 1)
@example(1, 2**200)
@example(1, 2**300 - 1)
@example(2**300 - 1, 1)
def test_a_logarithm_is_rounded_as_one_of_a_hundred_digits_would_be(one: int, other: int) -> None:
    with localcontext() as context:
        context.prec = 100
        exact = 1000 * (Decimal(one) / Decimal(other)).ln() / Decimal(2).ln()
        assert log2_millibits(one, other) == int(exact.to_integral_value(ROUND_HALF_EVEN))


@pytest.mark.parametrize("place", range(-4_001, 4_000, 400))
def test_on_both_sides_of_the_middle_between_two_thousandths_the_nearer_is_taken(place: int) -> None:
    """The middle is 2 to the power of an odd number of two-thousandths, here with a hundred digits."""
    with localcontext() as context:
        context.prec = 120
        scale = 10**100
        middle = int((Decimal(place) / 2000 * Decimal(2).ln()).exp() * scale)
    assert log2_millibits(middle - 1, scale) == (place - 1) // 2
    assert log2_millibits(middle + 2, scale) == (place + 1) // 2


@given(POSITIVE, POSITIVE)
@example(3, 3)
@example(2**200, 1)
@example(1, 2**200)
@example(1, 2**300 - 1)
@example(2**300 - 1, 1)
def test_rounded_up_a_logarithm_is_never_below_one_of_a_hundred_digits_nor_a_thousandth_above(
    one: int, other: int
) -> None:
    """Odds of a power of two are a whole number of bits, and not a thousandth more."""
    with localcontext() as context:
        context.prec = 100
        exact = 1000 * (Decimal(one) / Decimal(other)).ln() / Decimal(2).ln()
        # A whole number of bits is whole but for the hundredth digit.
        assert log2_millibits_up(one, other) == int(exact.quantize(Decimal("1e-90")).to_integral_value(ROUND_CEILING))


@pytest.mark.parametrize("place", range(-4_001, 4_000, 400))
def test_just_above_a_thousandth_the_next_is_taken(place: int) -> None:
    """The thousandth is 2 to the power of a thousandth of it, here with a hundred digits."""
    with localcontext() as context:
        context.prec = 120
        scale = 10**100
        thousandth = int((Decimal(place) / 1000 * Decimal(2).ln()).exp() * scale)
    assert log2_millibits_up(thousandth - 1, scale) == place
    assert log2_millibits_up(thousandth + 2, scale) == place + 1
