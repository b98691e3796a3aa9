"""The watchlists: whose they are, how fresh, what each import changed, and their entries.

Reviewers read entries, each under a purpose that covers the entry's own, within their agency and compartments. The
data-protection officer reads which lists there are, who imported what, and why lines were refused; administrators see
lists, versions and counts (design §7: structure, never values).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import CauseKind
from torogoz.domain.purpose import Purpose, covered_purposes
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.watchlist import Entry, Identifiers
from torogoz.matching.sources.formats import ListFormat
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.rules import REVIEW_SOON, Review, review_of
from torogoz.storage.access.yields import Yield, yields
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import WaitingVersion, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import in_version, open_entry
from torogoz.storage.waiting import standing_entries, standing_removals, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

READERS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
OVERSEERS = frozenset({StaffRole.DATA_PROTECTION, StaffRole.ADMINISTRATOR})
IMPORTERS = frozenset({StaffRole.SUPERVISOR})
#: Entries on one page.
PAGE = 100
#: As many owners and legal bases of a list are shown, the commonest first.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an importer asked of a file: its format, the topics of OpenSanctions that it admits, and the legal basis.

    The basis is that given for the whole list, nothing where each line said its own. `left` counts what was left out.
    """

    format: ListFormat
    topics: tuple[str, ...]
    legal_basis: str
    left: Counter[Left]

    def document(self) -> dict[str, Any]:
        """It as a version keeps it."""
        return {
            "format": self.format.value,
            "topics": list(self.topics),
            "legal_basis": self.legal_basis,
            "left_out": {reason.value: number for reason, number in self.left.items()},
        }


@dataclass(frozen=True, slots=True)
class Import:
    """One version of a list: who brought it (nobody at the terminal), what it changed, and the lines it refused.

    `agreed` is who put it in force after a look.
    """

    number: int
    at: datetime
    by: str
    agreed: str
    entries: int
    added: int
    changed: int
    removed: int
    unchanged: int
    refusals: int
    refused: tuple[RefusedRow, ...]
    chosen: Chosen | None


@dataclass(frozen=True, slots=True)
class Waits:
    """A change of a list that waits: who made it, until when it waits, and what it would still change."""

    id: int
    made_at: datetime
    made_by: str
    lapses_at: datetime
    by_form: bool
    needs_second: bool
    added: int
    changed: int
    removed: int
    refusals: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list: its live entries by purpose, those that only advise, and those whose review date is near or past.

    An entry past its review date is compared with nobody (LR-71). On the page of one list, `complete` is how many
    entries have each identifier, and `owners` and `bases` are the commonest of them: none for administrators, who see
    structure only.
    """

    id: int
    name: str
    agency: str
    compartment: str
    purposes: tuple[tuple[Purpose, int], ...]
    entries: int
    advisory: int
    soon: int
    past: int
    newest: Import | None
    brought: Yield
    waits: tuple[Waits, ...]
    complete: tuple[tuple[Identifiers, int], ...] = ()
    owners: tuple[tuple[str, int], ...] = ()
    bases: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its terms, by the number of its row, and how far its review date is."""

    id: int
    entry: Entry
    review: Review


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries of a list, by key: those that the asker's purpose covers; `hidden` counts the others."""

    list_id: int
    list_name: str
    entries: tuple[EntryView, ...]
    number: int
    pages: int
    total: int
    hidden: int


def lists(who: Who, now: datetime) -> tuple[ListView, ...]:
    """Every list that the asker may see, by name."""
    admit(who, READERS | OVERSEERS, now)
    found = _views(who, Watchlist.objects.order_by("name"), now)
    record(AuditEvent.VIEWED_LISTS, now, who=who, counts={"lists": len(found)})
    return found


def watchlist(who: Who, list_id: int, now: datetime) -> tuple[ListView, tuple[Import, ...]]:
    """One list with its imports, the newest first. Why lines were refused is not for administrators."""
    admit(who, READERS | OVERSEERS, now)
    found = _views(who, Watchlist.objects.filter(pk=list_id), now, alone=True)
    if not found:
        refuse(who, now)
    record(AuditEvent.VIEWED_LISTS, now, who=who, object_type="watchlist", object_id=list_id)
    versions = WatchlistVersion.objects.filter(watchlist=list_id).select_related("imported_by", "agreed_by")
    return found[0], tuple(_import(version, who) for version in versions.order_by("-number"))


def entries(who: Who, list_id: int, now: datetime, *, page: int = 1, advisory: bool = False) -> EntryPage:
    """A page of a list's live entries, decrypted. Each page is an audit entry with how many were shown."""
    admit(who, READERS, now, purpose=True)
    found = visible(Watchlist.objects.filter(pk=list_id), who).annotate(version=Max("versions__number")).first()
    if found is None or who.purpose is None:
        refuse(who, now)
    live = found.entries.filter(in_version(found.version or 0))
    covered = live.filter(purpose__in=covered_purposes(who.purpose))
    shown = covered.filter(advisory=True) if advisory else covered
    total = shown.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    rows = shown.order_by("key")[(number - 1) * PAGE : number * PAGE]
    keys, today = keyring(), timezone.localdate(now)
    views = tuple(EntryView(row.pk, open_entry(row, keys), review_of(row.review_on, today)) for row in rows)
    record(
        AuditEvent.VIEWED_LISTS,
        now,
        who=who,
        object_type="watchlist",
        object_id=list_id,
        counts={"entries": len(views), "page": number},
    )
    return EntryPage(list_id, found.name, views, number, pages, total, live.count() - covered.count())


def id_of(name: str) -> int:
    """The list of a name."""
    return Watchlist.objects.values_list("pk", flat=True).get(name=name)


def admit_importer(who: Who, now: datetime) -> None:
    """Let pass who may import lists."""
    admit(who, IMPORTERS, now)


def may_read(who: Who) -> bool:
    """Whether the asker may read entries, under a purpose."""
    return who.role in READERS


def may_import(who: Who) -> bool:
    """Whether the asker may import lists."""
    return who.role in IMPORTERS


def report_document(
    changed: int, unchanged: int, refused: Iterable[RefusedRow], chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """What only pages show of an import, as its version keeps it: numbers and codes, never what a line held."""
    lines = [
        {"line": row.line, "entry": row.entry, "faults": [[each.fault, each.column] for each in row.faults]}
        for row in refused
    ]
    return {"changed": changed, "unchanged": unchanged, "refused": lines, "chosen": dict(chosen)}


def chosen_of(report: dict[str, Any]) -> Chosen | None:
    """What an importer chose, by a version's report; None of a form, and of imports before it was kept."""
    chosen = report.get("chosen")
    if not chosen:
        return None
    left = Counter({Left(reason): number for reason, number in chosen["left_out"].items()})
    return Chosen(ListFormat(chosen["format"]), tuple(chosen["topics"]), chosen["legal_basis"], left)


def refused_rows(report: dict[str, Any]) -> tuple[RefusedRow, ...]:
    """The refused lines of a version's report."""
    return tuple(
        RefusedRow(
            row["line"], tuple(CellFault(Fault(fault), column) for fault, column in row["faults"]), row.get("entry")
        )
        for row in report["refused"]
    )


def _views(who: Who, found: QuerySet[Watchlist], now: datetime, *, alone: bool = False) -> tuple[ListView, ...]:
    brought = yields(who, CauseKind.WATCHLIST)
    rows = visible(found, who).select_related("agency").annotate(version=Max("versions__number"))
    views = (_view(row, row.version, who, now, brought.get(row.name, Yield())) for row in rows)
    return tuple(replace(view, **_inside(view.id, who)) if alone else view for view in views)


def _view(row: Watchlist, version: int | None, who: Who, now: datetime, brought: Yield) -> ListView:
    today = timezone.localdate(now)
    live = row.entries.filter(in_version(version or 0))
    soon = Q(review_on__gte=today, review_on__lte=today + REVIEW_SOON)
    counted = live.aggregate(
        entries=Count("pk"),
        advisory=Count("pk", filter=Q(advisory=True)),
        soon=Count("pk", filter=soon),
        past=Count("pk", filter=Q(review_on__lt=today)),
    )
    purposes = live.values_list("purpose").annotate(number=Count("pk")).order_by("purpose")
    newest = row.versions.select_related("imported_by", "agreed_by").order_by("-number").first()
    return ListView(
        id=row.pk,
        name=row.name,
        agency=row.agency.code,
        compartment=row.compartment,
        purposes=tuple((Purpose(purpose), number) for purpose, number in purposes),
        newest=_import(newest, who) if newest else None,
        brought=brought,
        waits=tuple(waits(version) for version in waiting(now).filter(watchlist=row).order_by("pk")),
        **counted,
    )


def _inside(list_id: int, who: Who) -> dict[str, Any]:
    """What is told of the entries of a list on its own page: counting a million of them takes its time."""
    live = WatchlistEntry.objects.filter(watchlist=list_id, version_to=None)
    sets = list(live.values_list("identifiers").annotate(number=Count("pk")).order_by())
    complete = tuple((each, sum(number for has, number in sets if has & each)) for each in Identifiers)
    if who.role is StaffRole.ADMINISTRATOR:
        return {"complete": complete}
    return {"complete": complete, "owners": _commonest(live, "owner"), "bases": _commonest(live, "legal_basis")}


def _commonest(live: QuerySet[WatchlistEntry], column: str) -> tuple[tuple[str, int], ...]:
    found = live.values_list(column).annotate(number=Count("pk")).order_by("-number", column)[:SHOWN]
    return tuple((value, number) for value, number in found)


def waits(version: WaitingVersion) -> Waits:
    """What is told of a change that waits, as it stands against the list now."""
    entering = standing_entries(version)
    changed = entering.exclude(replaces=None).count()
    return Waits(
        id=version.pk,
        made_at=version.made_at,
        made_by=version.made_by.username if version.made_by else "",
        lapses_at=version.lapses_at,
        by_form=version.by_form,
        needs_second=version.needs_second,
        added=entering.count() - changed,
        changed=changed,
        removed=standing_removals(version).count(),
        refusals=version.refused,
    )


def _import(version: WatchlistVersion, who: Who) -> Import:
    reads = who.role is not StaffRole.ADMINISTRATOR
    return Import(
        number=version.number,
        at=version.imported_at,
        by=version.imported_by.username if version.imported_by else "",
        agreed=version.agreed_by.username if version.agreed_by else "",
        entries=version.entries,
        added=version.added,
        changed=version.report["changed"],
        removed=version.removed,
        unchanged=version.report["unchanged"],
        refusals=version.refused,
        refused=refused_rows(version.report) if reads else (),
        chosen=chosen_of(version.report),
    )
