"""Agree: what is agreed with each carrier is written down, and so are the times in which it could not send.

Takes: a supervisor or an administrator, a carrier and what is agreed with it, or from the terminal what it is told and
  asked; or the beginning, end and reason of an outage, from them or, of their own carrier, from its person.
Gives: the number of the profile, or of the outage.
Refuses: a carrier that is no code, a finding, class or route that there is not, an outage that ends before it begins;
  and to a carrier's person every other carrier, and an outage that began more than a day ago.
Records: carrier.changed, carrier.agreed, outage.declared, outage.ended
Legal ground: LR-01 and LR-05 (what carriers must send, and no more), LR-07 (no blame for an outage), LR-16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import SENT, Acknowledge, Transport
from torogoz.domain.finding import Severity
from torogoz.domain.route import Part, Written
from torogoz.domain.staff import StaffRole, Who
from torogoz.edifact.findings import CATALOGUE
from torogoz.errors import AuthorError
from torogoz.flow.senders import CARRIER
from torogoz.storage import places
from torogoz.storage.access.carriers import MAY
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record
from torogoz.storage.models import CarrierOutage, CarrierProfile, Event

MOST_ROUTES = 200
LONGEST_CONTACTS = 1000
#: What a carrier declares of itself it declares while it lasts, or the day after.
BACKDATED = timedelta(days=1)


class RoutesError(AuthorError):
    """Rows of what is expected cannot be agreed.

    `wrong` are their places among those that were given, each with the parts that are at fault.
    """

    default_remedy = "see what stands beside each row"

    def __init__(self, wrong: Mapping[int, frozenset[Part]]) -> None:
        self.wrong = wrong
        super().__init__()


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed, as it is written."""

    name: str = ""
    may_send: tuple[str, ...] = tuple(each.value for each in SENT)
    strict: bool = False
    severities: Mapping[str, str] | None = None
    expected: tuple[Written, ...] = ()
    transports: tuple[str, ...] = ()
    contacts: str = ""
    acknowledge: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed with a carrier about what it is told and asked, as the terminal lists it."""

    carrier: str
    version: int
    acknowledge: str
    asked: bool


def agree(who: Who, carrier: str, terms: Terms, now: datetime) -> int:
    """Write down what is agreed with a carrier, in the place of what was agreed before."""
    admit(who, MAY, now)
    return _write(carrier, _checked(terms), now, who)


def agree_to_tell(carrier: str, now: datetime, *, acknowledge: str | None = None, asked: bool | None = None) -> None:
    """Write down, from the terminal, how a carrier is told what was found, or whether it is asked for bookings.

    The rest stays as it is agreed; with a carrier with which nothing is, it is the default.
    """
    values: dict[str, object] = {} if acknowledge is None else {"acknowledge": _way(acknowledge)}
    if asked is not None:
        values["asked"] = asked
    if not CarrierProfile.objects.filter(carrier=carrier.strip().upper()).exists():
        values = _checked(Terms()) | values
    _write(carrier, values, now, None)


def agreed() -> tuple[Agreed, ...]:
    """Each carrier with which something is agreed, by its code."""
    rows = CarrierProfile.objects.order_by("carrier")
    return tuple(Agreed(row.carrier, row.version, row.acknowledge, row.asked) for row in rows)


def _write(carrier: str, values: Mapping[str, object], now: datetime, who: Who | None) -> int:
    code = carrier.strip().upper()
    if not CARRIER.fullmatch(code):
        raise AuthorError("this is no carrier's code", remedy="name it by its two or three signs, as XA")
    with transaction.atomic():
        profile = CarrierProfile.objects.select_for_update().filter(carrier=code).first()
        new = profile is None
        profile = profile or CarrierProfile(carrier=code, version=0, may_send=[])
        changed = sorted(name for name, value in values.items() if new or getattr(profile, name) != value)
        if not changed:
            return int(profile.pk)
        for name in changed:
            setattr(profile, name, values[name])
        profile.version, profile.changed_at = profile.version + 1, now
        profile.save()
        told = "; ".join(f"{name}: {values[name]}" for name in changed if name != "contacts") or "contacts"
        record(
            AuditEvent.CARRIER_CHANGED if who else AuditEvent.CARRIER_AGREED,
            now,
            who=who,
            object_type="carrier",
            object_id=profile.pk,
            counts={"version": profile.version},
            text=told if who else "",  # what nobody in particular did has no words
        )
    return int(profile.pk)


def declare_outage(
    who: Who, profile_id: int | None, starts_at: datetime, ends_at: datetime | None, reason: str, now: datetime
) -> int:
    """Note a time in which the carrier of a profile cannot send; None is the own one of a carrier's person."""
    profile = _profile(who, profile_id, now)
    if ends_at is not None and ends_at <= starts_at:
        raise AuthorError("the outage ends before it begins", remedy="give a later end, or none while it lasts")
    if who.role is StaffRole.CARRIER and starts_at < now - BACKDATED:
        raise AuthorError("the outage began more than a day ago", remedy="write to the centre, which can enter it")
    if not (reason.isprintable() and 3 <= len(reason.strip()) <= 200):
        raise AuthorError("the outage has no reason", remedy="say in 3 to 200 signs what does not work")
    with transaction.atomic():
        outage = CarrierOutage.objects.create(
            profile=profile,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason.strip(),
            declared_by_id=who.account,
            declared_at=now,
        )
        record(AuditEvent.OUTAGE_DECLARED, now, who=who, object_type="outage", object_id=outage.pk)
        Event.objects.create(at=now, kind=AuditEvent.OUTAGE_DECLARED.value)
    return int(outage.pk)


def end_outage(who: Who, outage_id: int, now: datetime, *, carrier: int | None = None) -> None:
    """Note that an outage of a carrier, or of one's own, is over. One that is over already stays as it was."""
    profile = _profile(who, carrier, now)
    outage = CarrierOutage.objects.filter(pk=outage_id, profile=profile).first()
    if outage is None:
        refuse(who, now)
    with transaction.atomic():
        ended = CarrierOutage.objects.filter(pk=outage_id, ends_at=None).update(ends_at=max(now, outage.starts_at))
        if ended:
            record(AuditEvent.OUTAGE_ENDED, now, who=who, object_type="outage", object_id=outage_id)
            Event.objects.create(at=now, kind=AuditEvent.OUTAGE_ENDED.value)


def _profile(who: Who, profile_id: int | None, now: datetime) -> CarrierProfile:
    if profile_id is None:
        admit(who, {StaffRole.CARRIER}, now)
        found = CarrierProfile.objects.filter(carrier=who.carrier).first()
    else:
        admit(who, MAY, now)
        found = CarrierProfile.objects.filter(pk=profile_id).first()
    if found is None:
        refuse(who, now)
    return found


def _checked(terms: Terms) -> dict[str, object]:
    """The terms as the columns hold them."""
    if not (terms.name.isprintable() and len(terms.name) <= 80):
        raise AuthorError("the carrier has no usable name", remedy="give it one of at most 80 letters")
    if not set(terms.may_send) <= {each.value for each in SENT} or not terms.may_send:
        raise AuthorError("the carrier may send nothing", remedy="choose at least one class of data")
    if not set(terms.transports) <= {each.value for each in Transport}:
        raise AuthorError("a transport is not known", remedy="choose from the list")
    severities = {code: severity for code, severity in (terms.severities or {}).items() if severity}
    if not set(severities) <= set(CATALOGUE) or not set(severities.values()) <= {each.value for each in Severity}:
        raise AuthorError(
            "a finding or its severity is not known",
            remedy="choose a code of the catalogue, and note, warning or error",
        )
    if len(terms.contacts) > LONGEST_CONTACTS or "\0" in terms.contacts:
        raise AuthorError("the contacts are too long", remedy="keep them to 1000 signs")
    return {
        "name": terms.name.strip(),
        "may_send": [each.value for each in SENT if each.value in terms.may_send],
        "strict": terms.strict,
        "severities": dict(sorted(severities.items())),
        "expected": _routes(terms.expected),
        "transports": [each.value for each in Transport if each.value in terms.transports],
        "contacts": terms.contacts.strip(),
        "acknowledge": _way(terms.acknowledge),
        "asked": terms.asked,
    }


def _way(name: str) -> str:
    if name and name not in {each.value for each in Acknowledge}:
        raise AuthorError("this is no message in which somebody is told", remedy="choose CONTRL, ACKRES or neither")
    return name


def _routes(rows: Sequence[Written]) -> list[list[str | int]]:
    if len(rows) > MOST_ROUTES:
        raise AuthorError("there are too many routes", remedy="keep them to 200 rows; * stands for any airport")
    if wrong := {place: faults for place, row in enumerate(rows) if (faults := row.faults(places.known))}:
        raise RoutesError(wrong)
    agreed_to = (row.agreed() for row in rows)
    return [[each.departure_airport, each.arrival_airport, each.data_class.value, each.minutes] for each in agreed_to]
