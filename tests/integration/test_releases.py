"""A home of every earlier release goes on with this version, on both databases: nothing is lost, nothing is new."""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.databases import environment, on_postgresql
from tests.fixtures.releases.make import POSTGRESQL, SQLITE
from torogoz.storage.home import Home

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/fixtures/releases"
RELEASES = sorted(path.name for path in FOLDER.iterdir() if re.fullmatch(r"\d+\.\d+\.\d+", path.name))
#: `## [0.1.0] - 2026-11-28`, as Keep a Changelog writes what is released.
RELEASED = re.compile(r"^## (?:\[Unreleased\] )?\[?(\d+\.\d+\.\d+)", re.MULTILINE)
#: Bookkeeping of Django's own, which follows the models.
DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


def test_the_newest_release_has_left_its_fixture() -> None:
    released = RELEASED.findall((ROOT / "CHANGELOG.md").read_text())
    assert released[0] in RELEASES, "make it with tests/fixtures/releases/make.py before the release is tagged"


@contextmanager
def restored(release: str, home: Path) -> Iterator[dict[str, str]]:
    """Put a release's home back, and give the environment that names its database."""
    folder = FOLDER / release
    Home(home).make()
    for key in (folder / "keys").iterdir():
        path = Home(home).keys / key.name
        path.write_bytes(key.read_bytes())
        path.chmod(0o600)
    with environment() as named:
        if on_postgresql():
            statements = lzma.decompress((folder / POSTGRESQL).read_bytes()).decode()
            with psycopg.connect(named["DATABASE_URL"]) as own:
                # What begins with a backslash is for psql.
                own.execute("".join(line for line in statements.splitlines(True) if line[0] != "\\").encode())
        else:
            Home(home).database.write_bytes(lzma.decompress((folder / SQLITE).read_bytes()))
        yield named


@pytest.fixture(params=RELEASES)
def seen(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """What the present version saw in the home of a release."""
    with restored(request.param, tmp_path / "home") as named:
        command = [sys.executable, "-m", "tests.fixtures.releases.restored", str(tmp_path / "home")]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=named, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))


def test_a_home_of_a_release_goes_on_with_nothing_lost_and_nothing_new(seen: dict[str, Any]) -> None:
    before, after = seen["before"], seen["after"]
    assert {table: count for table, count in after.items() if table in before.keys() - DJANGO} == {
        table: count for table, count in before.items() if table not in DJANGO
    }, "migrating keeps every row"

    hits_before, hits_after = seen["hits"]
    assert hits_before
    assert hits_after == hits_before
    assert [hit[:-1] for hit in seen["hits_at_last"]] == [hit[:-1] for hit in hits_before], "only its weight changes"
    found = {key: count for key, count in seen["screened"].items() if key != "changed"}
    assert set(found.values()) == {0}, "screening with newer weights finds whom it had found"

    opened = seen["opened"]
    assert opened["travellers"] == before["storage_journeytraveller"] == opened["named_as_sealed"]
    assert opened["found_by_document"] > 0
    assert opened["raw_lines"] >= before["storage_observation"]
    assert opened["messages"] == before["storage_receivedmessage"]
    assert opened["listed"] == before["storage_watchlistentry"]
    assert opened["identified"] == before["storage_watchlistentry"], "migration 0017 says what each entry knows"
    assert opened["searched"][0].startswith("name: ")
    assert opened["referrals"] == before["storage_referral"]
    assert opened["second_factor"] > 0

    assert seen["taken_up"] == ["duplicate"], "what waited is read"
