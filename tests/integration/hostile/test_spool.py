"""The spool takes what is whole, whatever it is called and whatever lies beside it, and the worker never stops."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from tests.integration.hostile.sent import PERSON, leaks, logged, overfull, paxlst
from torogoz.flow import spool as flow
from torogoz.flow.spool import Rounds
from torogoz.storage.models import Delivery, JourneyTraveller
from torogoz.storage.spool import Spool

pytestmark = pytest.mark.django_db

GOOD = paxlst(PERSON)
#: Names a hostile sender may give a file; a file system allows every sign but / and NUL, and 255 bytes.
NAMES = {
    "line-end": "a\nb.edi",
    "up": "%2e%2e%2f..%2fetc%2fpasswd..",
    "markup": "<script>alert(1)<|script>.edi",
    "template": "{{ 7*7 }}{% load x %}.edi",
    "escape": "\x1b[2J\x1b]0;owned\x07.edi",
    "turned": "\u202eide.exe",
    "option": "-rf",
    "long": "n" * 251 + ".edi",
    "long-in-bytes": "ñ" * 125 + ".edi",
    "not-utf-8": os.fsdecode(b"\xff\xfe\x80.edi"),
    "blank": " ",
    "formula": "=cmd|'!A1",
}


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spool:
    monkeypatch.setattr(flow, "REST", 0)
    made = Spool(tmp_path / "spool")
    made.make()
    return made


@pytest.fixture
def rounds(spool: Spool) -> Rounds:
    return Rounds(spool)


def drop(spool: Spool, name: str, data: bytes = GOOD) -> Path:
    """Put a file there that has been still for a while."""
    path = spool.folder / name
    path.write_bytes(data)
    return rest(path)


def rest(path: Path) -> Path:
    """Make a file one that has been still for a while."""
    still = time.time() - 60
    os.utime(path, (still, still))
    return path


def receipts(spool: Spool, outcome: str = "done") -> list[str]:
    return sorted(path.name for path in (spool.folder / outcome).iterdir())


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_is_taken_once_and_kept_safely(name: str, spool: Spool, rounds: Rounds) -> None:
    drop(spool, name)
    rounds.next()
    rounds.next()
    assert Delivery.objects.count() == 1
    assert JourneyTraveller.objects.count() == 1
    assert {path.name for path in spool.folder.iterdir() if path.is_file()} == {".sweeper"}
    assert len(receipts(spool)) == 1
    assert overfull() == []


def test_the_same_long_name_every_day_keeps_every_receipt(spool: Spool, rounds: Rounds) -> None:
    for _ in range(3):
        drop(spool, NAMES["long"])
        rounds.next()
    assert len(receipts(spool)) == 3
    assert Delivery.objects.count() == 3


def test_a_file_that_is_still_written_is_not_taken_and_is_when_it_is_whole(spool: Spool, rounds: Rounds) -> None:
    path = spool.folder / "a.edi"
    path.write_bytes(GOOD[:100])
    rounds.next()
    assert not Delivery.objects.exists()
    drop(spool, "a.edi")
    rounds.next()
    assert receipts(spool) == ["a.edi"]
    assert JourneyTraveller.objects.count() == 1


def test_folders_links_and_devices_are_no_messages_and_stop_nobody(
    spool: Spool, rounds: Rounds, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.edi"
    elsewhere.write_bytes(GOOD.replace(b"QUIMERINA", b"OTHER"))
    rest(elsewhere)
    (spool.folder / "0-folder.edi").mkdir()
    (spool.folder / "1-nowhere.edi").symlink_to(tmp_path / "no-such-file")
    (spool.folder / "2-itself.edi").symlink_to(spool.folder / "2-itself.edi")
    (spool.folder / "3-device.edi").symlink_to("/dev/zero")
    os.mkfifo(spool.folder / "4-pipe.edi")
    (spool.folder / "5-elsewhere.edi").symlink_to(elsewhere)
    drop(spool, "9-good.edi")
    rounds.next()
    assert receipts(spool) == ["9-good.edi"]
    assert Delivery.objects.count() == 1
    assert elsewhere.exists()


def test_a_file_that_may_not_be_read_stops_nobody_and_is_tried_again(
    spool: Spool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drop(spool, "1-closed.edi")
    drop(spool, "2-good.edi", GOOD.replace(b"QUIMERINA", b"OTHER"))
    read_whole = flow.read_whole

    def closed(path: Path) -> bytes:
        if "closed" in path.name:
            raise PermissionError(13, "Permission denied", str(path))
        return read_whole(path)

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(flow, "read_whole", closed)
        rounds.next()
        assert receipts(spool) == ["2-good.edi"]
        assert "file.unreadable" in [record.getMessage() for record in caplog.records]
        assert "closed" not in logged(caplog.records)
        rounds.next()
        rounds.next()
        assert caplog.messages.count("file.unreadable") == 1
    rounds.next()
    assert receipts(spool) == ["1-closed.edi", "2-good.edi"]


@pytest.mark.parametrize("outcome", ["done", "refused"])
def test_a_receipt_that_cannot_be_written_is_told_once_and_the_file_is_received_once(
    outcome: str,
    spool: Spool,
    rounds: Rounds,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(flow, "LARGEST", 10_000)
    drop(spool, "1-stays.edi", GOOD if outcome == "done" else b" " * 10_001)
    drop(spool, "2-good.edi", b"nothing that is EDIFACT" if outcome == "done" else GOOD)
    write_text = Path.write_text

    def full(path: Path, *arguments: object, **options: object) -> int:
        if path.parent.name == outcome:
            raise OSError(28, "No space left on device", str(path))
        return write_text(path, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(Path, "write_text", full)
        for _ in range(4):
            rounds.next()
        assert caplog.messages.count("receipt.unwritable") == 1
        assert "round.failed" not in caplog.messages
        assert "stays" not in logged(caplog.records)
        assert receipts(spool, outcome) == []
        assert receipts(spool, "refused" if outcome == "done" else "done") == ["2-good.edi"]
    received = Delivery.objects.count()
    rounds.next()
    assert receipts(spool, outcome) == ["1-stays.edi"]
    assert Delivery.objects.count() == received == (2 if outcome == "done" else 1)


def test_a_trouble_that_comes_back_is_told_again(
    spool: Spool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for times in (1, 2):
        with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
            patch.setattr(flow, "work", _away)
            rounds.next()
            rounds.next()
        assert caplog.messages.count("round.failed") == times
        rounds.next()


def test_a_file_that_vanishes_while_it_is_looked_at_stops_nobody(
    spool: Spool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(spool, "1-vanishing.edi")
    drop(spool, "2-good.edi")
    look = Path.lstat

    def vanish(path: Path) -> os.stat_result:
        if path.name == "1-vanishing.edi":
            path.unlink(missing_ok=True)
        return look(path)

    monkeypatch.setattr(Path, "lstat", vanish)
    rounds.next()
    assert receipts(spool) == ["2-good.edi"]


def test_a_file_larger_than_is_taken_is_refused_with_a_remedy_and_never_read_whole(
    spool: Spool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "LARGEST", 1_000_000)
    with drop(spool, "1-huge.edi", b"").open("r+b") as file:
        file.truncate(10**12)
    rest(spool.folder / "1-huge.edi")
    drop(spool, "2-good.edi")
    rounds.next()
    assert receipts(spool, "refused") == ["1-huge.edi"]
    assert "send it in parts" in (spool.folder / "refused" / "1-huge.edi").read_text()
    assert receipts(spool) == ["2-good.edi"]


def test_a_refused_file_leaves_its_bytes_sealed_and_a_receipt_without_them(spool: Spool, rounds: Rounds) -> None:
    drop(spool, "a.edi", b"ZYXWOFICTICIA QUIMERINA ZZ9876543")
    rounds.next()
    assert receipts(spool, "refused") == ["a.edi"]
    assert leaks((spool.folder / "refused" / "a.edi").read_text()) == []
    assert Delivery.objects.get().sealed is not None


def test_a_round_that_fails_is_told_by_its_kind_and_the_next_one_takes_the_file(
    spool: Spool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drop(spool, "a.edi")

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(flow, "work", _away)
        rounds.next()
    assert leaks(logged(caplog.records)) == []
    assert "round.failed" in caplog.text
    rounds.next()
    assert receipts(spool) == ["a.edi"]
    assert JourneyTraveller.objects.count() == 1
    assert Delivery.objects.count() == 1


def _away(*_: object) -> None:
    raise RuntimeError(GOOD.decode())
