"""A file is taken from the spool once it is whole, and leaves a receipt and no bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from torogoz.storage.spool import Spool

LATER = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
DATA = b"UNB+UNOA:4+X1'NAD+FL+++EJEMPLO:ANA'"


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    spool = Spool(tmp_path / "spool")
    spool.make()
    return spool


def drop(spool: Spool, name: str, data: bytes = DATA) -> Path:
    path = spool.folder / name
    path.write_bytes(data)
    written = (LATER - timedelta(minutes=1)).timestamp()
    os.utime(path, (written, written))
    return path


def ready(spool: Spool, now: datetime) -> list[Path]:
    return [found.path for found in spool.ready(now)]


def everything_in(spool: Spool) -> bytes:
    return b"".join(path.read_bytes() for path in spool.folder.rglob("*") if path.is_file())


def test_the_folders_open_to_their_account_only_and_are_made_once(spool: Spool) -> None:
    spool.make()
    for folder in (spool.folder, spool.folder / "done", spool.folder / "refused"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_whole_files_come_in_the_order_of_their_names(spool: Spool) -> None:
    paths = [drop(spool, name) for name in ("002.edi", "010.edi", "001.edi")]
    assert ready(spool, LATER) == sorted(paths)


@pytest.mark.parametrize("name", [".hidden.edi", "a.edi.tmp", "a.edi.part"])
def test_a_file_that_says_it_is_being_written_is_not_taken(spool: Spool, name: str) -> None:
    drop(spool, name)
    assert ready(spool, LATER) == []


def test_a_file_that_still_changes_is_waited_for(spool: Spool) -> None:
    path = drop(spool, "a.edi")
    os.utime(path, (LATER.timestamp(), LATER.timestamp()))
    assert ready(spool, LATER) == []
    assert ready(spool, LATER + timedelta(milliseconds=250)) == [path]


def test_folders_are_no_messages(spool: Spool) -> None:
    (spool.folder / "from-a-carrier").mkdir()
    assert ready(spool, LATER) == []


@pytest.mark.parametrize("refused", [False, True])
def test_a_taken_file_leaves_a_receipt_under_its_name_and_no_bytes(spool: Spool, refused: bool) -> None:  # noqa: FBT001
    spool.take(drop(spool, "a.edi"), {"delivery": 7}, refused=refused)
    kept = spool.folder / ("refused" if refused else "done") / "a.edi"
    assert json.loads(kept.read_text()) == {"delivery": 7}
    assert b"EJEMPLO" not in everything_in(spool)
    assert [path for path in spool.folder.rglob("*") if path.is_file()] == [kept]


def test_a_name_that_comes_every_day_keeps_every_receipt(spool: Spool) -> None:
    for number in (1, 2, 3):
        spool.take(drop(spool, "manifest.edi"), {"delivery": number}, refused=False)
    receipts = {path.name: json.loads(path.read_text())["delivery"] for path in (spool.folder / "done").iterdir()}
    assert receipts == {"manifest.edi": 1, "manifest.edi.2": 2, "manifest.edi.3": 3}


def test_a_receipt_is_not_taken_for_a_message(spool: Spool) -> None:
    spool.take(drop(spool, "a.edi"), {"delivery": 1}, refused=True)
    assert ready(spool, LATER) == []


def test_one_worker_at_a_time_takes_the_files_of_a_folder(spool: Spool) -> None:
    ask = "import pathlib; from torogoz.storage.spool import Spool"
    tell = f"print(Spool(pathlib.Path({str(spool.folder)!r})).sweeper(), flush=True); input()"
    command = [sys.executable, "-c", f"{ask}; {tell}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        assert not spool.sweeper()
        other.communicate("\n")
    assert spool.sweeper()
    assert list(spool.ready(LATER)) == []


def test_a_file_that_cannot_be_removed_leaves_no_receipt_and_one_when_it_can(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(spool, "a.edi")
    unlink = Path.unlink

    def kept(one: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as Path has it
        if one == path:
            raise PermissionError(13, "Permission denied")
        unlink(one, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", kept)
        for _ in range(3):
            with pytest.raises(PermissionError):
                spool.take(path, {"delivery": 1}, refused=False)
    assert list((spool.folder / "done").iterdir()) == []
    spool.take(path, {"delivery": 1}, refused=False)
    assert [each.name for each in (spool.folder / "done").iterdir()] == ["a.edi"]


def test_a_file_that_is_written_anew_under_its_name_is_another(spool: Spool) -> None:
    drop(spool, "a.edi")
    (first,) = spool.ready(LATER)
    assert list(spool.ready(LATER)) == [first]
    drop(spool, "a.edi", DATA + DATA)
    assert list(spool.ready(LATER)) != [first]


def test_a_crash_before_the_file_is_removed_brings_it_again_and_loses_nothing(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(spool, "a.edi")

    def crash(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", crash)
        with pytest.raises(KeyboardInterrupt):
            spool.take(path, {"delivery": 1}, refused=False)
    assert ready(spool, LATER) == [path]
    spool.take(path, {"delivery": 2}, refused=False)
    assert ready(spool, LATER) == []
