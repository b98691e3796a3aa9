"""Several keys for each use: which key made a hash is told beside it, and what people write stands sealed.

What stands in a database of an earlier version is sealed anew here, bound to its row as it is from now on. Its keys open
it, as 0002 has proved.
"""

import json
from base64 import b64decode
from itertools import islice
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models

import torogoz.storage.models.sealed_text
from torogoz.storage.keys import keyring
from torogoz.storage.models.sealed_text import Stored

TEXTS = {
    "Decision": ("identity_reason", "ground_reason", "action_reason", "second_reason", "review_reason"),
    "Referral": ("safe_text", "outcome_note"),
    "Note": ("text",),
    "Hold": ("reason",),
    "PersonLink": ("undone_reason",),
}
BATCH = 1000


def seal(apps: Any, _: object) -> None:
    """Bring every value to where it stands from now on."""
    sessions(apps.get_model("sessions", "Session"))
    identifiers(apps.get_model("storage", "Identifier"))
    for name, columns in TEXTS.items():
        for column in columns:
            texts(apps.get_model("storage", name), column)
    factors(apps.get_model("mfa", "Authenticator"))


def identifiers(model: Any) -> None:
    """Bind each value to its data class too: the same value may stand twice, as API and as PNR told it."""
    rows = model.objects.order_by("pk").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            place = f"identifier|{row.traveller_id}|{row.kind}|{row.keyed_hash}"
            plain = keyring().open(bytes(row.sealed), place, row.key_id)
            row.sealed = keyring().seal(plain, f"{place}|{row.data_class}")
            row.key_id = keyring().fields.id
        model.objects.bulk_update(batch, ["sealed", "key_id"])


def texts(model: Any, column: str) -> None:
    """Seal what people wrote."""
    for pk, text in model.objects.exclude(**{column: ""}).values_list("pk", column).iterator(BATCH):
        sealed = keyring().seal_text(str(text), f"{model._meta.db_table}.{column}|{pk}")
        model.objects.filter(pk=pk).update(**{column: Stored(sealed)})


def sessions(model: Any) -> None:
    """Seal what was signed; nobody is signed out by it."""
    for row in model.objects.all():
        held = json.dumps(SessionStore().decode(row.session_data))
        row.session_data = keyring().seal_text(held, f"django_session.session_data|{row.session_key}")
        row.save(update_fields=["session_data"])


def factors(model: Any) -> None:
    """Bind each secret of a second factor to its account."""
    for row in model.objects.filter(type__in=("totp", "recovery_codes")):
        for name in ("secret", "seed"):
            if name in row.data:
                plain = keyring().open(b64decode(row.data[name]), "second_factor", "fields-1")
                place = f"mfa_authenticator.data|{row.user_id}|{row.type}|{name}"
                row.data[name] = keyring().seal_text(plain.decode(), place)
        row.save(update_fields=["data"])


def without_digest(apps: Any, _: object) -> None:
    """A message without content has no digest, and needs no key."""
    apps.get_model("storage", "ReceivedMessage").objects.filter(content_digest="").update(index_version=None)


class Migration(migrations.Migration):

    dependencies = [
        ("storage", "0004_audit_chain"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("value", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("emptied_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField("delivery", "index_version", models.PositiveSmallIntegerField(default=1), preserve_default=False),
        migrations.AddField(
            "receivedmessage", "index_version", models.PositiveSmallIntegerField(default=1, null=True), preserve_default=False
        ),
        migrations.AddField(
            "watchlistentry", "index_version", models.PositiveSmallIntegerField(default=1), preserve_default=False
        ),
        migrations.AlterField("identifier", "index_version", models.PositiveSmallIntegerField()),
        *(
            migrations.AlterField(
                name.lower(),
                column,
                torogoz.storage.models.sealed_text.SealedTextField(
                    blank=column in {"second_reason", "review_reason", "outcome_note", "undone_reason"}
                ),
            )
            for name, columns in TEXTS.items()
            for column in columns
        ),
        migrations.RunPython(seal),
        migrations.RunPython(without_digest),
    ]
