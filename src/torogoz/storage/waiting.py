"""Changes of lists that wait: their sealed places, and what of them still stands against the list as it is now.

A waiting version names, for each entry that it would put in another's place or remove, the row of that entry. Where
the row has ended meanwhile, or somebody else's entry came to its key, the change no longer stands: what was done since
wins, so that an entry that was removed at once does not come back by a change that waited (LR-71).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from torogoz.storage.models import WaitingVersion, WatchlistEntry
from torogoz.storage.snapshots import decode_entry, terms_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from torogoz.domain.watchlist import Entry
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import WaitingEntry, WaitingRemoval

#: The number of no row.
_NOBODY = 0


def waiting_place(waiting: int, key: str) -> str:
    """The place to which the sealed part of a waiting entry is bound."""
    return f"waiting_entry|{waiting}|{key}"


def plain_of(row: WaitingEntry, keys: Keyring) -> bytes:
    """The sealed part of a waiting entry. UnavailableError where it was moved or the key is another."""
    return keys.open(bytes(row.sealed), waiting_place(row.waiting_id, row.key), row.key_id)


def open_waiting(row: WaitingEntry, keys: Keyring) -> Entry:
    """The entry of a waiting row, with its terms."""
    return replace(decode_entry(plain_of(row, keys)), terms=terms_of(row))


def waiting(now: datetime) -> QuerySet[WaitingVersion]:
    """What waits at a moment: what has lapsed is there for nobody, though the next run of retention purges it."""
    return WaitingVersion.objects.filter(lapses_at__gt=now)


def standing_entries(version: WaitingVersion) -> QuerySet[WaitingEntry]:
    """The entries of a waiting version that can still be put in force, by key."""
    live = WatchlistEntry.objects.filter(watchlist=version.watchlist_id, version_to=None, key=OuterRef("key"))
    # One comparison for what replaces and what is new: beside an "or" PostgreSQL reads the whole list for one key.
    lives = Coalesce(Subquery(live.values("pk")[:1]), _NOBODY)
    return version.entering.alias(lives=lives).filter(lives=Coalesce("replaces", _NOBODY)).order_by("key")


def standing_removals(version: WaitingVersion) -> QuerySet[WaitingRemoval]:
    """The removals of a waiting version that can still be put in force, by key."""
    return version.removing.filter(entry__version_to=None).select_related("entry").order_by("entry__key")
