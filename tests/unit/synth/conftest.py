"""One tiny day for all promises that only look at it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from torogoz.synth.world import Day, make_day, make_days

ANCHOR = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture(scope="session")
def tiny() -> Day:
    return make_day(7, ANCHOR, "tiny")


@pytest.fixture(scope="session")
def two_days() -> list[Day]:
    return make_days(5, ANCHOR, "tiny", 2)


@pytest.fixture(scope="session")
def demo() -> Day:
    return make_day(3, ANCHOR, "demo")
