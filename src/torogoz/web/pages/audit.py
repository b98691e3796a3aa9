"""The audit for the data-protection officer: read, narrowed, exported, and its sealed texts opened for a reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.audit import AuditEvent
from torogoz.messages.sensitive import contains_sensitive
from torogoz.storage.access import audit_log
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker
from torogoz.web.review_words import FAULTS

_IN_REACH = MaxValueValidator(date(2200, 1, 1))
#: A cell that begins with one of these is a formula to a spreadsheet, whatever it holds.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FilterForm(forms.Form):
    """What the log is narrowed to."""

    person = forms.CharField(required=False, max_length=150)
    event = forms.ChoiceField(required=False, choices=[("", "")] + [(each.value, each.value) for each in AuditEvent])
    since = forms.DateField(required=False, validators=[_IN_REACH])
    until = forms.DateField(required=False, validators=[_IN_REACH])
    object_type = forms.CharField(required=False, max_length=32)
    object_id = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
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
        if contains_sensitive(reason):
            raise forms.ValidationError(str(FAULTS["text_sensitive"]))
        return reason


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
            "asked": asked,
            "further": urlencode(asked | {"before": log.next or ""}),
            "export": urlencode(asked),
        },
    )


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same entries as a file, in the order of the page."""
    only, _asked = _filter(request)
    entries = audit_log.export(asker(request), timezone.now(), only)
    return StreamingHttpResponse(
        _lines(entries),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


@require_POST
def text(request: HttpRequest, entry: int) -> HttpResponse:
    """The sealed text of one entry."""
    who = asker(request)
    admit(who, audit_log.MAY, timezone.now())
    form = ReasonForm(request.POST)
    opened = None
    if form.is_valid():
        opened = audit_log.open_text(who, entry, form.cleaned_data["reason"], timezone.now())
    return _text_page(request, entry, form, opened, status=200 if opened is not None else 422)


@require_GET
def ask_text(request: HttpRequest, entry: int) -> HttpResponse:
    """The form that asks why."""
    admit(asker(request), audit_log.MAY, timezone.now())
    return _text_page(request, entry, ReasonForm(), None, status=200)


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _filter(request: HttpRequest) -> tuple[audit_log.Filter, dict[str, str]]:
    """What was asked for, and how to ask for it again; what makes no sense narrows nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    event = asked.get("event")
    only = audit_log.Filter(
        account=asked.get("person") or "",
        event=AuditEvent(event) if event else None,
        since=_midnight(asked.get("since")),
        until=_midnight(asked["until"] + timedelta(days=1)) if asked.get("until") else None,
        object_type=asked.get("object_type") or "",
        object_id=asked.get("object_id"),
        before=asked.get("before"),
    )
    kept = {name: str(value) for name, value in asked.items() if value not in (None, "") and name != "before"}
    return only, kept


def _midnight(day: date | None) -> datetime | None:
    """The beginning of a day on this centre's wall."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _text_page(request: HttpRequest, entry: int, form: ReasonForm, opened: str | None, *, status: int) -> HttpResponse:
    return render(request, "audit/text.html", {"entry": entry, "form": form, "opened": opened}, status=status)


class _Echo:
    """Gives each line back to who writes it, so that no file is made."""

    def write(self, line: str) -> str:
        """Give the line."""
        return line


def _lines(entries: Iterator[audit_log.Entry]) -> Iterator[str]:
    """The lines of an export, with the notice of a demo home before all others."""
    writer = csv.writer(_Echo())
    if settings.DEMO:
        yield writer.writerow([gettext("Demonstration: every person, flight and list here is invented.")])
    yield writer.writerow(
        ["id", "at", "by", "role", "agency", "event", "purpose", "object_type", "object_id", "counts", "has_text"]
    )
    for each in entries:
        counts = " ".join(f"{name}={number}" for name, number in each.counts)
        yield writer.writerow(
            [
                each.id,
                each.at.isoformat(),
                safe(each.by),
                each.role or "",
                safe(each.agency),
                each.event,
                each.purpose or "",
                each.object_type,
                "" if each.object_id is None else each.object_id,
                counts,
                int(each.has_text),
            ]
        )


urlpatterns = [
    path("audit", audit, name="audit"),
    path("audit/export", export, name="audit_export"),
    path("audit/<int:entry>/text", ask_text, name="audit_text"),
    path("audit/<int:entry>/text/open", text, name="audit_text_open"),
]
