"""The sealer's hands: entries become a chain without a gap, and its head is signed once a day (LR-51).

Whoever seals holds the one row of `AuditHead`: on PostgreSQL by a row lock that others pass by, on SQLite because a
writing transaction is alone. The caller opens the transaction. The signed heads are also kept outside the database:
a chain alone does not stop whoever owns the database from writing it anew.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from torogoz.storage import write
from torogoz.storage.chain import GENESIS, line, link, moment
from torogoz.storage.home import Home
from torogoz.storage.models import Agency, AuditCheckpoint, AuditEntry, AuditHead, AuditText
from torogoz.storage.signing import sign

if TYPE_CHECKING:
    from datetime import date, datetime


def waits() -> bool:
    """Whether some entry is not chained yet."""
    return AuditEntry.objects.filter(sequence=None).exists()


def hold_head(*, wait: bool) -> AuditHead | None:
    """The head, held until the caller's transaction ends; None where a colleague holds it and we do not wait."""
    head_now()
    return AuditHead.objects.select_for_update(skip_locked=not wait).filter(pk=1).first()


def head_now() -> AuditHead:
    """The head as it stands, of an audit that is begun with the first question for it."""
    return AuditHead.objects.get_or_create(pk=1, defaults={"chain_hash": GENESIS.hex()})[0]


def chain(head: AuditHead, at_most: int) -> int:
    """Number and chain the oldest entries that are not, in the order in which they were written; give how many.

    The transaction that wrote a smaller id may commit later: then its entry comes later. No number is left out.
    """
    entries = list(AuditEntry.objects.filter(sequence=None).order_by("pk")[:at_most])
    last = bytes.fromhex(head.chain_hash)
    for entry in entries:
        head.sequence += 1
        entry.sequence = head.sequence
        last = link(last, line(entry))
        entry.chain_hash = last.hex()
    head.chain_hash = last.hex()
    columns = [(entry.sequence, entry.chain_hash, entry.pk) for entry in entries]
    write.update(AuditEntry, ("sequence", "chain_hash"), columns)
    head.save()
    return len(entries)


def statement(kind: str, head: AuditHead, now: datetime, **more: object) -> str:
    """A signed line that says where the chain ends."""
    return sign(
        {
            "audit": kind,
            "centre": centre(),
            "at": moment(now),
            "n": head.sequence,
            "hash": head.chain_hash,
            **more,
        }
    )


def centre() -> str:
    """The code of the centre whose audit this is; empty where there is none yet."""
    return Agency.objects.filter(centre=True).order_by("pk").values_list("code", flat=True).first() or ""


def checkpoint(head: AuditHead, day: date, now: datetime) -> None:
    """Sign the head of a day, once; an empty chain has none."""
    if head.sequence:
        line = statement("head", head, now)
        AuditCheckpoint.objects.get_or_create(day=day, defaults={"sequence": head.sequence, "line": line})


def publish_heads() -> int:
    """Append the signed heads that the home's `audit/heads.jsonl` does not hold yet; give how many.

    The file is only ever appended to, and readable by its owner alone. What a crash left of a line is cut off first.
    """
    path = Home.current().heads
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        written = file.read()
        whole = written[: written.rfind(b"\n") + 1]
        known = set(whole.decode().splitlines())
        signed = AuditCheckpoint.objects.order_by("sequence", "day").values_list("line", flat=True)
        new = [each for each in signed if each not in known]
        if new:
            file.truncate(len(whole))
            file.write("".join(f"{each}\n" for each in new).encode())
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def may_go(head: AuditHead, until: datetime) -> int:
    """The number up to which every kept entry is older than a moment, and which a head signs; 0 where there is none.

    Entries' own times decide, not the day of a head: a clock that once went back lets nothing young go.
    """
    heads = AuditCheckpoint.objects.filter(day__lte=until.date(), sequence__gt=head.begins)
    for sequence in heads.order_by("-sequence").values_list("sequence", flat=True).distinct():
        span = AuditEntry.objects.filter(sequence__gt=head.begins, sequence__lte=sequence)
        if not span.filter(at__gt=until).exists():
            return sequence
    return 0


def begin_after(head: AuditHead, sequence: int) -> None:
    """From now on the chain begins after this entry; the head that signs it is the first that is kept."""
    AuditCheckpoint.objects.filter(sequence__lt=sequence).delete()
    head.begins = sequence
    head.save()


def drop(sequence: int, at_most: int) -> int:
    """Delete the oldest entries up to a number with their texts; give how many."""
    oldest = AuditEntry.objects.filter(sequence__lte=sequence).order_by("sequence")
    going = list(oldest[:at_most])
    if going:
        until = going[-1].sequence
        AuditText.objects.filter(entry__sequence__lte=until).delete()
        AuditEntry.objects.filter(sequence__lte=until).delete()
    return len(going)
