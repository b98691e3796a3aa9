"""The rules: what screens travellers, in words; proposing a rule; and the second person's answers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import rules as flow
from torogoz.storage.access import rules as access
from torogoz.storage.access.guard import NotThereError
from torogoz.targeting.examples import NAMES, example_rules
from torogoz.targeting.field import Language
from torogoz.targeting.findings import RuleFinding, RuleRefusedError
from torogoz.targeting.rulefile import MAX_BYTES
from torogoz.web import ruletext
from torogoz.web.asker import asker


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that the asker may see."""
    who, now = asker(request), timezone.now()
    shown = [(each, _title(each.shown)) for each in access.rules(who, now)]
    return render(request, "rules/rules.html", {"rules": shown, "may_propose": access.may_propose(who)})


@require_safe
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule with its versions."""
    found = access.rule(asker(request), rule_id, timezone.now())
    versions = found.versions
    told = [
        {
            "version": version,
            "title": _title(version),
            "text": _text(version),
            "changes": ruletext.changes(before.document, version.document)
            if before and before.document and version.document
            else [],
        }
        for version, before in zip(versions, (*versions[1:], None), strict=True)
    ]
    shown = next(each for each in told if each["version"] is found.shown)
    return render(request, "rules/rule.html", {"rule": found, "shown": shown, "versions": told})


def propose(request: HttpRequest) -> HttpResponse:
    """The form, and what the linter finds in what was sent."""
    who, now = asker(request), timezone.now()
    access.admit_author(who, now)
    if request.method != "POST":
        return _form(request, _starting_from(request))
    text = _sent(request)
    try:
        version = flow.propose(who, text, now)
    except RuleRefusedError as refused:
        return _form(request, text, refused.findings, status=422)
    except RefusedError:
        messages.error(request, _("A version of this rule already waits for its second person. Let them answer first."))
        return _form(request, text, status=409)
    except AuthorError:
        messages.error(request, _("This key is taken. Choose another key for the rule."))
        return _form(request, text, status=409)
    messages.success(request, _("The rule is proposed. It screens nobody until a second person approves it."))
    return redirect("rule", rule_id=access.rule_of(version))


@require_POST
def answer(request: HttpRequest, rule_id: int, version: int, act: str) -> HttpResponse:
    """What a person says of a version: the second person's answers, and the request to stop."""
    try:
        _act(asker(request), version, act, request.POST.get("reason", ""), timezone.now())
    except RuleRefusedError as refused:
        found = "; ".join(each.text(ruletext.language()) for each in refused.findings)
        messages.error(request, _("The version cannot be approved as it is: %(found)s.") % {"found": found})
    except NotThereError:
        raise
    except RefusedError:
        messages.error(
            request, _("This was not done: a colleague was quicker, or it asks for another person than the first.")
        )
    except AuthorError:
        messages.error(request, _("This was not done: the reason is missing, is too long, or holds sensitive data."))
    else:
        messages.success(request, _("Done. Your answer stands in the audit."))
    return redirect("rule", rule_id=rule_id)


def _act(who: Who, version: int, act: str, reason: str, now: datetime) -> None:
    match act:
        case "approve":
            flow.approve(who, version, reason, now)
        case "refuse":
            flow.refuse_proposal(who, version, reason, now)
        case "request-stop":
            flow.request_stop(who, version, reason, now)
        case "stop":
            flow.stop(who, version, now)
        case "keep":
            flow.keep(who, version, now)


def _form(
    request: HttpRequest, text: bytes, findings: tuple[RuleFinding, ...] = (), *, status: int = 200
) -> HttpResponse:
    language = ruletext.language()
    found = [(each.at or "/", each.text(language), each.remedy(language)) for each in findings]
    context = {"text": text.decode("utf-8", "replace"), "findings": found, "examples": NAMES}
    return render(request, "rules/propose.html", context, status=status)


def _starting_from(request: HttpRequest) -> bytes:
    """The document that the author begins with: the version of a rule that is shown, or an example."""
    review_on = timezone.localdate() + timedelta(days=180)
    if request.GET.get("rule", "").isdecimal():
        shown = access.rule(asker(request), int(request.GET["rule"]), timezone.now()).shown
        document = {**(shown.document or {}), "review_on": review_on.isoformat()}
    else:
        examples = {str(each["key"]): each for each in example_rules(review_on)}
        document = examples.get(request.GET.get("example", ""), examples[NAMES[0]])
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _sent(request: HttpRequest) -> bytes:
    """A file where one was chosen, else what stands in the form; no more of it than the linter reads."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        data: bytes = file.read(MAX_BYTES + 1)
        return data
    return request.POST.get("text", "").encode()


def _title(version: access.Version) -> str:
    return version.title_es if ruletext.language() is Language.ES else version.title_en


def _text(version: access.Version) -> dict[str, str] | None:
    document = version.document
    if document is None:
        return None
    return {
        "condition": ruletext.clause(document["condition"]),
        "unless": ruletext.clause(document["unless"]) if "unless" in document else "",
        "no_unless": ruletext.of(document, "no_unless"),
        "reason": ruletext.of(document, "reason"),
        "owner": document["owner"],
        "legal_basis": document["legal_basis"],
    }


urlpatterns = [
    path("rules", rules, name="rules"),
    path("rules/propose", propose, name="rule_propose"),
    path("rules/<int:rule_id>", rule, name="rule"),
    path("rules/<int:rule_id>/versions/<int:version>/approve", answer, {"act": "approve"}, name="rule_approve"),
    path("rules/<int:rule_id>/versions/<int:version>/refuse", answer, {"act": "refuse"}, name="rule_refuse"),
    path("rules/<int:rule_id>/versions/<int:version>/stop", answer, {"act": "stop"}, name="rule_stop"),
    path("rules/<int:rule_id>/versions/<int:version>/keep", answer, {"act": "keep"}, name="rule_keep"),
    path(
        "rules/<int:rule_id>/versions/<int:version>/request-stop",
        answer,
        {"act": "request-stop"},
        name="rule_request_stop",
    ),
]
