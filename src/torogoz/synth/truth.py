"""What an examiner knows and no message says: who was planted, what was garbled, what each delivery ought to become.

Truth is written apart from the messages and never read by the product. `expected` is what a good centre does with a
planted traveller: `hit` raises it to a person, `protection` raises a minor whom the law protects first, `advisory`
shows it in the dossier only, `no_hit` leaves an innocent alone, `either` is a look-alike whom only a person can clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Expected(StrEnum):
    """What ought to happen to a planted traveller."""

    HIT = "hit"
    PROTECTION = "protection"
    ADVISORY = "advisory"
    NO_HIT = "no_hit"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted traveller. `cause` is the list entry as `list:id`, or the kind of rule as `rule:kind`."""

    typology: str
    suspect: bool
    expected: Expected
    cause: str
    flight: str
    locator: str
    reference: str
    person: str
    note: str


class Fault(StrEnum):
    """What is wrong with a delivery as a whole."""

    TRUNCATED = "truncated"
    NOT_EDIFACT = "not_edifact"
    WRONG_ENCODING = "wrong_encoding"
    NUL_BYTES = "nul_bytes"
    EMPTY = "empty"
    BROKEN_TRAVELLER = "broken_traveller"


@dataclass(frozen=True, slots=True)
class DeliveryTruth:
    """What one file holds. `readable` tells whether anything of it can be loaded; counts are those of its messages."""

    file: str
    kind: str
    flight: str
    messages: int
    travellers: int
    bookings: int
    withheld_ssr: int
    withheld_free_text: int
    duplicate_of: str | None
    fault: Fault | None
    readable: bool
