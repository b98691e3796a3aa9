"""Orders: a court's or an authority's written order is entered, agreed by a second person, and applied to a traveller.

Takes: what an order says; or an order with a traveller on a flight, and why it is about them; and the time.
Gives: an order in force between its days; a confirmation, by which alone a carrier is told not to board somebody.
Refuses: an order without authority, legal basis, direction and days, an exit ban for arrivals, one's own agreement, and
  a confirmation that the policy bars: a child, a suspected victim, a citizen coming home, a flight of the other way.
Records: order.entered, order.agreed, order.withdrawn, order.confirmed, order.released
Legal ground: LR-30, LR-31 (a named person, with reasons), LR-73; ICCPR art. 12; CRC art. 3; domain/answer.py.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_default_timezone

from torogoz.domain.answer import Effect
from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON, REVIEWERS
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.revise import revise
from torogoz.messages.sensitive import contains_sensitive
from torogoz.privacy.schedule import LONGEST
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.orders import barred, in_force
from torogoz.storage.audit import record
from torogoz.storage.clocks import local_day
from torogoz.storage.models import Agency, JourneyTraveller, Order, OrderConfirmation

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

#: Who is the second person of an order, and who withdraws one.
SECOND = frozenset({StaffRole.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Draft:
    """What an order says. `subject` is whom it names, as it names them; the case reference is given here."""

    authority: str
    file_number: str
    legal_basis: str
    effect: Effect
    exit_ban: bool
    direction: Direction
    valid_from: date
    valid_until: date
    subject: str


def enter(who: Who, draft: Draft, now: datetime) -> int:
    """Write an order down; give its id. It has no effect before a second person agrees."""
    admit(who, REVIEWERS, now, purpose=True)
    agency = Agency.objects.filter(code=who.agency).first()
    if agency is None:
        refuse(who, now)
    _must_be_whole(draft, now)
    said = {name: text.strip() if isinstance(text, str) else text for name, text in asdict(draft).items()}
    with transaction.atomic():
        row = Order.objects.create(
            **said,
            agency=agency,
            case_reference=secrets.token_hex(4).upper(),
            entered_by_id=who.account,
            entered_at=now,
        )
        record(AuditEvent.ORDER_ENTERED, now, who=who, object_type="order", object_id=row.pk)
    return row.pk


def agree(who: Who, order: int, now: datetime) -> None:
    """The second person has the order before them, and agrees that it says what was written down."""
    _admit_to(who, order, now, SECOND)
    if not settings.HOTLINE:
        raise RefusedError(
            "no telephone is set that is answered day and night",
            remedy="ask the administrator to set `hotline`: whoever is turned away must be able to call",
        )
    with transaction.atomic():
        row = _lock(order)
        if row.entered_by_id == who.account:
            raise RefusedError("you entered this order yourself", remedy="another person must look at it")
        if row.agreed_by_id is not None:
            raise RefusedError("this order was agreed to before", remedy="nothing needs to be done")
        row.agreed_by_id, row.agreed_at = who.account, now
        row.save(update_fields=["agreed_by", "agreed_at"])
        record(AuditEvent.ORDER_AGREED, now, who=who, object_type="order", object_id=order)


def withdraw(who: Who, order: int, reason: str, now: datetime) -> None:
    """End an order, at once and for everybody; carriers that were told by it are told anew."""
    _admit_to(who, order, now, SECOND)
    _must_be_sayable(reason)
    with transaction.atomic():
        row = _lock(order)
        row.withdrawn_by_id, row.withdrawn_at = who.account, now
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record(AuditEvent.ORDER_WITHDRAWN, now, who=who, object_type="order", object_id=order, text=reason.strip())
    revise(now)


def confirm(who: Who, order: int, traveller: int, reason: str, now: datetime) -> int:
    """Say that an order is about this traveller on this flight; give the confirmation's id. The carrier is told."""
    _admit_to(who, order, now, REVIEWERS)
    if not JourneyTraveller.objects.filter(pk=traveller, masked_at=None, merged_into=None).exists():
        refuse(who, now)
    _must_be_sayable(reason)
    with transaction.atomic():
        row = _lock(order)
        if not in_force(row, now):
            raise RefusedError("this order is not in force", remedy="look at its days, and whether a second agreed")
        about = JourneyTraveller.objects.select_for_update(of=("self",)).select_related("journey").get(pk=traveller)
        if barred(row, about, now, confirmed_by=who.account):
            raise RefusedError(
                "this order does not act for this traveller on this flight", remedy="see the reasons beside it"
            )
        if OrderConfirmation.objects.filter(order=row, traveller=about, ended_at=None).exists():
            raise RefusedError("this order is confirmed for this traveller", remedy="nothing needs to be done")
        made = OrderConfirmation.objects.create(
            order=row, traveller=about, confirmed_by_id=who.account, confirmed_at=now, reason=reason.strip()
        )
        record(AuditEvent.ORDER_CONFIRMED, now, who=who, object_type="order_confirmation", object_id=made.pk)
    revise(now)
    return made.pk


def release(who: Who, confirmation: int, reason: str, now: datetime) -> None:
    """Take a confirmation back: the carrier is told that they may board."""
    admit(who, REVIEWERS, now, purpose=True)
    found = OrderConfirmation.objects.filter(pk=confirmation, order__in=visible(Order.objects.all(), who))
    if not found.exists():
        refuse(who, now)
    _must_be_sayable(reason)
    with transaction.atomic():
        row = OrderConfirmation.objects.select_for_update().filter(pk=confirmation, ended_at=None).first()
        if row is None:
            raise RefusedError("this confirmation was taken back before", remedy="nothing needs to be done")
        row.ended_by_id, row.ended_at = who.account, now
        row.save(update_fields=["ended_by", "ended_at"])
        text = reason.strip()
        record(AuditEvent.ORDER_RELEASED, now, who=who, object_type="order_confirmation", object_id=row.pk, text=text)
    revise(now)


def _admit_to(who: Who, order: int, now: datetime, roles: frozenset[StaffRole]) -> None:
    admit(who, roles, now, purpose=True)
    if not visible(Order.objects.filter(pk=order), who).exists():
        refuse(who, now)


def _lock(order: int) -> Order:
    row = Order.objects.select_for_update().filter(pk=order, withdrawn_at=None).first()
    if row is None:
        raise RefusedError("this order was withdrawn", remedy="enter the new one, if there is one")
    return row


def _must_be_whole(draft: Draft, now: datetime) -> None:
    texts = {each.name: getattr(draft, each.name) for each in fields(draft)}
    for name, longest in (("authority", 120), ("file_number", 80), ("legal_basis", 200), ("subject", LONGEST_REASON)):
        text = texts[name].strip()
        if not text or len(text) > longest or not text.isprintable():
            raise AuthorError(
                "an order names its authority, file number, legal basis and whom it is about",
                remedy="fill in all four, as the order says them",
            )
    if draft.direction is Direction.OTHER:
        raise AuthorError("an order says which way it acts", remedy="choose entering or leaving")
    if draft.exit_ban and draft.direction is not Direction.OUTBOUND:
        raise AuthorError("an exit ban acts on departures only", remedy="choose leaving, or another kind of order")
    if not draft.valid_from <= draft.valid_until or draft.valid_until < local_day(now):
        raise AuthorError("the order's days are past, or end before they begin", remedy="write them as the order does")
    if draft.valid_until > LONGEST.end(now, get_default_timezone()).date():
        raise AuthorError("the order would outlast five years", remedy="let it end earlier, and enter it anew then")


def _must_be_sayable(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_REASON:
        raise AuthorError("a reason is missing or too long", remedy="write one, in at most 2000 signs")
    if contains_sensitive(text):
        raise AuthorError(
            "this text speaks of belief, origin, politics, health or sex life", remedy="write it without that"
        )
