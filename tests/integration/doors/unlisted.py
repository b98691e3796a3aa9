"""The application's addresses, and two that somebody forgot to enter in the table."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from torogoz.web.urls import handler404, urlpatterns

__all__ = ["handler404", "urlpatterns"]


@login_not_required
def forgotten(_request: HttpRequest) -> HttpResponse:
    """A page that would let everybody in."""
    return HttpResponse("987654321")


urlpatterns = [*urlpatterns, path("forgotten", forgotten, name="forgotten"), path("nameless", forgotten)]
