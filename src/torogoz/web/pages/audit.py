"""The audit for the data-protection officer: read, narrowed, exported, and its sealed texts opened for a reason."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.audit import AuditEvent, AuditRow
from torogoz.flow.export_audit import export_audit
from torogoz.storage.access import audit_log
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker

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
    before = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


class ReasonForm(forms.Form):
    """Why a sealed text is opened."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )


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


def _filter(request: HttpRequest) -> tuple[audit_log.Filter, dict[str, str]]:
    """What was asked for, and how to ask for it again; what makes no sense narrows nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    event, kind = asked.get("event"), asked.get("object_type")
    only = audit_log.Filter(
        account=asked.get("person") or "",
        event=AuditEvent(event) if event else None,
        since=_midnight(asked.get("since")),
        until=_midnight(asked["until"] + timedelta(days=1)) if asked.get("until") else None,
        object_type=AuditRow(kind) if kind else None,
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


async def _streamed(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Some thousand lines at a time, so that an export of years is never in memory."""
    while batch := await sync_to_async(lambda: b"".join(islice(lines, _AT_ONCE)))():
        yield batch


urlpatterns = [
    path("audit", audit, name="audit"),
    path("audit/export", export, name="audit_export"),
    path("audit/<int:entry>/text", ask_text, name="audit_text"),
    path("audit/<int:entry>/text/open", text, name="audit_text_open"),
]
