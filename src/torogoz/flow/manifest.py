"""Manifest: a table of an operator without a system of its own is brought in by a person, and goes the way of a file.

Takes: the bytes of a table, who brings them, the enrolled sender for whom they do it (or none), and the time; or an
  operator's own person with a table of their own journeys.
Gives: the receipt of a delivery, which the workers read like any other.
Refuses: a table larger than a page takes, and what is no table of ours; a sender that is not enrolled; and of an
  operator's own person anything that speaks of another operator's journey.
Records: delivery.received
Legal ground: LR-03 (one window); Regulation (EU) 2017/759 (small carriers may agree other secure electronic means).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain.staff import StaffRole, Who
from torogoz.edifact.limits import DEFAULT
from torogoz.errors import SenderError
from torogoz.flow.receive import receive
from torogoz.messages.delivery import read_unpacked
from torogoz.messages.envelope import Unpacked, unpack
from torogoz.messages.tabular import table_part, template
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.models import Sender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from torogoz.domain.journey import Mode
    from torogoz.domain.manifest import Message
    from torogoz.messages.tabular.template import Language

#: The largest table that a person brings: ten times a cruise ship's list. What is larger comes as a file.
LARGEST = 1024 * 1024
#: What a packed table may become, so that a page stays small.
_LIMITS = replace(DEFAULT, unpacked=4 * LARGEST)
#: Who may: those who may see the travellers that a table names.
BRINGERS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: Who brings their own operator's.
OWN = frozenset({StaffRole.CARRIER})


def operators(who: Who, now: datetime) -> tuple[str, ...]:
    """The enrolled senders on whose behalf somebody may bring a table, by name."""
    admit(who, BRINGERS, now)
    return tuple(Sender.objects.filter(revoked_at=None).order_by("name").values_list("name", flat=True))


def blank(who: Who, mode: Mode, language: Language, now: datetime) -> bytes:
    """The table to fill in for journeys of a mode."""
    admit(who, BRINGERS, now)
    return template(mode, language)


def checked(data: bytes) -> Unpacked:
    """A table that may be shown and delivered, unpacked where it was packed. SenderError for anything else."""
    if len(data) > LARGEST:
        raise SenderError("the table is larger than 1 MiB", remedy="send it in parts, or as a file of the spool")
    unpacked = unpack(data, _LIMITS)
    if not any(table_part(unpacked.data, part, _LIMITS) for part in unpacked.parts):
        raise SenderError("this is no table with our header", remedy="begin with the template, and save it as CSV")
    return unpacked


def preview(unpacked: Unpacked) -> Iterator[Message]:
    """What a table would be read as; nothing of it is kept."""
    return read_unpacked(unpacked, _LIMITS, settings.SENSITIVE)


def bring(who: Who, data: bytes, operator: str, now: datetime) -> int:
    """Receive a table; give the receipt. `operator` is an enrolled sender's name, or empty for nobody's."""
    admit(who, BRINGERS, now, purpose=True)
    sender = Sender.objects.filter(name=operator, revoked_at=None).first() if operator else None
    if operator and sender is None:
        refuse(who, now)
    checked(data)
    return receive(data, source="page", name=operator, sender=sender.pk if sender else None, now=now, who=who)


def own(who: Who, now: datetime) -> str:
    """The code of the operator whose person asks, under which their tables name its journeys."""
    admit(who, OWN, now)
    return who.carrier


def own_blank(who: Who, mode: Mode, language: Language, now: datetime) -> bytes:
    """The table to fill in, for an operator's own person."""
    admit(who, OWN, now)
    return template(mode, language)


def bring_own(who: Who, data: bytes, now: datetime) -> int:
    """Receive a table of an operator's own journeys from its own person; give the receipt."""
    admit(who, OWN, now)
    for message in preview(checked(data)):
        if message.type not in (None, "TABULAR"):
            raise SenderError("there is more in this file than tables", remedy="send one table as CSV")
        named = [{leg.designator.carrier, leg.operated_by.carrier} for leg in message.flights]
        if not named or not all(who.carrier in each for each in named):
            raise SenderError(
                "a journey of this table is not your operator's",
                remedy="write your own code into the column operator of each journey",
            )
    return receive(data, source="page", name=who.carrier, now=now, who=who)
