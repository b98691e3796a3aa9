"""The audit: entries written, sealed into the chain, exported and verified, a second; and the longest seal of a batch.

Sealing must be no problem at thousands of entries a second: it is what the worker does beside its work.
"""

from __future__ import annotations

import argparse
import time

from torogoz.bench import Result
from torogoz.bench.home import throw_away_home


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=20_000, help="entries (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Write, seal, export and verify the same entries."""
    number = arguments.entries
    with throw_away_home():
        from django.db import transaction
        from django.utils import timezone

        from torogoz.cli.verify_audit import verify
        from torogoz.domain.audit import AuditEvent
        from torogoz.flow import export_audit
        from torogoz.flow.seal import BATCH, seal
        from torogoz.storage.audit import record
        from torogoz.storage.seal import chain, hold_head

        now = timezone.now()
        start = time.perf_counter()
        with transaction.atomic():
            for each in range(number):
                counts = {"travellers": 180, "hits": 2}
                record(AuditEvent.FLIGHT_SCREENED, now, object_type="journey", object_id=each, counts=counts)
        written = time.perf_counter() - start
        start = time.perf_counter()
        with transaction.atomic():
            head = hold_head(wait=True)
            batch = chain(head, BATCH) if head else 0
        one_batch = time.perf_counter() - start
        seal(now)
        sealed = time.perf_counter() - start
        start = time.perf_counter()
        lines = list(export_audit.chained(now))
        exported = time.perf_counter() - start
        start = time.perf_counter()
        verify(export_audit.keys(), lines)
        verified = time.perf_counter() - start
    return Result(
        sizes={"entries": number, "batch": batch, "bytes_an_entry": sum(map(len, lines)) // number},
        figures={
            "written_per_s": number / written,
            "sealed_per_s": number / sealed,
            "exported_per_s": number / exported,
            "verified_per_s": number / verified,
            "batch_ms": one_batch * 1000,
        },
    )
