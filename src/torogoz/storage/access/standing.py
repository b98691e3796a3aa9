"""Since when an entry tells of its person what it tells now: through every form in which its list has held it.

A later review date, another reason or another owner makes a new row, and not another person: what the entry has raised
is told of it still. It begins anew where a name, a birth date, a nationality, the sex or a document came or went. An
entry that left its list and came back with the same number and the same person goes on too. What is purged of the forms
before is unknown: then it stands since the oldest that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from torogoz.storage.keys import keyring
from torogoz.storage.models import WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import open_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from torogoz.storage.keys import Keyring


@dataclass(frozen=True, slots=True)
class Standing:
    """When the oldest form that tells the same of the person came into force, and the rows of all these forms."""

    since: datetime
    rows: frozenset[int]


def came_into_force() -> Subquery:
    """When the version that brought a row came into force; null where that is known no more."""
    versions = WatchlistVersion.objects.filter(watchlist=OuterRef("watchlist"), number=OuterRef("version_from"))
    return Subquery(versions.values("imported_at"))


def standing(entries: Collection[tuple[int, str]], after: datetime) -> dict[tuple[int, str], Standing]:
    """Since when live entries, each by its list and its number there, stand; as far as that is not before `after`.

    What is sealed is opened only of those that came later than that.
    """
    if not entries:
        return {}
    lists, numbers = {each for each, _ in entries}, {number for _, number in entries}
    rows = (
        WatchlistEntry.objects.filter(watchlist__in=lists, key__among=numbers)
        .annotate(began=came_into_force())
        .exclude(began=None)
        .order_by("watchlist", "key", "-version_from")
    )
    forms = groupby(((row, row.began) for row in rows), key=lambda each: (each[0].watchlist_id, each[0].key))
    keys = keyring()
    return {entry: _standing(newest_first, after, keys) for entry, newest_first in forms if entry in entries}


def _standing(newest_first: Iterable[tuple[WatchlistEntry, datetime]], after: datetime, keys: Keyring) -> Standing:
    forms = iter(newest_first)
    newest, since = next(forms)
    rows, tells = {newest.pk}, None
    for before, began in forms:
        if since <= after:
            break
        tells = tells or open_entry(newest, keys)
        if not tells.tells_the_same(open_entry(before, keys)):
            break
        since = began
        rows.add(before.pk)
    return Standing(since, frozenset(rows))
