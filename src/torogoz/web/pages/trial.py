"""Trying entries before they go live: a file, or the fields of one. Nobody's hit is touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torogoz.domain.purpose import Purpose, covered_purposes
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import LIST_PURPOSES
from torogoz.errors import AuthorError, UnavailableError
from torogoz.flow import trial as flow
from torogoz.matching.sources.csv import LIST_COLUMNS
from torogoz.matching.sources.formats import ListFormat, Reading
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage.access import lists as access
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker
from torogoz.web.attempt import spoken
from torogoz.web.limits import Rate, take
from torogoz.web.pages.errors import too_many
from torogoz.web.pages.lists import choices, pieces, reading_of
from torogoz.web.ruletext import reader_language

#: How often one person tries entries: each trial may take as long as `flow.trial` says.
TRIALS = Rate("trial", per_second=1 / 60, at_once=10)


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, list_id: int) -> HttpResponse:
    """The form, and what the entries would hit."""
    who, now = asker(request, purpose=True), timezone.now()
    admit(who, flow.MAY, now, purpose=True)
    shown, _versions = access.watchlist(who, list_id, now)
    context = {
        "list": shown,
        "sent": request.POST,
        # Those of the list's own entries first.
        "purposes": sorted(_purposes(who), key=lambda each: -dict(shown.purposes).get(each, 0)),
        "columns": LIST_COLUMNS,
        **choices(request),
        "limits": {
            "entries": flow.MOST_ENTRIES,
            "travellers": flow.MOST_TRAVELLERS,
            "seconds": int(flow.SECONDS),
            "days": flow.LOOKED_BACK.days,
        },
    }
    if request.method != "POST":
        return render(request, "lists/trial.html", context)
    if take(TRIALS, str(who.account), now.timestamp()):
        return too_many(request)
    status, problem, refused = 422, "", list[RefusedRow]()
    try:
        file, reading = _sent(request)
        entries, refused = flow.read_entries(file, _purpose(request, who), now, reading)
        if entries:
            context["trial"] = flow.try_entries(who, list_id, entries, request.POST.get("reason", ""), now)
            status = 200
        else:
            problem = _("No line can be tried: correct what is named below.")
    except AuthorError as wrong:
        problem = spoken(wrong)
    except UnavailableError as busy:
        problem, status = spoken(busy), 409
    context |= {"problem": problem, "refused": [row.text(reader_language()) for row in refused]}
    return render(request, "lists/trial.html", context, status=status)


def _purposes(who: Who) -> list[Purpose]:
    """The purposes of lists under which the asker may try an entry."""
    covered = covered_purposes(who.purpose) if who.purpose else frozenset()
    return [each for each in Purpose if each in covered & LIST_PURPOSES]


def _purpose(request: HttpRequest, who: Who) -> Purpose:
    chosen = [each for each in _purposes(who) if each.value == request.POST.get("purpose")]
    if not chosen:
        raise AuthorError(
            "no entry has a purpose that yours covers", remedy="choose the entries' purpose, and try again"
        )
    return chosen[0]


def _sent(request: HttpRequest) -> tuple[Iterable[bytes], Reading]:
    """The file, and what is asked of it as an import asks; or the fields of the form as a file of one line."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return pieces(file), reading_of(request, file)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(LIST_COLUMNS)
    fields = {column: request.POST.get(column, "").strip() for column in LIST_COLUMNS}
    writer.writerow((fields | {"id": fields["id"] or _("(trial)")}).values())
    return [text.getvalue().encode()], Reading(ListFormat.CSV)


urlpatterns = [path("watchlists/<int:list_id>/trial", trial, name="watchlist_trial")]
