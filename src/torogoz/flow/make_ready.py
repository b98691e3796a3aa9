"""Make ready: a list of the database becomes indexes that can be asked, once for all processes, and beside who answers.

Takes: a list in a state.
Gives: its indexes by purpose, shared in memory with the other processes where that can be. Beside means in a process of
  its own, which nobody waits for: reading names holds Python's lock, and would hold up whoever is answered meanwhile.
Refuses: nothing. Where nothing can be shared, it is made by a thread of the process that asked.
Records: nothing; what goes wrong beside is logged, and whoever needs the list next makes it while they wait.
Legal ground: LR-35 (registered lists, kept current).
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connections

from torogoz.domain.log_event import LogEvent
from torogoz.domain.purpose import Purpose
from torogoz.errors import OurError
from torogoz.flow.kernels import version as code_version
from torogoz.matching import ListIndex, build
from torogoz.storage import shared_lists
from torogoz.storage.home import Home
from torogoz.storage.list_states import ListState, entries_of, list_states, purposes_of
from torogoz.storage.shared_arrays import Array

log = logging.getLogger("torogoz.lists")


@dataclass(frozen=True, slots=True)
class Made:
    """A list as it was made ready: in which state, and its indexes by purpose."""

    state: ListState
    indexes: Mapping[Purpose, ListIndex]


@dataclass(slots=True)
class Making:
    """A list that is being made ready beside. Once it is `done`, `made` is what came of it: None where it failed."""

    done: threading.Event = field(default_factory=threading.Event)
    made: Made | None = None


#: Whether what was made is near enough to the state that is wanted.
Enough = Callable[[Made], bool]


def shared(state: ListState) -> Made | None:
    """What some process has made of a list and shares, in whichever state; None where there is nothing to be used."""
    found = shared_lists.find(state, code_version())
    if found is None:
        return None
    try:
        return Made(found.state, {purpose: ListIndex.of(parts) for purpose, parts in found.arrays.items()})
    except OurError:  # of another format, or damaged: it is made again
        return None


def make_ready(state: ListState, enough: Enough) -> Made:
    """Make a list ready, or wait until another process has, where what that made is enough."""
    with shared_lists.turn(state.id):
        found = shared(state)
        return found if found and enough(found) else _make(state)


def make_beside(state: ListState, enough: Enough) -> Making:
    """Begin to make a list ready, where nobody waits for it."""
    making = Making()

    def job() -> None:
        try:
            with shared_lists.turn(state.id):
                found = shared(state)
                if found and enough(found):
                    making.made = found
                elif not shared_lists.can_share():
                    making.made = _make(state)
                elif in_a_process(state):
                    making.made = shared(state)
        except Exception as problem:  # noqa: BLE001 - whatever it is, who needs the list makes it, and meets it
            log.error(LogEvent.LIST_NOT_READY, extra={"kind": type(problem).__name__})  # noqa: TRY400 - a trace may hold data
        finally:
            making.done.set()

    begin(job)
    return making


def prepare(list_id: int, day: date) -> bool:
    """Make a list ready for the process that started this one, and share it; False where that cannot be.

    The day is that of who needs it: what is made for a later one cannot be laid over for an earlier one.
    """
    state = next((each for each in list_states(day) if each.id == list_id), None)
    return state is not None and shared_lists.keep(state, code_version(), _parts(_build(state)))


def begin(job: Callable[[], None]) -> None:
    """Run a job in a thread of its own, which ends with the process."""

    def run() -> None:
        try:
            job()
        finally:
            connections.close_all()

    threading.Thread(target=run, name="make-ready", daemon=True).start()


def in_a_process(state: ListState) -> bool:
    """Have a process of its own make a list ready and share it; False, and a line in the log, where it did not."""
    command = [sys.executable, "-m", "torogoz", "--home", str(Home.current().path), "watchlist", "prepare"]
    command += [str(state.id), "--day", f"{state.day}", "--parent", str(os.getpid())]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
    if done.returncode:
        log.error(LogEvent.LIST_NOT_READY, extra={"status": done.returncode})
    return done.returncode == 0


def _make(state: ListState) -> Made:
    made = _build(state)
    shared_lists.keep(state, code_version(), _parts(made))
    # Mapped from now on, so that what this process made of it is not in memory twice.
    return shared(state) or Made(state, made)


def _build(state: ListState) -> dict[Purpose, ListIndex]:
    return {purpose: build(entries_of(state, purpose)) for purpose in purposes_of(state)}


def _parts(made: Mapping[Purpose, ListIndex]) -> dict[Purpose, Mapping[str, Array]]:
    return {purpose: index.parts() for purpose, index in made.items()}
