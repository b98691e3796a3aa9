"""What live screens are told: that something changed which their reader may see, and nothing of what it is.

Access is asked again for every event, with the account as it is at that moment: somebody whose role, agency or
session ended is told nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import hits_for, who_is
from torogoz.storage.models import Account, Event

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: No more events than this are looked at for one reader at once; a reader who is further behind loads the page anew.
MOST = 500


class Screen(StrEnum):
    """The live screens."""

    QUEUE = "queue"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class News:
    """The number of the last event looked at, and the screens on which something of it would be seen."""

    last: int
    screens: frozenset[Screen]


def latest() -> int:
    """The number of the last event."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def reader(account_id: int, purpose: str | None) -> Who | None:
    """The asker behind a stream as they are now; None where the account was closed or has no such work any more."""
    account = Account.objects.filter(pk=account_id, is_active=True).select_related("agency").first()
    who = who_is(account, purpose) if account else None
    return who if who and who.role in MAY and who.purpose else None


def news(who: Who, after: int) -> News:
    """What happened after an event that the reader may see."""
    events = list(Event.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "hit_id")[:MOST])
    if not events:
        return News(after, frozenset())
    hits = {hit for _, hit in events if hit}
    screens = set()
    if hits and hits_for(who).filter(pk__in=hits, queued=True).exists():
        screens |= {Screen.QUEUE, Screen.BOARD}
    if any(hit is None for _, hit in events):
        screens.add(Screen.BOARD)
    return News(events[-1][0], frozenset(screens))
