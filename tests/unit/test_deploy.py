"""The files for the service manager and the proxy call commands that exist, and say what the documents promise."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from torogoz.cli import parser

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
#: It copies a file, and calls nothing of ours.
WITHOUT_US = {"torogoz-ledger.service"}
#: Who asked by a file reads the answer beside it.
SHARED_WITH_A_GROUP = {"torogoz-answers.service": "0007", "torogoz-inbox.service": "0027"}


def commands(unit: Path) -> list[list[str]]:
    """The arguments with which a unit calls us."""
    lines = re.findall(r"^ExecStart=.*?/torogoz ([^'\n]*)'?$", unit.read_text(), re.MULTILINE)
    return [shlex.split(line.replace("%%", "%")) for line in lines]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_calls_a_command_that_there_is_as_an_account_that_is_not_root(unit: Path) -> None:
    assert commands(unit) or unit.name in WITHOUT_US
    for arguments in commands(unit):
        assert parser().parse_args(arguments).run
    lines = unit.read_text().splitlines()
    for line in ("User=torogoz", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="):
        assert line in lines
    assert f"UMask={SHARED_WITH_A_GROUP.get(unit.name, '0077')}" in lines


def test_the_service_has_longer_to_end_than_it_takes() -> None:
    (patience,) = re.findall(r"^TimeoutStopSec=(\d+)$", (DEPLOY / "torogoz.service").read_text(), re.MULTILINE)
    assert int(patience) > 5


def test_the_proxy_sets_what_it_is_trusted_for_and_keeps_nothing_on_its_disk() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    for line in (
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_request_buffering off;",
        "proxy_buffering off;",
        "access_log off;",
    ):
        assert line in text
    assert "$proxy_add_x_forwarded_for" not in text
