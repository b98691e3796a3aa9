"""Small values that PAXLST and PNRGOV share: seats, bag tags, numbers and weights."""

from __future__ import annotations

import re

from torogoz.edifact.tokens import count

_POUND = 0.45359237
_SEAT = re.compile(r"0*(\d{1,3}[A-Z]{1,2})\Z")
_TAG = re.compile(r"(.*?)(\d{1,10})\Z")
_NO_TAG = frozenset(("", "NULL"))
#: So many consecutive tags does one element stand for at most; a larger number is no count.
MOST_TAGS = 99


def seat(text: str) -> str | None:
    """A seat without leading zeros (`011D` is `11D`); None for what names none (`XXX`)."""
    found = _SEAT.match(text.strip().upper())
    return found[1] if found else None


def consecutive_tags(tag: str, pieces_sent: str) -> tuple[str, ...]:
    """The tags of a piece count: `TA000009` and 2 give `TA000009` and `TA000010`. `NULL` stands for none."""
    if tag in _NO_TAG:
        return ()
    pieces = count(pieces_sent) if pieces_sent else 1
    number = _TAG.match(tag) if pieces and 1 < pieces <= MOST_TAGS else None
    if number is None:
        return (tag,)
    first, digits = int(number[2]), len(number[2])
    return tuple(f"{number[1]}{first + place:0{digits}d}" for place in range(pieces or 1))


def whole(text: str) -> int:
    """A whole number. ValueError for anything else, also for one with too many digits to be meant."""
    found = count(text)
    if found is None:
        raise ValueError("no number")
    return found


def weight_kg(text: str, *, pounds: bool) -> float:
    """A weight in kilograms, to a tenth. ValueError for anything else."""
    if len(text) > 9:
        raise ValueError("no weight")
    weight = float(text)
    if not 0 <= weight < 100_000:
        raise ValueError("no weight")
    return round(weight * _POUND, 1) if pounds else weight


def short_code(text: str) -> str | None:
    """A code of a code list, which is short; a longer text in its place is something else."""
    text = text.strip().upper()
    return text if 0 < len(text) <= 5 and text.isascii() and text.isalnum() else None
