"""What a carrier's own person sees: their figures, their findings, a message tried, and their outages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from torogoz.flow.agree import end_outage
from torogoz.flow.contest import LONGEST, SHORTEST, contest
from torogoz.messages.verdict import tried
from torogoz.storage.access.contested import may_try
from torogoz.storage.access.contested import own_findings as read_findings
from torogoz.storage.access.contested import own_outages as read_outages
from torogoz.storage.access.scorecard import scorecard as read_scorecard
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.pages.carriers import declare
from torogoz.web.pages.messages import words_of
from torogoz.web.pages.scorecard import days_of, show

#: A message that is tried has so many signs: a manifest of two hundred seats, twice.
LONGEST_TRIED = 256 * 1024


@require_GET
def scorecard(request: HttpRequest) -> HttpResponse:
    """The figures of one's own carrier."""
    return show(request, read_scorecard(asker(request), timezone.now(), days=days_of(request)))


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """The findings of one's own messages."""
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    page = read_findings(asker(request), timezone.now(), number)
    rows = [(each, [(found, words_of(found.finding.code)) for found in each.findings]) for each in page.messages]
    return render(
        request, "carriers/findings.html", {"page": page, "rows": rows, "shortest": SHORTEST, "longest": LONGEST}
    )


@require_POST
def contested(request: HttpRequest, message: int) -> HttpResponse:
    """Contest a finding."""
    place = request.POST.get("place", "")
    number = int(place) if place.isdecimal() and len(place) < 7 else -1
    with Attempt(notice(request)):
        contest(asker(request), message, number, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The centre sees it, and answers here."))
    return redirect("own_findings")


def outages(request: HttpRequest) -> HttpResponse:
    """One's own outages, and the form that declares another."""
    if request.method == "POST":
        with Attempt(notice(request)):
            declare(request, None)
        return redirect("own_outages")
    return render(request, "carriers/own_outages.html", {"outages": read_outages(asker(request), timezone.now())})


@require_POST
def outage_end(request: HttpRequest, outage: int) -> HttpResponse:
    """Note that an outage is over."""
    end_outage(asker(request), outage, timezone.now())
    messages.success(request, _("The outage is over."))
    return redirect("own_outages")


@sensitive_post_parameters()
def sandbox(request: HttpRequest) -> HttpResponse:
    """Try a message: what is said of it is shown once, and neither it nor that is kept anywhere."""
    may_try(asker(request), timezone.now())
    context: dict[str, object] = {"longest": LONGEST_TRIED}
    text = request.POST.get("message", "").replace("\r\n", "\n")
    status = 200
    if len(text) > LONGEST_TRIED:
        context["too_long"], status = True, 422
    elif text.strip():
        context["tried"] = [
            (each, [(found, *words_of(found.finding.code)) for found in each.findings])
            for each in tried(text.encode("utf-8", "surrogatepass"))
        ]
    return render(request, "carriers/sandbox.html", context, status=status)


urlpatterns = [
    path("carrier", scorecard, name="own_scorecard"),
    path("carrier/findings", findings, name="own_findings"),
    path("carrier/findings/<int:message>/contest", contested, name="own_contest"),
    path("carrier/outages", outages, name="own_outages"),
    path("carrier/outages/<int:outage>/end", outage_end, name="own_outage_end"),
    path("carrier/sandbox", sandbox, name="sandbox"),
]
