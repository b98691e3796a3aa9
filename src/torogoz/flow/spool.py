"""Spool: files that are dropped into a folder come into the flow, and the worker's rounds go on until told to stop.

Takes: the files of a folder once they are whole, and the time.
Gives: a receipt in `done/` or `refused/` under each file's name, once its delivery was read.
Refuses: a file larger than the flow takes, of which no more than that is ever in memory. One that may not be read stays
  where it is, and keeps none of the others.
Records: what its steps record
Legal ground: LR-03 (one window); LR-23 (no copy in clear stays beside the sealed bytes).
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from datetime import datetime
from pathlib import Path

from django.db import close_old_connections
from django.utils import timezone
from watchfiles import watch

from torogoz.errors import SenderError, TorogozError
from torogoz.flow.compose import work
from torogoz.flow.receive import LARGEST, receive
from torogoz.flow.retention import tick
from torogoz.storage.home import Home
from torogoz.storage.models import Delivery
from torogoz.storage.spool import Spool

#: How long the worker waits for news before it looks at the clock and the folder by itself, in milliseconds.
LOOK_AGAIN = 500
#: A round that fails, for want of the database say, is tried again after this many seconds.
REST = 2.0

log = logging.getLogger("torogoz.worker")


def read_whole(path: Path) -> bytes:
    """The bytes of a file, of which no more than the flow takes are ever in memory."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SenderError("the file is larger than 64 MiB", remedy="send it in parts")
    return data


def work_until_told(folder: Path) -> None:
    """Sweep and work, round after round, until SIGTERM or Ctrl-C. Notifications miss network folders: look again."""
    spool = Spool(folder)
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    spool.make()
    one_round(spool)
    changes = watch(
        spool.folder,
        recursive=False,
        stop_event=told,
        step=20,
        debounce=50,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
    )
    for _ in changes:
        close_old_connections()
        one_round(spool)


def one_round(spool: Spool) -> None:
    """One round, after which the worker has given a sign of life. What is received is sealed before its name moves.

    A failure is logged by its kind, since its text may hold data, and the next round tries again.
    """
    try:
        received = sweep(spool, timezone.now())
        work(timezone.now())
        for path, delivery_id in received:
            settle(spool, path, delivery_id)
        tick(timezone.now())
        (Home.current().path / "worker-alive").touch()
    except Exception as problem:  # noqa: BLE001 - the worker outlives whatever one round meets
        log.error("round.failed", extra={"kind": type(problem).__name__})  # noqa: TRY400 - a trace may hold data
        time.sleep(REST)


def sweep(spool: Spool, now: datetime) -> list[tuple[Path, int]]:
    """Receive every whole file of the spool; give each with its delivery."""
    taken = []
    for path in spool.ready(now):
        try:
            data = read_whole(path)
            taken.append((path, receive(data, source="spool", name=path.name, now=now)))
        except TorogozError as problem:
            spool.take(path, {"refused": str(problem), "received_at": now.isoformat()}, refused=True)
        except OSError as problem:
            log.warning("file.unreadable", extra={"kind": type(problem).__name__})
    return taken


def settle(spool: Spool, path: Path, delivery_id: int) -> None:
    """Move a file's name to where its delivery ended, once it was read."""
    delivery = Delivery.objects.get(pk=delivery_id)
    while delivery.status == Delivery.Status.SEALED:
        work(timezone.now())
        delivery.refresh_from_db()
    receipt = {"delivery": delivery.pk, "received_at": delivery.received_at.isoformat(), "status": delivery.status}
    spool.take(path, receipt, refused=delivery.status == Delivery.Status.FAILED)
