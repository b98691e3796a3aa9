"""Imports floors 0 and 1, takes their hands away, and has them work; test_purity.py runs it in a process of its own.

After the imports an audit hook refuses files, sockets, processes and threads; the clock, randomness and the environment
raise no audit event, so they are replaced. What Python's own import system opens is let through: a library may load a
part of itself when it is first used.
"""

import importlib
import os
import pkgutil
import random
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

import torogoz

FLOORS = ("errors", "edifact", "domain", "messages", "matching", "targeting", "links", "privacy", "screening")
HANDS = ("open", "os.", "shutil.", "socket.", "sqlite3.", "subprocess.", "tempfile.", "urllib.", "_thread.start")


class TouchedError(BaseException):
    """Not an Exception, so that no `except Exception` on the way hides it."""


def import_floors() -> list[str]:
    """Import every module of floors 0 and 1 that exists and name them."""
    imported = []
    for floor in sorted({module.name for module in pkgutil.iter_modules(torogoz.__path__)} & set(FLOORS)):
        module = importlib.import_module(f"torogoz.{floor}")
        imported.append(module.__name__)
        parts = pkgutil.walk_packages(getattr(module, "__path__", ()), f"torogoz.{floor}.")
        imported.extend(importlib.import_module(part.name).__name__ for part in parts)
    return imported


def _imports(frame: FrameType | None) -> bool:
    while frame:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(HANDS) and not _imports(sys._getframe(1)):
        raise TouchedError(f"{event} {arguments!r}")


def take_hands_away() -> None:
    """Make every later use of a file, socket, process, thread, clock, random number or setting raise TouchedError."""

    def refuse(name: str) -> Callable[..., NoReturn]:
        def refused(*arguments: object, **options: object) -> NoReturn:
            raise TouchedError(name)

        return refused

    for module, names in (
        (time, ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "localtime", "gmtime", "sleep")),
        (random, ("random", "randint", "choice", "shuffle", "sample")),
        (os, ("getenv", "urandom")),
    ):
        for name in names:
            setattr(module, name, refuse(f"{module.__name__}.{name}"))
    type(os.environ).__getitem__ = refuse("os.environ")  # type: ignore[method-assign]
    sys.addaudithook(_watch)


def touch(what: str) -> None:
    """Do what a pure module must not, so that the test knows the watch to be awake."""
    match what:
        case "file":
            open("/dev/null").close()  # noqa: PTH123 - the event of this very call is what is watched
        case "clock":
            time.time()
        case "environment":
            os.environ.get("HOME")
        case "randomness":
            random.random()
        case "socket":
            importlib.import_module("socket").socket()
        case "process":
            importlib.import_module("subprocess").run(["true"], check=False)


def work() -> None:
    """Have the pure floors do what they are for, on invented people."""


def main() -> None:
    imported = import_floors()
    take_hands_away()
    try:
        work()
        touch(sys.argv[1] if len(sys.argv) > 1 else "")
    except TouchedError as error:
        sys.stdout.write(f"touched {error}\n")
    else:
        sys.stdout.write(f"pure {len(imported)}\n")


if __name__ == "__main__":
    main()
