"""Carriers: what is agreed with each, how each sends, and the outages that were declared; no traveller, no reference.

Supervisors and administrators see and change it: both keep the links with carriers, and nothing here is about a person
but the carrier's own people who answer for its messages.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import SENT, Acknowledge, Transport
from torogoz.domain.finding import Severity
from torogoz.domain.purpose import DataClass
from torogoz.domain.route import Written, written
from torogoz.domain.staff import StaffRole, Who
from torogoz.edifact.findings import CATALOGUE
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.agreements import agreement
from torogoz.storage.audit import record
from torogoz.storage.models import Account, CarrierOutage, CarrierProfile, ContestedFinding, ReceivedMessage, Sender

if TYPE_CHECKING:
    from django.db.models import QuerySet

MAY = frozenset({StaffRole.SUPERVISOR, StaffRole.ADMINISTRATOR})
#: Over this time what arrives is counted.
RECENT = timedelta(days=30)
#: No more messages than this are gone through for their findings, the latest first.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier on the page of all; `id` is None where nothing is agreed with it yet."""

    id: int | None
    code: str
    name: str
    last: datetime | None
    messages: int
    refused: int
    strict: bool
    may_send: tuple[DataClass, ...]
    outage: bool
    contested: int


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters by which a carrier divides, in the order of UNA; how many messages, and the last of them."""

    characters: str
    messages: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolled sender that may deliver for the carrier, and how many of its tokens are open."""

    name: str
    every_carrier: bool
    tokens: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class OutageRow:
    """A declared outage."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    declared_by: str


@dataclass(frozen=True, slots=True)
class Weight:
    """A finding's code with its weight in the catalogue, what the agreement says, and how often it was found."""

    code: str
    usual: Severity
    agreed: Severity | None
    found: int


@dataclass(frozen=True, slots=True)
class CarrierPage:
    """What is agreed with a carrier, and how it sends."""

    id: int
    code: str
    name: str
    may_send: tuple[DataClass, ...]
    strict: bool
    weights: tuple[Weight, ...]
    expected: tuple[Written, ...]
    transports: tuple[Transport, ...]
    contacts: str
    acknowledge: Acknowledge | None
    asked: bool
    version: int
    changed_at: datetime
    separators: tuple[Separators, ...]
    senders: tuple[Enrolment, ...]
    outages: tuple[OutageRow, ...]
    people: int


def carriers(who: Who, now: datetime) -> tuple[Carrier, ...]:
    """Every carrier with which something is agreed, or that sent lately, by its code."""
    admit(who, MAY, now)
    sent = (
        _recent(now)
        .exclude(carrier="")
        .values("carrier")
        .annotate(
            last=Max("received_at"),
            messages=Count("pk"),
            refused=Count("pk", filter=Q(status=ReceivedMessage.Status.REFUSED)),
        )
        .order_by()
    )
    figures = {row["carrier"]: row for row in sent}
    profiles = {row.carrier: row for row in CarrierProfile.objects.all()}
    out = set(_open_outages(now).values_list("profile__carrier", flat=True))
    waiting = Counter(ContestedFinding.objects.filter(verdict="").values_list("carrier", flat=True))
    record(AuditEvent.VIEWED_CARRIERS, now, who=who, counts={"carriers": len(figures.keys() | profiles.keys())})
    found = []
    for code in sorted(figures.keys() | profiles.keys()):
        profile, row = profiles.get(code), figures.get(code)
        found.append(
            Carrier(
                id=profile.pk if profile else None,
                code=code,
                name=profile.name if profile else "",
                last=row["last"] if row else None,
                messages=row["messages"] if row else 0,
                refused=row["refused"] if row else 0,
                strict=bool(profile and profile.strict),
                may_send=_classes(profile),
                outage=code in out,
                contested=waiting[code],
            )
        )
    return tuple(found)


def carrier(who: Who, profile_id: int, now: datetime) -> CarrierPage:
    """What is agreed with one, and how it sends."""
    admit(who, MAY, now)
    profile = CarrierProfile.objects.filter(pk=profile_id).first()
    if profile is None:
        refuse(who, now)
    record(AuditEvent.VIEWED_CARRIERS, now, who=who, object_type="carrier", object_id=profile.pk)
    return CarrierPage(
        id=profile.pk,
        code=profile.carrier,
        name=profile.name,
        may_send=_classes(profile),
        strict=profile.strict,
        weights=_weights(profile, now),
        expected=tuple(map(written, agreement(profile).expected)),
        transports=tuple(map(Transport, profile.transports)),
        contacts=profile.contacts,
        acknowledge=Acknowledge(profile.acknowledge) if profile.acknowledge else None,
        asked=profile.asked,
        version=profile.version,
        changed_at=profile.changed_at,
        separators=_separators(profile.carrier, now),
        senders=_senders(profile.carrier, now),
        outages=outage_rows(profile),
        people=_people(profile.carrier),
    )


def outage_rows(profile: CarrierProfile) -> tuple[OutageRow, ...]:
    """The outages of a carrier, the latest first."""
    rows = profile.outages.select_related("declared_by").order_by("-starts_at", "-pk")[:50]
    return tuple(
        OutageRow(row.pk, row.starts_at, row.ends_at, row.reason, row.declared_by.get_username()) for row in rows
    )


def _recent(now: datetime) -> QuerySet[ReceivedMessage]:
    return ReceivedMessage.objects.filter(received_at__gt=now - RECENT)


def _open_outages(now: datetime) -> QuerySet[CarrierOutage]:
    return CarrierOutage.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


def _classes(profile: CarrierProfile | None) -> tuple[DataClass, ...]:
    return tuple(each for each in SENT if profile is None or each.value in profile.may_send)


def _weights(profile: CarrierProfile, now: datetime) -> tuple[Weight, ...]:
    """Every code that was found lately or has a weight of its own; the most frequent first."""
    lately = _recent(now).filter(carrier=profile.carrier).order_by("-pk").values_list("findings", flat=True)[:MOST]
    found = Counter(each["code"] for findings in lately for each in findings)
    codes = {code for code in (*found, *profile.severities) if code in CATALOGUE}
    return tuple(
        Weight(
            code,
            CATALOGUE[code].severity,
            Severity(profile.severities[code]) if code in profile.severities else None,
            found[code],
        )
        for code in sorted(codes, key=lambda code: (-found[code], code))
    )


def _separators(code: str, now: datetime) -> tuple[Separators, ...]:
    rows = (
        _recent(now)
        .filter(carrier=code)
        .exclude(separators="")
        .values("separators")
        .annotate(messages=Count("pk"), last=Max("received_at"))
        .order_by("-messages", "separators")[:20]
    )
    return tuple(Separators(row["separators"], row["messages"], row["last"]) for row in rows)


def _senders(code: str, now: datetime) -> tuple[Enrolment, ...]:
    opens = Q(tokens__ends_at=None) | Q(tokens__ends_at__gt=now)
    rows = Sender.objects.annotate(open=Count("tokens", filter=Q(tokens__isnull=False) & opens)).order_by("name")
    return tuple(
        Enrolment(row.name, row.carriers is None, 0 if row.revoked_at else row.open, row.revoked_at is not None)
        for row in rows
        if row.carriers is None or code in row.carriers
    )


def _people(code: str) -> int:
    return Account.objects.filter(role=StaffRole.CARRIER, carrier=code, is_active=True).count()
