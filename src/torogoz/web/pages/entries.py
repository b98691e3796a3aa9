"""One entry of a list: its page, and the forms that enter, correct and remove one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from torogoz.domain.purpose import Purpose
from torogoz.domain.traveller import Sex
from torogoz.domain.watchlist import LIST_PURPOSES, ListAction, cells_of, review_within
from torogoz.flow import entries as flow
from torogoz.flow.trial import namesakes_of
from torogoz.matching.normalise import MAX_ALIASES
from torogoz.matching.sources.csv import TERM_COLUMNS
from torogoz.storage.access import entries as access
from torogoz.storage.access.loads import load_of
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice
from torogoz.web.list_words import HELP, LABELS, faults_by_column, said
from torogoz.web.words import word

#: The fields that cannot be left empty, and the longest that each may be.
_NEEDED = frozenset({"id", *TERM_COLUMNS})
_LONGEST = {"id": 80, "owner": 80, "legal_basis": 200, "reason": 2000, "grade": 16, "handling": 32}


@require_safe
def entry(request: HttpRequest, list_id: int, entry: int) -> HttpResponse:
    """The page of an entry."""
    who, now = asker(request, purpose=True), timezone.now()
    found = access.entry(who, list_id, entry, now)
    cells = [(LABELS[each], said(each, cell)) for each, cell in cells_of(found.entry).items() if each != "id"]
    versions = [(each, [LABELS[column] for column in each.changed]) for each in found.versions]
    context = {
        "found": found,
        "cells": cells,
        "versions": versions,
        "uncompared": max(0, len(found.entry.names) - MAX_ALIASES),
        "compared": MAX_ALIASES,
        "load": load_of(who, found.row, now),
        "namesakes": namesakes_of(found.list_name, found.entry, now),
    }
    return render(request, "lists/entry.html", context)


def enter(request: HttpRequest, list_id: int) -> HttpResponse:
    """The form of a new entry, and what is wrong with what was sent."""
    who, now = asker(request, purpose=True), timezone.now()
    name = access.admit_editor(who, list_id, now)
    if request.method != "POST":
        return _form(request, list_id, name, {})
    try:
        made = flow.enter(who, list_id, _sent(request), now)
    except flow.EntryRefusedError as refused:
        return _form(request, list_id, name, _sent(request), faults_by_column(refused.faults))
    messages.success(request, _("The entry waits: nobody is compared with it until a second person puts it in force."))
    return redirect("watchlist_waiting", list_id=list_id, waiting=made)


def correct(request: HttpRequest, list_id: int, entry: int) -> HttpResponse:
    """The form of an entry that stands on the list, and what is wrong with what was sent."""
    who, now = asker(request, purpose=True), timezone.now()
    name = access.admit_editor(who, list_id, now)
    found = access.entry(who, list_id, entry, now)
    cells = cells_of(found.entry)
    if request.method != "POST":
        return _form(request, list_id, name, cells, row=found.row)
    cells = {**_sent(request), "id": cells["id"]}
    with Attempt(notice(request)):
        try:
            made = flow.correct(who, found.row, cells, now)
        except flow.EntryRefusedError as refused:
            return _form(request, list_id, name, cells, faults_by_column(refused.faults), row=found.row)
        messages.success(request, _("The correction waits: the entry stays as it is until a second person agrees."))
        return redirect("watchlist_waiting", list_id=list_id, waiting=made)
    return redirect("watchlist_entry", list_id=list_id, entry=entry)


@require_POST
def remove(request: HttpRequest, list_id: int, entry: int) -> HttpResponse:
    """Remove an entry at once."""
    who, now = asker(request, purpose=True), timezone.now()
    access.admit_editor(who, list_id, now)
    found = access.entry(who, list_id, entry, now)
    with Attempt(notice(request)):
        flow.remove(who, found.row, request.POST.get("reason", ""), now)
        messages.success(request, _("The entry is removed. Nobody is compared with it any more."))
    return redirect("watchlist_entry", list_id=list_id, entry=entry)


def _sent(request: HttpRequest) -> dict[str, str]:
    return {column: request.POST.get(column, "").strip() for column in flow.COLUMNS}


def _form(
    request: HttpRequest,
    list_id: int,
    name: str,
    cells: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
    *,
    row: int | None = None,
) -> HttpResponse:
    choices: dict[str, list[tuple[str, str]]] = {
        "sex": [(each.value, each.value) for each in Sex],
        "purpose": [(each.value, word(each)) for each in Purpose if each in LIST_PURPOSES],
        "action": [(each.value, word(each)) for each in ListAction],
    }
    found = faults or {}
    fields = [
        {
            "name": column,
            "label": LABELS[column],
            "help": HELP.get(column, ""),
            "value": cells.get(column, ""),
            "fault": found.get(column, ""),
            "choices": choices.get(column),
            "until": review_within(date.max, timezone.localdate()) if column == "review_on" else None,
            "needed": column in _NEEDED,
            "longest": _LONGEST.get(column, 4000),
        }
        for column in flow.COLUMNS
        if not (column == "id" and row)
    ]
    context = {
        "list_id": list_id,
        "list_name": name,
        "row": row,
        "key": cells.get("id", ""),
        "person": [each for each in fields if each["name"] not in TERM_COLUMNS],
        "terms": [each for each in fields if each["name"] in TERM_COLUMNS],
        "faults": found,
    }
    return render(request, "lists/entry_form.html", context, status=422 if found else 200)


urlpatterns = [
    path("watchlists/<int:list_id>/entries/new", enter, name="entry_enter"),
    path("watchlists/<int:list_id>/entries/<int:entry>", entry, name="watchlist_entry"),
    path("watchlists/<int:list_id>/entries/<int:entry>/correct", correct, name="entry_correct"),
    path("watchlists/<int:list_id>/entries/<int:entry>/remove", remove, name="entry_remove"),
]
