"""Masking as functions from values to values: what of a row stays in clear, and what is sealed under its record's key.

What happens to which column is not decided here but in the table of `fields`; here it is done, the same way to every
row, and refused where a row brings a column that the table does not know. Masking what was masked changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from torogoz.domain.booking import Booking
from torogoz.privacy.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one row held: table, number, and the values that nobody reads any more without the record's key."""

    model: str
    id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking makes of a row: None for `clear` where the row goes, None for `sealed` where it held nothing."""

    clear: Mapping[str, Any] | None
    sealed: Sealed | None


def mask(table: Table, number: int, values: Mapping[str, Any]) -> Masked:
    """Mask one row of a table, given every column of it that is sealed or cleared."""
    missing = {*table.moved, *table.cleared} - values.keys()
    if missing:
        raise AssertionError
    held = {name: values[name] for name in table.moved if not empty(values[name])}
    sealed = Sealed(table.model, number, held) if held else None
    if table.masking in (Row.MOVES, Row.GOES):
        return Masked(None, sealed)
    emptied: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in table.cleared.items()
    }
    return Masked(dict.fromkeys(table.moved, "") | emptied, sealed)


def empty(value: object) -> bool:
    """Whether a column holds nothing."""
    return value is None or (isinstance(value, str | bytes) and not value)


def alone(booking: Booking | None) -> Booking | None:
    """A booking without what tells how many travelled together (Directive 2016/681 art. 12(2)(a))."""
    if booking is None:
        return None
    return replace(
        booking,
        travellers=(),
        tickets=tuple(replace(ticket, traveller=None) for ticket in booking.tickets),
        legs=tuple(replace(leg, seats=None) for leg in booking.legs),
        splits=tuple(replace(split, travellers=None) for split in booking.splits),
        group_name=None,
    )
