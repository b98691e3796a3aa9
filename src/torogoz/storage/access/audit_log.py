"""The audit as the data-protection officer reads it: who looked at what, when, and for which purpose (LR-52).

They see use, not content: ids and counts. A text that somebody searched or gave as a reason opens only on a reasoned
request, which is an entry itself. Reading and exporting are entries too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record, text_place
from torogoz.storage.keys import keyring
from torogoz.storage.models import Account, AuditEntry, AuditText

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.DATA_PROTECTION})
#: A page holds this many entries.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What the log is narrowed to; empty is everything. `before` is the number of the page before's last."""

    account: str = ""
    event: AuditEvent | None = None
    since: datetime | None = None
    until: datetime | None = None
    object_type: str = ""
    object_id: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. `by` is empty where the system acted; `has_text` says that a sealed text belongs to it."""

    id: int
    at: datetime
    by: str
    role: StaffRole | None
    agency: str
    event: AuditEvent
    purpose: Purpose | None
    object_type: str
    object_id: int | None
    counts: tuple[tuple[str, int], ...]
    has_text: bool


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, the latest first, and the people by whom it can be narrowed."""

    entries: tuple[Entry, ...]
    people: tuple[str, ...]
    object_types: tuple[str, ...]
    next: int | None


def log(who: Who, now: datetime, only: Filter) -> Log:
    """A page of the log."""
    admit(who, MAY, now)
    rows = list(_entries(only)[: PAGE + 1])
    record(AuditEvent.VIEWED_AUDIT, now, who=who, counts={"entries": len(rows[:PAGE])})
    kinds = AuditEntry.objects.exclude(object_type="").order_by("object_type").values_list("object_type", flat=True)
    return Log(
        entries=tuple(_entry(row) for row in rows[:PAGE]),
        people=tuple(Account.objects.order_by("username").values_list("username", flat=True)),
        object_types=tuple(kinds.distinct()),
        next=rows[PAGE - 1].pk if len(rows) > PAGE else None,
    )


def export(who: Who, now: datetime, only: Filter) -> Iterator[Entry]:
    """Every entry of a filter, one after the other. The export is noted before the first is given."""
    admit(who, MAY, now)
    rows = _entries(only).filter(at__lte=now)
    record(AuditEvent.EXPORTED, now, who=who, object_type="audit", counts={"entries": rows.count()})
    return (_entry(row) for row in rows.iterator(chunk_size=2000))


def open_text(who: Who, entry_id: int, reason: str, now: datetime) -> str:
    """The sealed text of an entry, for a reason that is kept with the entry of this request."""
    admit(who, MAY, now)
    text = AuditText.objects.filter(entry=entry_id).first()
    if text is None or not reason.strip():
        refuse(who, now)
    with transaction.atomic():
        record(AuditEvent.VIEWED_AUDIT, now, who=who, object_type="audit_text", object_id=entry_id, text=reason.strip())
    return keyring().open(bytes(text.sealed), text_place(entry_id), text.key_id).decode()


def _entries(only: Filter) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.select_related("account", "text").order_by("-pk")
    if only.account:
        rows = rows.filter(account__username=only.account)
    if only.event:
        rows = rows.filter(event=only.event)
    if only.since:
        rows = rows.filter(at__gte=only.since)
    if only.until:
        rows = rows.filter(at__lt=only.until)
    if only.object_type:
        rows = rows.filter(object_type=only.object_type)
    if only.object_id is not None:
        rows = rows.filter(object_id=only.object_id)
    return rows.filter(pk__lt=only.before) if only.before else rows


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        id=row.pk,
        at=row.at,
        by=row.account.get_username() if row.account else "",
        role=StaffRole(row.role) if row.role else None,
        agency=row.agency,
        event=AuditEvent(row.event),
        purpose=Purpose(row.purpose) if row.purpose else None,
        object_type=row.object_type,
        object_id=row.object_id,
        counts=tuple(sorted(row.counts.items())),
        has_text=hasattr(row, "text"),
    )
