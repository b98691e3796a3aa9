"""The handover list: what the next shift takes over, and what happened in this one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.domain.staff import StaffRole
from torogoz.storage.access.handover import handover as read_handover
from torogoz.web.asker import asker
from torogoz.web.review_words import COUNTED


@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """The page; it prints."""
    who = asker(request, purpose=True)
    now = timezone.now()
    page = read_handover(who, now)
    counts = [(COUNTED[event.value], number) for event, number in page.counts]
    supervises = who.role is StaffRole.SUPERVISOR
    return render(
        request,
        "handover/handover.html",
        {"page": page, "counts": counts, "now": now, "givers": page.reviewers if supervises else ()},
    )


urlpatterns = [path("handover", handover, name="handover")]
