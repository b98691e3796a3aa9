"""The sentences of marks: what was noticed about a look, with its numbers and what they are held against.

The lengths of time come from the policy (`privacy.reading`), so that a sentence says what was judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.privacy.reading import PACES, READERS_WITHIN, Mark

#: A mark → its sentence; the numbers are `number`, `beside`, `hours`, `days`, and `next`, the hour after.
SENTENCES: Mapping[Mark, str | Promise] = {
    Mark.MANY_DOSSIERS: _("%(number)s dossiers within %(hours)s h"),
    Mark.WITHOUT_HIT: _("%(number)s dossiers without a hit within %(hours)s h"),
    Mark.MANY_FLIGHTS: _("%(number)s flights within %(hours)s h"),
    Mark.MANY_SEARCHES: _("%(number)s searches within %(hours)s h"),
    Mark.UNUSUAL_HOUR: _(
        "Between %(number)s:00 and %(next)s:00, an hour at which this person did not look on %(beside)s days that are "
        "known"
    ),
    Mark.MANY_READERS: _("%(number)s people looked within %(days)s days at this traveller, who has no hit"),
}
#: How many parts of the name are the reader's own.
OWN: Mapping[int, str | Promise] = {1: _("A look at their own surname"), 2: _("A look at their own name")}
#: What `storage.access.marks` refuses in words.
REFUSALS: tuple[str | Promise, ...] = (_("this mark was looked at already"), _("see who did, and when"))
USUAL = _("their usual: %(beside)s")
UNKNOWN = _("so far without a usual of their own")


class Told(Protocol):
    """What has a sentence."""

    @property
    def mark(self) -> Mark:
        """What was noticed."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def beside(self) -> int:
        """What the number is held against."""


def sentence(told: Told) -> str:
    """A mark in the reader's language."""
    if told.mark is Mark.OWN_NAME:
        return str(OWN[told.number])
    pace = next((each for each in PACES if each.mark is told.mark), None)
    values = {
        "number": told.number,
        "beside": told.beside,
        "next": (told.number + 1) % 24,
        "days": READERS_WITHIN.days,
        "hours": int(pace.within.total_seconds() // 3600) if pace else 0,
    }
    said = str(SENTENCES[told.mark]) % values
    return f"{said}; {str(USUAL if told.beside else UNKNOWN) % values}" if pace else said
