"""What numba compiles is kept under the home, named after the code, and ready before anybody waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from torogoz.errors import UnavailableError
from torogoz.flow import kernels


def test_kernels_stand_in_a_folder_named_after_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    kernels.keep_below(tmp_path)
    kept = Path(os.environ["NUMBA_CACHE_DIR"])
    assert kept.parent == tmp_path
    # A process that this one starts keeps to it, whatever its own home is.
    kernels.keep_below(tmp_path / "other")
    assert Path(os.environ["NUMBA_CACHE_DIR"]) == kept


def test_a_folder_that_is_named_is_kept_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))
    kernels.keep_below(tmp_path / "home")
    assert Path(os.environ["NUMBA_CACHE_DIR"]).parent == tmp_path / "named"


def test_a_command_without_a_home_keeps_to_the_users_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernels.keep_for_user()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).parent == tmp_path / "torogoz" / "kernels"


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    kernels.keep_below(tmp_path)
    with pytest.raises(UnavailableError, match="NUMBA_CACHE_DIR"):
        kernels.warm()


def test_once_warm_nothing_is_compiled_any_more() -> None:
    """Another list, another traveller, names in one word, documents, changes, mapped arrays: all of it is loaded."""
    script = """
from torogoz.flow.kernels import warm
warm()
from numba.core import event
with event.install_recorder("numba:compile") as seen:
    from tests.unit.matching.people import ask, crowd, entry
    from torogoz.matching import ListIndex, brute_force, build, match_all
    index = build([entry(document="A01234567"), *crowd(50)])
    changed = ListIndex.of(index.parts()).with_changes([entry("W-2", born=("1988", ""))], ["W-1"])
    for each in (index, changed, build([])):
        match_all([ask(document="A01234576"), ask("GRACIA", born=None), ask("", "", "1988")], each, 0.0001)
        match_all([ask("GARCIALOPEZMARIA", None), ask("GARCIALOPEZ", "M")], each, 0.0001)
        brute_force(ask(document="A01234576"), each)
print(len(seen.buffer))
"""
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert told.stdout == "0\n"
