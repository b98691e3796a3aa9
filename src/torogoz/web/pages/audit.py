"""The audit for the data-protection officer: read, narrowed, exported; marks looked at; sealed texts opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.audit import AuditEvent, AuditRow
from torogoz.flow.export_audit import export_audit
from torogoz.flow.free_text import tells_sensitive
from torogoz.storage.access import audit_log, marks
from torogoz.storage.access.guard import admit
from torogoz.storage.access.marks import Marks
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.review_words import FAULTS

_IN_REACH = MaxValueValidator(date(2200, 1, 1))
#: Lines of an export that leave at once.
_AT_ONCE = 2000


def _choices(members: type[StrEnum]) -> list[tuple[str, str]]:
    return [("", ""), *((each.value, each.value) for each in members)]


class FilterForm(forms.Form):
    """What the log is narrowed to."""

    person = forms.CharField(required=False, max_length=150)
    event = forms.ChoiceField(required=False, choices=_choices(AuditEvent))
    since = forms.DateField(required=False, validators=[_IN_REACH])
    until = forms.DateField(required=False, validators=[_IN_REACH])
    object_type = forms.ChoiceField(required=False, choices=_choices(AuditRow))
    object_id = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    marks = forms.ChoiceField(required=False, choices=_choices(Marks))
    before = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


class ReasonForm(forms.Form):
    """Why a sealed text is opened."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def clean_reason(self) -> str:
        """Refuse what no text of ours may hold."""
        reason: str = self.cleaned_data["reason"]
        if tells_sensitive(reason):
            raise forms.ValidationError(str(FAULTS["text_sensitive"]))
        return reason


class FindingForm(ReasonForm):
    """What came of looking at a mark."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = _("What came of it")


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """The page."""
    only, asked = _filter(request)
    log = audit_log.log(asker(request), timezone.now(), only)
    return render(
        request,
        "audit/audit.html",
        {
            "log": log,
            "only": only,
            "events": list(AuditEvent),
            "kinds": list(AuditRow),
            "narrowed": list(Marks),
            "open_marks": Marks.OPEN,
            "asked": asked,
            "further": urlencode(asked | {"before": log.next or ""}),
        },
    )


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The chain as a signed file, which somebody outside checks: from a day on, or all that is kept."""
    form = FilterForm(request.GET)
    form.is_valid()
    now = timezone.now()
    lines = export_audit(asker(request), now, form.cleaned_data.get("since"))
    return StreamingHttpResponse(
        _streamed(lines),
        content_type="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="audit-{now:%Y%m%dT%H%M%SZ}.jsonl"'},
    )


@require_POST
def text(request: HttpRequest, entry: int) -> HttpResponse:
    """The sealed text of one entry."""
    who = asker(request)
    admit(who, marks.MAY, timezone.now())
    form = ReasonForm(request.POST)
    opened = None
    if form.is_valid():
        opened = audit_log.open_text(who, entry, form.cleaned_data["reason"], timezone.now())
    return _text_page(request, entry, form, opened, status=200 if opened is not None else 422)


@require_GET
def ask_text(request: HttpRequest, entry: int) -> HttpResponse:
    """The form that asks why."""
    admit(asker(request), marks.MAY, timezone.now())
    return _text_page(request, entry, ReasonForm(), None, status=200)


@require_GET
def ask_mark(request: HttpRequest, mark: int) -> HttpResponse:
    """A mark, and the form that asks what came of looking at it."""
    return _mark_page(request, marks.one_mark(asker(request), mark, timezone.now()), FindingForm(), status=200)


@require_POST
def look_at(request: HttpRequest, mark: int) -> HttpResponse:
    """Keep what came of looking at a mark."""
    who, now = asker(request), timezone.now()
    seen = marks.one_mark(who, mark, now)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _mark_page(request, seen, form, status=422)
    with Attempt(notice(request)):
        marks.review(who, mark, form.cleaned_data["reason"], now)
        messages.success(request, gettext("Looked at. What you wrote stands, sealed, in the audit."))
    return redirect(f"{reverse('audit')}?marks={Marks.OPEN}")


def _mark_page(request: HttpRequest, seen: marks.MarkedLook, form: forms.Form, *, status: int) -> HttpResponse:
    return render(request, "audit/mark.html", {"seen": seen, "form": form}, status=status)


def _filter(request: HttpRequest) -> tuple[audit_log.Filter, dict[str, str]]:
    """What was asked for, and how to ask for it again; what makes no sense narrows nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    event, kind, narrowed = asked.get("event"), asked.get("object_type"), asked.get("marks")
    only = audit_log.Filter(
        account=asked.get("person") or "",
        event=AuditEvent(event) if event else None,
        since=_midnight(asked.get("since")),
        until=_midnight(asked["until"] + timedelta(days=1)) if asked.get("until") else None,
        object_type=AuditRow(kind) if kind else None,
        object_id=asked.get("object_id"),
        marks=Marks(narrowed) if narrowed else None,
        before=asked.get("before"),
    )
    kept = {name: str(value) for name, value in asked.items() if value not in (None, "") and name != "before"}
    return only, kept


def _midnight(day: date | None) -> datetime | None:
    """The beginning of a day on this centre's wall."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _text_page(request: HttpRequest, entry: int, form: ReasonForm, opened: str | None, *, status: int) -> HttpResponse:
    return render(request, "audit/text.html", {"entry": entry, "form": form, "opened": opened}, status=status)


async def _streamed(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Some thousand lines at a time, so that an export of years is never in memory."""
    while batch := await sync_to_async(lambda: b"".join(islice(lines, _AT_ONCE)))():
        yield batch


urlpatterns = [
    path("audit", audit, name="audit"),
    path("audit/export", export, name="audit_export"),
    path("audit/mark/<int:mark>", ask_mark, name="audit_mark"),
    path("audit/mark/<int:mark>/looked-at", look_at, name="audit_mark_look"),
    path("audit/<int:entry>/text", ask_text, name="audit_text"),
    path("audit/<int:entry>/text/open", text, name="audit_text_open"),
]
