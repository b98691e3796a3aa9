"""The same five people in every test of who may see what, with three more whom some pages know (design §3)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.flow import make_ready
from torogoz.storage.access.guard import who_is
from torogoz.storage.home import Home
from torogoz.storage.list_states import ListState
from torogoz.storage.models import Account, Agency

#: What whoever types a password types here.
PASSWORD = "a long phrase of this test"


@dataclass(frozen=True, slots=True)
class People:
    """Who works at the centre, who has an account and no role, an officer, a partner's analyst, a carrier's person."""

    analyst: Account
    supervisor: Account
    data_protection: Account
    administrator: Account
    outsider: Account
    border_officer: Account
    partner: Account
    carrier_person: Account

    def but(self, *names: str) -> list[Account]:
        """Everybody except these."""
        return [getattr(self, each.name) for each in fields(self) if each.name not in names]


def with_password(account: Account) -> Account:
    """The same account, which may now sign in as people do, with `PASSWORD`."""
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Forget how often the tests before this one have tried and sent."""
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_is_made_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a list made ready at once, by the test's own connection: a process of its own would not see its database."""

    def here(state: ListState) -> bool:
        return make_ready.prepare(state.id, state.day)

    monkeypatch.setattr(make_ready, "begin", lambda job: job())
    monkeypatch.setattr(make_ready, "in_a_process", here)


@pytest.fixture(autouse=True)
def unledgered() -> Iterator[None]:
    """Let no test read what another one purged or delisted: the ledger outlives the transaction that a test is."""
    yield
    shutil.rmtree(Home.current().ledger, ignore_errors=True)


@pytest.fixture
def now() -> datetime:
    """The time at which the world of a test stands."""
    return datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def people(db: None) -> People:
    """Everybody, in the agencies they work for."""
    centre = Agency.objects.get_or_create(code="CENTRO", defaults={"name": "Centro", "centre": True})[0]
    border = Agency.objects.get_or_create(code="FRONTERA", defaults={"name": "Frontera"})[0]
    partner = Agency.objects.get_or_create(code="SOCIO", defaults={"name": "Socio"})[0]

    carrier = Agency.objects.get_or_create(code="XA", defaults={"name": "Aerolínea de ejemplo"})[0]

    def account(name: str, role: StaffRole | None, agency: Agency, port: str = "", carrier: str = "") -> Account:
        return Account.objects.create(
            username=name, role=role or "", agency=agency, language="en", port=port, carrier=carrier
        )

    return People(
        analyst=account("the-analyst", StaffRole.ANALYST, centre),
        supervisor=account("the-supervisor", StaffRole.SUPERVISOR, centre),
        data_protection=account("the-data-protection-officer", StaffRole.DATA_PROTECTION, centre),
        administrator=account("the-administrator", StaffRole.ADMINISTRATOR, centre),
        outsider=account("the-outsider", None, centre),
        border_officer=account("the-officer", StaffRole.BORDER_OFFICER, border, "SAL"),
        partner=account("the-partner", StaffRole.ANALYST, partner),
        carrier_person=account("the-carriers-person", StaffRole.CARRIER, carrier, carrier="XA"),
    )


@pytest.fixture
def heads() -> Iterator[Path]:
    """The file of the audit's signed heads, of this test alone: it outlives the transaction that a test is."""
    path = Home.current().heads
    shutil.rmtree(path.parent, ignore_errors=True)
    yield path
    shutil.rmtree(path.parent, ignore_errors=True)


@pytest.fixture
def who() -> Callable[..., Who]:
    """The asker behind an account: `who(people.analyst, Purpose.SERIOUS_CRIME)`."""

    def ask(account: Account, purpose: Purpose | None = None) -> Who:
        return who_is(account, purpose)

    return ask


@pytest.fixture
def browse(settings: object) -> Callable[..., Client]:
    """A browser of somebody who is signed in: `browse(people.analyst, Purpose.SERIOUS_CRIME).get("/queue")`."""
    settings.REQUIRE_SECOND_FACTOR = False  # type: ignore[attr-defined]  # its own test turns it on

    def signed_in(account: Account, purpose: Purpose | None = None) -> Client:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        if purpose:
            session = client.session
            session["purpose"] = purpose.value
            session.save()
        return client

    return signed_in
