"""The marks of unusual reading, for the data-protection officer who asks why and says what came of it (LR-55).

A mark is an entry of the audit, and so is that somebody looked at it; nothing is kept beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.staff import StaffRole
from torogoz.errors import RefusedError
from torogoz.privacy.reading import Mark
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.DATA_PROTECTION})


class Marks(StrEnum):
    """To which looks the log is narrowed: those that are marked, or marked and not looked at yet."""

    ALL = "all"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class MarkedLook:
    """What was noticed about a look, with its numbers, and who has looked at that since (empty: nobody)."""

    id: int
    entry: int
    by: str
    at: datetime
    mark: Mark
    number: int
    beside: int
    looked_by: str = ""
    looked_at: datetime | None = None


def marked_entries(narrowed: Marks) -> QuerySet[AuditEntry, int | None]:
    """The numbers of the entries that are marked."""
    marks = _marks() if narrowed is Marks.ALL else _open()
    return marks.values_list("object_id", flat=True)


def open_marks() -> int:
    """How many marks nobody has looked at."""
    return _open().count()


def nameless() -> int:
    """How many people who look at travellers have no full name here: their own would not be noticed."""
    return Account.objects.filter(is_active=True, role__in=REVIEWERS, last_name="").count()


def marks_of(entries: Collection[int]) -> Mapping[int, tuple[MarkedLook, ...]]:
    """The marks of entries, in their order."""
    found: dict[int, tuple[MarkedLook, ...]] = {}
    for each in _read(_marks().filter(object_id__in=entries)):
        found[each.entry] = (*found.get(each.entry, ()), each)
    return found


def one_mark(who: Who, mark: int, now: datetime) -> MarkedLook:
    """A mark that is to be looked at."""
    admit(who, MAY, now)
    return next(iter(_read(_marks().filter(pk=mark))), None) or refuse(who, now)


def review(who: Who, mark: int, reason: str, now: datetime) -> None:
    """Say what came of looking at a mark; it is kept, sealed, with the entry of this. Each is looked at once."""
    seen = one_mark(who, mark, now)
    if seen.looked_at:
        raise RefusedError("this mark was looked at already", remedy="see who did, and when")
    if not reason.strip():
        refuse(who, now)
    with transaction.atomic():
        record(
            AuditEvent.READING_REVIEWED, now, who=who, object_type="audit_entry", object_id=mark, text=reason.strip()
        )


def _marks() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event=AuditEvent.READING_MARKED)


def _reviews() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event=AuditEvent.READING_REVIEWED, object_type=AuditRow.AUDIT_ENTRY)


def _open() -> QuerySet[AuditEntry]:
    return _marks().exclude(Exists(_reviews().filter(object_id=OuterRef("pk"))))


def _read(marks: QuerySet[AuditEntry]) -> list[MarkedLook]:
    rows = list(marks.order_by("pk"))
    reviews = {
        mark: (name, at)
        for mark, name, at in _reviews()
        .filter(object_id__in=[row.pk for row in rows])
        .values_list("object_id", "account__username", "at")
    }
    names = dict(Account.objects.values_list("pk", "username"))
    return [
        MarkedLook(
            row.pk,
            row.object_id or 0,
            names.get(row.counts[AuditNumber.ACCOUNT], ""),
            row.at,
            mark,
            row.counts[mark],
            row.counts.get(AuditNumber.USUAL, row.counts.get(AuditNumber.DAYS, 0)),
            *reviews.get(row.pk, ()),
        )
        for row in rows
        for mark in Mark
        if mark in row.counts
    ]
