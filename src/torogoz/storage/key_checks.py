"""Whether the keys at hand are those of this database, asked before anything is read or written.

The database keeps a check value of each key it was written with (`KeyCheck`). A key that it has not met yet proves
itself by opening a row that names it, or by there being none; then its check value is written, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from torogoz.errors import UnavailableError
from torogoz.storage.keyring import USES, Key, Keyring, check_value
from torogoz.storage.models import KeyCheck
from torogoz.storage.sealed import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

#: The uses that a database without check values was written with: releases before them knew no others.
_BEFORE = ("fields", "raw", "index", "signing", "django")


def known_keys() -> list[str]:
    """The ids of the keys that this database was written with; none where it is not made yet. Needs no keys itself."""
    if knows_any():
        known = KeyCheck.objects.filter(retired_at=None).order_by("pk").values_list("key_id", flat=True)
        if known:
            return list(known)
    if "storage_account" not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM storage_account LIMIT 1")
        return [f"{use}-1" for use in _BEFORE] if cursor.fetchone() else []


def knows_any() -> bool:
    """Whether this database has check values."""
    return KeyCheck._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - public API


def faults(keys: Keyring) -> dict[str, str]:
    """What is wrong with the keys at hand, by the id of the key: `missing`, or `wrong`."""
    found = {}
    for key_id, value in KeyCheck.objects.filter(retired_at=None).order_by("pk").values_list("key_id", "value"):
        key = keys.find(key_id)
        if key is None:
            found[key_id] = "missing"
        elif check_value(key) != value:
            found[key_id] = "wrong"
    return found


def verify(keys: Keyring) -> None:
    """UnavailableError names the keys that this database needs and that are missing or others. Nothing is written."""
    found = faults(keys)
    for fault, told in (
        ("missing", "missing, and this database was written with it"),
        ("wrong", "not the one that this database was written with"),
    ):
        named = [f"{key_id}.key" for key_id, each in found.items() if each == fault]
        if named:
            raise UnavailableError(
                f"the key {' and '.join(named)} is {told}", remedy="put it back from where keys are kept"
            )


def remember(keys: Iterable[Key], now: datetime) -> None:
    """Write the check values of keys that this database has not met."""
    met = set(KeyCheck.objects.values_list("key_id", flat=True))
    KeyCheck.objects.bulk_create(
        [KeyCheck(key_id=key.id, value=check_value(key), made_at=now) for key in keys if key.id not in met],
        ignore_conflicts=True,
    )


def unmet(keys: Keyring) -> list[Key]:
    """The keys of the ring whose check value this database has not."""
    met = set(KeyCheck.objects.values_list("key_id", flat=True))
    return [key for key in keys.all() if key.id not in met]


def prove(keys: Keyring, those: Iterable[Key]) -> None:
    """Open a row of each place under each of those keys; UnavailableError where one does not open."""
    for key in those:
        for place in PLACES:
            if place.use == key.use and (row := place.under(key.id).first()):
                try:
                    place.prove(row, keys)
                except UnavailableError as problem:
                    raise UnavailableError(
                        f"the key {key.id}.key is not the one that this database was written with",
                        remedy="put it back from where keys are kept",
                    ) from problem


def versions_in_use(keys: Keyring) -> list[int]:
    """The numbers of the index keys under which identifiers may stand, the current one first."""
    numbers = [key.number for key in keys.held["index"]]
    if len(numbers) == 1:
        return numbers
    emptied = KeyCheck.objects.filter(key_id__startswith="index-", emptied_at__isnull=False)
    gone = {int(key_id.rpartition("-")[2]) for key_id in emptied.values_list("key_id", flat=True)}
    return [number for number in numbers if number == keys.index.number or number not in gone]


def next_number(use: str, keys: Keyring) -> int:
    """A number that no key of a use has had."""
    ids = KeyCheck.objects.filter(key_id__startswith=f"{use}-").values_list("key_id", flat=True)
    used = [int(key_id.rpartition("-")[2]) for key_id in ids]
    return max([*used, *(key.number for key in keys.held[use])]) + 1


def by_use(key_ids: Iterable[str]) -> list[str]:
    """Ids in the order in which reports show them."""
    return sorted(key_ids, key=_rank)


def _rank(key_id: str) -> tuple[int, int, str]:
    use, _, number = key_id.rpartition("-")
    known = use in USES and number.isdigit()  # what stands in a row is not ours alone to write
    return (USES.index(use), int(number), "") if known else (len(USES), 0, key_id)
