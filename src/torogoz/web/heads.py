"""How long a client may take over the head of a request: uvicorn bounds its size, and nothing bounds its time.

Without this a client that sends a byte now and then, or nothing at all, would keep its connection for ever, proxy or
none. A body has its own time (`bounds`), and between two requests uvicorn's keep-alive ends what is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from torogoz.web import limits

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport


class BoundedHeads(H11Protocol):
    """Closes a connection whose next head has not come whole within `limits.HEAD_WITHIN` of its first byte."""

    _late: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn's narrower type
        """Wait for the first head from now on."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting while a head is not whole; once it is, its request and its answer have all their time."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait()
        else:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(limits.HEAD_WITHIN, self.timeout_keep_alive_handler)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
