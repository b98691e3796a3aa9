"""Receive: bytes become durable before anything reads them.

Takes: the bytes of one file or request, where they came from, and the time.
Gives: the number of the delivery, which is the sender's receipt; it is given after the commit.
Refuses: more bytes than the intake reads in one delivery, and anything while too much waits to be read.
Records: delivery.received
Legal ground: UN Security Council resolution 2396 §§11–12; ICAO Annex 9, 9.1 (one window); LR-03, LR-04.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.errors import SenderError
from torogoz.storage import queue
from torogoz.storage.audit import record
from torogoz.storage.deliveries import seal_delivery
from torogoz.storage.keys import keyring
from torogoz.storage.queue import BacklogError

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.staff import Who

#: The largest delivery that is taken, in bytes: a hundred times the largest push seen (reference corpus: 160 kB).
LARGEST = 64 * 1024 * 1024
#: The source of what lay in a folder.
SPOOL = "spool"


def receive(
    data: bytes, *, source: str, name: str, now: datetime, sender: int | None = None, who: Who | None = None
) -> int:
    """Seal the bytes and give their receipt. Nothing is read: what they hold is `parse`'s work.

    `sender` is who brought them, where they are one of the enrolled; `who` the person who did it for them.
    """
    if len(data) > LARGEST:
        raise SenderError("the delivery is larger than 64 MiB", remedy="send it in parts")
    if queue.backlog().full:
        raise BacklogError
    with transaction.atomic():
        delivery = seal_delivery(data, source=source, name=name, now=now, keys=keyring(), sender=sender)
        queue.enqueue(delivery)
        counts = {"bytes": len(data)}
        record(AuditEvent.DELIVERY_RECEIVED, now, who=who, object_type="delivery", object_id=delivery.pk, counts=counts)
    return delivery.pk
