"""The terminal's door: usage, exit statuses, and errors of one line without data."""

import socket
import subprocess
import sys

import pytest

from torogoz import __version__, cli

HOW = cli.Command("tests.integration.cli.failing", "end as told")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "failing", HOW)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: torogoz {name}" in capsys.readouterr().out


def test_the_list_of_commands_says_what_each_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in cli.COMMANDS)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"torogoz {__version__}\n"


@pytest.mark.parametrize("argv", [[], ["no-such-command"], ["--no-such-option"]])
def test_wrong_usage_ends_with_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(argv)
    assert end.value.code == 2
    assert "usage: torogoz" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("how", "status", "line"),
    [
        ("refuse", 1, ""),
        ("author", 1, "author: row 7 has no owner; its author must correct it; nothing of it was loaded\n"),
        ("file", 3, "unavailable: no-such.edi: No such file or directory; check that it exists"),
        ("unavailable", 3, "unavailable: Something that this needs cannot be reached; check that it exists"),
        ("interrupt", 130, ""),
    ],
)
@pytest.mark.usefixtures("failing")
def test_an_error_is_one_line_on_standard_error_with_its_exit_status(
    how: str, status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["failing", how]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(line)
    assert shown.err.count("\n") == bool(line)


@pytest.mark.usefixtures("failing")
def test_a_bug_names_its_place_in_the_code_and_none_of_the_data_in_hand(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["failing", "bug"]) == 70
    shown = capsys.readouterr().err
    assert shown.startswith("ours: unexpected ValueError at failing.py:")
    assert "EJEMPLO" not in shown


@pytest.mark.parametrize(
    ("argv", "home"),
    [
        (["failing", "home"], "from-environment"),
        (["--home", "before", "failing", "home"], "before"),
        (["failing", "--home", "after", "home"], "after"),
    ],
)
@pytest.mark.usefixtures("failing")
def test_the_home_is_given_before_or_after_the_command_or_by_the_environment(
    argv: list[str], home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOROGOZ_HOME", "from-environment")
    assert cli.main(argv) == 0
    assert capsys.readouterr().out == f"{home}\n"


def test_the_list_of_commands_imports_neither_django_nor_any_command() -> None:
    program = "import sys, torogoz.cli; torogoz.cli.parser(); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name.removeprefix("torogoz.") for name in shown if name.startswith("torogoz.")}
    assert ours == {"cli", "cli.memory", "errors"}
    assert "django" not in shown


def test_a_command_that_screens_nobody_does_not_wait_for_the_columns_of_rules() -> None:
    script = (
        "import sys; from torogoz.cli.django import ready; from torogoz.storage.home import Home; "
        "ready(Home.current().path, migrated=False); import torogoz.storage.access.keys; "
        "sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_reader_that_leaves_early_is_no_error() -> None:
    home = "x" * 100_000
    program = f"""
import sys
from torogoz import cli
cli.COMMANDS["failing"] = cli.Command("tests.integration.cli.failing", "")
sys.exit(cli.main(["--home", "{home}", "failing", "home"]))
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.django_db
def test_a_port_that_is_taken_is_said_in_one_line_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOROGOZ_SERVED_AT", "")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert line.startswith(f"unavailable: port {port} of 127.0.0.1 cannot be listened on: address already in use; end")
