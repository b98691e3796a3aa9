"""The worker: takes up what the spool and the doors received, screens what changed, and looks at the clock.

`torogoz serve` starts one; a site with PostgreSQL may start it by itself. It sees a new file within milliseconds. Ends
with SIGTERM or Ctrl-C, between two rounds.
"""

from __future__ import annotations

import argparse

from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments beside the home."""
    parser.set_defaults()


def run(arguments: argparse.Namespace) -> int:
    """Work on the home's own spool until told to stop."""
    ready(arguments.home)
    from torogoz.flow.spool import work_until_told

    work_until_told(arguments.home / "spool")
    return 0
