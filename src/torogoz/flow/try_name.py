"""Try a name: what a name that somebody writes would be on the lists in force. Nobody's hit is touched.

Takes: who asks and for what purpose, a name with what is known beside it, the reason, and the time.
Gives: the entries that it may be, the likeliest first, each with what it would do and why; and with how many lists,
  entries and names it was compared.
Refuses: whoever does not review, or looks for no purpose; lists of other agencies and closed compartments, and entries
  of a purpose that the asker's does not cover, are not asked. A reason that is missing.
Records: tried.name
Legal ground: LR-20 (a purpose at every look), LR-50 (every look is in the audit); LR-72 (name-only is advisory).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose, covered_purposes
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError
from torogoz.flow.screen import lists_in_force
from torogoz.matching import DEFAULT_THRESHOLD, Match, Query, match
from torogoz.matching.normalise import name_words
from torogoz.screening import queues, raises
from torogoz.storage.access.guard import admit, visible
from torogoz.storage.access.own_name import own_name
from torogoz.storage.audit import record
from torogoz.storage.models import Watchlist
from torogoz.storage.snapshots import in_version

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: So many entries are shown; how many there are in all is told.
MOST = 50
#: A reason has so many signs.
SHORTEST_REASON, LONGEST_REASON = 10, 1000


class Raising(StrEnum):
    """What a match would make of a traveller: a hit in the queue, one that the dossier shows, or none."""

    QUEUE = "queue"
    DOSSIER = "dossier"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that the name may be: its list, its row there (None where it has just gone), and the match."""

    list_id: int
    list_name: str
    row: int | None
    found: Match
    raising: Raising


@dataclass(frozen=True, slots=True)
class NameTried:
    """The likeliest entries of `total`; with how many lists, entries and names the name was compared.

    `words` are those of the name that were compared; without one only a document can have been found.
    """

    found: tuple[Near, ...]
    total: int
    lists: int
    entries: int
    names: int
    words: tuple[str, ...]


def try_name(who: Who, query: Query, reason: str, now: datetime) -> NameTried:
    """Hold what somebody writes against the lists that are open to them."""
    admit(who, MAY, now, purpose=True)
    assert who.purpose  # noqa: S101 - they are admitted with one only
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise AuthorError("the reason is missing, too short or too long", remedy="write it in 10 to 1000 signs")
    rows = {each.name: each for each in visible(Watchlist.objects.all(), who).annotate(version=Max("versions__number"))}
    covered = covered_purposes(who.purpose)
    lists = [one for one in lists_in_force(now) if one.name in rows and one.purpose in covered]
    met = [(found, one) for one in lists for found in match(query, one.index, shown_from())]
    met.sort(key=lambda each: (-each[0].millibits, each[1].name, each[0].entry.id))
    shown = tuple(
        Near(rows[one.name].pk, one.name, _row(rows[one.name], covered, found), found, raising_of(found))
        for found, one in met[:MOST]
    )
    own = own_name(who, query.surname or "", query.given_names or "", searched=True)
    with transaction.atomic():
        counts = {"found": len(met), "lists": len({one.name for one in lists}), **own}
        record(AuditEvent.TRIED_NAME, now, who=who, counts=counts, text=f"{_said(query)} ({reason.strip()})")
    return NameTried(
        shown,
        len(met),
        counts["lists"],
        sum(one.index.size for one in lists),
        sum(one.index.name_count for one in lists),
        (*name_words(query.surname), *name_words(query.given_names)),
    )


def shown_from() -> float:
    """From which probability on an entry is shown: the near ones too, though they raise nothing."""
    return min(DEFAULT_THRESHOLD, float(settings.OPERATING_POINTS.advisory))


def raising_of(found: Match) -> Raising:
    """What screening makes of a match, by the same rules."""
    points = settings.OPERATING_POINTS
    shown = found.exact_document or found.exact_name or found.probability >= points.advisory
    if not shown or not raises(found, points):
        return Raising.NONE
    return Raising.QUEUE if queues(found, points) else Raising.DOSSIER


def _row(watchlist: Watchlist, purposes: frozenset[Purpose], found: Match) -> int | None:
    """The entry in the list's newest version, as these purposes open it."""
    version: int = watchlist.version  # type: ignore[attr-defined]  # annotated
    rows = watchlist.entries.filter(in_version(version), purpose__in=purposes, key=found.entry.id)
    return rows.values_list("pk", flat=True).first()


def _said(query: Query) -> str:
    """What was asked, for the sealed text of the audit entry."""
    parts = (query.surname, query.given_names, query.birth_date, query.nationality, query.sex)
    documents = (each.number for each in query.documents)
    return "tried: " + ", ".join(str(each) for each in (*parts, *documents) if each)
