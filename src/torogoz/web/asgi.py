"""The application that an ASGI server runs."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torogoz.web.settings")
# WhiteNoise serves static files through synchronous iterators; they are small, and reading them at once is right.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_django = get_asgi_application()

from torogoz.web.bounds import bounded  # noqa: E402 - it needs models, which Django has loaded by now

application = bounded(_django)  # type: ignore[arg-type]  # Django says dict where ASGI says mapping
