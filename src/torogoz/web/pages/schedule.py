"""The schedule: what flights are expected, and importing more of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from torogoz.errors import AuthorError
from torogoz.flow.schedule import COLUMNS, LARGEST, ScheduleReport, import_schedule
from torogoz.storage.access.schedule import expected
from torogoz.web.asker import asker
from torogoz.web.attempt import spoken
from torogoz.web.ruletext import reader_language


def schedule(request: HttpRequest) -> HttpResponse:
    """The form, and the report of what was sent."""
    who, now = asker(request), timezone.now()
    report: ScheduleReport | None = None
    problem = ""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        try:
            report = import_schedule(who, file.read(LARGEST + 1), now)
        except AuthorError as error:
            problem = spoken(error)
    elif request.method == "POST":
        messages.error(request, _("Choose a file."))
    context = {
        "expected": expected(who, now),
        "report": report,
        "refused": [each.text(reader_language()) for each in report.refused] if report else [],
        "problem": problem,
        "columns": ",".join(COLUMNS),
    }
    refused = request.method == "POST" and report is None
    return render(request, "schedule/schedule.html", context, status=422 if refused else 200)


urlpatterns = [path("schedule", schedule, name="schedule")]
