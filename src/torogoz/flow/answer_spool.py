"""Answer by files: a request that is dropped into a folder gives an answer file beside it.

Takes: the files of a folder once they are whole, and the time.
Gives: `NAME.cusres` in the place of each request, and `revision-….cusres` for what changed since; the request goes.
Refuses: a file larger than a request is (`NAME.refused` says why). One that could not be received is answered by the
  fall-back and stays, as `NAME.again`: drop it in once more.
Records: what answer and revise record
Legal ground: that of answer; LR-23 (no copy in clear stays beside the sealed bytes).
"""

from __future__ import annotations

import signal
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from django.db import close_old_connections
from django.utils import timezone
from watchfiles import watch

from torogoz.errors import SenderError
from torogoz.flow.answer import LARGEST, answer
from torogoz.flow.revise import to_tell
from torogoz.storage.spool import Spool

#: What this folder holds beside requests.
OURS = (".cusres", ".refused", ".again")
#: A file that ends with UNZ is whole; another one is waited for, for this long.
_STILL = timedelta(milliseconds=250)
_LOOK_AGAIN = 500


def answer_until_told(folder: Path) -> None:
    """Sweep the folder whenever something appears in it, and twice a second, until SIGTERM or Ctrl-C."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    sweep(folder, timezone.now())
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
        sweep(folder, timezone.now())


def sweep(folder: Path, now: datetime) -> int:
    """Answer each request that is whole, and write what changed; give how many were answered."""
    answered = 0
    for found in Spool(folder).ready(now + _STILL):
        path = found.path
        if path.name.endswith(OURS):
            continue
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        young = found.written_ns / 1e9 > (now - _STILL).timestamp()
        if young and len(data) <= LARGEST and b"UNZ" not in data[-64:]:
            continue
        _answer_one(path, data, now)
        answered += 1
    if news := to_tell(None, now):
        _write(folder / f"revision-{now:%Y%m%dT%H%M%S%f}.cusres", news)
    return answered


def _answer_one(path: Path, data: bytes, now: datetime) -> None:
    try:
        given = answer(data, name=path.name, now=now)
    except SenderError as problem:
        _write(path.with_name(f"{path.name}.refused"), str(problem).encode())
        path.unlink()
        return
    if given.body:
        _write(path.with_name(f"{path.name}.cusres"), given.body)
    if given.received:
        path.unlink()
    else:
        path.replace(path.with_name(f"{path.name}.again"))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(f".{path.name}.tmp")
    half.write_bytes(content)
    half.replace(path)
