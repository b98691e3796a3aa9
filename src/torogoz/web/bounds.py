"""How much a client may send: counted while it arrives, before anything is kept of it.

Django's ASGI handler takes a body whole before a view sees it, and writes what is large to a temporary file, in clear.
Here the stream ends with 413 once it is larger than the flow takes, at once where it says so itself, and the settings
keep what is smaller in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from torogoz.flow.receive import LARGEST

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

#: A form around a file adds its boundaries and fields.
_ROOM = 64 * 1024


_TEXT = b"larger than 64 MiB: send it in parts\n"
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-length", str(len(_TEXT)).encode()),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
]


class _TooLargeError(Exception):
    """The body is larger than anything that this product takes."""


def bounded(application: Application, most: int = LARGEST + _ROOM) -> Application:
    """Wrap an application so that no request brings it more bytes."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        if _announced(scope) > most:
            await _refuse(send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooLargeError
            return message

        try:
            await application(scope, counted, send)
        except _TooLargeError:
            await _refuse(send)

    return guarded


def _announced(scope: Message) -> int:
    """The length that a request says its body has; 0 where it says none that is a number."""
    told = next((value for name, value in scope.get("headers", ()) if name == b"content-length"), b"")
    return int(told) if told.isdigit() and len(told) < 20 else 0


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _TEXT})
