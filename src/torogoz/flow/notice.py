"""Notice: reading that differs from the work, or from that person's own usual, is marked for an officer to look at.

Takes: the time, and the looks that were chained since the last round.
Gives: how many marks were made; each is an entry of the audit itself, with its number and without a name.
Refuses: to accuse: a mark asks an officer to ask. To judge a look twice.
Records: reading.marked
Legal ground: LR-55 (ICAO Annex 9, 9.26(a): misuse is detected), LR-52 (the data-protection officer sees all use).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import get_default_timezone

from torogoz.domain.audit import AuditEvent
from torogoz.privacy.reading import REMEMBERED, Kind, Mark, Marked, judge
from torogoz.storage import looks
from torogoz.storage.audit import record
from torogoz.storage.looks import NewLook
from torogoz.storage.seal import head_now, hold_head

#: How many looks one round judges: a worker that has slept takes up what it missed little by little.
BATCH = 50
#: No mark is quiet for longer than this (`privacy.reading`).
_QUIET = timedelta(hours=8)

#: What the number beside a mark is.
_BESIDE = {Mark.UNUSUAL_HOUR: "days", Mark.OWN_NAME: "", Mark.MANY_READERS: ""}


def notice(now: datetime) -> int:
    """Judge the looks that are new. Reading and judging hold nobody up; the marks are written in one short step."""
    head = head_now()
    if head.noticed == head.sequence:
        return 0
    new = looks.new_looks(head, now, BATCH)
    found = _judged(new)
    with transaction.atomic():
        held = hold_head(wait=False)
        if held is None or held.noticed != head.noticed:  # a colleague is at it
            return 0
        for each, marked in found:
            _record(each, marked, now)
        held.noticed = new[-1].sequence if len(new) == BATCH else head.sequence
        held.save()
    return len(found)


def _judged(new: list[NewLook]) -> list[tuple[NewLook, Marked]]:
    if not new:
        return []
    zone = get_default_timezone()
    earliest = min(each.look.at for each in new)
    before = looks.history({each.account for each in new}, earliest - REMEMBERED, new[-1].sequence)
    last = looks.last_marks(earliest - _QUIET)
    found = []
    for each in new:
        own = last[each.account]
        theirs = [
            look
            for sequence, look in before[each.account]
            if sequence < each.sequence and each.look.at - look.at < REMEMBERED
        ]
        unhit = each.look.kind is Kind.DOSSIER and each.look.hits == 0
        for marked in judge(each.look, theirs, own, looks.other_readers(each) if unhit else 0, zone):
            own[marked.mark] = (each.look.at, marked.number)
            found.append((each, marked))
    return found


def _record(new: NewLook, marked: Marked, now: datetime) -> None:
    counts = {"account": new.account, marked.mark.value: marked.number}
    beside = _BESIDE.get(marked.mark, "usual")
    if beside:
        counts[beside] = marked.beside
    record(AuditEvent.READING_MARKED, now, object_type="audit_entry", object_id=new.entry, counts=counts)
