"""Values of XML as a segment writes them: dates, codes and texts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from torogoz.edifact.tokens import STANDARD
from torogoz.edifact.writer import Segment, compose

_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII
)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905 - read as the guide writes them
_CARD = re.compile(r"(?:20(\d{2})-(\d{2})|(\d{2})/?(\d{2}))(?:-\d{2})?\Z", re.ASCII)
#: What is no date: the reader of segments says so, in its place.
_NO_DATE = ("?", "")


def segment(written: Segment) -> str:
    """A segment as the reader takes it: shielded, without its terminator."""
    return STANDARD.shield(compose([written], STANDARD))[: -len(STANDARD.terminator)]


def day_and_clock(text: str, *, utc: bool) -> tuple[str, str]:
    """DDMMYY and HHMM; two empty texts for none. With `utc` a time is moved by its offset, else it is a wall clock."""
    if not text:
        return "", ""
    found = _MOMENT.match(text)
    if found is None:
        return _NO_DATE
    year, month, day, hour, minute, offset = found.groups()
    if utc and hour and offset and offset != "Z":
        try:
            moment = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}{offset}").astimezone(UTC)
        except (ValueError, OverflowError):
            return _NO_DATE
        return f"{moment:%d%m%y}", f"{moment:%H%M}"
    return f"{day}{month}{year[2:]}", f"{hour}{minute}" if hour else ""


def spoken(text: str) -> str:
    """DDMMMCCYY of a date, as documents in SSR have it; another text as it stands."""
    found = _MOMENT.match(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return field(text)
    return f"{found[3]}{_MONTHS[int(found[2]) - 1]}{found[1]}"


def field(text: str) -> str:
    """A field between strokes, which it must not hold itself."""
    return text.replace("/", " ")


def month_of_card(text: str) -> str:
    """MMYY of a card's last month, which is sent as CCYY-MM, MMYY or MM/YY."""
    found = _CARD.match(text)
    if found is None:
        return ""
    return f"{found[2]}{found[1]}" if found[1] else f"{found[3]}{found[4]}"
