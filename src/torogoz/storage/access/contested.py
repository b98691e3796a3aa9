"""A carrier's findings as its own person sees them, and those that it contests as the centre does.

Codes, segments and positions: no reference, no value, nothing of a traveller. By the number of the delivery, which was
its receipt, and the flight the carrier knows which of its messages it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import Verdict
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.carriers import OutageRow, outage_rows
from torogoz.storage.access.guard import admit
from torogoz.storage.access.messages import MessageStatus
from torogoz.storage.audit import record
from torogoz.storage.models import CarrierProfile, ContestedFinding, ReceivedMessage

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

MAY_ANSWER = frozenset({StaffRole.SUPERVISOR})
OWN = frozenset({StaffRole.CARRIER})
#: A page holds so many messages, and of each so many findings.
PAGE, MOST = 50, 20
#: A carrier sees this much of what it sent.
RECENT = timedelta(days=84)


@dataclass(frozen=True, slots=True)
class Contested:
    """What was contested of a finding, and what was answered."""

    id: int
    message: int
    carrier: str
    finding: Finding
    reason: str
    made_at: datetime
    verdict: Verdict | None
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """A finding at its place among those of a message."""

    place: int
    finding: Finding
    contested: Contested | None


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message with findings. `receipt` is the number of its delivery; `more` are findings that are not shown."""

    id: int
    receipt: int
    received_at: datetime
    type: str
    version: str
    status: MessageStatus
    designator: str
    findings: tuple[OwnFinding, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OwnFindings:
    """A page of messages with findings, the latest first, and the number behind which the next begins."""

    carrier: str
    messages: tuple[OwnMessage, ...]
    next: int | None


def own_findings(who: Who, now: datetime, before: int | None = None) -> OwnFindings:
    """The findings of a carrier, for its own person."""
    admit(who, OWN, now)
    rows = ReceivedMessage.objects.filter(carrier=who.carrier, received_at__gt=now - RECENT).exclude(findings=[])
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.select_related("journey").prefetch_related("contested").order_by("-pk")[: PAGE + 1])
    found = sum(len(row.findings) for row in page[:PAGE])
    record(AuditEvent.VIEWED_CARRIERS, now, who=who, counts={"messages": len(page[:PAGE]), "findings": found})
    return OwnFindings(
        who.carrier,
        tuple(_message(row) for row in page[:PAGE]),
        page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def own_outages(who: Who, now: datetime) -> tuple[OutageRow, ...] | None:
    """The outages of a carrier, for its own person, without who declared them; None where nothing is agreed with it."""
    admit(who, OWN, now)
    profile = CarrierProfile.objects.filter(carrier=who.carrier).first()
    return tuple(replace(each, declared_by="") for each in outage_rows(profile)) if profile else None


def may_try(who: Who, now: datetime) -> None:
    """Let a carrier's person try a message. Nothing is asked of what is stored, and nothing is kept."""
    admit(who, OWN, now)


def contested(who: Who, now: datetime) -> tuple[Contested, ...]:
    """What carriers contest, for who answers: what waits longest first, then what was answered, the latest first."""
    admit(who, MAY_ANSWER, now)
    rows = ContestedFinding.objects.select_related("message")
    waiting = rows.filter(verdict="").order_by("made_at", "pk")[:PAGE]
    answered = rows.exclude(verdict="").order_by("-answered_at", "-pk")[:PAGE]
    found = tuple(_contested(row, row.message) for row in (*waiting, *answered))
    record(AuditEvent.VIEWED_CARRIERS, now, who=who, counts={"findings": len(found)})
    return found


def _message(row: ReceivedMessage) -> OwnMessage:
    said = {each.place: _contested(each, row) for each in row.contested.all()}
    return OwnMessage(
        id=row.pk,
        receipt=row.delivery_id,
        received_at=row.received_at,
        type=row.type,
        version=row.version,
        status=MessageStatus(row.status),
        designator=row.journey.designator if row.journey else "",
        findings=tuple(OwnFinding(place, _finding(row, place), said.get(place)) for place in range(len(row.findings)))[
            :MOST
        ],
        more=max(len(row.findings) - MOST, 0),
    )


def _contested(row: ContestedFinding, message: ReceivedMessage) -> Contested:
    return Contested(
        row.pk,
        row.message_id,
        row.carrier,
        _finding(message, row.place),
        row.reason,
        row.made_at,
        Verdict(row.verdict) if row.verdict else None,
        row.answer,
        row.answered_at,
    )


def _finding(message: ReceivedMessage, place: int) -> Finding:
    each = message.findings[place]
    return Finding(each["code"], Severity(each["severity"]), each["segment"], each["position"])
