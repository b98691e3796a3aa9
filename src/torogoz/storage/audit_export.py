"""The audit as a file for somebody outside: the lines that were chained, between a header and a signed end (LR-51).

    header       format, centre, key, range, and whose account each number is; of a demonstration, that it is invented
    signed head  only where the file does not begin with the first entry: the head after which it begins
    entries      one a line, the very bytes that were hashed; among them the signed head of each day
    signed end   the head, how many entries, and the SHA-256 of every byte above it

Rows are written out as they stand now, and the end signs what the sealer once made of them: whoever altered a row in
between has an export that does not verify. Nothing in it is a traveller's.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.storage.chain import line, moment
from torogoz.storage.models import Account, AuditCheckpoint, AuditEntry, AuditHead
from torogoz.storage.seal import centre, statement
from torogoz.storage.signing import signing_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

FORMAT = 1
#: Entries that are read at once.
_STEP = 2000


def lines(head: AuditHead, now: datetime, since: date | None = None) -> Iterator[bytes]:
    """The lines of an export up to a head; from the last signed head before a day, or of everything that is kept."""
    first = _start(head, since)
    file = sha256()
    for each in _above(first, head, now):
        file.update(each)
        yield each
    yield f"{statement('end', head, now, count=head.sequence - first, file=file.hexdigest())}\n".encode()


def _above(first: int, head: AuditHead, now: datetime) -> Iterator[bytes]:
    """Everything but the signed end."""
    yield _header(first, head, now)
    heads = AuditCheckpoint.objects.filter(sequence__lte=head.sequence).order_by("sequence", "day")
    if first:
        begin = heads.filter(sequence=first).values_list("line", flat=True).first()
        yield f"{begin}\n".encode()
    signed = dict[int, list[str]]()
    for sequence, text in heads.filter(sequence__gt=first).values_list("sequence", "line"):
        signed.setdefault(sequence, []).append(text)
    for number in range(first, head.sequence, _STEP):
        until = min(number + _STEP, head.sequence)
        for entry in AuditEntry.objects.filter(sequence__gt=number, sequence__lte=until).order_by("sequence"):
            yield line(entry) + b"\n"
            for text in signed.get(entry.sequence or 0, ()):
                yield f"{text}\n".encode()


def _start(head: AuditHead, since: date | None) -> int:
    """The number after which the file begins: of the last signed head before a day, at least where the chain begins."""
    before = AuditCheckpoint.objects.filter(day__lt=since, sequence__lte=head.sequence) if since else None
    latest = before.order_by("-sequence").values_list("sequence", flat=True).first() if before is not None else None
    return max(head.begins, latest or 0)


def _header(first: int, head: AuditHead, now: datetime) -> bytes:
    fields = {
        "audit": "export",
        "format": FORMAT,
        "centre": centre(),
        "at": moment(now),
        "from": first + 1,
        "to": head.sequence,
        "key": signing_key()[0],
        "accounts": {str(pk): name for pk, name in Account.objects.order_by("pk").values_list("pk", "username")},
    }
    if settings.DEMO:
        fields["people"] = "invented"
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"
