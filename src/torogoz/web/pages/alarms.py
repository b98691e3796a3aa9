"""The supervisor's alarms, which stand on every page of theirs and renew themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.storage.access.alarms import alarms as count
from torogoz.web.asker import asker


@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """The notice alone."""
    return render(request, "alarms.html", {"alarms": count(asker(request), timezone.now())})


urlpatterns = [path("alarms", alarms, name="alarms")]
