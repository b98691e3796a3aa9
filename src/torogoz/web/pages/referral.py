"""Referrals: the reviewer writes one, the addressed officer reads, acknowledges and answers it, and it prints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torogoz.domain.referral import PROTECTION_CHANNELS, Channel, Outcome
from torogoz.domain.safe_text import LONGEST_TEXT, TEXTS
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.flow import share
from torogoz.storage.access import referrals
from torogoz.storage.access.decisions import ToRefer, decision_to_refer
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.words import word


class ReferralForm(forms.Form):
    """Whom to tell, how, and in which words."""

    recipient = forms.TypedChoiceField(coerce=int)
    channel = forms.ChoiceField()
    text = forms.CharField(max_length=LONGEST_TEXT)

    def __init__(self, page: ToRefer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = PROTECTION_CHANNELS if page.protected else frozenset(Channel)
        self.fields["recipient"].choices = [(each.id, each.name) for each in page.officers]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(each.value, word(each)) for each in Channel if each in channels]  # type: ignore[attr-defined]
        for name, text in (
            ("recipient", _("Choose an officer.")),
            ("channel", _("Choose how the officer is told.")),
            ("text", _("Write what the officer should do.")),
        ):
            self.fields[name].error_messages["required"] = text


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, decision: int) -> HttpResponse:
    """Write a referral for a decision in force."""
    who = asker(request, purpose=True)
    page = decision_to_refer(who, decision, timezone.now())
    draft = TEXTS[page.decision.action]
    if request.method == "GET":
        first = {"channel": Channel.SCREEN.value, "text": draft["es" if get_language() == "es" else "en"]}
        return _form(request, page, ReferralForm(page, initial=first), 200)
    form = ReferralForm(page, request.POST)
    if not form.is_valid():
        return _form(request, page, form, 422)
    given = form.cleaned_data
    with Attempt(lambda text: form.add_error("text", text)):
        share.refer(who, decision, given["recipient"], Channel(given["channel"]), given["text"], timezone.now())
        return redirect("dossier", page.subject.traveller)
    return _form(request, page, form, 422)


@require_GET
def all_referrals(request: HttpRequest) -> HttpResponse:
    """To an officer those addressed to them; to reviewers those of the hits they may see."""
    who = asker(request, purpose=True)
    now = timezone.now()
    if who.role is StaffRole.BORDER_OFFICER:
        found = referrals.addressed(who, now, live="X-Live" in request.headers)
        return render(request, "referral/mine.html", {"found": found, "now": now})
    return render(request, "referral/sent.html", {"found": referrals.sent(who, now), "now": now})


@require_GET
def referral(request: HttpRequest, referral: int) -> HttpResponse:
    """One referral, large and calm."""
    return _show(request, referral, "referral/referral.html", printed=False)


@require_GET
def printed(request: HttpRequest, referral: int) -> HttpResponse:
    """One referral on paper."""
    return _show(request, referral, "referral/print.html", printed=True)


@require_POST
def acknowledge(request: HttpRequest, referral: int) -> HttpResponse:
    """First tap: it was read."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        share.acknowledge(who, referral, timezone.now())
    return redirect("referral", referral)


@require_POST
def answer(request: HttpRequest, referral: int) -> HttpResponse:
    """Second tap: what was found."""
    who = asker(request, purpose=True)
    admit(who, {StaffRole.BORDER_OFFICER}, timezone.now(), purpose=True)
    outcome = next((each for each in Outcome if each.value == request.POST.get("outcome")), None)
    if outcome is None:
        raise AuthorError("no such answer", remedy="choose found, not found or wrong person")
    with Attempt(notice(request)):
        share.answer(who, referral, outcome, request.POST.get("note", ""), timezone.now())
    return redirect("referral", referral)


def _show(request: HttpRequest, number: int, template: str, *, printed: bool) -> HttpResponse:
    who = asker(request, purpose=True)
    now = timezone.now()
    found = referrals.referral(who, number, now, printed=printed)
    return render(
        request,
        template,
        {"found": found, "now": now, "own": who.role is StaffRole.BORDER_OFFICER, "outcomes": list(Outcome)},
    )


def _form(request: HttpRequest, page: ToRefer, form: ReferralForm, status: int) -> HttpResponse:
    drafts = TEXTS[page.decision.action]
    return render(
        request,
        "referral/refer.html",
        {"page": page, "form": form, "drafts": drafts, "longest": LONGEST_TEXT, "now": timezone.now()},
        status=status,
    )


urlpatterns = [
    path("decision/<int:decision>/refer", refer, name="refer"),
    path("referrals", all_referrals, name="referrals"),
    path("referrals/<int:referral>", referral, name="referral"),
    path("referrals/<int:referral>/print", printed, name="referral_print"),
    path("referrals/<int:referral>/acknowledge", acknowledge, name="referral_acknowledge"),
    path("referrals/<int:referral>/answer", answer, name="referral_answer"),
]
