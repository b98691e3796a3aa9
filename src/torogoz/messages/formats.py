"""Dates in another form than `moments` reads: those of a format code of DTM (2379), and those with separators.

Codes are those of the UN/EDIFACT code list. Senders name one format and write another, so a code counts only where the
value has its length and lies on a calendar; elsewhere the value's own form decides, and the caller is told so. No code
has separators. A date with them is read where its year of four digits stands first, as ISO 8601 writes it
(`1980-02-01`): `01/02/1980` could be two days and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

_Found = TypeVar("_Found")
#: Code → how many characters it has at least, and where year, month, day and time of day stand; a zone is left out,
#: because the times of PAXLST are local. A part that the format lacks is written as zeros.
_FORMATS: dict[str, tuple[int, tuple[str | slice, ...]]] = {
    "2": (6, (slice(4, 6), slice(2, 4), slice(2))),
    "3": (6, (slice(4, 6), slice(4))),
    "4": (8, (slice(4, 8), slice(2, 4), slice(2))),
    "5": (12, (slice(4, 8), slice(2, 4), slice(2), slice(8, 12))),
    "10": (13, (slice(8), slice(9, 13))),
    "101": (6, (slice(6),)),
    "102": (8, (slice(8),)),
    "201": (10, (slice(10),)),
    "202": (12, (slice(10),)),
    "203": (12, (slice(12),)),
    "204": (14, (slice(12),)),
    "205": (17, (slice(12),)),
    "301": (13, (slice(10),)),
    "302": (15, (slice(10),)),
    "303": (15, (slice(12),)),
    "304": (17, (slice(12),)),
    "602": (4, (slice(4), "0000")),
    "609": (4, (slice(4), "00")),
    "610": (6, (slice(6), "00")),
}
#: A year of four digits, month and day, one sign between them, and a time without a zone.
_SEPARATED = re.compile(
    r"\s*([0-9]{4})([-/.])([0-9]{2})\2([0-9]{2})(?:[T ]?([0-9]{2}):?([0-9]{2})(?::?[0-9]{2})?)?\s*\Z"
)


def without_separators(text: str) -> str | None:
    """A date with separators as CCYYMMDD or CCYYMMDDHHMM; None for any other text."""
    found = _SEPARATED.match(text)
    return "".join(part for part in found.group(1, 3, 4, 5, 6) if part) if found else None


def day_first_of(text: str) -> str | None:
    """A date with separators as DDMMYY, which PNRGOV writes; None for any other text."""
    sent = without_separators(text)
    return f"{sent[6:8]}{sent[4:6]}{sent[2:4]}" if sent and len(sent) == 8 else None


def as_coded(read: Callable[[str], _Found], text: str, code: str) -> tuple[_Found, bool]:
    """What a reader makes of a value with a format code, and whether the value is as the code says.

    ValueError where it cannot be read either way.
    """
    separated = without_separators(text)
    if separated:
        return read(separated), False
    if not code:
        return read(text), True
    form = _FORMATS.get(code)
    value = text.replace(" ", "")
    if form and len(value) == form[0]:
        with suppress(ValueError):
            return read("".join(part if isinstance(part, str) else value[part] for part in form[1])), True
    return read(text), False
