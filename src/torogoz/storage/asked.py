"""What a carrier called a traveller when it asked about them, and the answer that it was given last.

Of a request only a keyed digest of what it called somebody is kept (`orders.key_of`). A later list may call them
something else, or leave the references out: so all that lists ever called them is looked for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from torogoz.domain.journey import DOORS_CLOSE
from torogoz.domain.purpose import DataClass
from torogoz.storage.convert import open_said
from torogoz.storage.flights import leg_of
from torogoz.storage.models import InteractiveAnswer, Journey, Observation
from torogoz.storage.orders import digests_of

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.traveller import Traveller
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import AnswerRevision, JourneyTraveller


class Reached(StrEnum):
    """Whether a carrier learns by itself of what an order changes for a traveller."""

    ASKED = "asked"
    NOT_ASKED = "not_asked"
    CLOSED = "closed"


def reached(row: JourneyTraveller, now: datetime, keys: Keyring) -> Reached:
    """Whether a carrier is told of a traveller's order: it asked about them, and the doors have not closed."""
    journey = row.journey
    leaves = journey.departure_at
    if leaves is None or leaves <= now + DOORS_CLOSE or journey.status != Journey.Status.OPEN:
        return Reached.CLOSED
    return Reached.ASKED if last_answer(row, keys) else Reached.NOT_ASKED


def last_answer(row: JourneyTraveller, keys: Keyring) -> InteractiveAnswer | None:
    """The last answer that was given about a traveller, with its request; None where nobody asked."""
    answers = InteractiveAnswer.objects.filter(traveller_key__in=_names(row, keys))
    return answers.select_related("request").order_by("-pk").first()


def references(revision: AnswerRevision, keys: Keyring) -> tuple[str | None, str | None]:
    """Locator and reference by which the carrier knows whom a revision is about: those of the request that it revises.

    Where that had neither, or when its digest is no longer kept, they are those that are known of the traveller.
    """
    row = revision.traveller
    names = _names(row, keys)
    answers = InteractiveAnswer.objects.filter(request=revision.request_id, traveller_key__in=names).order_by("pk")
    for key in answers.values_list("traveller_key", flat=True):
        asked = names[key or ""]
        if asked.record_locator or asked.reference:
            return asked.record_locator, asked.reference
    return row.record_locator or None, row.reference or None


def _names(row: JourneyTraveller, keys: Keyring) -> dict[str, Traveller]:
    """Each digest of what a list called a traveller, and the traveller as it named them."""
    leg = leg_of(row.journey)
    told = Observation.objects.filter(traveller=row, data_class=DataClass.API).order_by("pk")
    named = [open_said(each, keys).traveller for each in told]
    return {digest: each for each in named for digest in digests_of(leg, each, keys)}
