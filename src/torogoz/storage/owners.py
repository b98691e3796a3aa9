"""Whose a hit is: the agency and compartment of the list or rule that raised it, and how screens name the cause."""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.domain.hit import Cause, CauseKind
from torogoz.storage.models import RuleVersion, Watchlist


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner agency's row id, the compartment, and the cause's title in both languages."""

    agency: int
    compartment: str
    title_es: str
    title_en: str


def owner_of(cause: Cause) -> Owner:
    """The owner of a cause that is in force."""
    if cause.kind is CauseKind.WATCHLIST:
        watchlist = Watchlist.objects.get(name=cause.source)
        return Owner(watchlist.agency_id, watchlist.compartment, watchlist.name, watchlist.name)
    version = RuleVersion.objects.select_related("rule").get(rule__key=cause.key, number=cause.version)
    return Owner(version.rule.agency_id, version.rule.compartment, version.title_es, version.title_en)
