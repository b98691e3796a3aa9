"""Orders as the people see them who enter, agree to and apply them, and as the data-protection officer sees their use.

Whom an order names is shown to reviewers who chose a purpose, and to nobody else. Beside a traveller stands each order
in force with what keeps it from acting, so that nobody must guess why one cannot be confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain import answer
from torogoz.domain.answer import Effect
from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import HitStatus
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.faces import Face, faces
from torogoz.storage.access.guard import admit, classes_for, refuse, visible
from torogoz.storage.access.to_protect import ToProtect, to_protect
from torogoz.storage.access.unheard import Unheard, unheard
from torogoz.storage.asked import Reached, reached
from torogoz.storage.audit import record
from torogoz.storage.clocks import local_day
from torogoz.storage.evidence import latest_views
from torogoz.storage.flights import local_time
from torogoz.storage.keys import keyring
from torogoz.storage.models import AnswerRevision, Hit, JourneyTraveller, Order, OrderConfirmation
from torogoz.storage.orders import as_order, circumstances, protected, told_of

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

MAY = REVIEWERS | {StaffRole.DATA_PROTECTION}
#: A page shows so many, the newest first.
LONGEST_PAGE = 200
_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """An order. `state` is `entered`, `in_force`, `over` or `withdrawn`; `confirmed` counts those it was confirmed for.

    `subject` is empty for whoever sees use and not content; `mine` is whether the asker entered it.
    """

    id: int
    authority: str
    file_number: str
    legal_basis: str
    effect: Effect
    exit_ban: bool
    direction: Direction
    valid_from: date
    valid_until: date
    subject: str
    case_reference: str
    state: str
    entered_by: str
    entered_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    confirmed: int
    mine: bool


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """The orders that are open to the asker, and whether a telephone is set that is answered day and night.

    `unheard` are the answers that changed by them and that no carrier has heard, `protect` those whom protection must
    meet; reviewers see them.
    """

    orders: tuple[ReadOrder, ...]
    hotline: str
    unheard: tuple[Unheard, ...] = ()
    protect: tuple[ToProtect, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """An order beside a traveller: what bars it, or the confirmation in force with who gave it, when and why."""

    order: ReadOrder
    bars: tuple[str, ...]
    confirmation: int | None
    confirmed_by: str
    confirmed_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was revised: the code, and whether the carrier has heard it."""

    code: str
    made_at: datetime
    times: int
    heard_at: datetime | None
    refused: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TravellersOrders:
    """A traveller on a flight, each order in force, what the carrier was told anew, and whether it learns of more."""

    traveller: int
    face: Face
    designator: str
    departure_airport: str
    arrival_airport: str
    departure_date: date
    applied: tuple[Applied, ...]
    told: tuple[Told, ...]
    reached: Reached


def orders(who: Who, now: datetime) -> OrdersPage:
    """The page of orders; one audit entry."""
    admit(who, MAY, now, purpose=True)
    rows = visible(Order.objects.all(), who).select_related("entered_by", "agreed_by").order_by("-pk")
    read = tuple(_read(row, who, now) for row in rows[:LONGEST_PAGE])
    page = OrdersPage(read, settings.HOTLINE)
    if who.role in REVIEWERS:
        page = OrdersPage(read, settings.HOTLINE, unheard(who, now), to_protect(who, now))
    record(AuditEvent.VIEWED_ORDERS, now, who=who, counts={"orders": len(page.orders)})
    return page


def orders_for(who: Who, traveller: int, now: datetime) -> TravellersOrders:
    """Every order in force beside one traveller; one audit entry."""
    admit(who, REVIEWERS, now, purpose=True)
    row = JourneyTraveller.objects.select_related("journey").filter(pk=traveller, masked_at=None).first()
    face = faces([row], classes_for(who)).get(row.pk) if row else None
    if row is None or face is None:
        refuse(who, now)
    found = visible(Order.objects.filter(withdrawn_at=None), who).select_related("entered_by", "agreed_by")
    standing = {each.order_id: each for each in OrderConfirmation.objects.filter(traveller=row, ended_at=None)}
    applied = []
    for each in found.order_by("-pk")[:LONGEST_PAGE]:
        if in_force(each, now):
            there = standing.get(each.pk)
            applied.append(
                Applied(
                    _read(each, who, now),
                    barred(each, row, now, confirmed_by=who.account),
                    there.pk if there else None,
                    there.confirmed_by.get_username() if there else "",
                    there.confirmed_at if there else None,
                    there.reason if there else "",
                )
            )
    record(AuditEvent.VIEWED_ORDERS, now, who=who, counts={"orders": len(applied)})
    journey = row.journey
    return TravellersOrders(
        row.pk,
        face,
        journey.designator,
        journey.departure_airport,
        journey.arrival_airport,
        journey.departure_date,
        tuple(applied),
        tuple(_told(each) for each in AnswerRevision.objects.filter(traveller=row).order_by("-pk")),
        reached(row, now, keyring()),
    )


def in_force(row: Order, now: datetime) -> bool:
    """Whether an order has effect: agreed to, not withdrawn, and between its days."""
    return _state(row, now) == "in_force"


def barred(row: Order, traveller: JourneyTraveller, now: datetime, *, confirmed_by: int) -> tuple[str, ...]:
    """What would keep an order from acting for a traveller if somebody confirmed it.

    Two more than the answer itself knows, which only somebody who confirms can meet: a hit of protection that nobody
    has decided goes first, and an exit ban reads no bookings (domain.purpose).
    """
    journey = traveller.journey
    departure = local_time(journey.departure_local)
    assert departure  # noqa: S101 - a journey is made from a placed leg or a schedule line
    guarded = bool(protected([traveller.pk]))
    views = [view.traveller for view in latest_views(traveller, frozenset(DataClass), keyring())]
    ever = told_of(traveller.pk, keyring())
    case = circumstances(Direction(journey.direction), departure, views, ever=ever, is_protected=guarded, now=now)
    order = as_order(row, OrderConfirmation(order=row, confirmed_by_id=confirmed_by))
    found = answer.bars(order, case)
    if Hit.objects.filter(traveller=traveller, purpose=Purpose.PROTECTION, status__in=_UNDECIDED).exists():
        found += ("protection_undecided",)
    if row.exit_ban and not traveller.has_api:
        found += ("bookings_only",)
    return found


def _state(row: Order, now: datetime) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.valid_until < local_day(now):
        return "over"
    return "in_force" if row.agreed_by_id and row.valid_from <= local_day(now) else "entered"


def _read(row: Order, who: Who, now: datetime) -> ReadOrder:
    return ReadOrder(
        row.pk,
        row.authority,
        row.file_number,
        row.legal_basis,
        Effect(row.effect),
        row.exit_ban,
        Direction(row.direction),
        row.valid_from,
        row.valid_until,
        row.subject if who.role in REVIEWERS else "",
        row.case_reference,
        _state(row, now),
        row.entered_by.get_username(),
        row.entered_at,
        row.agreed_by.get_username() if row.agreed_by else "",
        row.agreed_at,
        row.confirmations.filter(ended_at=None).count(),
        row.entered_by_id == who.account,
    )


def _told(row: AnswerRevision) -> Told:
    return Told(row.code, row.made_at, row.times, row.heard_at, row.refused, row.ended_at)
