"""Replay: confirmed hits are computed again from the evidence that was sealed when a person confirmed them.

Takes: the number of a hit, or none for all that are confirmed; and the time.
Gives: of each the number, and whether it came to the same result: never what stands in it.
Refuses: a hit of which no sealed evidence is kept.
Records: evidence.replayed
Legal ground: LR-31 (reasons that can be looked into), LR-42 (why a record is kept); design §2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from torogoz import __version__
from torogoz.domain.audit import AuditEvent
from torogoz.errors import RefusedError
from torogoz.storage.audit import record
from torogoz.storage.evidence import FrozenEvidence, open_evidence, repeats, replay
from torogoz.storage.keys import keyring
from torogoz.storage.models import SealedEvidence


class Result(StrEnum):
    """What computing a hit again came to."""

    SAME = "same"
    DIFFERENT = "different"
    #: Different, and computed by another release of Torogoz, which alone computes it again: scoring may change.
    OTHER_RELEASE = "other_release"
    #: Its list entry or rule was gone when it was confirmed, and could not be sealed.
    WITHOUT_CAUSE = "without_cause"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A confirmed hit, by its number, and what it came to."""

    hit: int
    result: Result


def replay_confirmed(hit: int | None, now: datetime) -> list[Replayed]:
    """Compute one confirmed hit again, or all."""
    rows = SealedEvidence.objects.order_by("pk")
    if hit is not None:
        rows = rows.filter(hit=hit)
        if not rows.exists():
            raise RefusedError("no sealed evidence is kept of this hit", remedy="name one that a person has confirmed")
    keys = keyring()
    replayed = [Replayed(row.hit_id, _result(open_evidence(row, keys))) for row in rows.iterator(200)]
    same = sum(each.result is Result.SAME for each in replayed)
    record(
        AuditEvent.EVIDENCE_REPLAYED,
        now,
        object_type="" if hit is None else "hit",
        object_id=hit,
        counts={"hits": len(replayed), "same": same},
    )
    return replayed


def _result(frozen: FrozenEvidence) -> Result:
    if replay(frozen) is None:
        return Result.WITHOUT_CAUSE
    if repeats(frozen):
        return Result.SAME
    return Result.DIFFERENT if frozen.release == __version__ else Result.OTHER_RELEASE
