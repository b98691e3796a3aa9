"""The board of flights, which moves by itself, and the page of one flight."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from torogoz.storage.access import board as access
from torogoz.web.asker import asker


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _show(request, "board/board.html", live=False)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The tables alone."""
    return _show(request, "board/table.html", live=True)


@require_GET
def flight(request: HttpRequest, journey: int) -> HttpResponse:
    """One flight."""
    now = timezone.now()
    page = access.flight_page(asker(request, purpose=True), journey, now)
    return render(request, "board/flight.html", {"page": page, "flight": page.flight, "now": now})


def _show(request: HttpRequest, template: str, *, live: bool) -> HttpResponse:
    now = timezone.now()
    return render(request, template, {"board": access.board(asker(request, purpose=True), now, live=live), "now": now})


urlpatterns = [
    path("flights", board, name="board"),
    path("flights/table", table, name="board_table"),
    path("flights/<int:journey>", flight, name="flight"),
]
