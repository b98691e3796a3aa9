"""A database of an earlier version is changed with its own keys only: with others, nothing at all happens to it."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

from django.db import migrations

from torogoz.storage.keys import keyring

SEALED: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("Identifier", lambda row: f"identifier|{row.traveller_id}|{row.kind}|{row.keyed_hash}"),
    ("Observation", lambda row: f"observation|{row.message_id}|{row.ordinal}"),
    ("WatchlistEntry", lambda row: f"watchlist_entry|{row.watchlist_id}|{row.key}|{row.version_from}"),
    ("AuditText", lambda row: f"audit_text|{row.entry_id}"),
    ("SealedEvidence", lambda row: f"sealed_evidence|{row.decision_id}"),
)
WRAPPED = (("Delivery", "delivery"), ("ReceivedMessage", "message"))


def prove(apps: Any, _: object) -> None:
    """One row of each kind must open."""
    for name, place in SEALED:
        row = apps.get_model("storage", name).objects.first()
        if row:
            keyring().open(bytes(row.sealed), place(row), row.key_id)
    for name, table in WRAPPED:
        row = apps.get_model("storage", name).objects.exclude(wrapped_key=None).first()
        if row:
            keyring().rewrap(bytes(row.wrapped_key), f"{table}|{row.pk}", row.key_id)
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes"))[:1]:
        for name in row.data.keys() & {"secret", "seed"}:
            keyring().open(b64decode(row.data[name]), "second_factor", "fields-1")


class Migration(migrations.Migration):

    dependencies = [
        ("storage", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(prove),
    ]
