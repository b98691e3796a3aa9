"""`torogoz keys`: what it prints and how it ends."""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime
from typing import Any

import pytest

from tests.integration.keys.planted import plant
from torogoz.cli import main
from torogoz.storage.home import Home
from torogoz.storage.keys import USES
from torogoz.storage.models import KeyCheck, Note


@pytest.fixture
def home(own: Home) -> str:
    return str(own.path)


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_init_makes_what_is_missing_in_a_new_home_and_says_so(
    own: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Home(own.path / "new")
    KeyCheck.objects.all().delete()  # on PostgreSQL both homes have one database
    monkeypatch.setattr(Home, "current", lambda: new)
    assert main(["--home", str(new.path), "keys", "init"]) == 0
    assert capsys.readouterr().out.startswith("made fields-1, raw-1, index-1, signing-1, backup-1, django-1; copy them")
    assert main(["--home", str(new.path), "keys", "init"]) == 0
    assert capsys.readouterr().out == "every key is there\n"


@pytest.mark.usefixtures("planted")
def test_check_counts_what_each_key_seals_by_table(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", home, "keys", "check", "--json"]) == 0
    keys = {key["id"]: key for key in told(capsys)["keys"]}
    assert list(keys) == [f"{use}-1" for use in USES]
    assert all(key["current"] and key["problem"] is None for key in keys.values())
    assert keys["fields-1"]["rows"]["storage_note.text"] == 2
    assert keys["raw-1"]["rows"].keys() == {
        "storage_delivery.wrapped_key",
        "storage_maskedrecord.wrapped_key",
        "storage_receivedmessage.wrapped_key",
    }
    assert main(["--home", home, "keys", "check"]) == 0
    shown = capsys.readouterr().out
    assert "fields-1     current" in shown
    assert "    storage_note.text" in shown


def test_check_ends_with_3_where_a_key_is_missing_or_another(
    own: Home, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = own.keys / "raw-1.key"
    key.write_text("ab" * 32)
    assert main(["--home", home, "keys", "check"]) == 3
    assert "raw-1        not the one that this database was written with" in capsys.readouterr().out
    key.unlink()
    assert main(["--home", home, "keys", "check", "--json"]) == 3
    assert {key["id"]: key["problem"] for key in told(capsys)["keys"] if key["problem"]} == {"raw-1": "missing"}


@pytest.mark.usefixtures("planted")
def test_rotate_says_which_keys_are_new_and_which_no_row_needs(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", home, "keys", "rotate", "--use", "fields", "--use", "index", "--json"]) == 0
    report = told(capsys)
    assert report["made"] == ["fields-2", "index-2"]
    assert report["unneeded"] == ["fields-1"]
    assert main(["--home", home, "keys", "rotate"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("now current: fields-3, raw-2, index-3, signing-2, backup-2, django-2; copy them")
    assert shown[2].startswith("index-1 is still needed: ")
    assert shown[-1] == (
        "no row needs fields-2, fields-1, raw-1, index-2, signing-1, backup-1, django-1 any more; "
        "backups may: see `torogoz keys retire`"
    )


@pytest.mark.usefixtures("planted")
def test_rotate_ends_with_1_where_a_value_does_not_open(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = Note.objects.order_by("pk").values_list("pk", flat=True)
    text = Note.objects.filter(pk=two).values_list("text", flat=True)[0]
    Note.objects.filter(pk=one).update(text=text)
    assert main(["--home", home, "keys", "rotate", "--use", "fields"]) == 1
    assert capsys.readouterr().err == (
        "storage_note.text: 1 values do not open with any key and were left as they are\n"
    )


@pytest.mark.usefixtures("planted")
def test_retire_asks_and_says_what_it_costs(
    own: Home, home: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--home", home, "keys", "retire"]) == 0
    assert capsys.readouterr().out == "every key is needed\n"
    main(["--home", home, "keys", "rotate", "--use", "fields"])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["--home", home, "keys", "retire"]) == 1
    assert "say so with --yes" in capsys.readouterr().err
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda: "no")
    assert main(["--home", home, "keys", "retire"]) == 1
    shown = capsys.readouterr()
    assert "fields-1: backups sealed under them, or made while they were in use, can no longer be read." in shown.out
    assert "nothing was done" in shown.err
    assert (own.keys / "fields-1.key").exists()
    monkeypatch.setattr("builtins.input", lambda: "yes")
    assert main(["--home", home, "keys", "retire"]) == 0
    assert "deleted fields-1; delete their copies too" in capsys.readouterr().out
    assert not (own.keys / "fields-1.key").exists()
    assert main(["--home", home, "keys", "retire", "fields-2", "--yes"]) == 1
    assert capsys.readouterr().err.startswith("refused: fields-2 is no old key; ")


def test_give_up_asks_and_makes_another_key(
    own: Home, home: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (own.keys / "django-1.key").unlink()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["--home", home, "keys", "give-up", "django-1"]) == 1
    assert "say so with --yes" in capsys.readouterr().err
    assert main(["--home", home, "keys", "give-up", "django-1", "--yes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "given up: django-1",
        "made django-2; copy them to where keys are kept, then run `torogoz keys rotate`",
    ]
    assert main(["--home", home, "keys", "check"]) == 0


def test_pages_go_on_with_the_new_key_and_nobody_is_signed_out(
    own: Home, home: str, now: datetime, settings: Any, client: Any
) -> None:
    """Sessions and forms: what the old key signed is taken for as long as that key is held."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_SECOND_FACTOR = False
    plant(now)
    from torogoz.flow import accounts

    client.force_login(accounts.known("caro"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/health").status_code == 200
    main(["--home", home, "keys", "rotate"])
    assert client.get("/health").status_code == 200
    assert (own.keys / "django-2.key").read_text() == settings.SECRET_KEY
    assert settings.SECRET_KEY_FALLBACKS[-1] == (own.keys / "django-1.key").read_text()
    main(["--home", home, "keys", "retire", "--yes"])
    assert client.get("/health").status_code == 200, "it was signed anew with its first use"
