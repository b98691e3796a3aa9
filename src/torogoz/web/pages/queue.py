"""The queue: the page, and its table alone, which the page fetches again when the stream says that it changed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.storage.access.queue import BANDS, LONGEST
from torogoz.storage.access.queue import queue as read_queue
from torogoz.storage.access.referrals import new_answers
from torogoz.web.asker import asker


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _show(request, "queue/queue.html", live=False)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The table alone."""
    return _show(request, "queue/table.html", live=True)


def _show(request: HttpRequest, template: str, *, live: bool) -> HttpResponse:
    now = timezone.now()
    band = next((each for each in BANDS if str(each) == request.GET.get("gravity")), None)
    mine = request.GET.get("mine") == "1"
    who = asker(request, purpose=True)
    filters = urlencode({"gravity": band or "", "mine": "1" if mine else ""})
    return render(
        request,
        template,
        {
            "queue": read_queue(who, now, band=band, mine=mine, live=live),
            "band": band,
            "mine": mine,
            "longest": LONGEST,
            "answers": new_answers(who),
            "now": now,
            "table_url": f"{reverse('queue_table')}?{filters}",
        },
    )


urlpatterns = [path("queue", queue, name="queue"), path("queue/table", table, name="queue_table")]
