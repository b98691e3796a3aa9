"""Senders at the terminal: enrolled for named carriers, renewed, ended, and listed without a token."""

from __future__ import annotations

import pytest

from torogoz.cli import main
from torogoz.storage.models import AuditEntry, Sender, SenderToken

pytestmark = pytest.mark.django_db

Printed = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    return main(["senders", *arguments])


def printed(capsys: Printed, *arguments: str) -> str:
    capsys.readouterr()
    assert run(*arguments) == 0
    return capsys.readouterr().out


def test_a_token_is_printed_once_and_listed_never(capsys: Printed) -> None:
    token = printed(capsys, "add", "Aerolínea", "--carrier", "xa", "--carrier", "YB", "--from", "192.0.2.0/24").strip()
    renewed = printed(capsys, "rotate", "Aerolínea", "--overlap", "1.5", "--until", "2999-12-31").strip()
    listed = printed(capsys, "list")
    assert token not in listed
    assert renewed not in listed
    (line,) = listed.splitlines()
    name, since, until, carriers, networks, ends = line.split("\t")
    assert (name, until, carriers, networks) == ("Aerolínea", "", "XA,YB", "192.0.2.0/24")
    assert since
    first, second = ends.split(",")
    assert (second, first > since) == ("3000-01-01T00:00Z", True)


def test_a_sender_is_enrolled_for_carriers_that_are_named_or_for_every_one_that_is_said(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as end:
        run("add", "A")
    assert end.value.code == 2
    printed(capsys, "add", "A", "--every-carrier")
    assert Sender.objects.get().carriers is None
    assert printed(capsys, "list").split("\t")[3:] == ["*", "*", "open\n"]
    printed(capsys, "change", "A", "--carrier", "XA")
    assert Sender.objects.get().carriers == ["XA"]


def test_a_revoked_sender_is_listed_with_its_end_and_without_tokens(capsys: Printed) -> None:
    printed(capsys, "add", "A", "--carrier", "XA")
    printed(capsys, "revoke", "A")
    line = printed(capsys, "list").strip().split("\t")
    assert line[2]
    assert line[5] == "none"


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "A", "--carrier", "no-code"),
        ("add", "A", "--carrier", "XA", "--from", "everywhere"),
        ("add", "A", "--carrier", "XA", "--until", "soon"),
        ("add", "A", "--carrier", "XA", "--until", "9999-12-31"),
        ("add", "A", "--carrier", "XA", "--until", "2001-01-01"),
        ("rotate", "nobody"),
        ("change", "nobody", "--every-carrier"),
        ("revoke", "nobody"),
    ],
)
def test_what_cannot_be_done_says_who_must_correct_it_and_makes_no_token(
    arguments: tuple[str, ...], capsys: Printed
) -> None:
    assert run(*arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("author: ")
    assert not SenderToken.objects.exists()


def test_each_act_at_the_terminal_is_an_entry_of_nobody_in_particular(capsys: Printed) -> None:
    token = printed(capsys, "add", "A", "--carrier", "XA").strip()
    for act in (("change", "A", "--every-carrier"), ("rotate", "A"), ("revoke", "A")):
        printed(capsys, *act)
    entries = AuditEntry.objects.order_by("pk")
    assert [each.event for each in entries] == [
        f"sender.{act}" for act in ("enrolled", "changed", "rotated", "revoked")
    ]
    assert {each.account for each in entries} == {None}
    assert token not in str(list(AuditEntry.objects.values_list()))
