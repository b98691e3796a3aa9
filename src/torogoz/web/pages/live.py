"""The stream that keeps the queue and the board moving."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.storage.access.guard import admit
from torogoz.storage.access.stream import MAY
from torogoz.web.asker import asker
from torogoz.web.live import listen


@require_GET
def live(request: HttpRequest) -> StreamingHttpResponse:
    """Open a stream for the asker, from the event after the one they last heard."""
    who = asker(request)
    admit(who, MAY, timezone.now(), purpose=True)
    heard = request.headers.get("Last-Event-ID", "")[:18]
    return StreamingHttpResponse(
        listen(str(request.session.session_key), who.account, int(heard) if heard.isdecimal() else None),
        content_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


urlpatterns = [path("live", live, name="live")]
