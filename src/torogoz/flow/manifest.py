"""Manifest: a table of an operator without a system of its own is brought in by a person, and goes the way of a file.

Takes: the bytes of a table, who brings them, the enrolled sender for whom they do it (or none), and the time.
Gives: the receipt of a delivery, which the workers read like any other.
Refuses: a table larger than a page takes, and what is no table of ours; a sender that is not enrolled, and from an
  operator's own person any sender that is not of their operator alone.
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
#: Who brings an operator's tables: the centre for anybody, who may see the travellers that a table names; and an
#: operator's own person, who sees what they bring just then.
BRINGERS, OWN = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR}), frozenset({StaffRole.CARRIER})


def operators(who: Who, now: datetime, *, own: bool = False) -> tuple[str, ...]:
    """The enrolled senders on whose behalf somebody may bring a table, by name; `own` asks as an operator's person."""
    admit(who, OWN if own else BRINGERS, now)
    return tuple(_senders(who, own=own))


def _senders(who: Who, *, own: bool) -> dict[str, int]:
    """The enrolled senders by name; for an operator's own person those of their operator alone."""
    enrolled = Sender.objects.filter(revoked_at=None).order_by("name").values_list("name", "pk", "carriers")
    return {name: pk for name, pk, carriers in enrolled if not own or carriers == [who.carrier]}


def blank(who: Who, mode: Mode, language: Language, now: datetime, *, own: bool = False) -> bytes:
    """The table to fill in for journeys of a mode."""
    admit(who, OWN if own else BRINGERS, now)
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


def bring(who: Who, data: bytes, operator: str, now: datetime, *, own: bool = False) -> int:
    """Receive a table; give the receipt. `operator` is an enrolled sender's name; the centre may leave it empty."""
    admit(who, OWN if own else BRINGERS, now, purpose=not own)
    sender = _senders(who, own=own).get(operator)
    if sender is None and (operator or own):
        refuse(who, now)
    checked(data)
    return receive(data, source="page", name=operator, sender=sender, now=now, who=who)
