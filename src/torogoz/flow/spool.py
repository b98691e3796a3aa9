"""Spool: files that are dropped into a folder come into the flow, and the worker's rounds go on until told to stop.

Takes: the files of a folder once they are whole, and the time.
Gives: a receipt in `done/` or `refused/` under each file's name, once its delivery was read; and in `acknowledged/`,
  under that name and the number of the receipt, what was found in it, where the carrier agreed to be told.
Refuses: a file larger than the flow takes, of which no more than that is ever in memory. One that may not be read stays
  where it is, and so does one whose receipt cannot be written: neither is received again, nor keeps any of the others.
  All stay while too much waits to be read.
Records: what its steps record
Legal ground: LR-03 (one window); LR-23 (no copy in clear stays beside the sealed bytes).
"""

from __future__ import annotations

import logging
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import close_old_connections
from django.utils import timezone
from watchfiles import watch

from torogoz.domain.log_event import LogEvent
from torogoz.errors import SenderError, UnavailableError
from torogoz.flow.acknowledge import acknowledgements
from torogoz.flow.compose import BATCH, BATCH_BYTES, Worker, work
from torogoz.flow.notice import notice
from torogoz.flow.receive import LARGEST, SPOOL, receive
from torogoz.flow.retention import tick
from torogoz.flow.seal import seal
from torogoz.storage import queue
from torogoz.storage.deliveries import sealed_since
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery
from torogoz.storage.names import own_name
from torogoz.storage.queue import BacklogError
from torogoz.storage.spool import Found, Spool

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


def may_be_several() -> bool:
    """Whether several workers may read at the same time: PostgreSQL lets them."""
    return queue.shared()


def work_until_told(folder: Path) -> None:
    """Sweep and work, round after round, until SIGTERM or Ctrl-C. Notifications miss network folders: look again.

    UnavailableError where another worker takes the files of this folder.
    """
    spool = Spool(folder)
    spool.make()
    if not spool.sweeper() and not may_be_several():
        raise UnavailableError(
            "another worker takes the files of this folder", remedy="leave it to that one, or end it first"
        )
    rounds = Rounds(spool, Worker(own_name(Home.current())))
    told = rounds.worker.told
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    rounds.go_on()
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
        rounds.go_on()


@dataclass(slots=True)
class Troubles:
    """What is amiss, told once and not in every round: again when it changes, or when it comes back.

    A trouble is told by its kind, since its text may hold data, and never by a file's name, which is the sender's.
    """

    standing: frozenset[tuple[LogEvent, str, str]] = frozenset()
    met: set[tuple[LogEvent, str, str]] = field(default_factory=set)

    def meet(self, event: LogEvent, what: str, problem: Exception) -> None:
        """Tell a trouble with something, unless it was told in this round or there in the one before."""
        trouble = (event, what, type(problem).__name__)
        if trouble not in self.standing | self.met:
            log.error(event, extra={"kind": trouble[2]})
        self.met.add(trouble)

    def end_round(self) -> None:
        """Forget what is over."""
        self.standing = frozenset(self.met)
        self.met.clear()


@dataclass(slots=True)
class Rounds:
    """The worker's rounds over one spool, in which of several workers only one takes files, until it ends.

    `taken` holds what became of each file that still lies there: its delivery, or why it was refused. What is there as
    it was is not received a second time, whatever kept its name from being moved: nor what an earlier worker received
    and died over, or each death would bring all that lies there into the queue once more.
    """

    spool: Spool
    worker: Worker = field(default_factory=Worker)
    taken: dict[Found, int | str] = field(default_factory=dict)
    troubles: Troubles = field(default_factory=Troubles)
    began: datetime = field(default_factory=timezone.now)

    def go_on(self) -> None:
        """Round after round until nothing is left to do, or told to stop."""
        busy = True
        while busy and not self.worker.told.is_set():
            close_old_connections()
            busy = self.next()

    def next(self) -> bool:
        """One round, after which the worker has given a sign of life; give whether there may be more to do.

        What is received is sealed before its name moves. The next round tries again what failed in this one.
        """
        busy = False
        try:
            more = self.spool.sweeper() and self._sweep(timezone.now())
            self._put_away()  # what an earlier worker had read
            busy = work(timezone.now(), self.worker) or more
            self._put_away()
            seal(timezone.now())
            notice(timezone.now())
            tick(timezone.now())
            (Home.current().path / "worker-alive").touch()
        except Exception as problem:  # noqa: BLE001 - the worker outlives whatever one round meets
            self.troubles.meet(LogEvent.ROUND_FAILED, "", problem)
            self.worker.told.wait(REST)
        self.troubles.end_round()
        return busy

    def _sweep(self, now: datetime) -> bool:
        """Receive files that are whole and new, as many as one batch has; forget those that are gone.

        Gives whether more may lie there. While too much waits to be read, all stay where they are.
        """
        ready = list(self.spool.ready(now))
        self.taken = {found: self.taken[found] for found in ready if found in self.taken}
        count = size = 0
        for found in ready:
            if found in self.taken:
                continue
            if count >= BATCH or size >= BATCH_BYTES:
                return True
            try:
                data = read_whole(found.path)
                self.taken[found] = self._before(found, data) or receive(
                    data, source=SPOOL, name=found.path.name, now=now
                )
                count, size = count + 1, size + len(data)
            except BacklogError:
                break
            except SenderError as problem:
                self.taken[found] = str(problem)
            except OSError as problem:
                self.troubles.meet(LogEvent.FILE_UNREADABLE, found.path.name, problem)
        return False

    def _before(self, found: Found, data: bytes) -> int | None:
        """The delivery of a file that came before this worker, and was received since it came: by one that died."""
        came = datetime.fromtimestamp(found.came_ns / 1e9, UTC)
        if came > self.began:
            return None
        return sealed_since(data, source=SPOOL, name=found.path.name, since=came, keys=keyring())

    def _put_away(self) -> None:
        """Move the names of files that were refused, or whose deliveries were read, to where those ended."""
        received = [outcome for outcome in self.taken.values() if isinstance(outcome, int)]
        ended = Delivery.objects.filter(pk__among=received).exclude(status=Delivery.Status.SEALED)
        rows = {row.pk: row for row in ended.only("received_at", "status")}
        told = acknowledgements(rows)
        for found, outcome in self.taken.items():
            try:
                if isinstance(outcome, str):
                    self.spool.take(found.path, {"refused": outcome}, refused=True)
                elif row := rows.get(outcome):
                    if body := told.get(row.pk):
                        self.spool.tell(found.path.name, row.pk, body)
                    receipt = {"delivery": row.pk, "received_at": row.received_at.isoformat(), "status": row.status}
                    self.spool.take(found.path, receipt, refused=row.status == Delivery.Status.FAILED)
            except OSError as problem:
                self.troubles.meet(LogEvent.RECEIPT_UNWRITABLE, found.path.name, problem)
