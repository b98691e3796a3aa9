"""Six rules to begin with, written as an author would: each shows a public typology in general words.

They are package data, read when this module is loaded. They are examples: their legal bases name no law, and a state
that uses one writes its own. A rule runs only until its review date, so whoever loads them says until when.
"""

from __future__ import annotations

from datetime import date
from pkgutil import get_data

from torogoz.targeting.rulefile import read_json

NAMES = (
    "api-and-booking-disagree",
    "expiring-document-late-one-way",
    "late-cash-one-way",
    "minors-without-relative",
    "quick-turn-around",
    "separate-bookings-one-hand",
)

_DOCUMENTS = tuple(read_json(get_data(__name__, f"{name}.json") or b"") for name in NAMES)


def example_rules(review_on: date) -> tuple[dict[str, object], ...]:
    """The rules' documents, to be reviewed on a given day."""
    return tuple(
        {**document, "review_on": review_on.isoformat()} for document in _DOCUMENTS if isinstance(document, dict)
    )
