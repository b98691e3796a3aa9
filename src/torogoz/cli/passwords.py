"""Asking for a password: twice where a person types it, one line where it comes through a pipe; never an argument."""

import sys
from getpass import getpass

from torogoz.errors import AuthorError


def ask(whose: str) -> str:
    """A password for somebody."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(f"Password for {whose}: ")
    if getpass("The same again: ") != password:
        raise AuthorError("the two passwords differ", remedy="run the command again")
    return password
