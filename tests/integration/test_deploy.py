"""What is delivered to run it as a service fits the program, the documents and itself; `make machine` runs it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from torogoz.cli import parser

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
PROGRAM = "/opt/torogoz/bin/torogoz"
#: What a unit says of the machine's protection; every unit says the same.
SANDBOX = re.compile(r"^(Protect|Private|Restrict|Lock|NoNew|Capability|SystemCall)\w*=.*$", re.MULTILINE)


def commands(service: Path) -> list[str]:
    return [line.partition("=")[2] for line in service.read_text().splitlines() if line.startswith("ExecStart=")]


def calls() -> list[list[str]]:
    """Each call of our program in a unit, as its arguments."""
    found = []
    for service in SERVICES:
        for command in commands(service):
            words = shlex.split(command)
            words = shlex.split(words[2])[1:] if words[0] == "/bin/sh" else words
            if words[0] == PROGRAM:
                found.append(words[1:])
    return found


@pytest.mark.parametrize("words", calls(), ids=" ".join)
def test_a_unit_calls_the_program_as_the_program_is_called(words: list[str]) -> None:
    assert callable(parser().parse_args(words).run)


def test_every_work_that_goes_on_has_a_unit() -> None:
    work = {(words[0], "--answer" in words) for words in calls()}
    assert work >= {("serve", False), ("worker", False), ("watch", False), ("watch", True), ("backup", False)}
    assert ["keys", "check"] in calls()
    assert ["audit", "check"] in calls()


def test_every_timer_has_its_service_and_every_service_a_way_to_be_started() -> None:
    timed = {path.stem for path in TIMERS}
    assert timed <= {path.stem for path in SERVICES}
    for service in SERVICES:
        assert ("[Install]" in service.read_text()) != (service.stem in timed), service.name


def test_no_unit_is_protected_less_than_another() -> None:
    protections = {
        service.name: tuple(match[0] for match in SANDBOX.finditer(service.read_text())) for service in SERVICES
    }
    assert len(set(protections.values())) == 1, protections
    assert "ProtectSystem=strict" in protections["torogoz.service"]


def test_what_goes_on_is_started_again_whatever_ends_it_and_never_given_up() -> None:
    for service in SERVICES:
        text = service.read_text()
        if "Type=oneshot" not in text:
            assert {"Restart=on-failure", "StartLimitIntervalSec=0", "TimeoutStopSec=10"} <= set(text.splitlines())


def test_the_operators_page_names_every_unit_and_starts_what_every_centre_needs() -> None:
    page = (ROOT / "docs/operator/install.md").read_text()
    for path in (*SERVICES, *TIMERS):
        if path.with_suffix(".timer") not in TIMERS or path.suffix == ".timer":
            assert f"| `{path.name}` |" in page, path.name
    for row in re.findall(r"^\| `(\S+)` \|.*\| always \|$", page, re.MULTILINE):
        assert re.search(rf"enable --now .*{re.escape(row)}", page), row


def test_the_command_that_operators_type_is_told_what_the_units_are_told() -> None:
    wrapper = (DEPLOY / "torogoz").read_text()
    for service in SERVICES:
        assert "EnvironmentFile=/etc/torogoz/environment" in service.read_text().splitlines()
    assert ". /etc/torogoz/environment" in wrapper
    assert PROGRAM in wrapper
    sample = ConfigParser(delimiters="=")
    sample.optionxform = str  # type: ignore[assignment,method-assign]
    sample.read_string("[environment]\n" + (DEPLOY / "environment").read_text())
    assert dict(sample["environment"]) == {"TOROGOZ_HOME": "/srv/torogoz"}, "the rest is taken in by whoever needs it"


@pytest.mark.parametrize("script", [ROOT / "tools/machine.sh", ROOT / "tools/machine_walk.sh", DEPLOY / "torogoz"])
def test_a_script_of_the_machine_is_one_that_its_shell_reads(script: Path) -> None:
    shell = shutil.which(script.read_text().splitlines()[0].split("/")[-1].split()[-1])
    assert shell
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.stderr == ""
