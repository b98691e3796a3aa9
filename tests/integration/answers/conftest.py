"""A traveller who was asked about and loaded, and an order of two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.integration.answers.asking import NOW
from tests.integration.conftest import People
from torogoz.domain.answer import Effect
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import orders
from torogoz.flow.compose import Worker, work
from torogoz.storage.models import JourneyTraveller

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
