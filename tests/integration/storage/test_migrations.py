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

#: The migration before the one that is tried.
BEFORE = import_module("torogoz.storage.migrations.0007_senders").Migration.dependencies[0]
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


@pytest.mark.django_db
def test_the_models_are_those_of_the_migrations() -> None:
    call_command("makemigrations", "storage", check_changes=True, dry_run=True, verbosity=0)
