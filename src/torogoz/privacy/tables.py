"""What is said of a table of the database: whose data it holds, what masking does to it, with which clock it goes.

The words only; `fields` says them of every table that exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from torogoz.privacy.schedule import Data


class About(StrEnum):
    """Whose data a table holds."""

    TRAVELLER = "traveller"
    LISTED = "listed person"
    STAFF = "staff"
    OPERATION = "operation"


class Row(StrEnum):
    """What becomes of a row when its traveller is masked."""

    STAYS = "stays"
    MOVES = "moves"
    GOES = "goes"
    LAST = "goes with the last of its travellers"
    FORCE = "stays while its decision is in force"


#: What an emptied column holds.
Empty = str | int | tuple[()] | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Each of its columns stands in exactly one of the five groups.

    `sealed` columns move under the record's key; `cleared` are destroyed, and hold this afterwards; `personal` stay as
    they are although they say something of a person, for the reason in `why`; `work` are numbers of rows, codes, times
    and counts; `keys` are ids and wraps of keys. `path` leads from a row to its traveller, where masking reaches it.
    `goes` are the clocks whose end takes the row; `sooner` names columns that an earlier clock empties. A table that no
    clock takes says in `why` what does.
    """

    model: str
    about: About
    work: str
    masking: Row = Row.STAYS
    path: str | None = None
    sealed: str = ""
    cleared: Mapping[str, Empty] = field(default_factory=dict)
    personal: str = ""
    keys: str = ""
    goes: frozenset[Data] = frozenset()
    sooner: Mapping[str, Data] = field(default_factory=dict)
    why: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return (*self.moved, *self.cleared, *self.personal.split(), *self.work.split(), *self.keys.split())

    @property
    def moved(self) -> tuple[str, ...]:
        """The columns that move under the record's key."""
        return tuple(self.sealed.split())
