"""Claiming, deciding, and the answers of second persons and supervisors. What will happen is said before it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torogoz.domain.disposition import TOLD, Answers, may_hurry, second_person
from torogoz.domain.hit import Action, Ground, Identity
from torogoz.domain.staff import Who
from torogoz.flow import review
from torogoz.storage.access.decisions import LONGEST, ToDecide, admit_to_hit, hit_to_decide, pending
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.review_words import FAULTS, REASONS
from torogoz.web.ways import ours
from torogoz.web.words import word

#: The three questions: the field of the answer, its closed list, and the field of its reason.
QUESTIONS = (
    ("identity", Identity, "identity_reason"),
    ("ground", Ground, "ground_reason"),
    ("action", Action, "action_reason"),
)


class DecisionForm(forms.Form):
    """The three answers. What may stand is decided by `flow.review`; here each fault finds its field."""

    identity = forms.ChoiceField(choices=[(each.value, each.value) for each in Identity])
    identity_reason = forms.CharField(required=False)
    ground = forms.ChoiceField(choices=[(each.value, each.value) for each in Ground])
    ground_reason = forms.CharField(required=False)
    action = forms.ChoiceField(choices=[(each.value, each.value) for each in Action])
    action_reason = forms.CharField(required=False)
    urgent = forms.BooleanField(required=False)
    forget = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, _members, _reason in QUESTIONS:
            self.fields[name].error_messages["required"] = _("Choose an answer.")

    def clean(self) -> dict[str, Any]:
        """Put each fault beside its field. Where an answer is missing, only the reasons are looked at."""
        complete = not self.errors
        for fault in review.faults(self.answers()):
            if complete or fault.field not in {name for name, _members, _reason in QUESTIONS}:
                self.add_error(fault.field, str(FAULTS[fault.code]))
        return self.cleaned_data

    def answers(self) -> Answers:
        """The answers; a missing one stands as the one that carries nothing, until it is given."""
        given = self.cleaned_data
        return Answers(
            identity=Identity(given.get("identity", Identity.UNCLEAR)),
            identity_reason=given.get("identity_reason", ""),
            ground=Ground(given.get("ground", Ground.NO)),
            ground_reason=given.get("ground_reason", ""),
            action=Action(given.get("action", Action.NONE)),
            action_reason=given.get("action_reason", ""),
            urgent=given.get("urgent", False),
            forget=given.get("forget", False),
        )


@require_POST
def claim(request: HttpRequest, hit: int) -> HttpResponse:
    """Claim a hit, and go on where the person was."""
    return _hold(request, hit, review.claim, "")


@require_POST
def release(request: HttpRequest, hit: int) -> HttpResponse:
    """Give a hit back."""
    return _hold(request, hit, review.release, _("The hit is free for your colleagues."))


def _hold(request: HttpRequest, hit: int, act: Callable[[Who, int, datetime], object], done: str) -> HttpResponse:
    """Take or let go of a hit; the queue's own request gets an empty answer, since the queue shows it by itself."""
    who = asker(request, purpose=True)
    if "HX-Request" in request.headers:
        refusals: list[str] = []
        with Attempt(refusals.append):
            act(who, hit, timezone.now())
        return HttpResponse(status=409 if refusals else 204)
    with Attempt(notice(request)):
        act(who, hit, timezone.now())
        if done:
            messages.success(request, done)
    return _back(request, hit)


@require_POST
def reassign(request: HttpRequest, hit: int) -> HttpResponse:
    """Give a hit to another reviewer."""
    who = asker(request, purpose=True)
    to = request.POST.get("to", "")
    with Attempt(notice(request)):
        review.reassign(who, hit, int(to) if to.isdecimal() else 0, timezone.now())
        messages.success(request, _("The hit is with the reviewer you chose."))
    return _back(request, hit)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, hit: int) -> HttpResponse:
    """The form and its answers."""
    who = asker(request, purpose=True)
    now = timezone.now()
    if request.method == "GET":
        return _form(request, hit_to_decide(who, hit, now), DecisionForm(), 200)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _form(request, hit_to_decide(who, hit, now), form, 422)
    decision = None
    with Attempt(lambda text: form.add_error(None, text)):
        decision = review.decide(who, hit, form.answers(), now)
    if decision is None:
        return _form(request, hit_to_decide(who, hit, now), form, 409)
    page = hit_to_decide(who, hit, now)
    if page.hit.waits_for_second:
        messages.success(request, _("Your decision waits for a second person. Nothing happens before they agree."))
        return redirect("dossier", page.subject.traveller)
    messages.success(request, _("Your decision is in force."))
    if form.answers().action in TOLD:
        return redirect("refer", decision)
    return redirect("dossier", page.subject.traveller)


@require_GET
def preview(request: HttpRequest, hit: int) -> HttpResponse:
    """What the answers chosen so far would bring about. It reads nothing of the hit but what the form shows."""
    admit_to_hit(asker(request, purpose=True), hit, timezone.now())
    chosen = {name: request.GET.get(name, "") for name, _members, _reason in QUESTIONS}
    complete = all(chosen[name] in set(members) for name, members, _reason in QUESTIONS)
    context: dict[str, Any] = {"complete": complete, "hit": hit}
    if complete:
        answers = Answers(
            Identity(chosen["identity"]), "–", Ground(chosen["ground"]), "–", Action(chosen["action"]), "–"
        )
        policy = second_person(
            answers, gravity=4 if request.GET.get("gravity") != "1" else 1, minor=request.GET.get("minor") == "1"
        )
        context |= {
            "faults": [FAULTS[fault.code] for fault in review.faults(answers)],
            "policy": policy,
            "may_hurry": may_hurry(answers, policy),
            "urgent": request.GET.get("urgent") == "1",
            "told": answers.action in TOLD,
            "confirms": answers.confirms,
        }
    return render(request, "decision/preview.html", context)


@require_GET
def second(request: HttpRequest) -> HttpResponse:
    """What waits for another person."""
    now = timezone.now()
    page = pending(asker(request, purpose=True), now)
    return render(request, "decision/second.html", {"page": page, "longest": LONGEST, "now": now})


@require_POST
def answer_second(request: HttpRequest, decision: int) -> HttpResponse:
    """The second person's answer."""
    who = asker(request, purpose=True)
    agrees = request.POST.get("answer") == "agree"
    with Attempt(notice(request)):
        review.second(who, decision, agrees, request.POST.get("reason", ""), timezone.now())
        messages.success(
            request,
            _("You agreed: the decision is in force.") if agrees else _("You did not agree: the hit is open again."),
        )
    return redirect("second")


@require_POST
def answer_review(request: HttpRequest, decision: int) -> HttpResponse:
    """The supervisor's review of an urgent decision."""
    who = asker(request, purpose=True)
    upholds = request.POST.get("answer") == "uphold"
    with Attempt(notice(request)):
        review.review_urgent(who, decision, request.POST.get("reason", ""), timezone.now(), upholds=upholds)
        messages.success(
            request,
            _("You upheld the urgent decision.")
            if upholds
            else _("You did not uphold it: its referrals are withdrawn and the hit is open again."),
        )
    return redirect("second")


def _form(request: HttpRequest, page: ToDecide, form: DecisionForm, status: int) -> HttpResponse:
    questions = [
        {
            "name": name,
            "reason": reason,
            "choices": [(each.value, word(each)) for each in members],
            "chosen": form[name].value() or "",
            "text": form[reason].value() or "",
            "errors": form.errors.get(name, ()),
            "reason_errors": form.errors.get(reason, ()),
            "starts": REASONS[page.hit.cause_kind][reason],
        }
        for name, members, reason in QUESTIONS
    ]
    context = {"page": page, "form": form, "questions": questions, "now": timezone.now()}
    return render(request, "decision/decide.html", context, status=status)


def _back(request: HttpRequest, hit: int) -> HttpResponse:
    """To the page somebody came from, where it is one of ours; else to the hit."""
    url = request.POST.get("next", "")
    if ours(request, url):
        return redirect(url)
    return redirect("decide", hit)


urlpatterns = [
    path("hit/<int:hit>/claim", claim, name="claim"),
    path("hit/<int:hit>/release", release, name="release"),
    path("hit/<int:hit>/reassign", reassign, name="reassign"),
    path("hit/<int:hit>/decide", decide, name="decide"),
    path("hit/<int:hit>/decide/preview", preview, name="decide_preview"),
    path("second", second, name="second"),
    path("decision/<int:decision>/second", answer_second, name="answer_second"),
    path("decision/<int:decision>/review", answer_review, name="answer_review"),
]
