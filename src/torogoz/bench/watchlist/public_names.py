"""Public names to measure with, read where they lie and never copied: labelled pairs, and a sanctions list's aliases.

They are looked for beside the public sample messages: where `TOROGOZ_SAMPLES` (default `../shared/samples`) names a
folder, in its neighbour `names-data`. The records are of real people: only counts leave the benchmarks.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from torogoz.errors import UnavailableError

_PAIRS = "name_bench/cases-half.csv"
_MAIN, _ALIASES = "ofac/sdn.csv", "ofac/alt.csv"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of people, whether they are one person, and on which side of the split the pair lies."""

    one: str
    two: str
    same: bool
    fit: bool


@dataclass(frozen=True, slots=True)
class Aliases:
    """Main names of people by number, and other names of some of them with that number."""

    main: dict[str, str]
    others: tuple[tuple[str, str], ...]


def is_fit(line: str) -> bool:
    """On which side of the split a row lies, for ever: an even first byte of the SHA-256 of its line is for fitting."""
    return sha256(line.encode()).digest()[0] % 2 == 0


def labelled_pairs() -> list[Pair]:
    """Every pair of people; companies and vessels are left out."""
    found = []
    for line in _lines(_PAIRS):
        for _, schema, one, two, same, *_ in csv.reader([line]):
            if schema == "Person":
                found.append(Pair(one, two, same == "true", is_fit(line)))
    return found


def sanctioned() -> Aliases:
    """The people of the sanctions list, and their aliases in the order of the file."""
    main = {row[0]: row[1] for row in csv.reader(_lines(_MAIN)) if len(row) > 2 and row[2].strip() == "individual"}
    others = tuple((row[0], row[3]) for row in csv.reader(_lines(_ALIASES)) if len(row) > 3 and row[0] in main)
    return Aliases(main, others)


def _lines(name: str) -> list[str]:
    """The lines of a file without their ends: none of these files has a line end inside a field."""
    folder = Path(os.environ.get("TOROGOZ_SAMPLES", "../shared/samples")).parent / "names-data"
    try:
        return (folder / name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise UnavailableError(
            f"there is no names-data/{name} beside the public samples: set TOROGOZ_SAMPLES to their folder"
        ) from error
