"""Nothing in the package opens a connection: carriers push (LR-04), and no data leave by themselves (LR-58)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import torogoz

PACKAGE = Path(torogoz.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
#: Modules by which a program asks another machine for something, or sends it something.
CLIENTS = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "nntplib",
    "paramiko",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "websockets",
    "xmlrpc",
}
#: Who listens needs a socket too, and asks nobody: these may have one, and may not connect it.
LISTENERS = {"cli/serve.py"}
#: What measures a server of its own, on this machine: every connection names it.
LOOPBACK = {"bench/interactive.py"}
CONNECTS = {"connect", "connect_ex", "sendto", "sendmsg"}
CALLS = {"open_connection", "open_unix_connection", "create_connection", "urlopen", "send_mail", "mail_admins"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a source imports, also `request` of `from urllib import request`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[str]:
    """The name of every function that a source calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def reaches(tree: ast.AST) -> Iterator[object]:
    """The host of each connection that a source makes; None where it is no constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"HTTPConnection", *CONNECTS}:
            yield getattr(node.args[0], "value", None) if node.args else None


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_module_logs_in_anywhere_or_calls_home(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    reached = {name for name in imported(tree) for client in CLIENTS if name == client or name.startswith(f"{client}.")}
    if source.relative_to(PACKAGE).as_posix() in LISTENERS:
        assert not CONNECTS & set(called(tree))
        reached -= {"socket"}
    if source.relative_to(PACKAGE).as_posix() in LOOPBACK:
        assert set(reaches(tree)) == {"127.0.0.1"}
        reached -= {"http.client", "socket"}
    assert not reached
    assert not CALLS & set(called(tree))


@pytest.mark.parametrize(
    "line", ["import socket", "from urllib import request", "from http.client import HTTPSConnection", "import ftplib"]
)
def test_a_client_would_be_found(line: str) -> None:
    found = set(imported(ast.parse(line)))
    assert any(name == client or name.startswith(f"{client}.") for name in found for client in CLIENTS)
