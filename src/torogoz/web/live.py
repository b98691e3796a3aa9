"""Live screens: one look at the events for the whole process, and a stream for each reader (server-sent events).

A stream says which screens have news for its reader and never what the news is; the screen then fetches itself anew.
Each stream asks `storage.access` again for every event, and ends with its reader's session. A reader who comes back
names the last event they heard (Last-Event-ID) and misses none. Streams end within seconds when the server stops.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from torogoz.storage.access import stream
from torogoz.web.middleware.session import ended

#: How often the process looks for new events, in seconds.
LOOK_EVERY = 0.5
#: A stream that has nothing to say says so this often, so that nobody between cuts it.
HEARTBEAT = 15.0


@dataclass(slots=True)
class Feed:
    """The process's one poller: it wakes every stream when there is a later event, and rests while nobody listens."""

    last: int = 0
    listeners: int = 0
    _moved: asyncio.Condition = field(default_factory=asyncio.Condition)
    _poller: asyncio.Task[None] | None = None

    async def later_than(self, heard: int) -> bool:
        """Wait until there is an event after `heard`; False where a heartbeat's time passed without one."""
        async with self._moved:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await self._moved.wait_for(lambda: self.last > heard)
        return self.last > heard

    async def join(self) -> None:
        """Count a listener in; the first one starts the poller."""
        self.listeners += 1
        if self._poller is None:
            self.last = await _latest()
            self._poller = asyncio.create_task(self._look())

    def leave(self) -> None:
        """Count a listener out; the last one ends the poller."""
        self.listeners -= 1
        if self.listeners == 0 and self._poller:
            self._poller.cancel()
            self._poller = None

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                last = await _latest()
            except DatabaseError:  # it is away for a moment; streams go on when it is back
                continue
            if last != self.last:
                async with self._moved:
                    self.last = last
                    self._moved.notify_all()


_feeds: WeakKeyDictionary[asyncio.AbstractEventLoop, Feed] = WeakKeyDictionary()


def feed() -> Feed:
    """The feed of this process, which has one event loop."""
    return _feeds.setdefault(asyncio.get_running_loop(), Feed())


async def listen(session_key: str, account: int, heard: int | None) -> AsyncIterator[str]:
    """The text of one reader's stream."""
    source = feed()
    await source.join()
    try:
        last = source.last if heard is None else heard
        yield f"retry: 2000\nid: {last}\n\n"
        while True:
            moved = await source.later_than(last)
            told = await _told(session_key, account, last)
            if told is None:
                return
            for screen in sorted(told.screens):
                yield f"id: {told.last}\nevent: {screen}\ndata: {told.last}\n\n"
            if not moved:
                yield ": still here\n\n"
            last = told.last
    finally:
        source.leave()


# Threads of their own: those of a request end with it, and a stream outlives the request that began the poller.
@sync_to_async(thread_sensitive=False)
def _latest() -> int:
    close_old_connections()
    try:
        return stream.latest()
    finally:
        close_old_connections()


@sync_to_async(thread_sensitive=False)
def _told(session_key: str, account: int, after: int) -> stream.News | None:
    """What the reader may hear of; None where their session or their work has ended."""
    close_old_connections()
    try:
        store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        if str(store.get("_auth_user_id")) != str(account):
            return None
        if ended(store.get("started"), store.get("seen"), timezone.now()):
            return None
        who = stream.reader(account, store.get("purpose"))
        return stream.news(who, after) if who else None
    finally:
        close_old_connections()
