"""Clearances: a reviewer's *not this person* is remembered, and taken back; a stop in spite of it is an incident.

Takes: a decision that has come into force, or a clearance that somebody takes back with a reason.
Gives: a clearance of the traveller's document and birth date for the entry, unless the reviewer wants none; the flights
  to come on which it changes anything are screened anew.
Refuses: to remember who shows no one document and birth date, whose document's number is listed, and a rule's hit.
Records: clearance.made, clearance.revoked, hit.repeated, repeat.looked_at
Legal ground: LR-44 (kept against false hits, no longer than the data it came from), LR-65 (repeated stops: target 0).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.clearance import Repeat, rule
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import CauseKind, HitStatus, Ruling
from torogoz.domain.staff import StaffRole
from torogoz.errors import RefusedError
from torogoz.flow.free_text import must_be_sayable
from torogoz.flow.screen import future, mark
from torogoz.storage.access.clearances import clearances_for
from torogoz.storage.access.guard import admit, hits_for, refuse
from torogoz.storage.audit import record
from torogoz.storage.clearances import document_hashes, known_of, what_binds
from torogoz.storage.evidence import entry_row
from torogoz.storage.keys import keyring
from torogoz.storage.models import Clearance, Event, Hit, RepeatedStop

if TYPE_CHECKING:
    from torogoz.domain.clearance import Bearer
    from torogoz.domain.staff import Who
    from torogoz.storage.models import Decision

#: Who looks at a repeated stop.
LOOKERS = frozenset({StaffRole.SUPERVISOR})
#: What memory said of a hit that was decided about again → how the stop is counted.
_REPEATS = {
    Ruling.CLEARED: Repeat.SAME,
    Ruling.OTHER_DOCUMENT: Repeat.OTHER_DOCUMENT,
    Ruling.OLDER_ENTRY: Repeat.OLDER_ENTRY,
    Ruling.UNCERTAIN: Repeat.UNCERTAIN,
}


def remember(decision: Decision, who: Who, now: datetime) -> None:
    """Remember whom a decision in force has cleared, in its transaction; and count the stop if they were cleared once.

    `who` puts the decision in force: the second person, where one was asked for.
    """
    hit = decision.hit
    if hit.cause_kind != CauseKind.WATCHLIST:
        return
    keys = keyring()
    bound = what_binds(hit, keys)
    _count(hit, bound, who, now)
    entry = entry_row(hit)
    if decision.forget or bound.unbound or entry is None:
        return
    made = Clearance.objects.create(
        agency_id=hit.agency_id,
        compartment=hit.compartment,
        traveller_id=hit.traveller_id,
        decision=decision,
        entry=entry,
        document=bound.number,
        keyed_hash=document_hashes(bound.number, keys)[0],
        index_version=keys.index.number,
        issuer=bound.issuer,
        birth_date=bound.birth_date,
        made_by_id=decision.made_by_id,
        made_at=now,
    )
    record(AuditEvent.CLEARANCE_MADE, now, who=who, object_type="clearance", object_id=made.pk)
    screen_anew(hit.cause_source, hit.cause_key, now)


def overtake(hit: Hit, who: Who, now: datetime, *, confirmed: bool = False) -> None:
    """End what an earlier decision about a hit has cleared; and, where the person is the entry's after all, by what."""
    earlier = list(Clearance.objects.filter(decision__hit=hit, revoked_at=None))
    if confirmed and hit.clearance_id:
        earlier += Clearance.objects.filter(pk=hit.clearance_id, revoked_at=None)
    for row in earlier:
        _end(row, who, "overtaken by a later decision", now)


def revoke(who: Who, clearance: int, reason: str, now: datetime) -> None:
    """Take a clearance back, at once: what it kept from the queue stands there after the next look at its flight."""
    admit(who, REVIEWERS, now, purpose=True)
    if not clearances_for(who).filter(pk=clearance).exists():
        refuse(who, now)
    must_be_sayable(reason)
    with transaction.atomic():
        row = Clearance.objects.select_for_update().filter(pk=clearance, revoked_at=None).first()
        if row is None:
            raise RefusedError("this clearance was revoked before", remedy="nothing needs to be done")
        _end(row, who, reason.strip(), now)


def look_at(who: Who, repeated: int, reason: str, now: datetime) -> None:
    """A supervisor says how a cleared person came to be stopped again, and what was done: the alarm ends."""
    admit(who, LOOKERS, now, purpose=True)
    if not RepeatedStop.objects.filter(pk=repeated, hit__in=hits_for(who)).exists():
        refuse(who, now)
    must_be_sayable(reason)
    with transaction.atomic():
        row = RepeatedStop.objects.select_for_update().get(pk=repeated)
        if row.seen_at:
            raise RefusedError("a colleague has looked at this before", remedy="nothing needs to be done")
        row.seen_by_id, row.seen_at = who.account, now
        row.save(update_fields=["seen_by", "seen_at"])
        text = reason.strip()
        record(AuditEvent.REPEAT_LOOKED_AT, now, who=who, object_type="repeated_stop", object_id=row.pk, text=text)


def screen_anew(watchlist: str, key: str, now: datetime) -> None:
    """Mark the flights to come on which a hit of a list's entry, or of any of its entries, waits undecided."""
    waiting = Hit.objects.filter(cause_source=watchlist, status=HitStatus.OPEN, journey__in=future(now))
    if key:
        waiting = waiting.filter(cause_key=key)
    mark(future(now).filter(pk__in=waiting.values("journey")), now)


def _end(row: Clearance, who: Who, text: str, now: datetime) -> None:
    row.revoked_by_id, row.revoked_at = who.account, now
    row.save(update_fields=["revoked_by", "revoked_at"])
    record(AuditEvent.CLEARANCE_REVOKED, now, who=who, object_type="clearance", object_id=row.pk, text=text)
    screen_anew(row.entry.watchlist.name, row.entry.key, now)


def _count(hit: Hit, bound: Bearer, who: Who, now: datetime) -> None:
    """Count a stop of somebody who is cleared already: by all that was bound, or apart where some of it was another.

    A sample is no incident, nor a number that is listed.
    """
    if hit.ruling == Ruling.SAMPLED:
        return
    hashes = document_hashes(bound.number, keyring()) if bound.number else ()
    known = known_of(hit, bound, timezone.localdate(now))
    ruled = rule(bound, hashes, known, number_listed=False)
    if ruled is None:
        return
    _, fresh = RepeatedStop.objects.get_or_create(hit=hit, defaults={"kind": _REPEATS[ruled.ruling], "at": now})
    if fresh:
        record(AuditEvent.HIT_REPEATED, now, who=who, object_type="hit", object_id=hit.pk)
        Event.objects.create(at=now, kind=AuditEvent.HIT_REPEATED, journey_id=hit.journey_id, hit=hit)
