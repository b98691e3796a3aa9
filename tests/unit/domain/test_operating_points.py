"""The two operating points: what is raised, what comes first, and what is refused."""

from __future__ import annotations

import pytest

from torogoz.domain.operating_points import DEFAULT_POINTS, OperatingPoints
from torogoz.errors import AuthorError


def test_a_hit_is_urgent_from_its_point_on_and_a_rules_hit_never() -> None:
    assert [DEFAULT_POINTS.is_urgent(each) for each in (None, 0.5, 0.9499, 0.95, 0.999)] == [False] * 3 + [True] * 2


def test_what_names_nobody_closely_enough_is_shown_from_half_the_review_point_on() -> None:
    assert OperatingPoints(0.1, 0.9).advisory == 0.05


@pytest.mark.parametrize(("review", "urgent"), [(0.5, 0.4), (0, 0.5), (0.5, 1), (-0.1, 0.5), (1.5, 1.6)])
def test_points_that_would_mark_what_is_not_raised_are_their_authors_to_correct(review: float, urgent: float) -> None:
    with pytest.raises(AuthorError, match="urgent point") as refused:
        OperatingPoints(review, urgent)
    assert "review_probability" in refused.value.remedy
