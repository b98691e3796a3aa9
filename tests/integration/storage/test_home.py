"""The home holds everything of one installation, and only its account reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from torogoz.errors import UnavailableError
from torogoz.storage.home import Home


def test_the_folders_of_a_home_open_to_its_account_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    home.make()
    for folder in (home.path, home.keys, home.spool):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_making_a_home_again_changes_nothing_in_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    (home.spool / "waiting.edi").write_bytes(b"UNB")
    home.make()
    assert (home.spool / "waiting.edi").read_bytes() == b"UNB"


def test_the_environment_names_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOROGOZ_HOME", str(tmp_path))
    assert Home.current() == Home(tmp_path)


def test_without_a_name_the_home_is_var_below_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TOROGOZ_HOME")
    monkeypatch.chdir(tmp_path)
    assert Home.current().path == tmp_path / "var"


def test_everything_stands_below_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for place in (home.database, home.keys, home.spool, home.settings, home.demo_marker):
        assert place.parent == tmp_path


def test_a_home_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnavailableError, match="--home or TOROGOZ_HOME"):
        Home(tmp_path / "file" / "home").make()
