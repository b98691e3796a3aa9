"""The people who sign in: add one, or let one in again who lost a password or a second factor.

Whoever holds this terminal holds the database, so nothing here asks who you are; every use is an audit entry. The
password is typed, or comes as one line of standard input.
"""

from __future__ import annotations

import argparse

from torogoz.cli import add_home
from torogoz.cli.django import ready
from torogoz.cli.passwords import ask
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError

_FULL_NAME = "`SURNAMES, GIVEN NAMES`: looks at themselves are marked for the data-protection officer"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add a person")
    add.add_argument("name", metavar="NAME", help="what the person types when signing in")
    add.add_argument("--role", required=True, choices=[role.value for role in StaffRole], help="what they may do")
    add.add_argument(
        "--agency", metavar="A", help="whom they work for (default: the centre); a new code makes an agency"
    )
    add.add_argument("--port", default="", metavar="IATA", help="the airport of a border officer")
    add.add_argument(
        "--compartment",
        action="append",
        default=[],
        metavar="C",
        help="a compartment that opens to them (`protection`: receives children and people to protect)",
    )
    add.add_argument(
        "--carrier",
        default="",
        metavar="XA",
        help="the carrier of a carrier's own person, who works for it and not here",
    )
    add.add_argument("--full-name", default="", metavar="NAME", help=_FULL_NAME)
    add.set_defaults(act=_add)
    add_home(add)
    rename = actions.add_parser("name", help="enter a person's full name")
    rename.add_argument("name", metavar="NAME", help="what the person types when signing in")
    rename.add_argument("full_name", metavar="FULL-NAME", help=_FULL_NAME)
    rename.set_defaults(act=_rename)
    add_home(rename)
    reset = actions.add_parser("reset", help="let a person in again: new password, second factor set up afresh")
    reset.add_argument("name", metavar="NAME", help="what the person types when signing in")
    only = reset.add_mutually_exclusive_group()
    only.add_argument("--password", action="store_true", help="only a new password")
    only.add_argument("--second-factor", action="store_true", help="only the second factor")
    reset.set_defaults(act=_reset)
    add_home(reset)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    ready(arguments.home)
    status: int = arguments.act(arguments)
    return status


def _add(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from torogoz.flow import accounts

    role, carrier, now = StaffRole(arguments.role), arguments.carrier.upper(), timezone.now()
    if role is StaffRole.CARRIER:
        agency = arguments.agency or carrier
        accounts.add_of_carrier(arguments.name, ask(arguments.name), carrier=carrier, agency=agency, now=now)
    elif carrier:
        raise AuthorError("only a carrier's person has a carrier", remedy="leave --carrier out, or say --role carrier")
    else:
        accounts.add(
            arguments.name,
            ask(arguments.name),
            role=role,
            agency=arguments.agency or accounts.centre(),
            port=arguments.port.upper(),
            compartments=arguments.compartment,
            full_name=arguments.full_name,
            now=now,
        )
    print(f"{arguments.name} may sign in; a second factor is set up at the first sign-in")
    return 0


def _rename(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from torogoz.flow import accounts

    accounts.rename(arguments.name, arguments.full_name, timezone.now())
    print(f"the full name of {arguments.name} is entered")
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from torogoz.flow import accounts

    accounts.known(arguments.name)
    accounts.reset(
        arguments.name,
        password=None if arguments.second_factor else ask(arguments.name),
        second_factor=not arguments.password,
        now=timezone.now(),
    )
    print(f"{arguments.name} may sign in again")
    return 0
