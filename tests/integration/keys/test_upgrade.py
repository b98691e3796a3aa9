"""A database of before keys were numbered goes on with its keys, and with no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.keys.before import DOCUMENT, NOTE, SECRET
from tests.integration.keys.homes import Worked, copied, made


@pytest.fixture(scope="module")
def was(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """A home as it was; to bring it there takes ten seconds."""
    with made(tmp_path_factory.mktemp("was") / "home", migrated=False) as worked:
        worked.answer("before")
        (worked.home.keys / "backup-1.key").unlink()  # a use of today
        (worked.home.keys / "signing-1.pub").unlink()
        yield worked


@pytest.fixture
def before(was: Worked, tmp_path: Path) -> Iterator[Worked]:
    """A home as it was, for one test."""
    with copied(was, tmp_path / "home") as worked:
        yield worked


def test_what_stood_there_is_sealed_as_it_is_now_and_reads_as_before(before: Worked) -> None:
    done = before.run("migrate")
    assert (done.returncode, done.stderr) == (0, "")
    assert before.answer("before", "look") == {
        "note": NOTE,
        "note stands as": "fields-1:",
        "identifier": DOCUMENT,
        "found": 1,
        "second factor": SECRET,
        "session": {"purpose": "serious_crime"},
        "versions": [1],
    }
    assert (before.home.keys / "backup-1.key").exists()
    assert (before.home.keys / "signing-1.pub").exists()
    assert before.run("keys", "check").returncode == 0
    if "DATABASE_URL" not in before.environment:
        assert not any(NOTE.encode() in content for content in before.stored().values()), "nor in a free page"


@pytest.mark.parametrize("key", ["fields-1", "raw-1"])
def test_with_another_key_nothing_of_it_happens(before: Worked, key: str) -> None:
    """LR-56."""
    path = before.home.keys / f"{key}.key"
    right, stood = path.read_text(), before.stored()
    path.write_text("ab" * 32)
    done = before.run("migrate")
    assert done.returncode == 3
    assert "does not open with the present keys; put back" in done.stderr
    assert before.stored() == stood
    path.write_text(right)
    assert before.run("migrate").returncode == 0
    assert before.answer("before", "look")["note"] == NOTE
