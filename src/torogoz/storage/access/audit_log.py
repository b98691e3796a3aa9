"""The audit as the data-protection officer reads it: who looked at what, when, and for which purpose (LR-52).

They see use, not content: ids and counts. A text that somebody searched or gave as a reason opens only on a reasoned
request, which is an entry itself. Reading is an entry too. Looks that differ from the work are marked (`marks`); the
signed export is `flow.export_audit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Min

from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.access.marks import MAY, MarkedLook, Marks, marked_entries, marks_of, nameless, open_marks
from torogoz.storage.audit import open_text as unseal
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditCheckpoint, AuditEntry, AuditHead, AuditText

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

#: Entries are sealed within seconds: one that waits longer than this says that no worker seals.
SEALED_WITHIN = timedelta(minutes=2)
#: A page holds this many entries.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What the log is narrowed to; empty is everything. `before` is the number of the page before's last."""

    account: str = ""
    event: AuditEvent | None = None
    since: datetime | None = None
    until: datetime | None = None
    object_type: AuditRow | None = None
    object_id: int | None = None
    marks: Marks | None = None
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
    object_type: AuditRow | None
    object_id: int | None
    counts: tuple[tuple[AuditNumber, int], ...]
    has_text: bool
    marks: tuple[MarkedLook, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """How the audit stands: entries sealed, those that wait and since when, and the day whose head was last signed.

    `stuck`: one waits longer than sealing takes.
    """

    sealed: int
    waiting: int
    waiting_since: datetime | None
    stuck: bool
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, the latest first; the people by whom it can be narrowed; marks that wait; the chain."""

    entries: tuple[Entry, ...]
    people: tuple[str, ...]
    next: int | None
    open_marks: int
    nameless: int
    chain: Chain


def log(who: Who, now: datetime, only: Filter) -> Log:
    """A page of the log."""
    admit(who, MAY, now)
    rows = list(_entries(only)[: PAGE + 1])
    record(AuditEvent.VIEWED_AUDIT, now, who=who, counts={"entries": len(rows[:PAGE])})
    marks = marks_of([row.pk for row in rows[:PAGE]])
    return Log(
        entries=tuple(_entry(row, marks.get(row.pk, ())) for row in rows[:PAGE]),
        people=tuple(Account.objects.order_by("username").values_list("username", flat=True)),
        next=rows[PAGE - 1].pk if len(rows) > PAGE else None,
        open_marks=open_marks(),
        nameless=nameless(),
        chain=_chain(now),
    )


def open_text(who: Who, entry_id: int, reason: str, now: datetime) -> str:
    """The sealed text of an entry, for a reason that is kept with the entry of this request."""
    admit(who, MAY, now)
    text = AuditText.objects.select_related("entry").filter(entry=entry_id).first()
    if text is None or not reason.strip():
        refuse(who, now)
    with transaction.atomic():
        record(AuditEvent.VIEWED_AUDIT, now, who=who, object_type="audit_text", object_id=entry_id, text=reason.strip())
    return unseal(text)


def _chain(now: datetime) -> Chain:
    waiting = AuditEntry.objects.filter(sequence=None).aggregate(number=Count("pk"), since=Min("at"))
    return Chain(
        sealed=AuditHead.objects.values_list("sequence", flat=True).first() or 0,
        waiting=waiting["number"],
        waiting_since=waiting["since"],
        stuck=waiting["since"] is not None and now - waiting["since"] > SEALED_WITHIN,
        signed_on=AuditCheckpoint.objects.order_by("-sequence", "-day").values_list("day", flat=True).first(),
    )


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
    if only.marks:
        rows = rows.filter(pk__in=marked_entries(only.marks))
    return rows.filter(pk__lt=only.before) if only.before else rows


def _entry(row: AuditEntry, marks: tuple[MarkedLook, ...]) -> Entry:
    return Entry(
        id=row.pk,
        at=row.at,
        by=row.account.get_username() if row.account else "",
        role=StaffRole(row.role) if row.role else None,
        agency=row.agency,
        event=AuditEvent(row.event),
        purpose=Purpose(row.purpose) if row.purpose else None,
        object_type=AuditRow(row.object_type) if row.object_type else None,
        object_id=row.object_id,
        counts=tuple((AuditNumber(name), number) for name, number in sorted(row.counts.items())),
        has_text=hasattr(row, "text"),
        marks=marks,
    )
