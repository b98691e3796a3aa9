"""Columns that recur, so that every table says the same thing in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from enum import StrEnum


def closed_list(members: type[StrEnum], **options: Any) -> models.CharField[Any, Any]:
    """A column that holds one value of a closed list of the domain."""
    return models.CharField(max_length=32, choices=[(member.value, member.value) for member in members], **options)


def local_time(**options: Any) -> models.CharField[Any, Any]:
    """A wall-clock time of an airport, `YYYY-MM-DDTHH:MM`: it has no offset, so it is not a point in time."""
    return models.CharField(max_length=16, **options)


class Owned(models.Model):
    """Who owns a row, and the compartment it is confined to; empty is open to every agency that the owner serves."""

    agency = models.ForeignKey("storage.Agency", on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        """Columns only; every concrete table has its own."""

        abstract = True
