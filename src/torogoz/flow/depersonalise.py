"""Depersonalise: a record that something keeps past its clock loses all that says whom it is about.

Takes: the moment for which it runs, and the number of the last traveller that was looked at.
Gives: how many records were masked, and where to go on: a bounded batch at a time, in the caller's transaction.
Refuses: to mask before the clock of the profile, or twice.
Records: record.masked
Legal ground: LR-40, LR-41, LR-42 (what is masked, and when); LR-25 (masked values are of no further use).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from torogoz.domain.audit import AuditEvent
from torogoz.flow.batch import SIZE, Batch
from torogoz.privacy.schedule import Fate
from torogoz.storage import clocks
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.masking import mask_travellers


def depersonalise(run: int, as_of: datetime, after: int, now: datetime) -> Batch:
    """Mask the next records whose time has come."""
    found = clocks.page(as_of, after=after, size=SIZE)
    due = [each.row.pk for each in found if each.verdict.fate is Fate.MASK]
    counts = Counter[str]()
    if due:
        counts = Counter({f"masked.{table}": number for table, number in mask_travellers(due, now, keyring()).items()})
        record(
            AuditEvent.RECORD_MASKED,
            now,
            object_type="retention_run",
            object_id=run,
            counts={"records": len(due)},
        )
    return Batch(counts, found[-1].row.pk if found else 0, more=len(found) == SIZE)
