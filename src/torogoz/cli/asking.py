"""Asking whoever sits at the terminal."""

import sys


def somebody_sits_here() -> bool:
    """Whether a person can be asked: a script, a timer or a pipe cannot."""
    return sys.stdin.isatty()


def says_yes(question: str) -> bool:
    """Ask on standard error, so that output stays clean; anything but yes, in either language, is no."""
    print(f"{question} (yes/no) ", end="", file=sys.stderr, flush=True)
    try:
        return input().strip().lower() in {"yes", "sí", "si"}
    except EOFError:
        return False
