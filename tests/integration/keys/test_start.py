"""Nobody begins with keys that are missing, wrong, exchanged or open to others, and then nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.keys.homes import Worked, made

PASSWORD = "seis palabras que nadie adivina hoy"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """A home in which one list of travellers was taken in."""
    folder = tmp_path_factory.mktemp("start")
    with made(folder / "home") as worked:
        done = worked.run("init", "--name", "ana", typed=PASSWORD + "\n")
        assert done.returncode == 0, done.stderr
        yield worked


def missing(keys: Path) -> None:
    (keys / "fields-1.key").unlink()


def another(keys: Path) -> None:
    (keys / "fields-1.key").write_text("ab" * 32)


def exchanged(keys: Path) -> None:
    one, two = (keys / "raw-1.key").read_text(), (keys / "index-1.key").read_text()
    (keys / "raw-1.key").write_text(two)
    (keys / "index-1.key").write_text(one)


def readable(keys: Path) -> None:
    (keys / "django-1.key").chmod(0o644)


def enterable(keys: Path) -> None:
    keys.chmod(0o755)


WAYS = (
    ["serve", "--port", "0"],
    ["worker"],
    ["migrate"],
    ["users", "reset", "ana"],
    ["keys", "rotate"],
    ["keys", "retire", "--yes"],
)
#: what was done to the keys, and what the one line says of it
SPOILT: tuple[tuple[Callable[[Path], None], str], ...] = (
    (missing, "fields-1.key"),
    (another, "the key fields-1.key is not the one that this database was written with; put it back"),
    (exchanged, "the key raw-1.key and index-1.key is not the one"),
    (readable, "keys/django-1.key may be read by others than its owner; run chmod 600 "),
    (enterable, "home/keys may be read by others than its owner; run chmod 700 "),
)


@pytest.mark.parametrize(("spoil", "told"), SPOILT, ids=[spoil.__name__ for spoil, _ in SPOILT])
def test_every_way_to_begin_ends_with_3_and_one_line_and_nothing_is_written(
    worked: Worked, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    """LR-56."""
    keys = worked.home.keys
    right = {path: path.read_bytes() for path in keys.iterdir()}
    before = worked.stored()
    spoil(keys)
    spoilt = {path.name: path.read_bytes() for path in keys.iterdir()}
    (tmp_path / "a.edi").write_bytes(b"UNB+UNOA:4'")
    try:
        commands = [*WAYS, ["ingest", str(tmp_path / "a.edi")]]
        ends = worked.answer("begin", json.dumps(commands))
        for command, (status, printed, said) in zip(commands, ends, strict=True):
            assert (status, printed) == (3, ""), (command, said)
            assert said.startswith("unavailable: "), command
            assert told in said, command
            assert said.count("\n") == 1, command
        assert worked.stored() == before
        assert {path.name: path.read_bytes() for path in keys.iterdir()} == spoilt, "none is made in its place"
    finally:
        keys.chmod(0o700)
        for path, content in right.items():
            path.write_bytes(content)
            path.chmod(0o600)


#: Asks the application as an ASGI server does before it starts, and prints what it answers.
_ASK = """
import asyncio
from torogoz.web.asgi import application

async def ask():
    events = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    async def receive():
        return next(events)
    async def send(message):
        print(message["type"], message.get("message", ""))
    await application({"type": "lifespan"}, receive, send)

asyncio.run(ask())
"""


def test_an_application_server_does_not_start_with_other_keys(worked: Worked) -> None:
    """Somebody may run the pages by another server than ours."""
    key = worked.home.keys / "fields-1.key"
    right = key.read_text()
    environment = worked.environment | {"TOROGOZ_HOME": str(worked.home.path)}

    def ask() -> list[str]:
        command = [sys.executable, "-c", _ASK]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    assert ask() == ["lifespan.startup.complete ", "lifespan.shutdown.complete "]
    try:
        another(worked.home.keys)
        (answer,) = ask()
    finally:
        key.write_text(right)
    assert answer.startswith("lifespan.startup.failed unavailable: the key fields-1.key is not the one")


def test_a_lost_key_is_not_made_anew_beside_its_database(worked: Worked) -> None:
    key = worked.home.keys / "fields-1.key"
    away = key.rename(key.with_suffix(".away"))
    try:
        for command in (("keys", "init"), ("init", "--name", "eva")):
            done = worked.run(*command, typed=PASSWORD + "\n")
            assert done.returncode == 3
            assert "fields-1.key is missing; put it back" in done.stderr
        assert not key.exists()
    finally:
        away.rename(key)
    assert worked.run("keys", "init").stdout == "every key is there\n"


def test_a_home_of_before_gets_the_keys_of_new_uses_and_no_others(worked: Worked) -> None:
    """A key of a use that the database never had is made by `migrate`."""
    key = worked.home.keys / "backup-1.key"
    with_it = worked.run("keys", "check")
    assert with_it.returncode == 0
    statement = "DELETE FROM storage_keycheck WHERE key_id = 'backup-1'"
    forget = f"""
import os, sys
from pathlib import Path
from torogoz.cli.django import ready
ready(Path({os.fspath(worked.home.path)!r}), keys=False)
from django.db import connection
connection.cursor().execute({statement!r})
"""
    subprocess.run([sys.executable, "-c", forget], env=worked.environment, check=True)
    key.unlink()
    assert worked.run("migrate").returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert worked.run("keys", "check").returncode == 0
