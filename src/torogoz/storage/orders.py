"""Orders and their confirmations as rows, and as the values from which an answer is made (domain.answer)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from torogoz.domain import answer
from torogoz.domain.document import document_key
from torogoz.domain.hit import Action, HitStatus
from torogoz.domain.journey import Direction, FlightLeg
from torogoz.domain.traveller import Traveller
from torogoz.storage.clocks import local_day
from torogoz.storage.convert import open_said
from torogoz.storage.models import (
    Decision,
    Journey,
    Observation,
    Order,
    OrderConfirmation,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.storage.keys import Keyring


def as_order(row: Order, confirmation: OrderConfirmation | None = None) -> answer.Order:
    """An order as an answer sees it: confirmed by whoever confirmed it, and not since taken back."""
    confirmed = confirmation is not None and confirmation.ended_at is None
    return answer.Order(
        row.authority,
        row.legal_basis,
        answer.Effect(row.effect),
        row.exit_ban,
        Direction(row.direction),
        row.valid_from,
        row.valid_until,
        row.case_reference,
        row.entered_by_id,
        row.agreed_by_id,
        confirmation.confirmed_by_id if confirmation and confirmed else None,
        row.withdrawn_at is not None,
        confirmation.pk if confirmation else None,
    )


def confirmed_for(travellers: Iterable[int]) -> dict[int, list[answer.Order]]:
    """The orders confirmed for each of some travellers, whether they act or not."""
    found: dict[int, list[answer.Order]] = defaultdict(list)
    rows = OrderConfirmation.objects.filter(traveller__in=list(travellers), ended_at=None)
    for each in rows.select_related("order").order_by("pk"):
        found[each.traveller_id].append(as_order(each.order, each))
    return found


def any_confirmed(day: date) -> bool:
    """Whether an order is confirmed for anybody who leaves on a day; nearly always none is."""
    return OrderConfirmation.objects.filter(ended_at=None, traveller__journey__departure_date=day).exists()


def confirmed_on(journey: Journey) -> dict[int, list[answer.Order]]:
    """The orders confirmed for everybody on a flight."""
    rows = OrderConfirmation.objects.filter(traveller__journey=journey, ended_at=None)
    return confirmed_for(set(rows.values_list("traveller_id", flat=True)))


def protections() -> QuerySet[Decision]:
    """The decisions in force to protect a traveller (a suspected victim, say)."""
    return Decision.objects.filter(
        ~Q(review_upholds=False),
        hit__status=HitStatus.DECIDED,
        action=Action.PROTECTION,
        effective_at__isnull=False,
    )


def protected(travellers: Collection[int]) -> set[int]:
    """Those of some travellers whom a person decided to protect."""
    rows = protections().filter(hit__traveller__in=travellers)
    return set(rows.values_list("hit__traveller_id", flat=True))


def told_of(traveller: int, keys: Keyring) -> list[Traveller]:
    """Everything that any message ever told of somebody on a flight."""
    rows = Observation.objects.filter(traveller=traveller).order_by("pk")
    return [open_said(row, keys).traveller for row in rows]


def circumstances(
    direction: Direction,
    day: datetime,
    said: Collection[Traveller],
    *,
    ever: Collection[Traveller],
    is_protected: bool,
    now: datetime,
) -> answer.Circumstances:
    """What an order meets: everything that any source says of a traveller counts. `day` is that of the flight.

    Of citizenship all counts that was `ever` told: a passport of this state that is not sent again is still theirs.
    """
    return answer.Circumstances(
        direction,
        local_day(now),
        settings.STATE,
        frozenset(each for view in (*said, *ever) for each in answer.citizenships(view)),
        minor=any(answer.is_minor(view, day.date()) for view in said),
        protected=is_protected,
        hotline=settings.HOTLINE,
        born_here=any(view.birth_country == settings.STATE for view in (*said, *ever)),
    )


def key_of(leg: FlightLeg, traveller: Traveller) -> bytes:
    """What a carrier calls a traveller on a flight, of which only a keyed digest is kept.

    Locator and reference name them; without both, the name with birth date and documents does.
    """
    assert leg.departure_local  # noqa: S101 - border_leg gives placed legs only
    named: tuple[object, ...] = (traveller.record_locator, traveller.reference)
    if not all(named):
        numbers = sorted(document_key(each.number) for each in traveller.documents)
        named = (traveller.surname, traveller.given_names, traveller.birth_date, *numbers)
    where = (leg.departure_local.date(), leg.departure_airport)
    return "\0".join(str(each) for each in ("asked", *where, *named)).encode()


def digests_of(leg: FlightLeg, traveller: Traveller, keys: Keyring) -> tuple[str, ...]:
    """The digests of what a carrier calls a traveller, the current key's first."""
    return keys.digests(key_of(leg, traveller))
