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
    """One import, which is live from `live_at` until the next one is. `digest` sums up those of its entries then."""

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    report = models.JSONField(default=list)

    class Meta:
        """Versions count up."""

        constraints = [models.UniqueConstraint(fields=["watchlist", "number"], name="watchlist_version_once")]


class WatchlistEntry(Owned):
    """One entry. Names, dates and documents are sealed; the legal terms, which the law asks for, are columns.

    `digest` is keyed, by the index key of number `index_version`: it tells whether a new import says the same.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=80)
    version_from = models.PositiveIntegerField()
    version_to = models.PositiveIntegerField(null=True)
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
    digest = models.CharField(max_length=64)
    index_version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)

    class Meta:
        """An entry is live once on its list."""

        constraints = [
            models.UniqueConstraint(fields=["watchlist", "key", "version_from"], name="entry_once_in_version")
        ]
        indexes = [models.Index(fields=["watchlist", "version_to"], name="entry_live")]
