"""Whether everything that should run runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.storage.access.health import health as read_health
from torogoz.web.asker import asker


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = timezone.now()
    return render(request, "health/health.html", {"health": read_health(asker(request), now), "now": now})


urlpatterns = [path("health", health, name="health")]
