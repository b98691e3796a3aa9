"""Birth dates as whole numbers: year·10000 + month·100 + day, with zeros for what is unknown."""

from __future__ import annotations

from torogoz.domain.dates import PartialDate


def packed(date: PartialDate) -> int:
    """A date as a number; dates stand in its order, what is less known first."""
    return date.year * 10_000 + (date.month or 0) * 100 + (date.day or 0)
