"""What carriers sent: received, loaded, refused, with findings by code; and deliveries that wait for replay.

An administrator sees structure: who sent what when, counts and codes, and what waits for replay, which is theirs to
start. References, which name a booking or a crew, are for those who work on travellers, with a purpose.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from torogoz.domain.audit import AuditEvent
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record
from torogoz.storage.models import Delivery, ReceivedMessage

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

REVIEW = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
MAY = REVIEW | {StaffRole.ADMINISTRATOR}
#: A page holds this many messages.
PAGE = 100
#: Of a failed delivery so many messages are named.
PLACES = 5
#: What is counted of messages is counted over this time.
RECENT = timedelta(hours=24)

MessageStatus = ReceivedMessage.Status


@dataclass(frozen=True, slots=True)
class Received:
    """A message. `reference` is empty for who sees structure only."""

    id: int
    delivery: int
    received_at: datetime
    status: MessageStatus
    type: str
    version: str
    function: str
    qualifier: str
    sender: str
    carrier: str
    reference: str
    journey: int | None
    designator: str
    travellers: int
    errors: int
    warnings: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A delivery that could not be read whole, sealed until it is replayed or destroyed.

    `codes` are the sender's errors and `places` where the first of each stands; `failure` is the kind of ours, where
    we failed at it. `refused` are its messages that were not read.
    """

    id: int
    received_at: datetime
    source: str
    size: int
    sealed_until: datetime | None
    messages: int
    codes: tuple[str, ...]
    failure: str
    carrier: str
    places: tuple[Finding, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page of messages is narrowed to; empty is everything. `before` is the number of the page before's last."""

    status: MessageStatus | None = None
    carrier: str = ""
    type: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Messages:
    """A page of messages, the latest first; counts are of the last day."""

    messages: tuple[Received, ...]
    failed: tuple[Failed, ...]
    counts: tuple[tuple[MessageStatus, int], ...]
    carriers: tuple[str, ...]
    types: tuple[str, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message with its findings, in the order of its bytes."""

    message: Received
    prepared_at: datetime | None
    part: str
    waits_until: datetime | None
    findings: tuple[Finding, ...]
    replayable_until: datetime | None


def messages(who: Who, now: datetime, only: Filter) -> Messages:
    """A page of messages, and the deliveries that wait for replay."""
    admit(who, MAY, now, purpose=who.role in REVIEW)
    rows = ReceivedMessage.objects.select_related("journey").order_by("-pk")
    if only.status:
        rows = rows.filter(status=only.status)
    if only.carrier:
        rows = rows.filter(carrier=only.carrier)
    if only.type:
        rows = rows.filter(type=only.type)
    if only.before:
        rows = rows.filter(pk__lt=only.before)
    page = list(rows[: PAGE + 1])
    record(AuditEvent.VIEWED_MESSAGES, now, who=who, counts={"messages": len(page[:PAGE])})
    recent = ReceivedMessage.objects.filter(received_at__gt=now - RECENT)
    counts = dict(recent.values_list("status").annotate(number=Count("pk")).order_by())
    return Messages(
        messages=tuple(_received(row, who) for row in page[:PAGE]),
        failed=_failed(now),
        counts=tuple((status, counts.get(status.value, 0)) for status in MessageStatus),
        carriers=_values("carrier"),
        types=_values("type"),
        next=page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def message(who: Who, message_id: int, now: datetime) -> MessagePage:
    """One message."""
    admit(who, MAY, now, purpose=who.role in REVIEW)
    row = ReceivedMessage.objects.select_related("journey", "delivery").filter(pk=message_id).first()
    if row is None:
        refuse(who, now)
    record(AuditEvent.VIEWED_MESSAGES, now, who=who, object_type="message", object_id=row.pk)
    failed = row.delivery.status == Delivery.Status.FAILED
    return MessagePage(
        message=_received(row, who),
        prepared_at=row.prepared_at,
        part=f"{row.part_number}{'' if row.part_last else '…'}" if row.part_number else "",
        waits_until=row.waits_until,
        findings=tuple(
            Finding(each["code"], Severity(each["severity"]), each["segment"], each["position"])
            for each in row.findings
        ),
        replayable_until=row.delivery.sealed_until if failed else None,
    )


def _received(row: ReceivedMessage, who: Who) -> Received:
    severities = Counter(each["severity"] for each in row.findings)
    return Received(
        id=row.pk,
        delivery=row.delivery_id,
        received_at=row.received_at,
        status=MessageStatus(row.status),
        type=row.type,
        version=row.version,
        function=row.function,
        qualifier=row.qualifier,
        sender=row.sender,
        carrier=row.carrier,
        reference=row.common_reference or row.reference if who.role in REVIEW else "",
        journey=row.journey_id if who.role in REVIEW else None,
        designator=row.journey.designator if row.journey else "",
        travellers=row.travellers,
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        withheld=sum(row.withheld.values()),
    )


def _failed(now: datetime) -> tuple[Failed, ...]:
    """The one that is destroyed soonest first."""
    rows = Delivery.objects.filter(status=Delivery.Status.FAILED, sealed_until__gt=now)
    return tuple(
        Failed(
            row.pk,
            row.received_at,
            row.source,
            row.size,
            row.sealed_until,
            len(row.messages.all()),
            tuple(sorted({finding["code"] for each in row.messages.all() for finding in _errors(each)})),
            row.failure,
            next((each.carrier for each in row.messages.all() if each.carrier), ""),
            _places(row),
            tuple(each.pk for each in row.messages.all() if each.status == MessageStatus.REFUSED)[:PLACES],
        )
        for row in rows.order_by("sealed_until", "pk").prefetch_related("messages")[:PAGE]
    )


def _places(row: Delivery) -> tuple[Finding, ...]:
    """Of each code the first error, in the order of the bytes."""
    first: dict[str, Finding] = {}
    for message in row.messages.all():
        for each in _errors(message):
            found = Finding(each["code"], Severity(each["severity"]), each.get("segment"), each.get("position"))
            first.setdefault(found.code, found)
    return tuple(sorted(first.values(), key=lambda each: each.position or 0))


def _errors(row: ReceivedMessage) -> list[dict[str, Any]]:
    return [each for each in row.findings if each["severity"] == Severity.ERROR]


def _values(column: str) -> tuple[str, ...]:
    rows = ReceivedMessage.objects.exclude(**{column: ""}).order_by(column).values_list(column, flat=True).distinct()
    return tuple(rows)
