"""What is kept past its clock: the holds with their reviews, and placing, keeping and ending one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError
from torogoz.flow import holds as flow
from torogoz.storage.access.guard import admit
from torogoz.storage.access.holds import holds as read_holds
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice


@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """The page."""
    who, now = asker(request, purpose=True), timezone.now()
    context = {"page": read_holds(who, now), "may_act": who.role is StaffRole.SUPERVISOR, "now": now}
    return render(request, "holds/holds.html", context)


@require_POST
def place(request: HttpRequest, traveller: int) -> HttpResponse:
    """Keep a record longer, from its dossier."""
    who = _placer(request)
    with Attempt(notice(request)):
        review_on, expires_on = _days(request)
        flow.place(who, traveller, _reason(request), review_on, expires_on, timezone.now())
        messages.success(request, _("The hold is placed: this record is kept beyond its time."))
    return redirect("dossier", traveller)


@require_POST
def answer(request: HttpRequest, hold: int) -> HttpResponse:
    """Keep a hold after looking at it again, or end it."""
    who = _placer(request)
    with Attempt(notice(request)):
        if request.POST.get("answer") == "keep":
            review_on, expires_on = _days(request)
            flow.review(who, hold, _reason(request), review_on, expires_on, timezone.now())
            messages.success(request, _("The hold goes on. Why is kept with the audit."))
        else:
            flow.end(who, hold, _reason(request), timezone.now())
            messages.success(request, _("The hold has ended. Where nothing else holds it, the record goes on time."))
    return redirect("holds")


@require_POST
def let_go(request: HttpRequest, hit: int) -> HttpResponse:
    """Close a hit that nobody decided while its record could be read."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.end_undecided(who, hit, _reason(request), timezone.now())
        messages.success(
            request, _("The hit is closed undecided. Where nothing else holds it, the record goes on time.")
        )
    return redirect("holds")


def _placer(request: HttpRequest) -> Who:
    """Who asks, where they may; before anything that they sent is looked at."""
    who = asker(request, purpose=True)
    admit(who, flow.PLACERS, timezone.now(), purpose=True)
    return who


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _days(request: HttpRequest) -> tuple[date, date]:
    try:
        return date.fromisoformat(request.POST["review_on"]), date.fromisoformat(request.POST["expires_on"])
    except (KeyError, ValueError):
        raise AuthorError("a day is missing or on no calendar", remedy="choose both days") from None


urlpatterns = [
    path("holds", holds, name="holds"),
    path("holds/<int:hold>", answer, name="answer_hold"),
    path("holds/hit/<int:hit>", let_go, name="let_go"),
    path("traveller/<int:traveller>/hold", place, name="place_hold"),
]
