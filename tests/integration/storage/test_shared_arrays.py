"""Arrays that processes share: the same everywhere, whole or absent, private, and never on a disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from torogoz.storage import shared_arrays
from torogoz.storage.home import Home

ARRAYS: dict[str, NDArray[Any]] = {
    "words": np.frombuffer(b"GARCIALOPEZ", np.uint8),
    "starts": np.array([0, 6, 11], np.uint32),
    "none": np.array([], np.int64),
    "births": np.array([19880229, 0], np.int32),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    memory = tmp_path / "memory"
    memory.mkdir()
    found = shared_arrays.folder(Home(tmp_path / "home"), memory)
    assert found
    return found


def test_what_is_shared_comes_back_equal_and_cannot_be_changed(place: Path) -> None:
    assert shared_arrays.share(place, "list", ARRAYS)
    found = shared_arrays.shared(place, "list")
    assert found is not None
    assert list(found) == list(ARRAYS)
    for key, array in ARRAYS.items():
        assert found[key].dtype == array.dtype
        np.testing.assert_array_equal(found[key], array)
        assert not found[key].flags.writeable


def test_another_process_reads_it(place: Path) -> None:
    shared_arrays.share(place, "list", ARRAYS)
    code = (
        "import sys; from pathlib import Path; from torogoz.storage import shared_arrays\n"
        "print(shared_arrays.shared(Path(sys.argv[1]), 'list')['births'].tolist())"
    )
    said = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[19880229, 0]"


def test_each_home_has_a_folder_of_its_own_that_nobody_else_may_enter(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    one, two = (shared_arrays.folder(Home(tmp_path / name), tmp_path) for name in ("first", "second"))
    assert one
    assert two
    assert one != two
    assert one.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_enter_is_not_trusted(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    found = shared_arrays.folder(home, tmp_path)
    assert found
    found.chmod(0o755)
    assert shared_arrays.folder(home, tmp_path) is None


def test_what_a_home_has_left_that_is_no_more_is_removed(tmp_path: Path) -> None:
    """Memory is not given back by itself; what another installation uses stays."""
    gone, kept = tmp_path / "gone", tmp_path / "kept"
    kept.mkdir()
    left, used = (shared_arrays.folder(Home(home), tmp_path) for home in (gone, kept))
    assert left
    shared_arrays.share(left, "list", ARRAYS)
    (tmp_path / "torogoz-not-ours").mkdir()
    shared_arrays.folder(Home(tmp_path / "new"), tmp_path)
    assert used
    assert used.exists()
    assert not left.exists()


def test_a_link_laid_in_its_place_is_not_followed(tmp_path: Path) -> None:
    home, elsewhere = Home(tmp_path / "home"), tmp_path / "elsewhere"
    found = shared_arrays.folder(home, tmp_path)
    assert found
    shutil.rmtree(found)
    elsewhere.mkdir(mode=0o700)
    found.symlink_to(elsewhere)
    assert shared_arrays.folder(home, tmp_path) is None


def test_where_there_is_no_memory_folder_nothing_is_shared(tmp_path: Path) -> None:
    assert shared_arrays.folder(Home(tmp_path), tmp_path / "missing") is None


def test_files_are_for_the_account_alone_whatever_its_mask(place: Path) -> None:
    before = os.umask(0)
    try:
        shared_arrays.share(place, "list", ARRAYS)
    finally:
        os.umask(before)
    assert (place / "list").stat().st_mode & 0o777 == 0o600


def test_a_name_that_was_never_shared_is_absent(place: Path) -> None:
    assert shared_arrays.shared(place, "list") is None


def test_without_room_nothing_is_shared_and_nothing_is_left(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "rename", full)
    assert not shared_arrays.share(place, "list", ARRAYS)
    assert [path.name for path in place.iterdir()] == ["home"]


@given(st.integers(0, 400), st.binary(max_size=8))
def test_a_file_that_was_cut_or_damaged_is_absent_or_of_the_same_shape(
    tmp_path_factory: pytest.TempPathFactory, cut: int, damage: bytes
) -> None:
    place = tmp_path_factory.mktemp("memory")
    shared_arrays.share(place, "list", ARRAYS)
    whole = (place / "list").read_bytes()
    (place / "list").write_bytes(whole[:cut] + damage)
    found = shared_arrays.shared(place, "list")
    assert found is None or all(isinstance(array, np.ndarray) for array in found.values())


def test_what_is_no_longer_asked_for_is_removed_and_stays_with_who_has_it(place: Path) -> None:
    shared_arrays.share(place, "old", ARRAYS)
    shared_arrays.share(place, "new", ARRAYS)
    mapped = shared_arrays.shared(place, "old")
    shared_arrays.remove(place, ["old", "never"])
    assert shared_arrays.shared(place, "old") is None
    assert mapped is not None
    assert mapped["births"].tolist() == [19880229, 0]
    assert shared_arrays.shared(place, "new") is not None
