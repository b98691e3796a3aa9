"""The format codes of DTM (2379): a value is put into the order in which `moments` reads it.

Codes are those of the UN/EDIFACT code list. Senders name one format and write another, so a code counts only where the
value has its length and lies on a calendar; elsewhere the value's own form decides, and the caller is told so.
"""

from __future__ import annotations

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


def as_coded(read: Callable[[str], _Found], text: str, code: str) -> tuple[_Found, bool]:
    """What a reader makes of a value with a format code, and whether the value is as the code says.

    ValueError where it cannot be read either way.
    """
    if not code:
        return read(text), True
    form = _FORMATS.get(code)
    value = text.replace(" ", "")
    if form and len(value) == form[0]:
        with suppress(ValueError):
            return read("".join(part if isinstance(part, str) else value[part] for part in form[1])), True
    return read(text), False
