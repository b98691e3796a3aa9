"""Whose authority the terminal has, and what it tells: every command and action, from the table of commands."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.hostile.sent import COMPANION, PERSON, bring, leaks, paxlst
from tests.invented import REVIEW_ON
from tests.serving import clean_environment
from torogoz.cli import COMMANDS, main, parser
from torogoz.flow import senders
from torogoz.storage.access.keys import need_keys
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys
from torogoz.storage.models import AuditEntry, KeyCheck
from torogoz.targeting.examples import example_rules

LIST = (
    "id,names,birth_date,nationality,sex,document_numbers\n"
    "W-1,ZYXWOFICTICIA QUIMERINA,1961-07-13,SLV,F,ZZ9876543\n"
    "W7ZQ9P,QUIMERINA,never,,,\n"
)
TERMS = ("--owner", "CENTRO", "--legal-basis", "Ley", "--purpose", "border_control", "--grade", "B2")
SCHEDULE = (
    "carrier,number,suffix,departure_airport,arrival_airport,departure_local,arrival_local\n"
    "X1,570,,LAX,SAL,2026-11-22T14:00,2026-11-22T21:05\n"
    "ZYXWOFICTICIA,570,,LAX,SAL,2026-11-22T14:00,2026-11-22T21:05\n"
)
#: command and action → its arguments, and the events that it leaves; IN is a folder with the files above.
AT_HOME: dict[tuple[str, ...], tuple[tuple[str, ...], set[str]]] = {
    ("init",): (("--name", "another"), set()),
    ("migrate",): ((), set()),
    ("users", "add"): (("ana", "--role", "analyst"), {"account.added"}),
    ("users", "reset"): (("the-analyst",), {"account.reset"}),
    ("watchlist", "import"): (
        ("IN/list.csv", "--format", "csv", "--list", "ZETA", *TERMS, "--review-on", REVIEW_ON),
        {"watchlist.imported"},
    ),
    ("watchlist", "prepare"): (("1", "--day", "2026-11-22", "--parent", "1"), set()),
    ("schedule", "import"): (("IN/schedule.csv",), {"schedule.imported"}),
    ("serve",): (("--port", "0"), set()),
    ("worker",): ((), set()),
    ("watch",): (("IN/spool",), {"delivery.received", "message.loaded", "flight.screened"}),
    ("ingest",): (("IN/more.edi", "IN/junk.edi"), {"delivery.received", "message.loaded", "message.refused"}),
    ("senders", "add"): (("X2", "--carrier", "X1"), {"sender.enrolled"}),
    ("senders", "change"): (("X1", "--every-carrier"), {"sender.changed"}),
    ("carriers", "agree"): (("X1", "--acknowledge", "contrl"), {"carrier.agreed"}),
    ("carriers", "list"): ((), set()),
    ("senders", "rotate"): (("X1",), {"sender.rotated"}),
    ("senders", "revoke"): (("X1",), {"sender.revoked"}),
    ("senders", "list"): ((), set()),
    ("users", "name"): (("the-analyst", "López Mena, Ana"), {"account.named"}),
    ("audit", "export"): (("IN/audit.jsonl",), {"exported"}),
    ("audit", "check"): ((), set()),
    ("audit", "verify"): (("IN/no-export.jsonl",), set()),
    ("audit", "key"): ((), set()),
    ("settings",): ((), set()),
    ("backup",): (("IN/a.backup",), {"backup.made"}),
    ("restore",): (("IN/no-export.jsonl",), set()),
    ("retention", "run"): (("--as-of", "2026-11-22"), {"retention.certified"}),
    ("retention", "prove"): ((), set()),
    ("retention", "verify"): (("IN/no-export.jsonl",), set()),
    ("evidence",): ((), {"evidence.replayed"}),
    ("keys", "init"): ((), set()),
    ("keys", "check"): ((), set()),
    ("keys", "rotate"): ((), {"keys.rotated"}),
    ("keys", "retire"): (("--yes",), set()),
    ("keys", "give-up"): (("fields-9", "--yes"), set()),
}
#: They begin and end transactions themselves.
ALONE = sorted({("backup",), ("restore",), ("retention", "run"), ("retention", "prove"), ("watch",)})
#: What they are given here is broken.
BROKEN = {("restore",)}
#: It makes a home of its own, in which everybody is invented.
OF_ITS_OWN = {("demo",)}


def commands(*, at_home: bool) -> Iterator[tuple[str, ...]]:
    """Every command with each of its actions."""
    top = parser()
    for name, command in COMMANDS.items():
        if command.at_home is at_home:
            own = next(each for each in top._actions if isinstance(each, argparse._SubParsersAction)).choices[name]
            import_module(command.module).configure(own)
            actions = [each for each in own._actions if isinstance(each, argparse._SubParsersAction)]
            yield from ((name, action) for each in actions for action in each.choices) if actions else [(name,)]


def test_every_command_that_opens_a_home_is_tried_below() -> None:
    assert set(commands(at_home=True)) == set(AT_HOME) | OF_ITS_OWN


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    """A home of its own, so that its keys may be rotated, which the database knows."""
    home = Home(tmp_path / "home")
    make_keys(home)
    monkeypatch.setenv("TOROGOZ_HOME", str(home.path))
    monkeypatch.setattr("torogoz.flow.rotate.SETTLE", 0.0)
    KeyCheck.objects.all().delete()
    need_keys(timezone.now())
    return home


@pytest.fixture
def planted(own: Home, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with travellers and a list, files with more of them, and servers that end at once."""
    (tmp_path / "spool").mkdir()
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "schedule.csv").write_text(SCHEDULE)
    (tmp_path / "no-export.jsonl").write_text("ZYXWOFICTICIA\n")
    (tmp_path / "more.edi").write_bytes(paxlst(PERSON, COMPANION, control="7", time="1905"))
    (tmp_path / "junk.edi").write_bytes(b"ZYXWOFICTICIA QUIMERINA ZZ9876543")
    dropped = tmp_path / "spool" / "ZZ9876543.edi"
    dropped.write_bytes(paxlst(COMPANION, control="8", time="1910"))
    os.utime(dropped, (0, 0))
    bring(paxlst(PERSON))
    senders.enrol("X1", senders.Scope(("X1",)), AuditEntry.objects.latest("pk").at)
    AuditEntry.objects.all().delete()
    monkeypatch.setattr("torogoz.flow.spool.watch", lambda *_args, **_options: iter(()))
    monkeypatch.setattr("torogoz.flow.spool.signal.signal", lambda *_: None)
    monkeypatch.setattr("torogoz.cli.serve.worker", lambda _home: nullcontext())
    monkeypatch.setattr("torogoz.cli.worker._keep", lambda *_: None)
    monkeypatch.setattr("torogoz.cli.watchlist.end_with", lambda _parent: None)
    monkeypatch.setattr("uvicorn.Server.run", lambda _server: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("six words that nobody will guess\n" * 2))
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("command", sorted(AT_HOME.keys() - set(ALONE)), ids=" ".join)
def test_a_command_at_a_home_tells_nothing_of_a_traveller_and_leaves_entries_without_a_name(
    command: tuple[str, ...], planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """LR-50: what the terminal does is recorded. What it prints is counts, and names of staff, lists and senders."""
    _tells_nothing(command, planted, capsys)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ALONE, ids=" ".join)
def test_nor_does_a_command_that_needs_the_database_for_itself(
    command: tuple[str, ...], planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """LR-50."""
    _tells_nothing(command, planted, capsys)


def _tells_nothing(command: tuple[str, ...], planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, events = AT_HOME[command]
    status = main([*command, *(each.replace("IN/", f"{planted}/") for each in arguments)])
    shown = capsys.readouterr()
    assert status == 3 if command in BROKEN else status in (0, 1)
    assert leaks(shown.out, shown.err) == []
    assert "EJEMPLO" not in shown.out.upper()
    left = list(AuditEntry.objects.all())
    assert events <= {entry.event for entry in left}
    assert bool(left) == bool(events)
    assert {(entry.account_id, entry.role, entry.agency, entry.purpose) for entry in left} <= {(None, "", "", "")}


#: command → what it is given, and what of it stands in what it prints: the file's own travellers, and no others.
FILES: dict[tuple[str, ...], tuple[tuple[str, ...], bool]] = {
    ("parse",): (("more.edi",), True),
    ("match",): (("--list", "list.csv", "--queries", "queries.csv"), True),
    ("rules", "check"): (("rule.json",), False),
    ("synth",): (("--out", "out", "--preset", "tiny"), False),
}


def test_every_other_command_is_tried_too() -> None:
    assert {command for command in commands(at_home=False) if command[0] != "bench"} == set(FILES)


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_a_command_without_a_home_opens_none_and_loads_no_database(command: tuple[str, ...], tmp_path: Path) -> None:
    arguments, tells = FILES[command]
    (tmp_path / "more.edi").write_bytes(paxlst(PERSON))
    (tmp_path / "list.csv").write_text("".join(LIST.splitlines(keepends=True)[:2]))
    (tmp_path / "queries.csv").write_text(
        "id,surname,given_names,birth_date,nationality,sex,document_number\n"
        "q1,ZYXWOFICTICIA,QUIMERINA,1961-07-13,SLV,F,ZZ9876543\n"
    )
    (tmp_path / "rule.json").write_text(json.dumps(example_rules(_in_a_month())[0]))
    # numba looks for the tool that measures tests, which keeps its counts in SQLite; an operator has none.
    run = (
        "import sys; sys.modules['coverage'] = None; from torogoz.cli import main; status = main(sys.argv[1:]);"
        "sys.exit(status or 99 * bool({'django', 'sqlite3', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, *command, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean_environment() | {"TOROGOZ_HOME": str(tmp_path / "home")},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "home").exists()
    assert bool(leaks(done.stdout)) is tells


def _in_a_month() -> date:
    return (datetime.now(UTC) + timedelta(days=30)).date()
