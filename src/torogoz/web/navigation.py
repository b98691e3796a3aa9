"""Where each role may go: the table behind the header's links and behind everybody's first page.

It decides nothing: what a person may see is decided by `storage.access`, whatever address they type.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.staff import StaffRole

_REVIEW = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the header: its name in web/urls.py, its word, and the roles whose work is there."""

    name: str
    word: str | Promise
    roles: frozenset[StaffRole]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header; `here` marks the page that is shown."""

    url: str
    word: str | Promise
    here: bool


#: In the order of the header; a role's first one is its first page.
PLACES: tuple[Place, ...] = (
    Place("queue", _("Queue"), _REVIEW),
    Place("board", _("Flights"), _REVIEW),
    Place("search", _("Search"), _REVIEW),
    Place("referrals", _("Referrals"), _REVIEW | {StaffRole.BORDER_OFFICER}),
    Place("second", _("Second person"), _REVIEW),
    Place("handover", _("Handover"), _REVIEW),
    Place("holds", _("Holds"), frozenset({StaffRole.SUPERVISOR, StaffRole.DATA_PROTECTION})),
    Place("audit", _("Audit"), frozenset({StaffRole.DATA_PROTECTION})),
    Place("watchlists", _("Watchlists"), _REVIEW | {StaffRole.DATA_PROTECTION, StaffRole.ADMINISTRATOR}),
    Place("rules", _("Rules"), _REVIEW | {StaffRole.DATA_PROTECTION, StaffRole.ADMINISTRATOR}),
    Place("health", _("Health"), frozenset({StaffRole.ADMINISTRATOR, StaffRole.SUPERVISOR})),
    Place("messages", _("Messages"), _REVIEW | {StaffRole.ADMINISTRATOR}),
    Place("schedule", _("Schedule"), frozenset({StaffRole.SUPERVISOR, StaffRole.ADMINISTRATOR})),
)


def entries_for(role: StaffRole | None, here: str | None) -> list[Entry]:
    """The links that a role sees."""
    return [
        Entry(url, place.word, place.name == here)
        for place in PLACES
        if role in place.roles and (url := _url(place.name))
    ]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
