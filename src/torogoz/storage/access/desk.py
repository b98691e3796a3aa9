"""Where a message deviates: the segment of each finding with its neighbours, redacted, as it was sent.

The copy holds everybody of a message, so never the whole of it is given, and each look is noted. Of a message that was
refused although it could be parsed the text is made from its sealed bytes while these are kept, and not stored. What
could not be parsed has no text, because nobody knows what would have to be redacted in it: position and size only.
While the bytes are kept, it is told which telex brought them, so that one knows whom to ask.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import class_of
from torogoz.domain.staff import StaffRole
from torogoz.messages.delivery import read_unpacked
from torogoz.messages.envelope import unpack
from torogoz.messages.sensitive import redact
from torogoz.storage.access.guard import admit, classes_for, refuse
from torogoz.storage.access.raw import CARD
from torogoz.storage.audit import record
from torogoz.storage.deliveries import open_delivery, open_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import ReceivedMessage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from torogoz.domain.manifest import Message, Telex
    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: So many places are shown, and so many signs of a segment.
MOST, LONGEST = 50, 400
#: A refused delivery that is larger is not read again for a look at it.
SMALL = 1024 * 1024
#: With these begins what is said of another traveller, or of another booking.
_BEGINS = ("NAD", "TIF", "SRC", "PDT")


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a message; `lit` where a finding stands in it."""

    position: int
    text: str
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A finding's code, where it stands in the delivered bytes, and the segments there; none where no text is kept."""

    code: str
    segment: str
    position: int | None
    lines: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one message. `kept` says that there is a text; `cut` that there are more places.

    `telex` is the one that brought a message which was refused and whose bytes are still kept.
    """

    message: int
    type: str
    size: int
    kept: bool
    cut: bool
    places: tuple[Place, ...]
    telex: Telex | None = None


def places(who: Who, message_id: int, now: datetime) -> Places:
    """The findings of a message with the text around them. It needs a purpose that reads the message's class."""
    admit(who, MAY, now, purpose=True)
    row = ReceivedMessage.objects.select_related("delivery").filter(pk=message_id).first()
    if row is None or ((told := class_of(row.type or None)) and told not in classes_for(who)):
        refuse(who, now)
    again = _read_again(row)
    text = _text(row, again) if row.type else None
    record(AuditEvent.VIEWED_RAW, now, who=who, object_type="message", object_id=message_id)
    segments = list(_segments(text, row)) if text is not None else []
    return Places(
        message=row.pk,
        type=row.type,
        size=row.delivery.size,
        kept=text is not None,
        cut=len(row.findings) > MOST,
        places=tuple(
            Place(each["code"], each["segment"] or "", each["position"], _around(segments, each["position"]))
            for each in row.findings[:MOST]
        ),
        telex=again[0].telex if again else None,
    )


def _read_again(row: ReceivedMessage) -> tuple[Message, bytes] | None:
    """A refused message from what is still sealed, and the unpacked bytes in which it stands; None of a large one."""
    if row.status != ReceivedMessage.Status.REFUSED or row.delivery.sealed is None or row.delivery.size > SMALL:
        return None
    unpacked = unpack(open_delivery(row.delivery, keyring()))
    messages = read_unpacked(unpacked, table=settings.SENSITIVE)
    return next(((each, unpacked.data) for each in messages if each.number == row.number), None)


def _text(row: ReceivedMessage, again: tuple[Message, bytes] | None) -> bytes | None:
    """The redacted bytes of a message, from its copy, or where it was refused from what was read again."""
    if row.redacted is not None:
        return open_redacted(row, keyring())
    if again is None or not again[0].readable or again[0].span.start != row.span_start:
        return None
    return redact(again[1], again[0])


def _segments(text: bytes, row: ReceivedMessage) -> Iterator[Segment]:
    """Divide by the message's own terminator, where it is not released; a line end stays with what follows it."""
    characters = row.separators or ":+.? '"
    release, terminator = (re.escape(characters[place].encode("latin-1", "replace")) for place in (3, 5))
    cards = row.type == "PNRGOV"
    for found in re.finditer(rb"\s*((?:%s.|[^%s])*)(?:%s|\Z)" % (release, terminator, terminator), text, re.DOTALL):
        if found[1]:
            shown = found[1][:LONGEST].decode("utf-8", "replace")
            yield Segment(
                row.span_start + found.start(1), CARD.sub(lambda run: "X" * len(run[0]), shown) if cards else shown
            )


def _around(segments: list[Segment], position: int | None) -> tuple[Segment, ...]:
    """The segment in which a byte stands, lit, with its neighbours, unless they are another traveller's."""
    at = bisect_right(segments, position, key=lambda each: each.position) - 1 if position is not None else -1
    if at < 0:
        return ()
    before = [] if segments[at].text.startswith(_BEGINS) else segments[max(at - 1, 0) : at]
    behind = [each for each in segments[at + 1 : at + 2] if not each.text.startswith(_BEGINS)]
    return (*before, replace(segments[at], lit=True), *behind)
