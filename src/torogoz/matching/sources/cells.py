"""One part of a cell of our own columns, without blanks around it, as a value, or what is wrong with it."""

from __future__ import annotations

import re
from functools import lru_cache

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Sex
from torogoz.matching.normalise import MAX_SIGNS
from torogoz.matching.sources.rows import Fault
from torogoz.messages.countries import COUNTRIES, country

_STATE = re.compile(r"[A-Z]{1,3}\Z")
_SEXES = frozenset(each.value for each in Sex)
_DATE_SIGNS = len("YYYY-MM-DD")
#: The birth dates of a list repeat: so many are kept read, which is every day of a century.
_DATES_KEPT = 40_000


def read_name(part: str) -> str | Fault:
    """A name, which may not be longer than what is compared."""
    return Fault.CELL_TOO_LONG if len(part) > MAX_SIGNS else part


def read_date(part: str) -> PartialDate | Fault:
    """A date that may be partial. Nothing longer is kept, whatever a hostile file holds."""
    return _date(part) if len(part) <= _DATE_SIGNS else Fault.NOT_A_DATE


@lru_cache(_DATES_KEPT)
def _date(part: str) -> PartialDate | Fault:
    try:
        return PartialDate.parse(part)
    except ValueError:
        return Fault.NOT_A_DATE


def read_state(part: str) -> str | Fault:
    """A state's code: three letters, or the shorter ones of ICAO 9303 (`D`)."""
    if known := COUNTRIES.get(part):  # as most are written
        return known
    code = part.upper()
    return (country(code) or code) if _STATE.match(code) else Fault.UNREADABLE


def read_sex(part: str) -> str | Fault:
    """A sex by its letter, in either case."""
    letter = part.upper()
    return letter if letter in _SEXES else Fault.NOT_IN_TABLE


def read_document(part: str) -> Document | Fault:
    """`NUMBER` alone or `ISSUER:TYPE:NUMBER`, of which issuer and type may be empty."""
    issuer, kind, number = part.split(":") if part.count(":") == 2 else ("", "", part)
    state = country(issuer) or issuer.strip().upper() or None
    document = Document(number.strip(), kind.strip().upper() or None, state)
    return document if document.key and ":" not in number else Fault.UNREADABLE
