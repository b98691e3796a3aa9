"""nomenklatura's logic-v2 as a peer, where an interpreter that has it is named (`--logic-v2 PYTHON`).

It is no dependency: it brings a database, a statistics library and a terminal toolkit with it. It gives every pair a
score, and has no index: what is compared is pairs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torogoz.bench.watchlist import peer_logic_v2
from torogoz.domain.watchlist import Entry
from torogoz.errors import UnavailableError
from torogoz.matching import Query

#: The threshold that nomenklatura's own benchmark uses.
USUAL = 0.70
Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of each pair, and pairs a second on one core."""

    scores: tuple[float, ...]
    per_s: float


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument(
        "--logic-v2", metavar="PYTHON", help="an interpreter that has nomenklatura, to measure its logic-v2 beside"
    )


def scored(python: str, pairs: Sequence[tuple[Person, Person]]) -> Scored:
    """Ask the other interpreter; UnavailableError where it is none, or has no nomenklatura."""
    command = [python, str(Path(peer_logic_v2.__file__))]
    try:
        done = subprocess.run(command, input=json.dumps(pairs), capture_output=True, check=True, text=True)  # noqa: S603 - named by who measures
    except (OSError, subprocess.CalledProcessError) as error:
        raise UnavailableError("the interpreter named by --logic-v2 does not run nomenklatura") from error
    answer = json.loads(done.stdout)
    return Scored(tuple(answer["scores"]), len(pairs) / max(answer["seconds"], 1e-9))


def asked(query: Query) -> Person:
    """A traveller as the peer takes them."""
    name = " ".join(part for part in (query.given_names, query.surname) if part)
    birth = str(query.birth_date) if query.birth_date else None
    return {"names": [name], "birth": birth, "nationality": query.nationality, "sex": query.sex}


def listed(entry: Entry) -> Person:
    """An entry likewise; lists of the nation know at most one birth date and one nationality."""
    birth = str(entry.birth_dates[0]) if entry.birth_dates else None
    nationality = entry.nationalities[0] if entry.nationalities else None
    return {"names": list(entry.names), "birth": birth, "nationality": nationality, "sex": entry.sex}
