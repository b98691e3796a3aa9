"""What a list or a rule has brought: hits, how many of them people have decided, and how many they confirmed.

Counts only, within the asker's agency and compartments: no traveller is looked at, so no purpose is asked for. Hits of
masked records do not count: where all others have gone with their time, they would say that every hit was confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery

from torogoz.domain.hit import CauseKind, Ground, HitStatus, Identity
from torogoz.storage.access.guard import visible
from torogoz.storage.models import Decision, Hit

if TYPE_CHECKING:
    from torogoz.domain.staff import Who


@dataclass(frozen=True, slots=True)
class Yield:
    """Hits so far: those raised, those decided, those whose latest decision confirms them, and those that it rejects.

    It rejects where the traveller is another person, or there is no ground. `open` are those that wait for a decision.
    """

    raised: int = 0
    decided: int = 0
    confirmed: int = 0
    rejected: int = 0
    open: int = 0


def yields(who: Who, kind: CauseKind) -> dict[str, Yield]:
    """The yield of each list, by its name, or of each rule, by its key."""
    cause = "cause_source" if kind is CauseKind.WATCHLIST else "cause_key"
    return _counted(who, cause, cause_kind=kind)


def yield_of(who: Who, watchlist: str, key: str) -> Yield:
    """The yield of one entry of a list, in all of its versions."""
    found = _counted(who, "cause_key", cause_kind=CauseKind.WATCHLIST, cause_source=watchlist, cause_key=key)
    return found.get(key, Yield())


def _counted(who: Who, cause: str, **causes: str) -> dict[str, Yield]:
    latest = Decision.objects.filter(hit=OuterRef("pk"), effective_at__isnull=False).order_by("-effective_at", "-pk")
    counted = (
        visible(Hit.objects.filter(traveller__masked_at=None, **causes), who)
        .annotate(identity=Subquery(latest.values("identity")[:1]), ground=Subquery(latest.values("ground")[:1]))
        .values_list(cause)
        .annotate(
            raised=Count("pk"),
            decided=Count("pk", filter=Q(status=HitStatus.DECIDED)),
            confirmed=Count("pk", filter=Q(identity=Identity.SAME, ground=Ground.YES)),
            rejected=Count("pk", filter=Q(identity=Identity.NOT_SAME) | Q(ground=Ground.NO)),
            open=Count("pk", filter=Q(status__in=(HitStatus.OPEN, HitStatus.AWAITING_SECOND))),
        )
        .order_by()
    )
    return {name: Yield(*counts) for name, *counts in counted}
