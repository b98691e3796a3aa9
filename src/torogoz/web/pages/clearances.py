"""Homonym memory: who was cleared and by what, taking it back, what people bring, and stops in spite of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.clearance import ProofKind
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.flow import clearances as flow
from torogoz.flow import proofs
from torogoz.storage.access.clearances import LONGEST_PAGE
from torogoz.storage.access.clearances import clearances as read_clearances
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice, spoken


@require_GET
def clearances(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The page, with the form as it was sent where something in it is wrong."""
    who, now = asker(request, purpose=True), timezone.now()
    context = {
        "problem": problem,
        "said": request.POST,
        "page": read_clearances(who, now),
        "kinds": tuple(ProofKind),
        "reviews": who.role in REVIEWERS,
        "supervises": who.role is StaffRole.SUPERVISOR,
        "longest": LONGEST_PAGE,
        "now": now,
    }
    return render(request, "clearances/clearances.html", context, status=422 if problem else 200)


@require_POST
def revoke(request: HttpRequest, clearance: int) -> HttpResponse:
    """Take back what a reviewer's decision has cleared."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.revoke(who, clearance, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The clearance is revoked: the next look at each flight raises as before."))
    return redirect("clearances")


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Write a proof down. Where that cannot be, what was filled in stays."""
    who = asker(request, purpose=True)
    admit(who, REVIEWERS, timezone.now(), purpose=True)
    try:
        proofs.enter(who, _proof(request), timezone.now())
    except AuthorError as wrong:
        return _page(request, spoken(wrong))
    messages.success(request, _("The proof is entered. It has no effect before another person has verified it."))
    return redirect("clearances")


@require_POST
def verify(request: HttpRequest, proof: int) -> HttpResponse:
    """The second person has asked the issuer."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        proofs.verify(who, proof, timezone.now())
        messages.success(request, _("You verified it: its holder is cleared until its last day."))
    return redirect("clearances")


@require_POST
def revoke_proof(request: HttpRequest, proof: int) -> HttpResponse:
    """End a proof."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        proofs.revoke(who, proof, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The proof is revoked: the next look at each flight raises as before."))
    return redirect("clearances")


@require_POST
def look(request: HttpRequest, repeated: int) -> HttpResponse:
    """Say how a cleared person came to be stopped again."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.look_at(who, repeated, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("You looked at it. Why is kept with the audit."))
    return redirect("clearances")


def _proof(request: HttpRequest) -> proofs.Proof:
    """What the form says. AuthorError where a choice or a day is missing."""
    sent = request.POST
    try:
        return proofs.Proof(
            ProofKind(sent.get("kind", "")),
            sent.get("authority", ""),
            sent.get("number", ""),
            sent.get("document", ""),
            sent.get("issuer", ""),
            sent.get("birth_date", ""),
            date.fromisoformat(sent.get("valid_until", "")),
            int(sent.get("watchlist", "")),
            sent.get("entry", "").strip(),
        )
    except ValueError:
        raise AuthorError("a choice or a day is missing", remedy="fill in all of the form") from None


urlpatterns = [
    path("clearances", clearances, name="clearances"),
    path("clearances/<int:clearance>/revoke", revoke, name="clearance_revoke"),
    path("clearances/proofs", enter, name="proof_enter"),
    path("clearances/proofs/<int:proof>/verify", verify, name="proof_verify"),
    path("clearances/proofs/<int:proof>/revoke", revoke_proof, name="proof_revoke"),
    path("clearances/repeated/<int:repeated>", look, name="repeat_look"),
]
