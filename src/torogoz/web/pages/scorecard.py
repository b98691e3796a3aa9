"""A carrier's figures as the centre sees them, and the findings that carriers contest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.carrier import Verdict
from torogoz.flow.contest import LONGEST, SHORTEST, answer
from torogoz.storage.access.contested import contested as read_contested
from torogoz.storage.access.scorecard import DAYS, LEAST, Scorecard
from torogoz.storage.access.scorecard import scorecard as read_scorecard
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.pages.messages import words_of


def days_of(request: HttpRequest) -> int:
    """Over how many days somebody asks for figures."""
    asked = request.GET.get("days", "")
    return next((each for each in DAYS if str(each) == asked), DAYS[1])


def show(request: HttpRequest, card: Scorecard) -> HttpResponse:
    """The page of figures, which the centre and the carrier see alike."""
    busiest = max((each.received for each in card.weeks), default=0)
    found = [(each, words_of(each.code)) for each in card.found]
    context = {"card": card, "found": found, "all_days": DAYS, "least": LEAST, "busiest": max(busiest, 1)}
    return render(request, "carriers/scorecard.html", context)


@require_GET
def scorecard(request: HttpRequest, carrier: int) -> HttpResponse:
    """The figures of one carrier."""
    return show(request, read_scorecard(asker(request), timezone.now(), profile=carrier, days=days_of(request)))


@require_GET
def contested(request: HttpRequest) -> HttpResponse:
    """What carriers contest."""
    found = read_contested(asker(request), timezone.now())
    context = {
        "contested": [(each, words_of(each.finding.code)[0]) for each in found],
        "waiting": sum(each.verdict is None for each in found),
        "verdicts": tuple(Verdict),  # the class would be called
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
    return render(request, "carriers/contested.html", context)


@require_POST
def answered(request: HttpRequest, contested: int) -> HttpResponse:
    """Answer one."""
    verdict = next((each for each in Verdict if each == request.POST.get("verdict")), Verdict.STANDS)
    with Attempt(notice(request)):
        answer(asker(request), contested, verdict, request.POST.get("answer", ""), timezone.now())
        messages.success(request, _("The carrier sees your answer on its page of findings."))
    return redirect("contested")


urlpatterns = [
    path("carriers/<int:carrier>/scorecard", scorecard, name="carrier_scorecard"),
    path("carriers/contested", contested, name="contested"),
    path("carriers/contested/<int:contested>/answer", answered, name="contested_answer"),
]
