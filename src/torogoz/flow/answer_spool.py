"""Answer by files: a request that is dropped into a folder gives an answer file beside it.

Takes: the files of a folder once they are whole, and the time.
Gives: `NAME.cusres` in the place of each request, and `revision-….cusres` for what changed since; the request goes.
  What nobody fetched goes as soon as what could not be read does (72 hours, a setting).
Refuses: a file larger than a request is (`NAME.refused` says why). One that could not be received is answered by the
  fall-back and stays, as `NAME.again`, until it can be: then it is read as if it had come then, and not answered twice.
  One that may not be read, or whose answer cannot be written, or that cannot be removed, stays where it is: it is not
  answered a second time, and keeps none of the others.
Records: what receive, answer and revise record
Legal ground: that of answer; LR-23 (no copy in clear stays beside the sealed bytes).
"""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from watchfiles import watch

from torogoz.domain.log_event import LogEvent
from torogoz.errors import SenderError
from torogoz.flow.answer import LARGEST, answer
from torogoz.flow.assemble import INTERACTIVE
from torogoz.flow.receive import receive
from torogoz.flow.revise import to_tell
from torogoz.flow.spool import Troubles
from torogoz.privacy.schedule import Data, row_of
from torogoz.storage.spool import Found, Spool

#: What this folder holds beside requests: what was said, and requests that wait to be received.
SAID, _AGAIN = (".cusres", ".refused"), ".again"
#: A file that ends with UNZ is whole; another one is waited for, for this long.
_STILL = timedelta(milliseconds=250)
_LOOK_AGAIN = 500


def answer_until_told(folder: Path) -> None:
    """Sweep the folder whenever something appears in it, and twice a second, until SIGTERM or Ctrl-C."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    desk = Desk(folder)
    desk.sweep(timezone.now())
    changes = watch(
        folder,
        recursive=False,
        stop_event=told,
        step=10,
        debounce=20,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
    )
    for _ in changes:
        close_old_connections()
        desk.sweep(timezone.now())


@dataclass(slots=True)
class _Given:
    """What is answered to one file: `body` goes beside it under its name with the ending, and is empty once written."""

    ending: str
    body: bytes
    received: bool = True


@dataclass(slots=True)
class Desk:
    """One folder at which carriers ask.

    `given` is what was answered to each file that still lies there; `received` are those that were received afterwards.
    """

    folder: Path
    given: dict[Found, _Given] = field(default_factory=dict)
    received: set[Found] = field(default_factory=set)
    troubles: Troubles = field(default_factory=Troubles)

    def sweep(self, now: datetime) -> int:
        """Answer each request that is whole, and write what changed; give how many were answered.

        Whatever fails is told, and tried again by the next sweep: somebody stands at the gate for each of the others.
        """
        answered = 0
        try:
            there = list(Spool(self.folder).ready(now + _STILL))
            ready = [each for each in there if not each.path.name.endswith((*SAID, _AGAIN))]
            self.given = {each: self.given[each] for each in ready if each in self.given}
            for found in ready:
                if found not in self.given and (given := self._answer(found, now)):
                    self.given[found] = given
                    answered += 1
                if found in self.given:
                    self._put_out(found.path, self.given[found])
            if news := to_tell(None, now):
                _write(self.folder / f"revision-{now:%Y%m%dT%H%M%S%f}.cusres", news)
            self._tidy(there, now)
        except Exception as problem:  # noqa: BLE001 - it outlives whatever one sweep meets
            self.troubles.meet(LogEvent.ROUND_FAILED, "", problem)
        self.troubles.end_round()
        return answered

    def _answer(self, found: Found, now: datetime) -> _Given | None:
        """What is answered to a file; None while it is not whole, or may not be read."""
        try:
            with found.path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as problem:
            self.troubles.meet(LogEvent.FILE_UNREADABLE, found.path.name, problem)
            return None
        young = found.written_ns / 1e9 > (now - _STILL).timestamp()
        if young and len(data) <= LARGEST and b"UNZ" not in data[-64:]:
            return None
        try:
            answered = answer(data, name=found.path.name, now=now)
        except SenderError as problem:
            return _Given(".refused", str(problem).encode())
        return _Given(".cusres", answered.body, answered.received)

    def _tidy(self, there: list[Found], now: datetime) -> None:
        """Receive what could not be received before, and remove what was said so long ago that nobody will fetch it."""
        self.received.intersection_update(there)
        kept = row_of(settings.RETENTION, Data.UNPARSED).purged
        for found in there:
            try:
                if found.path.name.endswith(_AGAIN) and found.size <= LARGEST:
                    self._receive(found, now)
                elif found.path.name.endswith(SAID):
                    said_at = datetime.fromtimestamp(found.written_ns / 1e9, UTC)
                    if kept.end(said_at, UTC) <= now:
                        found.path.unlink()
            except OSError as problem:
                self.troubles.meet(LogEvent.RECEIPT_UNWRITABLE, found.path.name, problem)

    def _receive(self, found: Found, now: datetime) -> None:
        """Receive a request that was answered by the fall-back, once, and take it away."""
        if found not in self.received:
            name = found.path.name.removesuffix(_AGAIN)
            receive(found.path.read_bytes(), source=INTERACTIVE, name=name, now=now)
            self.received.add(found)
        found.path.unlink()

    def _put_out(self, path: Path, given: _Given) -> None:
        """Write the answer beside the request, once, and take the request away."""
        try:
            if given.body:
                _write(path.with_name(path.name + given.ending), given.body)
                given.body = b""
            if given.received:
                path.unlink()
            else:
                path.replace(path.with_name(f"{path.name}{_AGAIN}"))
        except OSError as problem:
            self.troubles.meet(LogEvent.RECEIPT_UNWRITABLE, path.name, problem)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(f".{path.name}.tmp")
    half.write_bytes(content)
    half.replace(path)
