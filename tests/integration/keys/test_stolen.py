"""A stolen database gives no identifier, raw message, contact or second factor, and nothing that staff wrote."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.keys.homes import Worked, made


def written(value: str) -> Iterator[bytes]:
    """A value in every way in which a table might hold it."""
    for text in {value, value.upper(), value.lower(), value.replace(" ", ""), json.dumps(value)[1:-1]}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            plain = text.encode(encoding)
            yield plain
            yield plain.hex().encode()
            yield plain.hex().upper().encode()
            for shift in range(3):  # base64 in the midst of something else: its unaffected signs
                coded = base64.b64encode(b"\0" * shift + plain)
                inside = coded[-(-shift * 8 // 6) : len(coded) - 4]
                yield inside
                yield inside.translate(bytes.maketrans(b"+/", b"-_"))


def told(value: str, stored: dict[str, bytes]) -> set[str]:
    """Where a value stands."""
    ways = set(written(value))
    return {name for name, content in stored.items() if any(way in content for way in ways)}


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Worked, dict[str, list[str]], dict[str, bytes]]]:
    """A home in service, what was planted in it, and what a thief of its database gets at that moment."""
    with made(tmp_path_factory.mktemp("stolen") / "home") as worked:
        process = worked.start("planted")
        assert process.stdout
        values = json.loads(process.stdout.readline())
        taken = worked.stored()
        process.communicate()
        assert process.returncode == 0
        yield worked, values, taken | {f"at rest: {name}": content for name, content in worked.stored().items()}


KINDS = {
    *("document", "listed document", "phone", "email", "address", "card", "frequent flyer", "ticket", "unreadable"),
    *("reason", "referral", "note", "hold", "masked", "link", "search", "second factor"),
    *("contested", "order", "confirmation", "waiting document", "cleared document", "redress number"),
}


def test_nothing_that_names_or_reaches_a_person_stands_in_clear_in_any_writing(
    stolen: tuple[Worked, dict[str, list[str]], dict[str, bytes]],
) -> None:
    """LR-56."""
    _, values, taken = stolen
    assert values.keys() == KINDS
    if "storage_identifier" not in taken:
        assert {"torogoz.sqlite3", "torogoz.sqlite3-wal", "torogoz.sqlite3-shm"} <= taken.keys()
        assert len(taken["torogoz.sqlite3-wal"]) > 100_000
    for kind, planted in values.items():
        for value in planted:
            assert told(value, taken) == set(), kind


def test_what_analysts_search_by_does_stand_in_clear_so_that_looking_is_known_to_find(
    stolen: tuple[Worked, dict[str, list[str]], dict[str, bytes]],
) -> None:
    """And the disk must be encrypted, as the operator's guide says."""
    _, _, taken = stolen
    for name in ("FICTICIO", "AB12C1", "X1310"):
        assert told(name[:8], taken), name
    for way in written("Ana P12345678"):
        assert told("Ana P12345678", {"rows": b"..." + way + b"..."}) == {"rows"}
    for shift in range(3):
        inside = base64.b64encode(b"x" * shift + b"and then P12345678 and more")
        assert told("P12345678", {"rows": inside}) == {"rows"}


def test_the_keys_do_not_stand_in_the_database(
    stolen: tuple[Worked, dict[str, list[str]], dict[str, bytes]],
) -> None:
    worked, _, taken = stolen
    keys: list[Path] = sorted(worked.home.keys.glob("*.key"))
    assert len(keys) == 6
    for path in keys:
        secret = bytes.fromhex(path.read_text())
        assert told(path.read_text(), taken) == set()
        assert not any(secret in content or base64.b64encode(secret) in content for content in taken.values())
