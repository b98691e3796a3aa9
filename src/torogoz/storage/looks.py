"""The looks that the audit holds, as `privacy.reading` judges them: what is new, and what went before.

Only chained entries are read: their numbers say which were judged already, and none comes in between.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow
from torogoz.privacy.reading import READERS_WITHIN, REMEMBERED, Kind, Look, Mark
from torogoz.storage.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from torogoz.storage.models import AuditHead

#: Events that are looks, and at what.
_KINDS = {
    AuditEvent.VIEWED_DOSSIER: Kind.HIT,  # of a hit or a decision; of a traveller it is a dossier
    AuditEvent.VIEWED_RAW: Kind.DOSSIER,
    AuditEvent.VIEWED_FLIGHT: Kind.FLIGHT,
    AuditEvent.SEARCHED: Kind.SEARCH,
    AuditEvent.TRIED_NAME: Kind.SEARCH,
}
_EVENTS = tuple(_KINDS)
_COLUMNS = ("pk", "at", "event", "object_type", "object_id", "counts")


@dataclass(frozen=True, slots=True)
class NewLook:
    """A look that is to be judged: its entry and number, whose it is, and the look."""

    entry: int
    sequence: int
    account: int
    look: Look


def new_looks(head: AuditHead, now: datetime, at_most: int) -> list[NewLook]:
    """The oldest chained looks that were not judged yet; what is older than is remembered is not."""
    rows = AuditEntry.objects.filter(
        sequence__gt=head.noticed, sequence__lte=head.sequence, event__in=_EVENTS, at__gt=now - REMEMBERED
    )
    return [
        NewLook(pk, sequence, account, _look(pk, *rest))
        for sequence, account, pk, *rest in rows.order_by("sequence").values_list("sequence", "account", *_COLUMNS)[
            :at_most
        ]
    ]


def history(accounts: Collection[int], since: datetime, until: int) -> Mapping[int, Sequence[tuple[int, Look]]]:
    """The looks of people since a moment up to a number, each with its number, in their order."""
    found: dict[int, list[tuple[int, Look]]] = defaultdict(list)
    rows = AuditEntry.objects.filter(account__in=accounts, at__gt=since, event__in=_EVENTS, sequence__lte=until)
    for account, sequence, *rest in rows.order_by("sequence").values_list("account", "sequence", *_COLUMNS):
        found[account].append((sequence, _look(*rest)))
    return found


def last_marks(since: datetime) -> Mapping[int, dict[Mark, tuple[datetime, int]]]:
    """When each mark was last made of each person, and its number."""
    found: dict[int, dict[Mark, tuple[datetime, int]]] = defaultdict(dict)
    rows = AuditEntry.objects.filter(event=AuditEvent.READING_MARKED, at__gt=since).order_by("pk")
    for at, counts in rows.values_list("at", "counts"):
        found[counts[AuditNumber.ACCOUNT]] |= {mark: (at, counts[mark]) for mark in Mark if mark in counts}
    return found


def other_readers(new: NewLook) -> int:
    """How many other people lately opened the traveller of a dossier without a hit."""
    rows = AuditEntry.objects.filter(
        event=AuditEvent.VIEWED_DOSSIER,
        object_type=AuditRow.TRAVELLER,
        object_id=new.look.row,
        at__gt=new.look.at - READERS_WITHIN,
        sequence__lt=new.sequence,
    )
    readers = rows.exclude(account=new.account).values_list("account", "counts")
    return len({account for account, counts in readers if counts.get(AuditNumber.HITS) == 0})


def _look(pk: int, at: datetime, event: str, row: str, row_id: int | None, counts: Mapping[str, int]) -> Look:
    kind, looked_at = _KINDS[AuditEvent(event)], pk if row_id is None else row_id
    if event == AuditEvent.VIEWED_RAW and AuditNumber.TRAVELLER not in counts:
        kind, looked_at = (
            Kind.FLIGHT,
            -looked_at,
        )  # places of a message: it has everybody of a flight, and no flight's number
    elif event == AuditEvent.VIEWED_RAW:
        looked_at = counts[AuditNumber.TRAVELLER]
    elif row == AuditRow.TRAVELLER:
        kind = Kind.DOSSIER
    return Look(at, kind, looked_at, counts.get(AuditNumber.HITS), counts.get(AuditNumber.OWN_NAME, 0))
