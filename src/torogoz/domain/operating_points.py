"""From which probability on a match is raised, and from which on it is urgent.

A centre can look at so many alerts a day: by that it chooses the *review* point, and the *urgent* point for those that
come first (docs/operator/matching.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.errors import AuthorError


@dataclass(frozen=True, slots=True)
class OperatingPoints:
    """The two points as probabilities. AuthorError where they do not lie between 0 and 1, the urgent one not below."""

    review: float = 0.5
    urgent: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what would mark as urgent what is not raised."""
        if not 0 < self.review <= self.urgent < 1:
            raise AuthorError(
                "the urgent point lies below the review point, or one of them not between 0 and 1",
                remedy="set review_probability and urgent_probability so that 0 < review ≤ urgent < 1",
            )

    @property
    def advisory(self) -> float:
        """From which probability on an entry that names nobody closely enough to be queued is shown (LR-72)."""
        return self.review / 2

    def is_urgent(self, probability: float | None) -> bool:
        """Whether a hit of this probability comes first; a rule's hit has none."""
        return probability is not None and probability >= self.urgent


#: Where nobody sets others.
DEFAULT_POINTS = OperatingPoints()
