"""The application that an ASGI server runs. It does not start with keys that are not those of its database."""

from __future__ import annotations

import os
import warnings
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torogoz.web.settings")
# WhiteNoise serves static files through synchronous iterators; they are small, and reading them at once is right.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_django = get_asgi_application()

from torogoz.storage.access.keys import need_keys  # noqa: E402 - it needs models, which Django has loaded by now
from torogoz.web.bounds import bounded  # noqa: E402 - likewise


def _start() -> None:
    try:
        need_keys(timezone.now())
    finally:
        connections.close_all()


# In a thread of its own: the server imports this inside its event loop, in which Django asks no database.
with ThreadPoolExecutor(1) as threads:
    threads.submit(_start).result()

application = bounded(_django)  # type: ignore[arg-type]  # Django says dict where ASGI says mapping
