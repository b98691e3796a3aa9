"""Travel documents as carriers report them and as lists register them."""

from __future__ import annotations

import re
from datetime import date

import msgspec

#: Document numbers that are shorter find nobody: a `0` in a form is no document.
MIN_DOCUMENT_SIGNS = 4
_SIGNS = re.compile(r"[^0-9A-Z]+")


def document_key(number: str) -> str:
    """Write a number for comparing: upper case letters and digits only, since carriers add blanks and dashes."""
    upper = number.upper()
    return upper if upper.isascii() and upper.isalnum() else _SIGNS.sub("", upper)


class Document(msgspec.Struct, frozen=True, gc=False):
    """A document as sent: `type` is the DOC 1001 code (P, V, I, AC …), `issuer` a state's ICAO 9303 code.

    `verified` is whether the carrier says that it saw the document; None where it does not say (GEI 7365).
    """

    number: str
    type: str | None = None
    issuer: str | None = None
    expiry: date | None = None
    issued: date | None = None
    issue_place: str | None = None
    verified: bool | None = None

    @property
    def key(self) -> str:
        """The number as it is compared."""
        return document_key(self.number)
