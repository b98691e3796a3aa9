"""The redacted lines of a message from which a traveller's values were read, on demand: each look is an audit entry.

The copy holds everybody of the message, so never the whole of it is given: only the segments of this traveller. Of a
card only the last four digits are shown, here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.storage.access.dossier import open_traveller
from torogoz.storage.access.guard import classes_for, refuse
from torogoz.storage.audit import record
from torogoz.storage.deliveries import open_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import Observation
from torogoz.storage.party import view_of

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.finding import Origin
    from torogoz.domain.purpose import DataClass
    from torogoz.domain.staff import Who
    from torogoz.storage.models import ReceivedMessage


#: What may be a card's number in a form of payment; shorter runs are amounts, dates and codes.
CARD = re.compile(r"\d{9,15}(?=\d{4})")


@dataclass(frozen=True, slots=True)
class Line:
    """A segment as it was sent, redacted, and the fields that were read from it. `position` counts delivered bytes."""

    position: int
    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawLines:
    """The lines of one message that speak of one traveller, in their order."""

    traveller: int
    message: int
    data_class: DataClass
    type: str
    received_at: datetime
    lines: tuple[Line, ...]


def raw_lines(who: Who, traveller: int, message: int, now: datetime) -> RawLines:
    """The lines of a traveller in a message. UnavailableError where the copy has gone with its retention."""
    row = open_traveller(who, traveller, now)
    spoken = Observation.objects.filter(traveller=row, message=message, data_class__in=classes_for(who))
    observation = spoken.select_related("message").order_by("-pk").first()
    if observation is None:
        refuse(who, now)
    copy = open_redacted(observation.message, keyring())
    record(AuditEvent.VIEWED_RAW, now, who=who, object_type="message", object_id=message, counts={"traveller": row.pk})
    view = view_of(observation, keyring())
    origins = (*view.traveller.origins, *(view.booking.origins if view.booking else ()))
    return RawLines(
        traveller=row.pk,
        message=message,
        data_class=view.data_class,
        type=observation.message.type,
        received_at=observation.message.received_at,
        lines=tuple(_lines(copy, observation.message, origins)),
    )


def _lines(copy: bytes, message: ReceivedMessage, origins: tuple[Origin, ...]) -> list[Line]:
    """Bytes become signs as they stand: what is not UTF-8 is shown as the replacement sign, never guessed."""
    fields: dict[tuple[int, int], list[str]] = {}
    for origin in origins:
        fields.setdefault((origin.start, origin.end), []).append(origin.field)
    base = message.span_start
    return [
        Line(start, _shown(copy[start - base : end - base], named), tuple(dict.fromkeys(named)))
        for (start, end), named in sorted(fields.items())
    ]


def _shown(segment: bytes, fields: list[str]) -> str:
    text = segment.decode("utf-8", "replace")
    return CARD.sub(lambda digits: "X" * len(digits[0]), text) if "payments" in fields else text
