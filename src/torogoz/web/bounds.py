"""How much a client may send, and for how long: counted while it arrives, before anything is kept of it.

Django's ASGI handler takes a body whole before a view sees it. Here the stream ends with 413 once it is larger than the
flow takes, at once where it says so itself; and of a stranger, who shows neither a sender's token nor a session, no
more is taken than a form of the sign-in needs, so that strangers cannot fill the memory. The settings keep what is
smaller in memory: nothing is written to a temporary file, in clear. A body that is not whole in time ends with 408.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from django.http.cookie import parse_cookie
from django.utils import timezone

from torogoz.errors import RefusedError, UnavailableError
from torogoz.flow.receive import LARGEST
from torogoz.flow.senders import may_deliver, met_before
from torogoz.web import limits
from torogoz.web.middleware.session import ended
from torogoz.web.pages.intake import token_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

#: A form around a file adds its boundaries and fields.
_ROOM = 64 * 1024
#: What a stranger may send: a sign-in, or the answer of a passkey.
OF_A_STRANGER = 64 * 1024

_TOO_LARGE = b"larger than what is taken here: send it in parts, and not before you sign in or show a token\n"
_TOO_SLOW = b"not whole in time, and nothing was kept of it: send it again\n"
_HEADERS = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
)


class _RefusedError(Exception):
    """The body is larger than what is taken of this client, or not whole in time."""

    def __init__(self, status: int, text: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.text = text


def bounded(application: Application, most: int = LARGEST + _ROOM) -> Application:
    """Wrap an application so that no request brings it more bytes."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        body = _Body(receive, _Limit(scope, most))
        try:
            await body.limit.bear(_announced(scope))
            await application(scope, body.receive, send)
        except _RefusedError as refused:
            body.refused = refused
        if body.refused:
            await _refuse(send, body.refused)

    return guarded


class _Body:
    """A body on its way. Where it is refused, the application is told that the client went, and lets go what it has."""

    def __init__(self, receive: Receive, limit: _Limit) -> None:
        self.limit = limit
        self.refused: _RefusedError | None = None
        self._receive = receive
        self._taken = 0
        self._whole = False
        self._end = time.monotonic() + limits.BODY_WITHIN

    async def receive(self) -> Message:
        """The next piece."""
        if self._whole:  # what comes now is that the client went, which may take as long as a stream lives
            return await self._receive()
        try:
            return await self._piece()
        except _RefusedError as refused:
            self.refused = refused
            return {"type": "http.disconnect"}

    async def _piece(self) -> Message:
        try:
            message = await asyncio.wait_for(self._receive(), self._end - time.monotonic())
        except TimeoutError:
            raise _RefusedError(408, _TOO_SLOW) from None
        self._whole = not message.get("more_body", False)
        self._taken += len(message.get("body", b""))
        await self.limit.bear(self._taken)
        return message


class _Limit:
    """What this client may send. Who they are is asked once, and only where they send more than a stranger may."""

    def __init__(self, scope: Message, most: int) -> None:
        self._scope = scope
        self._most = most
        self._known: bool | None = None

    async def bear(self, size: int) -> None:
        """Refuse so many bytes where they are too many."""
        if size > self._most:
            raise _RefusedError(413, _TOO_LARGE)
        if size > OF_A_STRANGER:
            if self._known is None:
                self._known = await _known(self._scope)
            if not self._known:
                raise _RefusedError(413, _TOO_LARGE)


# A thread of its own: those of a request begin with it, and it has not begun.
@sync_to_async(thread_sensitive=False)
def _known(scope: Message) -> bool:
    """Whether somebody has signed in, or shows a token that opens."""
    headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
    close_old_connections()
    try:
        if scope["path"] in ("/intake", "/interactive"):
            return _may_deliver(headers.get(b"authorization", ""), scope.get("client"))
        return _signed_in(parse_cookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME))
    finally:
        close_old_connections()


def _may_deliver(authorization: str, client: tuple[str, int] | None) -> bool:
    token = token_of(authorization)
    try:
        may_deliver(token, client[0] if client else "", timezone.now())
    except RefusedError:
        return False
    except UnavailableError:
        return met_before(token)  # and the page says that the database is away
    return True


def _signed_in(key: str | None) -> bool:
    if not key or not (key.isascii() and key.isalnum()):
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return SESSION_KEY in store and not ended(store.get("started"), store.get("seen"), timezone.now())


def _announced(scope: Message) -> int:
    """The length that a request says its body has; 0 where it says none that is a number."""
    told = next((value for name, value in scope.get("headers", ()) if name == b"content-length"), b"")
    return int(told) if told.isdigit() and len(told) < 20 else 0


async def _refuse(send: Send, refused: _RefusedError) -> None:
    headers = [*_HEADERS, (b"content-length", str(len(refused.text)).encode())]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": refused.text})
