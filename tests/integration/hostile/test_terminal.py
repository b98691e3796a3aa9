"""A new user, and a wrong one, at the terminal: one line that says what helps, and the contract's exit statuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.conftest import People
from tests.integration.hostile.sent import COMPANION, PERSON, paxlst
from torogoz.cli import COMMANDS, main
from torogoz.flow import spool
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys
from torogoz.storage.models import Delivery, JourneyTraveller

GOOD = paxlst(PERSON)
#: The commands that need a home, as briefly as each may be said.
AT_HOME = {
    "ingest": ["ingest", "."],
    "schedule": ["schedule", "import", "x.csv"],
    "users": ["users", "add", "ana", "--role", "analyst"],
    "watchlist": ["watchlist", "import", "x.csv", "--format", "csv", "--list", "x"],
    "worker": ["worker"],
    "watch": ["watch", "."],
    "serve": ["serve"],
}
WRONG: tuple[list[str], ...] = (
    [],
    ["no-such-command"],
    ["ingest"],
    ["ingest", "--no-such-option", "x"],
    ["users"],
    ["users", "add"],
    ["users", "add", "ana", "--role", "emperor"],
    ["watchlist", "import", "x.csv"],
    ["watchlist", "import", "x.csv", "--format", "xlsx", "--list", "x"],
    ["rules"],
    ["rules", "check"],
    ["parse"],
    ["serve", "--port", "many"],
    ["match", "--list", "x"],
    ["match", "--list", "x", "--queries", "y", "--threshold", "7"],
    ["match", "--list", "x", "--queries", "y", "--threshold", "nan"],
    ["bench", "no-such-benchmark"],
    ["synth"],
)


def _bare() -> dict[str, str]:
    """The environment of a machine on which nothing of ours is set."""
    ours = ("TOROGOZ", "DJANGO", "DATABASE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def torogoz(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody would who has just installed it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "torogoz", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
        cwd=home.parent,
        env=_bare() | environment,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that ended badly, which is no stack trace."""
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_and_its_actions(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    def explained(*words: str) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--help"])
        assert end.value.code == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"usage: torogoz {' '.join(words)} ")
        return shown

    usage, _, listed = explained(name).partition("\nactions:\n  ACTION\n")
    actions = re.findall(r"^    ([\w-]+)", listed, re.MULTILINE)
    assert bool(actions) is ("ACTION ..." in usage)
    for action in actions:
        explained(name, action)


@pytest.mark.parametrize("wrong", WRONG, ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_how_it_is_used(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(wrong)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: torogoz")


def test_a_home_that_was_never_made_is_not_available_and_no_home_appears(tmp_path: Path) -> None:
    done = torogoz(*AT_HOME["ingest"], home=tmp_path / "none")
    assert (done.returncode, done.stdout) == (3, "")
    assert "run `torogoz init`" in said(done)
    assert not (tmp_path / "none").exists()


def test_a_home_with_keys_and_no_database_is_told_to_make_one(tmp_path: Path) -> None:
    make_keys(Home(tmp_path / "home"))
    done = torogoz(*AT_HOME["ingest"], home=tmp_path / "home")
    assert done.returncode == 3
    assert "run `torogoz init`" in said(done)


def test_a_database_that_is_none_is_not_available(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    make_keys(home)
    home.database.write_bytes(b"this is no database" * 1000)
    done = torogoz(*AT_HOME["ingest"], home=home.path)
    assert done.returncode == 3
    assert "database" in said(done)


def test_a_database_that_does_not_answer_is_not_available(tmp_path: Path) -> None:
    make_keys(Home(tmp_path / "home"))
    url = "postgres://nobody:ZYXWOFICTICIA@127.0.0.1:1/none"
    done = torogoz(*AT_HOME["ingest"], home=tmp_path / "home", DATABASE_URL=url)
    assert done.returncode == 3
    assert "ZYXWOFICTICIA" not in said(done)


def test_a_home_that_cannot_be_written_is_told_and_another_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = torogoz("init", "--name", "ana", home=tmp_path / "file")
    assert done.returncode == 3
    assert "name another with --home" in said(done)


def test_a_configuration_that_cannot_be_read_is_told_as_its_authors(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    make_keys(home)
    home.settings.write_text("state = \n")
    done = torogoz(*AT_HOME["ingest"], home=home.path)
    assert done.returncode == 1
    assert said(done).startswith("author: torogoz.toml")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with its database, whose keys a test may spoil."""
    home = Home(tmp_path_factory.mktemp("made") / "home")
    make_keys(home)
    done = subprocess.run(
        [sys.executable, "-m", "torogoz", "--home", str(home.path), "init", "--name", "ana"],
        input="a long invented password\n",
        capture_output=True,
        text=True,
        check=False,
        env=_bare(),
    )
    assert done.returncode == 0, done.stderr
    (home.path.parent / "a.edi").write_bytes(GOOD)
    return home


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_text("no key"), "cannot be read"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "cannot be read"),
        (lambda path: path.write_text("00" * 16), "has not 32 bytes"),
    ],
    ids=["missing", "other-text", "other-bytes", "too-short"],
)
def test_a_key_that_is_missing_or_wrong_is_named_and_none_is_made_in_its_place(
    spoil: object, told: str, made: Home
) -> None:
    key = made.keys / "raw-1.key"
    before = key.read_text()
    try:
        spoil(key)  # type: ignore[operator]
        done = torogoz("ingest", "a.edi", home=made.path)
        assert done.returncode == 3
        assert told in said(done)
        assert "raw-1.key" in done.stderr
        assert not key.exists() or key.read_bytes() != before.encode()
    finally:
        key.write_text(before)
        key.chmod(0o600)


def test_a_new_user_ingests_in_two_commands_and_reads_counts(made: Home) -> None:
    done = torogoz("ingest", "a.edi", "--json", home=made.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "received": 1,
        "loaded": 1,
        "duplicates": 0,
        "refused": 0,
        "travellers": 1,
        "hits": 0,
    }


@pytest.mark.django_db
def test_a_folder_of_good_and_bad_files_ends_with_1_and_the_good_ones_are_loaded(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spool, "LARGEST", 5_000)
    files = {
        "1-good": GOOD,
        "2-junk": b"\xff\0" * 50,
        "3-large": b"x" * 5_001,
        "4-empty": b"",
        "\x1b[2J5": b"x" * 5_001,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "0-nowhere").symlink_to(tmp_path / "no-such-file")
    (tmp_path / "9-good").write_bytes(paxlst(COMPANION, PERSON, time="1900"))
    assert main(["ingest", "--json", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    counts = json.loads(shown.out)
    assert (counts["received"], counts["loaded"], counts["refused"]) == (6, 2, 4)
    assert JourneyTraveller.objects.count() == 2
    assert [line.split(":")[0] for line in shown.err.splitlines()] == ["'\\x1b[2J5'", "'3-large'"]
    assert all("send it in parts" in line for line in shown.err.splitlines())


@pytest.mark.django_db
def test_a_path_that_is_not_there_ends_with_3_before_anything_is_taken_in(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.edi").write_bytes(GOOD)
    assert main(["ingest", str(tmp_path / "a.edi"), str(tmp_path / "none")]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert not Delivery.objects.exists()


def test_parse_reads_whatever_a_file_is_called_and_wherever_it_is_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\n.edi")
    (tmp_path / name).write_bytes(GOOD.replace(b"QUIMERINA", "MUÑOZ".encode()))
    done = torogoz("parse", name, home=tmp_path / "none", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["travellers"][0]["given_names"] == "MUÑOZ"


def test_an_error_steers_no_terminal_by_the_name_of_a_file(tmp_path: Path) -> None:
    done = torogoz("parse", "\x1b[2J\x1b]0;owned\x07", home=tmp_path / "none")
    assert done.returncode == 3
    assert "\x1b" not in said(done)
