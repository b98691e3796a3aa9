"""Whatever stands under a key is in one table, opens in its own place, and nowhere else."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from torogoz.errors import OurError, UnavailableError
from torogoz.storage.convert import open_identifier, open_said
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    Acknowledgement,
    Identifier,
    KeyCheck,
    Note,
    Observation,
    SenderToken,
    WatchlistVersion,
)
from torogoz.storage.models.sealed_text import SealedTextField, Stored
from torogoz.storage.sealed import PLACES, needs
from torogoz.storage.sealed_places import (
    ClearedHash,
    EntryDigest,
    IdentifierHash,
    MessageDigest,
    Place,
    SecondFactor,
    StaffText,
)
from torogoz.storage.write import insert_objects, update_objects

#: Columns that look as if a key had made them, and why none did.
WITHOUT_KEY = {
    (SenderToken, "digest"): "a digest of a long random token, which nothing can be guessed from",
    (WatchlistVersion, "digest"): "sums up digests that are keyed",
    (KeyCheck, "key_id"): "is the key",
    (Acknowledgement, "body"): "holds codes and references, as it was sent back to its sender",
}
HASHES = (IdentifierHash, ClearedHash, EntryDigest, MessageDigest)


def keyed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that holds bytes or sealed text, or that is named as keys and digests are."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            named = field.name.endswith(("key_id", "digest", "keyed_hash", "index_version", "sealed", "wrapped_key"))
            if named or isinstance(field, models.BinaryField | SealedTextField):
                yield model, field.name


def test_every_column_that_stands_under_a_key_is_in_the_table() -> None:
    """LR-56: a new one cannot be forgotten."""
    told = {(place.model, column) for place in PLACES for column in (place.column, place.key_column, *place.contents)}
    missing = [f"{model.__name__}.{column}" for model, column in keyed_columns() if (model, column) not in told]
    allowed = {f"{model.__name__}.{column}" for model, column in WITHOUT_KEY}
    assert set(missing) == allowed, "put it into storage/sealed.py"


@pytest.fixture
def rows(planted: dict[str, list[str]]) -> list[tuple[Place, Any]]:
    """Two rows of each place."""
    assert planted
    found = []
    for place in PLACES:
        some = list(place.rows().order_by("-pk")[:2])
        assert len(some) == 2, f"plant two rows of {place.label}"
        found += [(place, row) for row in some]
    return found


def test_what_was_planted_stands_there_and_opens(planted: dict[str, list[str]]) -> None:
    """Else looking for it in a stolen database proves nothing."""
    values = {open_identifier(row, keyring()).replace(" ", "") for row in Identifier.objects.all()}
    for kind in ("document", "phone", "email", "card"):
        assert set(planted[kind]) <= values, kind
    for kind in ("address", "frequent flyer"):
        assert all(any(part.replace(" ", "") in value for value in values) for part in planted[kind]), kind
    said = repr([open_said(row, keyring()) for row in Observation.objects.all()])
    assert all(value in said for value in planted["ticket"])
    assert set(Identifier.objects.values_list("kind", flat=True)) == set(Identifier.Kind)


def stored(place: Place, row: Any) -> tuple[str, bytes]:
    """The key that a row names, and the ciphertext that stands in it."""
    if isinstance(place, SecondFactor):
        key_id, _, text = str(row.data[place.key_column]).partition(":")
        return key_id, b64decode(text)
    value = row.__dict__[place.column]
    if isinstance(value, str):
        key_id, _, text = value.partition(":")
        return key_id, b64decode(text)
    return getattr(row, place.key_column), bytes(value)


def holding(place: Place, row: Any, key_id: str, sealed: bytes) -> Any:
    """The row as it would be read with another ciphertext in this place."""
    other = copy(row)
    other.__dict__ = dict(row.__dict__)
    text = f"{key_id}:{b64encode(sealed).decode()}"
    if isinstance(place, SecondFactor):
        return Authenticator(user_id=row.user_id, type=row.type, data={**row.data, place.key_column: text})
    if isinstance(place, StaffText):
        other.__dict__[place.column] = Stored(text)
    elif isinstance(row.__dict__[place.column], str):
        other.__dict__[place.column] = text
    else:
        setattr(other, place.column, sealed)
        setattr(other, place.key_column, key_id)
    return other


def test_a_ciphertext_moved_to_any_other_row_table_or_column_does_not_open(rows: list[tuple[Place, Any]]) -> None:
    """LR-56."""
    keys, tried = keyring(), 0
    sealed = [(place, row) for place, row in rows if not isinstance(place, HASHES)]
    for place, row in sealed:
        place.prove(holding(place, row, *stored(place, row)), keys)
        for source, taken in sealed:
            if (source, taken) != (place, row):
                key_id, value = stored(source, taken)
                for named in {key_id, stored(place, row)[0]}:
                    with pytest.raises(UnavailableError):
                        place.prove(holding(place, row, named, value), keys)
                    tried += 1
    assert tried > 1000


def test_a_hash_moved_to_another_row_is_known_as_such(rows: list[tuple[Place, Any]]) -> None:
    for kind in (IdentifierHash, EntryDigest):
        [(place, one), (_, two)] = [(place, row) for place, row in rows if isinstance(place, kind)]
        place.prove(one, keyring())
        setattr(one, place.column, getattr(two, place.column))
        with pytest.raises(UnavailableError):
            place.prove(one, keyring())


def test_what_stands_under_a_key_is_counted_by_key(rows: list[tuple[Place, Any]]) -> None:
    total: dict[str, int] = {}
    for place in PLACES:
        (key_id,) = place.counts()
        assert key_id == f"{place.use}-1"
        assert place.counts()[key_id] == place.under(key_id).count() == place.rows().count()
        assert not place.stale(key_id).exists()
        assert place.stale(f"{place.use}-2").count() == place.rows().count()
        total[key_id] = total.get(key_id, 0) + place.counts()[key_id]
    assert needs() == total


@pytest.mark.usefixtures("rows")
def test_a_text_that_staff_write_stands_sealed_by_whatever_way_it_is_written() -> None:
    note = Note.objects.order_by("pk")[0]
    note.text = "otra cosa"
    for write in (
        lambda: Note.objects.update(text="otra cosa"),
        lambda: update_objects([note], ("text",)),
        lambda: insert_objects([note]),
    ):
        with pytest.raises(OurError, match="unsealed"), transaction.atomic():
            write()
    note.save()
    assert Note.objects.get(pk=note.pk).text == "otra cosa"
    assert Note.objects.only("pk").get(pk=note.pk).text == "otra cosa"
    raw = Note.objects.values_list("text", flat=True).get(pk=note.pk)
    assert raw.startswith("fields-1:")
    assert "otra" not in raw
    note.text = ""
    note.save()
    assert Note.objects.values_list("text", flat=True).get(pk=note.pk) == ""
