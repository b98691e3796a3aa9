"""Acknowledge: as was agreed with a carrier, its sender is told what was found in a delivery, once it was read.

Takes: a delivery whose last message is being loaded, its bytes, and the time; or a sender who looks for what was found.
Gives: a CONTRL for each interchange or an ACKRES, by the agreement of the carrier of each message, with each error that
  was found and the segment in which it stands. Who is enrolled asks for it; for a file it is put beside the receipt.
Refuses: to tell anybody of a delivery that is not their own, and to tell notes, which cost nobody anything.
Records: none: what was found stands with the messages
Legal ground: LR-09 (a carrier sees the quality of its data); ICAO Annex 9, 9.8 (what is sent is as the guide asks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.conf import settings

from torogoz.domain.carrier import Acknowledge
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.manifest import Message
from torogoz.edifact.interchange import Header
from torogoz.edifact.writer import Segment
from torogoz.errors import RefusedError
from torogoz.flow.receive import SPOOL
from torogoz.messages import read
from torogoz.messages.bilateral import ackres_segments
from torogoz.messages.contrl import Acknowledged, acknowledged, contrl_segments
from torogoz.messages.outgoing import ACKRES, CONTRL, Stamp, interchange
from torogoz.storage.agreements import told_in
from torogoz.storage.models import Acknowledgement, Delivery, ReceivedMessage


def acknowledge(delivery: Delivery, data: bytes, now: datetime) -> None:
    """Compose what its sender is told, in the transaction that ends the reading of a delivery; nothing by default."""
    if not delivery.sender and delivery.source != SPOOL:
        return
    ways = told_in(delivery.sender)
    if not ways:
        return
    rows = {row.number: row for row in delivery.messages.all()}
    messages = [_as_loaded(message, rows.get(message.number)) for message in read(data, table=settings.SENSITIVE)]
    about = acknowledged(data, messages)
    theirs = messages[0].sender or "" if messages else ""
    stamp = Stamp(settings.OFFICE, theirs, now, str(delivery.pk))
    body = b""
    for way in Acknowledge:
        told = [each for each in about if ways.get(_carrier(rows.get(each.message.number))) is way]
        if told and way is Acknowledge.CONTRL:
            body += interchange(CONTRL, [_syntax(list(each)) for _, each in groupby(told, _interchange)], stamp)
        elif told:
            body += interchange(ACKRES, [ackres_segments(each) for each in told], stamp)
    if body:
        Acknowledgement.objects.update_or_create(delivery=delivery, defaults={"made_at": now, "body": body})


def _interchange(about: Acknowledged) -> Header:
    return about.interchange


def _syntax(about: list[Acknowledged]) -> list[Segment]:
    """The CONTRL of one interchange, of which each message names the sender."""
    return contrl_segments(about, about[0].message.sender or "", settings.OFFICE)


def _carrier(row: ReceivedMessage | None) -> str:
    return row.carrier if row else ""


def acknowledgement(sender: int, delivery: int) -> bytes:
    """What a sender is told of its delivery; empty while it is being read, and where nothing was agreed.

    RefusedError for a delivery that is not theirs, in the words of one that is not there.
    """
    if not Delivery.objects.filter(pk=delivery, sender=sender).exists():
        raise RefusedError("you brought no such delivery", remedy="name the number of a receipt of yours")
    return acknowledgements([delivery]).get(delivery, b"")


def acknowledgements(deliveries: Iterable[int]) -> dict[int, bytes]:
    """What there is to tell of some deliveries, to who put them where only their own are."""
    rows = Acknowledgement.objects.filter(delivery__among=list(deliveries))
    return {row.delivery_id: bytes(row.body) for row in rows}


def _as_loaded(message: Message, row: ReceivedMessage | None) -> Message:
    """A message with what the flow found beside the reader: one that was refused counts as one that was not read."""
    if row is None:
        return message
    found = tuple(
        Finding(each["code"], Severity(each["severity"]), each["segment"], each["position"]) for each in row.findings
    )
    refused = row.status == ReceivedMessage.Status.REFUSED
    return replace(message, findings=found, type=None if refused else message.type)
