"""The terminal's door: one command group, one module; the table below is the whole list.

A command's module offers `configure(parser)`, which declares its arguments, and `run(arguments)`, which does the work
and returns the exit status. Only the module of the command in use is imported, so that `parse` starts without Django
and without a database. Errors are one line on standard error that says who must do what (torogoz.errors); a failure
of our own names the place in the code and never the data that was in hand.

**Whose authority.** A command that opens a home acts as the account that owns the home's files. Whoever holds that
account holds the keys and the database, so no role or purpose is asked of them; what they change or take is an audit
entry without a name, as where the system acts by itself. Such a command prints counts, and names of staff, agencies,
lists and senders; of a traveller it prints nothing. The others open no home, and print what stands in the files that
they are given.
"""

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from torogoz import __version__
from torogoz.cli.memory import keep_memory
from torogoz.errors import OurError, TorogozError, UnavailableError


class Command(NamedTuple):
    """Where a command lives, what the list of commands says of it, and whether it opens a home."""

    module: str
    summary: str
    at_home: bool = True


COMMANDS: dict[str, Command] = {
    "demo": Command("torogoz.cli.demo", "a synthetic day of flights, screened and served"),
    "init": Command("torogoz.cli.init", "a new home: keys, database and the first administrator"),
    "users": Command("torogoz.cli.users", "add people, or let one in again"),
    "keys": Command("torogoz.cli.keys", "the keys: make, rotate, check, and delete old ones"),
    "backup": Command("torogoz.cli.backup", "the database sealed into one file, without the keys"),
    "restore": Command("torogoz.cli.restore", "a new home from a backup"),
    "settings": Command("torogoz.cli.settings", "the settings in force, and where each is said"),
    "migrate": Command("torogoz.cli.migrate", "the database brought to this version"),
    "watchlist": Command("torogoz.cli.watchlist", "lists of persons and documents to look for"),
    "schedule": Command("torogoz.cli.schedule", "the flights to expect"),
    "serve": Command("torogoz.cli.serve", "the web application with the worker it needs"),
    "worker": Command("torogoz.cli.worker", "the worker alone"),
    "parse": Command("torogoz.cli.parse", "messages as JSON, without a database", at_home=False),
    "ingest": Command("torogoz.cli.ingest", "files or folders of messages into the flow"),
    "match": Command("torogoz.cli.match", "a file of people against a list, without a database", at_home=False),
    "rules": Command("torogoz.cli.rules", "targeting rules: whether they may be proposed", at_home=False),
    "retention": Command("torogoz.cli.retention", "mask and purge what is past its time, and prove it"),
    "evidence": Command("torogoz.cli.evidence", "confirmed hits computed again from their sealed evidence"),
    "bench": Command("torogoz.cli.bench", "one benchmark, with the machine and the sizes it ran on", at_home=False),
    "audit": Command("torogoz.cli.audit", "the audit as a signed export, and whether one is whole"),
    "senders": Command("torogoz.cli.senders", "who may deliver messages over HTTPS"),
    "carriers": Command("torogoz.cli.carriers", "what carriers are told and asked, as was agreed"),
    "watch": Command("torogoz.cli.watch", "a folder whose files are picked up as they appear"),
    "synth": Command(
        "torogoz.cli.synth", "synthetic traffic, lists and their truth, written to a folder", at_home=False
    ),
}


class _CommandParser(argparse.ArgumentParser):
    """The parser of one command; its module is imported when the command is used, not before."""

    command: Command | None = None

    def parse_known_args(  # type: ignore[override]  # argparse calls it with a list, and that is the one form we serve
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        if self.command:
            if not self.command.at_home:
                from torogoz.flow.kernels import keep_for_user

                keep_for_user()
            module = importlib.import_module(self.command.module)
            self.description = module.__doc__
            module.configure(self)
            self.set_defaults(run=module.run)
            self.command = None
        return super().parse_known_args(args, namespace)


def add_home(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Declare --home; after a command's or an action's name, silence must not undo what stood before."""
    parser.add_argument(
        "--home",
        type=Path,
        default=default,
        metavar="DIR",
        help="settings, keys, database and spool (default: TOROGOZ_HOME, or var)",
    )


def parser() -> argparse.ArgumentParser:
    """Build the parser of all commands; each one's own arguments are added when it is the one in use."""
    top = argparse.ArgumentParser(prog="torogoz", description="An open Passenger Information Unit.")
    top.add_argument("--version", action="version", version=f"torogoz {__version__}")
    add_home(top, Path(os.environ.get("TOROGOZ_HOME") or "var"))
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_CommandParser)
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        own.command = command
        add_home(own)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (0 done, 1 some input refused, 2 wrong usage, 3 not available)."""
    arguments = parser().parse_args(argv)
    keep_memory()
    if isinstance(sys.stdout, TextIOWrapper):
        # JSON is UTF-8 wherever it is printed (RFC 8259); what a file's name holds beyond it is escaped as JSON does.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except TorogozError as error:
        return _say(error)
    except BrokenPipeError:
        # The reader (`head`, a pager) has left; Python must not complain about it again while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _say(UnavailableError(f"{error.filename or 'a system resource'}: {error.strerror or 'does not answer'}"))
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last line of defence: no stack trace, no data, whatever happened
        place = traceback.extract_tb(error.__traceback__)[-1]
        return _say(OurError(f"unexpected {type(error).__name__} at {Path(place.filename).name}:{place.lineno}"))
    return status


def _say(error: TorogozError) -> int:
    """The one line. It may name a file, whose name is somebody else's: it steers no terminal."""
    print("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(error)), file=sys.stderr)
    return error.exit_status
