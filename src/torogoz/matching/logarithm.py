"""The logarithm of a ratio in thousandths of a bit, by whole numbers alone: the same on every machine.

A processor's own logarithm may differ from another's in its last place, and where the true value lies near the middle
between two thousandths, that decides. `docs/decisions/0023` says why no table is kept instead.
"""

from __future__ import annotations

from functools import lru_cache

#: The logarithm is asked for to halves of a thousandth, so that rounding is a matter of whole numbers.
_HALVES = 2_000
#: Bits of the mantissas with which powers are taken; each product loses less than one in the last of them.
_BITS = 128
#: What the mantissa of a power may lack: the first rounding 2,000 times, and each product's, in the last place.
_LOST = 16 * _HALVES


@lru_cache(maxsize=50_000)
def log2_millibits(numerator: int, denominator: int) -> int:
    """1000·log2 of a ratio of two positive numbers, rounded to the nearest whole number.

    The middle between two is met by no ratio, since 2 to the power of an odd number of two-thousandths is irrational.
    """
    return (_floor_of_power(numerator, denominator) + 1) // 2


def log2_millibits_up(numerator: int, denominator: int) -> int:
    """The least whole number that 1000·log2 of a ratio of two positive numbers is not above."""
    return -(_floor_of_power(denominator, numerator) // 2)


def _floor_of_power(numerator: int, denominator: int) -> int:
    """The greatest whole number that log2 of the ratio's two-thousandth power is not below."""
    shift = _BITS + denominator.bit_length() - numerator.bit_length()
    mantissa, exponent = _cut(
        (numerator << shift) // denominator if shift > 0 else numerator // (denominator << -shift), -shift
    )
    power, power_exponent = 1 << (_BITS - 1), 1 - _BITS
    for bit in f"{_HALVES:b}":
        power, power_exponent = _cut(power * power, 2 * power_exponent)
        if bit == "1":
            power, power_exponent = _cut(power * mantissa, power_exponent + exponent)
    if (power + _LOST) >> _BITS:
        # So near below a power of two that only all of its bits tell.
        return _exact_floor(numerator**_HALVES, denominator**_HALVES)
    return power_exponent + _BITS - 1


def _cut(number: int, exponent: int) -> tuple[int, int]:
    """A number with an exponent of two, as one of `_BITS` bits."""
    more = number.bit_length() - _BITS
    return (number >> more if more >= 0 else number << -more), exponent + more


def _exact_floor(one: int, other: int) -> int:
    """The greatest power of two that is not above a ratio."""
    found = one.bit_length() - other.bit_length()
    return found if one << max(-found, 0) >= other << max(found, 0) else found - 1
