"""A database of the version before comes forward with what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from torogoz.errors import RefusedError
from torogoz.flow import senders
from torogoz.storage.models import CarrierProfile

#: The migrations before those that are tried.
BEFORE = import_module("torogoz.storage.migrations.0007_senders").Migration.dependencies[0]
BEFORE_CARRIERS = import_module(
    "torogoz.storage.migrations.0014_agreements_stand_with_carriers"
).Migration.dependencies[0]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The models as they stood before senders had several tokens; afterwards the database is of today again."""
    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE])
    yield executor.loader.project_state([BEFORE]).apps
    call_command("migrate", verbosity=0)


def test_a_senders_token_opens_after_the_update_as_it_did_before(before: Any) -> None:
    model = before.get_model("storage", "Sender")
    for name, revoked in (("A", None), ("B", NOW)):
        digest = sha256(f"token of {name}".encode()).hexdigest()
        model.objects.create(name=name, token_digest=digest, enrolled_at=NOW, revoked_at=revoked)
    call_command("migrate", verbosity=0)
    assert senders.may_deliver("token of A", "192.0.2.1", NOW).name == "A"
    with pytest.raises(RefusedError):
        senders.may_deliver("token of B", "192.0.2.1", NOW)
    assert senders.enrolled(NOW)[0].scope == senders.Scope(None)


def standing(*, at: tuple[str, str]) -> Any:
    """The models as they stood after a migration; the database is brought there."""
    executor = MigrationExecutor(connection)
    executor.migrate([at])
    return executor.loader.project_state([at]).apps


def test_what_was_agreed_with_senders_is_agreed_with_their_carriers_and_the_way_back_loses_none(
    before: Any,
) -> None:
    apps = standing(at=BEFORE_CARRIERS)
    sender, profile = apps.get_model("storage", "Sender"), apps.get_model("storage", "CarrierProfile")
    profile.objects.create(carrier="XC", strict=True, may_send=["api"], version=4, changed_at=NOW)
    made = [
        ("A", ["XA", "XC"], "contrl", False, None),
        ("B", ["YB"], "", True, None),
        ("all", None, "ackres", False, None),
        ("quiet", ["XD"], "", False, None),
        ("gone", ["XE"], "contrl", True, NOW),
    ]
    for hour, (name, carriers, way, asked, revoked) in enumerate(made):
        sender.objects.create(
            name=name,
            carriers=carriers,
            acknowledge=way,
            asked=asked,
            enrolled_at=NOW.replace(hour=hour),
            revoked_at=revoked,
        )
    delivery = apps.get_model("storage", "Delivery").objects.create(
        received_at=NOW, size=1, index_version=1, sender=sender.objects.get(name="all")
    )
    brought = apps.get_model("storage", "ReceivedMessage").objects
    brought.create(delivery=delivery, number=1, received_at=NOW, carrier="ZZ", index_version=1, travellers=0)
    call_command("migrate", verbosity=0)
    kept = CarrierProfile.objects.order_by("carrier").values_list(
        "carrier", "acknowledge", "asked", "strict", "may_send"
    )
    both = ["api", "pnr"]
    assert list(kept) == [
        ("XA", "contrl", False, False, both),
        ("XC", "contrl", False, True, ["api"]),
        ("XD", "ackres", False, False, both),
        ("YB", "ackres", True, False, both),
        ("ZZ", "ackres", False, False, both),
    ]
    back = standing(at=BEFORE_CARRIERS).get_model("storage", "Sender").objects.order_by("pk")
    assert [(each.name, each.acknowledge, each.asked) for each in back] == [
        ("A", "contrl", False),
        ("B", "ackres", True),
        ("all", "contrl", True),
        ("quiet", "ackres", False),
        ("gone", "", False),
    ]


@pytest.mark.django_db
def test_the_models_are_those_of_the_migrations() -> None:
    call_command("makemigrations", "storage", check_changes=True, dry_run=True, verbosity=0)
