"""Acknowledge: as was agreed with a carrier, its sender is told what was found in a delivery, once it was read.

Takes: a delivery whose last message is being loaded, its bytes, and the time; or a sender who looks for what was found.
Gives: a CONTRL or an ACKRES, by the agreement of the carrier of each message, with each error that was found and the
  segment in which it stands.
Refuses: to tell anybody of a delivery that is not their own, and to tell notes, which cost nobody anything.
Records: none: what was found stands with the messages
Legal ground: LR-09 (a carrier sees the quality of its data); ICAO Annex 9, 9.8 (what is sent is as the guide asks).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from torogoz.domain.carrier import Acknowledge
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.manifest import Message
from torogoz.errors import RefusedError
from torogoz.messages import read
from torogoz.messages.bilateral import ackres_segments
from torogoz.messages.contrl import acknowledged, contrl_segments
from torogoz.messages.outgoing import ACKRES, CONTRL, Stamp, interchange
from torogoz.storage.agreements import told_in
from torogoz.storage.models import Acknowledgement, Delivery, ReceivedMessage


def acknowledge(delivery: Delivery, data: bytes, now: datetime) -> None:
    """Compose what its sender is told, in the transaction that ends the reading of a delivery; nothing by default."""
    ways = told_in(delivery.sender) if delivery.sender else {}
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
            body += interchange(CONTRL, [contrl_segments(told, theirs, settings.OFFICE)], stamp)
        elif told:
            body += interchange(ACKRES, [ackres_segments(each) for each in told], stamp)
    if body:
        Acknowledgement.objects.update_or_create(delivery=delivery, defaults={"made_at": now, "body": body})


def _carrier(row: ReceivedMessage | None) -> str:
    return row.carrier if row else ""


def acknowledgement(sender: int, delivery: int) -> bytes:
    """What a sender is told of its delivery; empty while it is being read, and where nothing was agreed.

    RefusedError for a delivery that is not theirs, in the words of one that is not there.
    """
    if not Delivery.objects.filter(pk=delivery, sender=sender).exists():
        raise RefusedError("you brought no such delivery", remedy="name the number of a receipt of yours")
    row = Acknowledgement.objects.filter(delivery=delivery).first()
    return bytes(row.body) if row else b""


def _as_loaded(message: Message, row: ReceivedMessage | None) -> Message:
    """A message with what the flow found beside the reader: one that was refused counts as one that was not read."""
    if row is None:
        return message
    found = tuple(
        Finding(each["code"], Severity(each["severity"]), each["segment"], each["position"]) for each in row.findings
    )
    refused = row.status == ReceivedMessage.Status.REFUSED
    return replace(message, findings=found, type=None if refused else message.type)
