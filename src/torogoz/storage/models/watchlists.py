"""Watchlists: each import is a version; an entry lives from the version that brought it to the one that dropped it."""

from __future__ import annotations

from django.db import models

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction
from torogoz.storage.models.columns import Owned, closed_list


class Watchlist(Owned):
    """A named list of one owner agency."""

    name = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()


class WatchlistVersion(models.Model):
    """What a list is from `imported_at` until its next version: by an import, a form, or a removal.

    `agreed_by` put it in force after a look. `digest` sums up all that this version and those before it have changed.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    report = models.JSONField(default=list)

    class Meta:
        """Versions count up."""

        constraints = [models.UniqueConstraint(fields=["watchlist", "number"], name="watchlist_version_once")]


class Listed(models.Model):
    """What stands of an entry: names, dates and documents sealed; the legal terms, which the law asks for, as columns.

    `identifiers` are those of `domain.watchlist.Identifiers` that it has.
    """

    key = models.CharField(max_length=80)
    owner = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200)
    purpose = closed_list(Purpose)
    reason = models.TextField()
    grade = models.CharField(max_length=16)
    handling = models.CharField(max_length=32, blank=True)
    action = closed_list(ListAction)
    review_on = models.DateField()
    gravity = models.PositiveSmallIntegerField()
    advisory = models.BooleanField()
    identifiers = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)

    class Meta:
        """Columns only; every concrete table has its own."""

        abstract = True


class WatchlistEntry(Owned, Listed):
    """One entry, from the version that brought it to the one that dropped it.

    `digest` is keyed, by the index key of number `index_version`: it tells whether a new import says the same.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="entries")
    version_from = models.PositiveIntegerField()
    version_to = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)
    index_version = models.PositiveSmallIntegerField()

    class Meta:
        """An entry is live once on its list."""

        constraints = [
            models.UniqueConstraint(fields=["watchlist", "key", "version_from"], name="entry_once_in_version")
        ]
        indexes = [
            models.Index(fields=["watchlist", "version_to", "key"], name="entry_live"),
            models.Index(fields=["watchlist", "version_from"], name="entry_came"),
        ]


class WaitingVersion(models.Model):
    """What an import, or a form about one entry, would change of a list; nobody is compared with it.

    It waits until somebody puts it in force or discards it, until a newer import, or until `lapses_at`.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="waiting")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    lapses_at = models.DateTimeField()
    by_form = models.BooleanField()
    needs_second = models.BooleanField()
    refused = models.PositiveIntegerField()
    report = models.JSONField(default=list)


class WaitingEntry(Listed):
    """An entry that is to be added, or to stand in the place of the one that it `replaces`."""

    waiting = models.ForeignKey(WaitingVersion, on_delete=models.CASCADE, related_name="entering")
    replaces = models.ForeignKey(WatchlistEntry, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One entry a key."""

        constraints = [models.UniqueConstraint(fields=["waiting", "key"], name="waiting_entry_once")]


class WaitingRemoval(models.Model):
    """An entry that is to be removed."""

    waiting = models.ForeignKey(WaitingVersion, on_delete=models.CASCADE, related_name="removing")
    entry = models.ForeignKey(WatchlistEntry, on_delete=models.CASCADE, related_name="+")
