"""The first hour of a home on the terminal: keys, database, an administrator, people, and letting them in again."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import StaffRole
from torogoz.storage.models import Account, Agency, AuditEntry

PASSWORD = "seis palabras que nadie adivina hoy"
OTHER = "otras seis palabras que nadie adivina"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What comes through the pipe: one line, the password."""
    pipe = io.StringIO(f"{PASSWORD}\n{OTHER}\n")
    monkeypatch.setattr(sys, "stdin", pipe)
    return pipe


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


@pytest.mark.django_db
def test_the_first_administrator_belongs_to_the_centre_and_is_in_the_audit(typed: io.StringIO) -> None:
    assert main(["init", "--name", "admina"]) == 0
    account = Account.objects.get()
    assert (account.username, account.role) == ("admina", StaffRole.ADMINISTRATOR)
    assert account.agency
    assert account.agency.centre
    assert account.check_password(PASSWORD)
    assert (account.is_staff, account.is_superuser) == (False, False), "a role is all the power there is"
    assert events() == [AuditEvent.ACCOUNT_ADDED]


@pytest.mark.django_db
def test_a_home_gets_no_second_administrator_by_init(typed: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--name", "admina"])
    assert main(["init", "--name", "intrusa"]) == 1
    assert Account.objects.count() == 1
    assert capsys.readouterr().err.startswith("refused: this home has its first administrator; add people with")


@pytest.mark.django_db
def test_init_through_a_pipe_needs_a_name(typed: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 1
    assert "give one with --name" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["corta", "", "q1w2e3r4t5y6"])
def test_a_password_that_is_easily_guessed_is_refused_and_nobody_is_made(
    password: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    assert main(["init", "--name", "admina"]) == 1
    assert capsys.readouterr().err.startswith("author: the password is refused; This password is")
    assert not Account.objects.exists()
    assert not Agency.objects.exists()


@pytest.mark.django_db
def test_a_person_works_for_the_centre_unless_another_agency_is_named(typed: io.StringIO) -> None:
    main(["init", "--name", "admina"])
    assert main(["users", "add", "ana", "--role", "analyst"]) == 0
    ana = Account.objects.get(username="ana")
    assert ana.agency
    assert (ana.role, ana.agency.centre) == (StaffRole.ANALYST, True)


@pytest.mark.django_db
def test_a_new_code_makes_an_agency_that_is_not_the_centre(typed: io.StringIO) -> None:
    assert main(["users", "add", "paco", "--role", "border_officer", "--agency", "DGME", "--port", "sal"]) == 0
    paco = Account.objects.get(username="paco")
    assert paco.agency
    assert (paco.port, paco.agency.code, paco.agency.centre) == ("SAL", "DGME", False)


@pytest.mark.django_db
def test_nobody_is_added_to_a_centre_that_does_not_exist(
    typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["users", "add", "ana", "--role", "analyst"]) == 1
    assert "run `torogoz init` first" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ana", "no blanks here", "", "x" * 151])
def test_a_name_that_is_taken_or_cannot_be_typed_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))
    main(["users", "add", "ana", "--role", "analyst", "--agency", "A"])
    assert main(["users", "add", name, "--role", "analyst", "--agency", "A"]) == 1
    assert capsys.readouterr().err.startswith("author: the account is refused; ")
    assert Account.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "password", "factor"),
    [([], True, True), (["--password"], True, False), (["--second-factor"], False, True)],
)
def test_a_person_is_let_in_again_by_what_they_lost(
    option: list[str], *, password: bool, factor: bool, typed: io.StringIO
) -> None:
    main(["users", "add", "ana", "--role", "analyst", "--agency", "A"])
    ana = Account.objects.get()
    Authenticator.objects.create(user=ana, type=Authenticator.Type.TOTP, data={})
    assert main(["users", "reset", "ana", *option]) == 0
    ana.refresh_from_db()
    assert ana.check_password(OTHER if password else PASSWORD)
    assert Authenticator.objects.exists() is not factor
    entry = AuditEntry.objects.get(event=AuditEvent.ACCOUNT_RESET)
    assert (entry.object_id, entry.counts) == (ana.pk, {"password": int(password), "second_factor": int(factor)})


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_not_let_in(typed: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["users", "reset", "nadie"]) == 1
    assert capsys.readouterr().err.startswith("author: nobody here has this name")
    assert typed.tell() == 0, "no password is asked for in vain"


def test_a_person_types_the_password_twice_and_both_must_be_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    answers = iter([PASSWORD, OTHER, PASSWORD, PASSWORD])
    monkeypatch.setattr("torogoz.cli.passwords.getpass", lambda _: next(answers))
    monkeypatch.setattr("builtins.input", lambda _: " admina ")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert main(["init"]) == 1
    assert "the two passwords differ" in capsys.readouterr().err
    assert main(["init"]) == 0
    assert Account.objects.get().username == "admina"


def test_two_commands_make_a_home_that_only_its_owner_reads(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def torogoz(*argv: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "import sys; from torogoz.cli import main; sys.exit(main())", *argv]
        return subprocess.run(
            [*command, "--home", str(home)],
            input=PASSWORD + "\n",
            capture_output=True,
            text=True,
            check=False,
            env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        )

    early = torogoz("users", "reset", "admina")
    assert early.returncode == 3
    assert early.stderr.startswith("unavailable: the database does not answer; run `torogoz init`")
    assert not home.exists()

    made = torogoz("init", "--name", "admina")
    assert (made.returncode, made.stderr) == (0, "")
    assert torogoz("migrate").stdout == "the database is up to date\n"
    assert home.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home / "keys").iterdir())
    assert PASSWORD.encode() not in (home / "torogoz.sqlite3").read_bytes()


@pytest.mark.django_db
def test_a_compartment_opens_to_the_person_for_whom_it_is_named(typed: io.StringIO) -> None:
    main(["init", "--name", "admina"])
    command = ["users", "add", "protege", "--role", "border_officer", "--port", "sal", "--compartment", "protection"]
    assert main(command) == 0
    assert Account.objects.get(username="protege").compartments == ["protection"]


@pytest.mark.django_db
def test_a_full_name_is_entered_with_the_person_or_later_and_has_two_parts(
    typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """LR-55: without it nobody's looks at themselves could be noticed."""
    add = ["users", "add", "ana", "--role", "analyst", "--agency", "A", "--full-name"]
    assert main([*add, "López"]) == 1
    assert "write it `SURNAMES, GIVEN NAMES`" in capsys.readouterr().err
    typed.seek(0)
    assert main([*add, "López Mena, Ana María"]) == 0
    assert Account.objects.values_list("last_name", "first_name").get() == ("López Mena", "Ana María")
    assert main(["users", "name", "ana", "López de Mena, Ana"]) == 0
    assert Account.objects.values_list("last_name", "first_name").get() == ("López de Mena", "Ana")
    for wrong in ("López", ", Ana", "López, ", "López, 123", "x" * 200 + ", Ana"):
        assert main(["users", "name", "ana", wrong]) == 1
    assert main(["users", "name", "nadie", "López, Ana"]) == 1
    assert events() == [AuditEvent.ACCOUNT_ADDED, AuditEvent.ACCOUNT_NAMED]
    assert "López" not in str(list(AuditEntry.objects.values_list()))


@pytest.mark.django_db
def test_a_carriers_person_is_one_carriers_and_not_of_the_centre(
    typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--name", "admina"])
    assert main(["users", "add", "xa.data", "--role", "carrier", "--carrier", "xa"]) == 0
    account = Account.objects.get(username="xa.data")
    assert account.agency
    assert (account.role, account.carrier, account.agency.code) == (StaffRole.CARRIER, "XA", "XA")
    assert not account.agency.centre
    centre = Agency.objects.get(centre=True).code
    for wrong in (
        ["--role", "carrier"],
        ["--role", "carrier", "--carrier", "AEROLINEA"],
        ["--role", "carrier", "--carrier", "XA", "--agency", centre],
        ["--role", "analyst", "--carrier", "XA"],
    ):
        typed.seek(0)
        assert main(["users", "add", "other", *wrong]) == 1
    assert not Account.objects.filter(username="other").exists()
