"""Masking rows as `privacy.fields` says: what is sealed moves under a key of that record alone, the rest is cleared.

The key is random, stands wrapped beside what it opens, and is destroyed with it. Everything happens in the caller's
transaction, to a page of travellers at a time.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.apps import apps
from django.db.models import F, QuerySet

from torogoz.errors import UnavailableError
from torogoz.privacy.fields import REACHED
from torogoz.privacy.mask import Sealed, alone, mask
from torogoz.privacy.tables import Row, Table
from torogoz.storage.convert import Said, open_identifier, open_said, write_said
from torogoz.storage.dispositions import answers_of, in_force
from torogoz.storage.keys import Keyring
from torogoz.storage.models import Booking, JourneyTraveller, MaskedRecord, Person, SealedEvidence

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[Sealed, ...])


@dataclass(frozen=True, slots=True)
class Shared:
    """What travellers share with others: it goes with the last of them."""

    persons: frozenset[int]
    bookings: frozenset[int]

    @classmethod
    def of(cls, travellers: Collection[int]) -> Shared:
        """The persons and bookings of some travellers."""
        rows = list(JourneyTraveller.objects.filter(pk__in=travellers).values_list("person_id", "booking_id"))
        return cls(frozenset(person for person, _ in rows if person), frozenset(book for _, book in rows if book))

    def drop(self) -> Counter[str]:
        """Delete those of them of whom nothing is left."""
        gone = Counter[str]()
        persons = Person.objects.filter(pk__in=self.persons, links=None, travellers=None)
        bookings = Booking.objects.filter(pk__in=self.bookings, travellers=None)
        for orphans in (persons, bookings):
            gone.update(orphans.delete()[1])
        return gone


def mask_travellers(travellers: Sequence[int], now: datetime, keys: Keyring) -> Counter[str]:
    """Mask the records of travellers that are not masked yet; give how many rows of each table that changed."""
    shared = Shared.of(travellers)
    changed = Counter[str]()
    kept: dict[int, list[Sealed]] = defaultdict(list)
    for table in REACHED:
        if table.masking is Row.FORCE:
            changed.update(_drop_overtaken(travellers))
        else:
            changed[table.model] += _mask_table(table, travellers, kept, keys)
    for traveller in travellers:
        place = record_place(traveller)
        sealed, wrapped = keys.seal_bytes(zlib.compress(_encoder.encode(kept[traveller])), place)
        MaskedRecord.objects.create(traveller_id=traveller, sealed=sealed, wrapped_key=wrapped, key_id=keys.raw.id)
    JourneyTraveller.objects.filter(pk__in=travellers).update(masked_at=now)
    return changed + shared.drop()


def open_record(record: MaskedRecord, keys: Keyring) -> tuple[Sealed, ...]:
    """What a masked record held. UnavailableError where its key is another, or was destroyed."""
    try:
        plain = keys.open_bytes(
            bytes(record.sealed), bytes(record.wrapped_key), record_place(record.traveller_id), record.key_id
        )
    except UnavailableError as problem:
        raise UnavailableError(
            "this record's key is gone, and the record with it", remedy="nothing: it was purged"
        ) from problem
    return _decoder.decode(zlib.decompress(plain))


def _mask_table(table: Table, travellers: Sequence[int], kept: dict[int, list[Sealed]], keys: Keyring) -> int:
    found = _rows(table, travellers)
    names = (*table.moved, *table.cleared)
    clear: dict[str, Any] | None = None
    rows = list(found)
    for row in rows:
        values = {name: _value(table, row, name, keys) for name in names}
        masked = mask(table, row.pk, values)
        clear = dict(masked.clear) if masked.clear is not None else None
        if masked.sealed:
            kept[row.of_traveller].append(masked.sealed)
    if rows:
        numbers = [row.pk for row in rows]
        same = apps.get_model(table.model).objects.filter(pk__in=numbers)
        same.delete() if clear is None else same.update(**clear)
    return len(rows)


def _rows(table: Table, travellers: Sequence[int]) -> QuerySet[Any]:
    model: Any = apps.get_model(table.model)
    path = table.path or ""
    found: QuerySet[Any] = model.objects.filter(**{f"{path}__in": travellers})
    told: QuerySet[Any] = found.annotate(of_traveller=F(path)).order_by("pk")
    return told


def _value(table: Table, row: Any, name: str, keys: Keyring) -> Any:
    """A column's value; of what is sealed in its place, the plain text."""
    opened = _OPEN.get((table.model, name))
    if opened:
        return opened(row, keys)
    field = type(row)._meta.get_field(name)  # noqa: SLF001 - Django's public API
    return getattr(row, field.attname)


def _said(row: Any, keys: Keyring) -> str:
    said = open_said(row, keys)
    return write_said(Said(said.traveller, alone(said.booking))).decode()


#: Columns that are encrypted in their place, and how they are read.
_OPEN: dict[tuple[str, str], Callable[[Any, Keyring], str]] = {
    ("storage.Observation", "sealed"): _said,
    ("storage.Identifier", "sealed"): open_identifier,
}


def _drop_overtaken(travellers: Sequence[int]) -> Counter[str]:
    """Of sealed evidence stays what a decision in force confirms; what was confirmed and is so no longer, goes."""
    rows = SealedEvidence.objects.filter(hit__traveller__in=travellers).select_related("hit", "decision")
    gone = [row.pk for row in rows if in_force(row.hit) != row.decision or not answers_of(row.decision).confirms]
    return Counter(SealedEvidence.objects.filter(pk__in=gone).delete()[1])


def record_place(traveller: int) -> str:
    """What the sealed part of a masked record is bound to, and its key."""
    return f"masked_record|{traveller}"
