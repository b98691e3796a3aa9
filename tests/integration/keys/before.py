"""Brings a home's database to the version before keys were numbered, with a row of each kind that was changed since.

`python -m tests.integration.keys.before HOME`, where the home has keys and no database.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from torogoz.cli.django import ready

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP"
NOTE = "Llamó al 50366012345"
DOCUMENT = "A01234567"


def main() -> None:
    """Make the tables as they were, then the rows."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    call_command("migrate", "storage", "0001", verbosity=0)
    for application in ("contenttypes", "auth", "sessions", "account", "axes", "mfa"):
        call_command("migrate", application, verbosity=0)
    _rows(
        MigrationExecutor(connection)
        .loader.project_state(
            [("storage", "0001_initial"), ("mfa", "0003_authenticator_type_uniq"), ("sessions", "0001_initial")]
        )
        .apps
    )


def _rows(apps: Any) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from torogoz.storage.keys import keyring

    def make(model: str, /, **values: Any) -> Any:
        return apps.get_model("storage", model).objects.create(**values)

    keys = keyring()
    agency = make("Agency", code="CENTRO", name="Centro", centre=True)
    ana = make("Account", username="ana", role="analyst", agency=agency)
    journey = make(
        "Journey",
        carrier="X1",
        number="310",
        departure_date=date(2026, 11, 22),
        departure_airport="LAX",
        direction="inbound",
        departure_local="2026-11-22T14:00",
    )
    traveller = make(
        "JourneyTraveller",
        journey=journey,
        role="passenger",
        status_at=NOW,
        first_received_at=NOW,
        updated_at=NOW,
        surname="EJEMPLO",
        surname_key="EJEMPLO",
        has_api=True,
    )
    make("Note", traveller=traveller, agency=agency, written_by=ana, written_at=NOW, text=NOTE)
    hashed = keys.blind("document", DOCUMENT)
    make(
        "Identifier",
        traveller=traveller,
        kind="document",
        data_class="api",
        keyed_hash=hashed,
        sealed=keys.seal(DOCUMENT.encode(), f"identifier|{traveller.pk}|document|{hashed}"),
        key_id="fields-1",
        known_at=NOW,
    )
    delivery = make("Delivery", received_at=NOW, source="spool", size=1, digest=keys.digest(b"1"), key_id="raw-1")
    delivery.sealed, delivery.wrapped_key = keys.seal_bytes(b"UNB", f"delivery|{delivery.pk}")
    delivery.save()
    sealed = b64encode(keys.seal(SECRET.encode(), "second_factor")).decode()
    apps.get_model("mfa", "Authenticator").objects.create(user_id=ana.pk, type="totp", data={"secret": sealed})
    store = SessionStore("k" * 32)
    apps.get_model("sessions", "Session").objects.create(
        session_key="k" * 32,
        session_data=store.encode({"purpose": "serious_crime"}),
        expire_date=NOW.replace(year=2099),
    )


def look() -> dict[str, Any]:
    """What people read of it after the upgrade."""
    from allauth.mfa.models import Authenticator
    from django.contrib.sessions.models import Session

    from torogoz.domain.purpose import Purpose
    from torogoz.flow import accounts
    from torogoz.storage.access import search, sign_in
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.convert import open_identifier
    from torogoz.storage.keys import keyring
    from torogoz.storage.models import Identifier, Note
    from torogoz.storage.sealed import PLACES
    from torogoz.storage.sessions import SessionStore

    for place in PLACES:
        for row in place.rows():
            place.prove(row, keyring())
    who = who_is(accounts.known("ana"), Purpose.SERIOUS_CRIME)
    return {
        "note": Note.objects.get().text,
        "note stands as": Note.objects.values_list("text", flat=True)[0][:9],
        "identifier": open_identifier(Identifier.objects.get(), keyring()),
        "found": search.search(who, search.By.DOCUMENT, DOCUMENT, NOW).total,
        "second factor": sign_in.open_secret(Authenticator.objects.get().data["secret"]),
        "session": dict(SessionStore(Session.objects.get().pk).items()),
        "versions": list(Identifier.objects.values_list("index_version", flat=True)),
    }


if __name__ == "__main__":
    if "look" in sys.argv:
        import json

        ready(Path(sys.argv[1]))
        print(json.dumps(look()))  # noqa: T201 - what the caller reads
    else:
        ready(Path(sys.argv[1]), migrated=False)
        main()
        print("{}")  # noqa: T201 - what the caller reads
