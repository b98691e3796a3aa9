"""A command that ends in the way its argument names, so that the terminal's door can be watched."""

import argparse
import sys

from torogoz.errors import AuthorError, UnavailableError


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("how")


def run(arguments: argparse.Namespace) -> int:
    match arguments.how:
        case "author":
            raise AuthorError("row 7 has no owner")
        case "unavailable":
            raise UnavailableError
        case "file":
            raise FileNotFoundError(2, "No such file or directory", "no-such.edi")
        case "bug":
            raise ValueError("EJEMPLO PRUEBA, ANA")
        case "interrupt":
            raise KeyboardInterrupt
        case "home":
            sys.stdout.write(f"{arguments.home}\n")
            return 0
        case _:
            return 1
