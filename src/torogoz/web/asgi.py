"""The application that an ASGI server runs. It does not start with keys that are not those of its database."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils import timezone

from torogoz.errors import TorogozError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torogoz.web.settings")
# WhiteNoise serves static files through synchronous iterators; they are small, and reading them at once is right.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_django = get_asgi_application()

from torogoz.storage.access.keys import need_keys  # noqa: E402 - it needs models, which Django has loaded by now
from torogoz.web.bounds import bounded  # noqa: E402 - likewise

_bounded = bounded(_django)  # type: ignore[arg-type]  # Django says dict where ASGI says mapping

Message = MutableMapping[str, Any]


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answer requests; and where the server asks before it starts (ASGI's lifespan), look at the keys first."""
    if scope["type"] != "lifespan":
        await _bounded(scope, receive, send)
        return
    await receive()
    try:
        await asyncio.to_thread(_look)
    except TorogozError as problem:
        await send({"type": "lifespan.startup.failed", "message": str(problem)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def _look() -> None:
    try:
        need_keys(timezone.now())
    finally:
        connections.close_all()
