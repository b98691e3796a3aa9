"""A traveller who was asked about and loaded, and an order of two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.integration.answers.asking import NOW
from tests.integration.conftest import People
from torogoz.domain.answer import Effect
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import orders
from torogoz.flow.compose import Worker, work
from torogoz.storage.models import Account, Agency, Decision, Hit, JourneyTraveller

HOTLINE = "+503 0000 0000"
DRAFT: dict[str, Any] = {
    "authority": "Juzgado Ficticio",
    "file_number": "12-2026",
    "legal_basis": "Ley, art. 1",
    "effect": Effect.NO_BOARD,
    "exit_ban": True,
    "direction": Direction.OUTBOUND,
    "valid_from": date(2026, 11, 1),
    "valid_until": date(2026, 12, 31),
    "subject": "Ana Ejemplo Prueba, pasaporte A01234567",
}
Make = Callable[..., int]


@pytest.fixture(autouse=True)
def hotline(settings: Any) -> None:
    settings.HOTLINE = HOTLINE


@pytest.fixture
def analyst(people: People, who: Callable[..., Who]) -> Who:
    return who(people.analyst, Purpose.BORDER_CONTROL)


@pytest.fixture
def supervisor(people: People, who: Callable[..., Who]) -> Who:
    return who(people.supervisor, Purpose.BORDER_CONTROL)


@pytest.fixture
def make_order(analyst: Who, supervisor: Who) -> Make:
    """An order that two persons brought in: `make_order(effect=Effect.ADVISORY)`."""

    def make(**other: Any) -> int:
        order = orders.enter(analyst, orders.Draft(**DRAFT | other), NOW)
        orders.agree(supervisor, order, NOW)
        return order

    return make


def load() -> None:
    """Let the workers read what was asked."""
    work(NOW, Worker())


def loaded(surname: str = "EJEMPLO PRUEBA") -> JourneyTraveller:
    """The traveller whom a request named."""
    load()
    return JourneyTraveller.objects.get(surname=surname)


def hit_of(traveller: JourneyTraveller, status: HitStatus) -> Hit:
    """A hit of the rule about trafficking on this traveller."""
    return Hit.objects.create(
        agency=Agency.objects.get(centre=True),
        traveller=traveller,
        journey=traveller.journey,
        cause_kind=CauseKind.RULE,
        cause_key="trafficking",
        cause_version=1,
        title_es="Regla",
        title_en="Rule",
        purpose=Purpose.PROTECTION,
        gravity=1,
        queued=True,
        status=status,
        millibits=0,
        raised_at=NOW,
        changed_at=NOW,
    )


def protected(hit: Hit, person: Account) -> None:
    """Somebody decided that this traveller is to be protected."""
    Decision.objects.create(
        hit=hit,
        made_by=person,
        made_at=NOW,
        identity=Identity.SAME,
        identity_reason="x",
        ground=Ground.YES,
        ground_reason="x",
        action=Action.PROTECTION,
        action_reason="x",
        effective_at=NOW,
    )
