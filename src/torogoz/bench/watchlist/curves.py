"""Curves over the threshold: what is found and what is raised in vain, never one figure alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from torogoz.bench.watchlist.ours import Found
from torogoz.bench.watchlist.travellers import Asked

#: Thresholds at which curves are told; those below the one that was asked with are left out.
POINTS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
Curve = dict[str, float]


def points(least: float) -> list[float]:
    """Where a curve is told when nothing below `least` was asked for."""
    return [least, *(point for point in POINTS if point > least)]


def raised(found: Sequence[Found], least: float) -> Curve:
    """The share of travellers for whom anything was found, by threshold."""
    return {
        f"{point:g}": sum(any(chance >= point for _, chance in one) for one in found) / max(1, len(found))
        for point in points(least)
    }


def recalled(asked: Sequence[tuple[Asked, Found]], least: float) -> Curve:
    """The share of listed travellers whose own entry was found, by threshold."""
    return {
        f"{point:g}": sum(
            any(entry == one.listed and chance >= point for entry, chance in found) for one, found in asked
        )
        / max(1, len(asked))
        for point in points(least)
    }


def matches_per_1000(found: Sequence[Found], least: float) -> Curve:
    """Matches for a thousand travellers, by threshold: what analysts read."""
    return {
        f"{point:g}": 1000 * sum(chance >= point for one in found for _, chance in one) / max(1, len(found))
        for point in points(least)
    }


def by_class(asked: Iterable[tuple[Asked, Found]], least: float) -> dict[str, Curve]:
    """Recall of listed travellers, together and by what was done to them; false matches of strangers."""
    pairs = list(asked)
    planted = [pair for pair in pairs if pair[0].listed]
    curves = {"recall": recalled(planted, least)}
    for damage in sorted({one.damage for one, _ in planted if one.damage}):
        curves[f"recall, {damage}"] = recalled([pair for pair in planted if pair[0].damage == damage], least)
    strangers = [found for one, found in pairs if not one.listed]
    curves["false matches per 1,000 strangers"] = matches_per_1000(strangers, least)
    return curves
