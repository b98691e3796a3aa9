"""Where each role goes: the table behind the header's links and behind everybody's first page.

It decides nothing: to whom a page opens stands in `permissions`, and what they see there `storage.access` decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.staff import StaffRole
from torogoz.web.permissions import PERMISSIONS


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the header: its name in web/urls.py, and its word."""

    name: str
    word: str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header; `here` marks the page that is shown."""

    url: str
    word: str | Promise
    here: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The header's links: those that are always seen, and those one step away under *More*."""

    shown: list[Entry]
    more: list[Entry]

    @property
    def here(self) -> bool:
        """Whether the page that is shown stands under *More*."""
        return any(each.here for each in self.more)


#: More links than these do not fit in one line of a desk's screen, in Spanish.
MOST_IN_BAR = 9
#: In the order of the header, the work of every hour first; a role's first one is its first page.
PLACES: tuple[Place, ...] = (
    Place("queue", _("Queue")),
    Place("board", _("Flights")),
    Place("search", _("Search")),
    Place("referrals", _("Referrals")),
    Place("second", _("Second person")),
    Place("orders", _("Orders")),
    Place("clearances", _("Clearances")),
    Place("handover", _("Handover")),
    Place("holds", _("Holds")),
    Place("audit", _("Audit")),
    Place("watchlists", _("Watchlists")),
    Place("rules", _("Rules")),
    Place("health", _("Health")),
    Place("messages", _("Messages")),
    Place("carriers", _("Carriers")),
    Place("schedule", _("Schedule")),
    Place("own_scorecard", _("Figures")),
    Place("own_findings", _("Findings")),
    Place("sandbox", _("Try a message")),
    Place("own_outages", _("Outages")),
    Place("own_manifest", _("Manifests")),
)


def entries_for(role: StaffRole | None, here: str | None) -> list[Entry]:
    """The links that a role sees."""
    return [
        Entry(reverse(place.name), place.word, place.name == here)
        for place in PLACES
        if PERMISSIONS[place.name].opens_to(role)
    ]


def bar_for(role: StaffRole | None, here: str | None) -> Bar:
    """The links that a role sees, in one line: where they are too many, the last ones stand under *More*."""
    entries = entries_for(role, here)
    shown = len(entries) if len(entries) <= MOST_IN_BAR else MOST_IN_BAR - 1
    return Bar(entries[:shown], entries[shown:])
