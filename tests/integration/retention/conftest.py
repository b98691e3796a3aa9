"""A ledger and certificates of each test's own, below a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from torogoz.storage.home import Home


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that a run writes and removes go below a folder of this test; the keys stay where the tests' are."""
    monkeypatch.setattr(Home, "ledger", property(lambda _: tmp_path / "ledger"))
    monkeypatch.setattr(Home, "certificates", property(lambda _: tmp_path / "certificates"))
    monkeypatch.setattr(Home, "spool", property(lambda _: tmp_path / "spool"))
    return tmp_path
