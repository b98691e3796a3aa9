"""Homonyms: a person who was cleared is not stopped again for the same entry, and an impostor is.

Takes: what screening found on a flight, its picture, and the hits that stand, inside the transaction of that screening.
Gives: the same hits, each with what memory says of it: cleared and out of the queue, drawn as a sample, or raised with
  the clearance that did not fit.
Refuses: to touch a hit that a person has decided or works on; to clear by a document's number, by sources that
  disagree, or where anything that a clearance binds is another.
Records: hit.cleared, hit.sampled
Legal ground: LR-44 (what is kept against false hits), LR-63, LR-64 (proofs that clear); LR-38 (a documented control).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.clearance import Bearer, Ruled, bearer, drawn, rests_on_number, rule
from torogoz.domain.hit import CauseKind, HitStatus, RaisedHit, Ruling
from torogoz.domain.picture import FlightPicture
from torogoz.domain.purpose import readable_classes
from torogoz.storage.audit import record
from torogoz.storage.clearances import document_hashes, known_for
from torogoz.storage.keys import keyring
from torogoz.storage.models import Hit

if TYPE_CHECKING:
    from torogoz.storage.clearances import Known

#: Where anybody was left out of the queue at all, somebody is drawn at least this often.
SAMPLE_WITHIN = timedelta(days=7)
#: traveller, kind, source and key of a cause → the hit that stands.
Stored = Mapping[tuple[int, str, str, str], Hit]


def weigh(found: Sequence[RaisedHit], picture: FlightPicture, stored: Stored, now: datetime) -> list[RaisedHit]:
    """Say of each hit of a list what memory says of it. Advisory hits and rules are nobody's homonyms."""
    asked = [hit for hit in found if hit.queued and hit.cause.kind is CauseKind.WATCHLIST]
    views = {traveller.id: traveller for traveller in picture.travellers}
    bearers = {
        (hit.traveller, hit.purpose): bearer(
            view.traveller for view in views[hit.traveller].seen_as(readable_classes(hit.purpose))
        )
        for hit in asked
    }
    dates = frozenset[str]().union(*(who.birth_dates for who in bearers.values()))
    known = known_for([hit.cause for hit in asked], dates, timezone.localdate(now)) if dates else {}
    return [
        _weighed(hit, bearers[hit.traveller, hit.purpose], known, stored.get(_key(hit)), picture.flight.id, now)
        if (hit.traveller, hit.purpose) in bearers and hit.queued and hit.cause.kind is CauseKind.WATCHLIST
        else hit
        for hit in found
    ]


def tell(row: Hit, before: str, now: datetime) -> None:
    """Write down that a hit was left out of the queue, or drawn from those that were; `before` is its last ruling."""
    events = {Ruling.CLEARED: AuditEvent.HIT_CLEARED, Ruling.SAMPLED: AuditEvent.HIT_SAMPLED}
    if row.ruling != before and row.ruling in events:
        by = {"clearance": row.clearance_id, "proof": row.proof_id}
        counts = {name: number for name, number in by.items() if number}
        record(events[Ruling(row.ruling)], now, object_type="hit", object_id=row.pk, counts=counts)


def _key(hit: RaisedHit) -> tuple[int, str, str, str]:
    return hit.traveller, hit.cause.kind.value, hit.cause.source, hit.cause.key


def _weighed(hit: RaisedHit, who: Bearer, known: Known, row: Hit | None, journey: int, now: datetime) -> RaisedHit:
    if row and _is_a_persons(row, now):
        ruling = Ruling(row.ruling) if row.ruling else None
        return replace(hit, queued=row.queued, ruling=ruling, clearance=row.clearance_id, proof=row.proof_id)
    hashes = document_hashes(who.number, keyring()) if who.number else ()
    clearances = known.get((hit.cause.source, hit.cause.key), [])
    ruled = rule(who, hashes, clearances, number_listed=rests_on_number(hit))
    if ruled is None:
        return hit
    ruling = ruled.ruling
    if ruling is Ruling.CLEARED and _is_drawn(hit, ruled, row, journey, now):
        ruling = Ruling.SAMPLED
    by = ruled.clearance
    return replace(
        hit,
        queued=ruling is not Ruling.CLEARED,
        ruling=ruling,
        clearance=None if by.proof else by.id,
        proof=by.id if by.proof else None,
    )


def _is_a_persons(row: Hit, now: datetime) -> bool:
    """Whether somebody has decided about a hit or works on it: then it stays where they see it."""
    claimed = row.claimed_until is not None and row.claimed_until > now
    return claimed or row.status in {HitStatus.AWAITING_SECOND, HitStatus.DECIDED}


def _is_drawn(hit: RaisedHit, ruled: Ruled, row: Hit | None, journey: int, now: datetime) -> bool:
    """Whether a cleared hit is queued as a control. What was drawn once, or not, stays so."""
    if row and row.ruling in (Ruling.CLEARED, Ruling.SAMPLED):
        return Ruling(row.ruling) is Ruling.SAMPLED
    draw = f"{ruled.clearance.proof}|{ruled.clearance.id}|{journey}|{hit.traveller}|{hit.cause.key}"
    return drawn(keyring().blind("sample", draw), settings.CLEARED_SAMPLE_PERCENT) or _is_time(now)


def _is_time(now: datetime) -> bool:
    """Whether a week has passed since the last sample, or since the first hit that was left out."""
    rows = Hit.objects.filter(ruling__in=(Ruling.CLEARED, Ruling.SAMPLED))
    last = rows.filter(ruling=Ruling.SAMPLED).aggregate(at=Max("raised_at"))["at"]
    since = last or rows.aggregate(at=Min("raised_at"))["at"]
    return since is not None and now - since >= SAMPLE_WITHIN
