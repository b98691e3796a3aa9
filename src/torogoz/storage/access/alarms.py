"""What alarms a supervisor: hits, urgent decisions, flights that lack, and what else must not be left lying.

Counts only, of everything that their agency and compartments open, and of their agency's entries on the lists of others
(docs/decisions/0028), whatever the purpose they look under now: a hit of
another purpose must not pass its time because nobody chose that purpose. A look leaves no audit entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from torogoz.domain.clearance import Repeat
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.staff import PURPOSES, StaffRole, Who
from torogoz.storage.access.guard import admit, visible
from torogoz.storage.access.loads import alarming
from torogoz.storage.access.missing import lacking
from torogoz.storage.access.queue import NEAR
from torogoz.storage.access.to_protect import to_protect_by
from torogoz.storage.access.unheard import unheard_by
from torogoz.storage.models import Decision, Hit, RepeatedStop, Watchlist
from torogoz.storage.waiting import waiting

if TYPE_CHECKING:
    from datetime import datetime

MAY = frozenset({StaffRole.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many there are: `near` and `overdue` hits, urgent `reviews` of which some are `late`.

    `elsewhere` counts those of these hits that the asker's purpose of now does not open; `flights` those that lack;
    `unheard` the answers that changed without a carrier's having heard it; `protect` those whom protection must meet;
    `entries` the list entries that fire too often and alarm the asker's agency; `repeated` the stops of cleared
    persons at which nobody has looked;
    `lists` the changes of lists that wait for an answer that the asker may give, the oldest since `lists_since`.
    """

    near: int
    overdue: int
    reviews: int
    late: int
    elsewhere: int
    flights: int = 0
    unheard: int = 0
    protect: int = 0
    entries: int = 0
    repeated: int = 0
    lists: int = 0
    lists_since: datetime | None = None

    def __bool__(self) -> bool:
        """Whether anything is to be done."""
        others = self.flights or self.unheard or self.protect or self.entries or self.repeated or self.lists
        return bool(self.near or self.overdue or self.reviews or others)


def alarms(who: Who, now: datetime) -> Alarms:
    """Count them."""
    admit(who, MAY, now)
    hits = visible(Hit.objects.filter(queued=True, purpose__in=PURPOSES[StaffRole.SUPERVISOR]), who)
    theirs = Exists(hits.filter(pk=OuterRef("hit")))
    opened = covered_purposes(who.purpose) if who.purpose else ()
    due = {"status__in": (HitStatus.OPEN, HitStatus.AWAITING_SECOND), "act_by__lte": now + NEAR}
    acting = hits.filter(**due).aggregate(
        near=Count("pk", filter=Q(act_by__gt=now)),
        overdue=Count("pk", filter=Q(act_by__lte=now)),
        elsewhere=Count("pk", filter=~Q(purpose__in=opened)),
    )
    # A hit that is due and waits for its review is counted once, above.
    apart = ~Q(hit__purpose__in=opened) & ~Q(**{f"hit__{name}": value for name, value in due.items()})
    reviews = Decision.objects.filter(theirs, review_due_at__isnull=False, reviewed_at=None).aggregate(
        reviews=Count("pk"),
        late=Count("pk", filter=Q(review_due_at__lte=now)),
        elsewhere=Count("hit", distinct=True, filter=apart),
    )
    return Alarms(
        near=acting["near"],
        overdue=acting["overdue"],
        reviews=reviews["reviews"],
        late=reviews["late"],
        elsewhere=acting["elsewhere"] + reviews["elsewhere"],
        flights=len(lacking(now)),
        unheard=unheard_by(who, now).count(),
        protect=to_protect_by(who, now).count(),
        repeated=RepeatedStop.objects.filter(theirs, kind=Repeat.SAME, seen_at=None).count(),
        entries=len(alarming(who, now)),
        **_lists(who, now),
    )


def _lists(who: Who, now: datetime) -> dict[str, Any]:
    """The changes of lists that wait for the asker: not those that they brought and a second person must answer."""
    open_to = waiting(now).filter(watchlist__in=visible(Watchlist.objects.all(), who))
    theirs = open_to.exclude(needs_second=True, made_by=who.account)
    return theirs.aggregate(lists=Count("pk"), lists_since=Min("made_at"))
