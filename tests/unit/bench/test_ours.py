"""What the matching benchmark says of our matcher is what a centre would see."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from torogoz.bench.watchlist import ours
from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, build


def test_kernels_are_warm_before_the_list_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling takes half a minute where nothing is kept yet, for which no centre ever waits."""
    done = []

    def building(entries: Iterable[Entry]) -> ListIndex:
        done.append("built")
        return build(entries)

    monkeypatch.setattr(ours, "warm", lambda: done.append("warm"))
    monkeypatch.setattr(ours, "build", building)
    ran = ours.run(ours.Task(seed=5, entries=20, queries=10, threshold=0.01, verify=2))
    assert done == ["warm", "built"]
    assert ran.build_s > 0
    assert len(ran.found) == 10
