"""Prove: the database is written anew, and values that must have gone are looked for in every byte that is left.

Takes: values that somebody knows to have been purged: an expert's, a court's, a person's own.
Gives: for each place (home, tables, write-ahead log) how many files were searched and in which of them a value stands.
Refuses: to say that nothing is there where it may not look: a place whose files it cannot read has none.
Records: nothing: it changes no row, and keeps none of the values
Legal ground: LR-45 (proof of deletion); design §7 (the proof searches the bytes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torogoz.storage import erasing, traces


@dataclass(frozen=True, slots=True)
class Searched:
    """A place, how many of its files were read, and the names of those in which some value stands."""

    place: str
    files: int
    found: tuple[str, ...]


def prove(values: Sequence[str]) -> tuple[Searched, ...]:
    """Write the database anew, which locks each table meanwhile, then search."""
    erasing.rewrite()
    erasing.empty_log()
    places = {
        "home": traces.files_of_home(),
        "tables": traces.files_of_database(),
        "write-ahead log": traces.files_of_database(log=True),
    }
    searched = []
    for place, files in places.items():
        found = {path.name for paths in traces.find(values, files).values() for path in paths}
        searched.append(Searched(place, len(files), tuple(sorted(found))))
    return tuple(searched)
