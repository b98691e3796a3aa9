"""Retention: one run ends the holds whose day has come, purges, masks, makes the bytes go, and certifies what it did.

Takes: the moment for which it runs; from the worker, only the time.
Gives: a run that goes on from batch to batch, whoever calls it next and whatever killed the one before; its proof.
Refuses: a moment that is still to come, but in a demonstration; by itself, to run across a gap that a wrong clock may
  have made.
Records: record.masked, record.purged, hold.expired, retention.certified
Legal ground: LR-40 to LR-42, LR-44, LR-45 (mask, purge, prove); design §7.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_default_timezone

from torogoz import __version__
from torogoz.domain.audit import AuditEvent
from torogoz.domain.log_event import LogEvent
from torogoz.errors import RefusedError, UnavailableError
from torogoz.flow.batch import SIZE, Batch
from torogoz.flow.depersonalise import depersonalise
from torogoz.flow.holds import expire
from torogoz.flow.purge import due, purge, purge_aged, purge_entries
from torogoz.privacy.periods import midnight
from torogoz.privacy.schedule import OF_TRAVELLERS, Fate
from torogoz.storage import certificates, clocks, erasing, ledger
from torogoz.storage.audit import record
from torogoz.storage.models import RetentionRun
from torogoz.storage.remaining import outside, remaining

#: Where a profile counts in hours, a run comes at least this often.
HOURLY = timedelta(hours=1)
#: A piece that failed is tried again after this.
TRY_AGAIN = timedelta(minutes=1)
#: How often a run asks again for the database's log to be emptied, and how long it waits in between, in seconds.
ASK_AGAIN, ASK_AFTER = 120, 0.5

Step = Callable[[int, datetime, int, datetime], Batch]

#: The stages that change rows, in their order: what goes need not be masked first. After them come those of files.
STEPS: dict[str, Step] = {
    "expire": expire,
    "purge": purge,
    "mask": depersonalise,
    "entries": purge_entries,
    "aged": purge_aged,
}
FILES, ERASE, LOG, CERTIFY = "files", "erase", "log", "certify"
ORDER = (*STEPS, FILES, ERASE, LOG, CERTIFY)

log = logging.getLogger("torogoz.retention")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, or would do: counts by step and table, and its number; none where it only looked."""

    as_of: datetime
    profile: str
    counts: dict[str, int]
    run: int | None = None
    certificate: str = ""


def end_of(day: date) -> datetime:
    """The last moment of a day on the state's calendar."""
    return midnight(day + timedelta(days=1), get_default_timezone()) - timedelta.resolution


def moment(day: date, now: datetime) -> datetime:
    """The moment that a day stands for: its end, or now where that is to come. RefusedError for a day to come.

    In a demonstration, where everybody is invented, days to come are tried out.
    """
    if settings.DEMO:
        return end_of(day)
    if midnight(day, get_default_timezone()) > now:
        raise RefusedError(
            "this day is to come: what it would purge is not due",
            remedy="add --dry-run to see what would go, or try it in a demonstration",
        )
    return min(end_of(day), now)


def check(line: str, public: str | None = None) -> dict[str, Any]:
    """What a certificate says; AuthorError where it is none, was altered, or another key has signed it."""
    return certificates.verify(line, public=public)


def run(as_of: datetime, now: datetime) -> Report:
    """Do a whole run; the one that was cut off, where there is one, is finished first."""
    for unfinished in RetentionRun.objects.filter(finished_at=None).order_by("pk"):
        _finish(unfinished.pk, now)
    number = start(as_of, now).pk
    _finish(number, now)
    done = RetentionRun.objects.get(pk=number)
    return Report(done.as_of, done.profile, done.counts, number, done.certificate)


def foresee(as_of: datetime) -> Report:
    """What a run would do; nothing is changed."""
    counts = Counter[str]()
    after, more = 0, True
    while more:
        with transaction.atomic():
            found = clocks.page(as_of, after=after, size=SIZE)
        counts.update(f"{each.verdict.fate}.records" for each in found if each.verdict.fate is not Fate.KEEP)
        after, more = (found[-1].row.pk if found else 0), len(found) == SIZE
    counts.update(dict(due(as_of)))
    return Report(as_of, settings.RETENTION_PROFILE, {name: number for name, number in counts.items() if number})


def start(as_of: datetime, now: datetime, *, night: date | None = None, thorough: bool = True) -> RetentionRun:
    """Begin a run; of one night there is one, whoever begins it."""
    settle(now)
    fresh = RetentionRun(
        night=night,
        as_of=as_of,
        profile=settings.RETENTION_PROFILE,
        thorough=thorough,
        started_at=now,
        stage=ORDER[0],
    )
    if night is None:
        fresh.save()
        return fresh
    RetentionRun.objects.bulk_create([fresh], ignore_conflicts=True)
    return RetentionRun.objects.get(night=night)


def advance(number: int, now: datetime) -> bool:
    """Do the next piece of a run; whether it did any. What another process is doing is left to it."""
    token = None
    with transaction.atomic():
        mine = RetentionRun.objects.select_for_update(skip_locked=True).filter(pk=number, finished_at=None).first()
        if mine is None:
            return False
        if mine.stage in STEPS:
            batch = STEPS[mine.stage](number, mine.as_of, mine.cursor, now)
            mine.counts = dict(Counter(mine.counts) + batch.counts)
            mine.cursor = batch.cursor if batch.more else 0
            mine.stage = mine.stage if batch.more else _next(mine)
            mine.save(update_fields=["counts", "cursor", "stage"])
            token = batch.token
        elif mine.stage == FILES:
            removed = erasing.remove_files(mine.as_of)
            mine.counts = dict(Counter(mine.counts) + Counter({"purged.files": removed}))
            mine.stage = _next(mine)
            mine.save(update_fields=["counts", "stage"])
        elif mine.stage == CERTIFY:
            _certify(mine, now)
    if token:
        ledger.done(token, now)
    if mine.stage in (ERASE, LOG):
        return _erase(mine, now)
    return True


def tick(now: datetime) -> None:
    """What the worker does in each of its rounds: a piece of the run that is under way, or the start of one due.

    A failure keeps nobody else from their work: it is told once by its kind, and tried again a little later.
    """
    if _told.failed_at is not None and timedelta() <= now - _told.failed_at < TRY_AGAIN:
        return
    try:
        _tick(now)
    except Exception as problem:  # noqa: BLE001 - whatever it meets, messages must go on coming in
        kind = type(problem).__name__
        if kind != _told.failure:
            log.error(LogEvent.RETENTION_FAILED, extra={"kind": kind})  # noqa: TRY400 - a trace may hold data
        _told.failed_at, _told.failure = now, kind
    else:
        _told.failed_at, _told.failure = None, ""


def _tick(now: datetime) -> None:
    unfinished = RetentionRun.objects.filter(finished_at=None).order_by("pk").values_list("pk", flat=True).first()
    if unfinished is not None:
        advance(unfinished, now)
        return
    night = night_of(now)
    last = RetentionRun.objects.order_by("-as_of").first()
    if last and last.as_of >= now:
        return
    if not RetentionRun.objects.filter(night=night).exists():
        if clocks.waits_for_a_person(now):
            _tell_gap(now)
        else:
            start(now, now, night=night)
    elif _counts_in_hours() and last and now - last.as_of >= HOURLY:
        start(now, now, thorough=False)


def night_of(now: datetime) -> date:
    """The night whose run is due now, or was last due."""
    local = now.astimezone(get_default_timezone())
    return local.date() if local.hour >= settings.RETENTION_HOUR else local.date() - timedelta(days=1)


def settle(now: datetime) -> None:
    """Settle what a crash left open in the ledger: what is still there has not gone."""
    for token, (at, numbers) in ledger.read().unsettled.items():
        if now - at > ledger.OPEN_FOR:
            kept = {kind: still for kind, each in numbers.items() if (still := clocks.still_there(kind, each))}
            ledger.undone(token, kept, now)


def _finish(number: int, now: datetime) -> None:
    """Go on with a run until it is finished, whoever else works on it."""
    asked = 0
    while RetentionRun.objects.filter(pk=number, finished_at=None).exists():
        if not advance(number, now):
            asked += 1
            if asked > ASK_AGAIN:
                raise UnavailableError(
                    "somebody reads the database all the time, and its log cannot be emptied",
                    remedy="run this again: it goes on where it stopped",
                )
            time.sleep(ASK_AFTER)


def _next(mine: RetentionRun) -> str:
    """The stage after this one; the database is rewritten where a thorough run has changed something."""
    stage = ORDER[ORDER.index(mine.stage) + 1]
    return CERTIFY if stage == ERASE and not (mine.thorough and mine.counts) else stage


def _erase(mine: RetentionRun, now: datetime) -> bool:
    """Rewrite the database, then empty its log: outside any transaction, since both wait for all of them."""
    if mine.stage == ERASE:
        done = erasing.erase(at_night=mine.night is not None)
        RetentionRun.objects.filter(pk=mine.pk, stage=ERASE).update(stage=LOG, erased_at=now if done else None)
        return True
    if not erasing.empty_log():
        return False
    RetentionRun.objects.filter(pk=mine.pk, stage=LOG).update(stage=CERTIFY)
    return True


def _certify(mine: RetentionRun, now: datetime) -> None:
    """Sign what was done, keep it in the run's row and as a file, and finish."""
    gone = ledger.of_run(mine.pk)
    mine.certificate = certificates.sign(
        {
            "certificate": "retention",
            "release": __version__,
            "run": mine.pk,
            "profile": mine.profile,
            "as_of": mine.as_of.isoformat(),
            "started_at": mine.started_at.isoformat(),
            "finished_at": now.isoformat(),
            "erased_at": mine.erased_at.isoformat() if mine.erased_at else None,
            "counts": dict(sorted(mine.counts.items())),
            "purged": {kind: len(numbers) for kind, numbers in gone.items()},
            "digest": certificates.digest(gone),
            "remaining": [
                {"what": each.what, "rows": each.rows, "until": each.until.isoformat() if each.until else None}
                for each in remaining()
            ],
            "outside": outside(rewritten=mine.erased_at is not None or not mine.counts),
        }
    )
    mine.finished_at = now
    mine.save(update_fields=["certificate", "finished_at"])
    record(
        AuditEvent.RETENTION_CERTIFIED,
        now,
        object_type="retention_run",
        object_id=mine.pk,
        counts=ledger.told({kind: len(numbers) for kind, numbers in gone.items()}),
    )
    certificates.keep(f"retention-{mine.pk:06}.json", mine.certificate)


def _counts_in_hours() -> bool:
    return any(row.purged.hours for row in clocks.schedule() if row.data in OF_TRAVELLERS)


@dataclass(slots=True)
class _Told:
    """When the log last said that the nightly run waits for a person; when a piece of it last failed, and of what."""

    waits_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""


_told = _Told()


def _tell_gap(now: datetime) -> None:
    if _told.waits_at is None or now - _told.waits_at >= HOURLY:
        _told.waits_at = now
        log.error(LogEvent.RETENTION_WAITS, extra={"kind": "gap"})
