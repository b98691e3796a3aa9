"""A home of its own for each test of keys, with whatever stands under them planted in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.keys.planted import plant
from torogoz.flow import rotate
from torogoz.storage.access.keys import need_keys
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys
from torogoz.storage.models import KeyCheck


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None, now: datetime) -> Home:
    """A home that the environment names, whose keys the database knows."""
    home = Home(tmp_path / "home")
    make_keys(home)
    monkeypatch.setenv("TOROGOZ_HOME", str(home.path))
    monkeypatch.setattr(rotate, "SETTLE", 0.0)
    KeyCheck.objects.all().delete()
    need_keys(now)
    return home


@pytest.fixture
def planted(own: Home, now: datetime, settings: Any) -> dict[str, list[str]]:
    """Two rows of everything; the values by kind."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # these passwords guard nothing
    return plant(now)
