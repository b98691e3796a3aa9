"""The watchlists: whose they are and how fresh, what each import changed, their entries, and importing a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import LIST_PURPOSES, ListAction
from torogoz.errors import AuthorError, UnavailableError
from torogoz.flow.watchlists import ListReport, Live, NothingAdmittedError, import_list
from torogoz.matching.sources.csv import LIST_COLUMNS, TERM_COLUMNS
from torogoz.matching.sources.formats import ListFormat, Reading
from torogoz.matching.sources.left_out import told as told_left
from torogoz.matching.sources.rows import RefusedRow
from torogoz.matching.sources.stolen import STOLEN_COLUMNS
from torogoz.matching.sources.topics import GROUNDS, POLITICAL, TOPICS
from torogoz.storage.access import lists as access
from torogoz.storage.access.loads import look, too_often, worst
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice, spoken
from torogoz.web.list_words import FORMATS
from torogoz.web.ruletext import reader_language

_PIECE = 65_536


@require_safe
def watchlists(request: HttpRequest) -> HttpResponse:
    """Every list that the asker may see."""
    who, now = asker(request), timezone.now()
    firing = too_often(who, now) if access.may_read(who) else ()
    context = {
        "lists": access.lists(who, now),
        "may_import": access.may_import(who),
        "may_read": access.may_read(who),
        "too_often": {each.watchlist for each in firing},
        "loads": [each for each in firing if each.elsewhere],
    }
    return render(request, "lists/lists.html", context)


@require_safe
def watchlist(request: HttpRequest, list_id: int) -> HttpResponse:
    """One list with its imports."""
    who, now = asker(request), timezone.now()
    found, imports = access.watchlist(who, list_id, now)
    context = {
        "list": found,
        "imports": [(each, told_lines(each.refused), told_choice(each.chosen)) for each in imports],
        "may_import": access.may_import(who),
        "may_read": access.may_read(who),
        "loads": worst(who, list_id, now) if access.may_read(who) else (),
    }
    return render(request, "lists/list.html", context)


@require_POST
def looked(request: HttpRequest, entry: int) -> HttpResponse:
    """Somebody has looked at an entry that fires too often."""
    who, now = asker(request), timezone.now()
    with Attempt(notice(request)):
        list_id = look(who, entry, request.POST.get("reason", ""), now)
        messages.success(request, _("Noted. What the entry raises from now on counts anew."))
        return redirect("watchlist", list_id=list_id) if list_id else redirect("watchlists")
    return redirect("watchlists")


@require_safe
def entries(request: HttpRequest, list_id: int) -> HttpResponse:
    """A page of a list's entries."""
    who, now = asker(request, purpose=access.may_read(asker(request))), timezone.now()
    page = access.entries(
        who,
        list_id,
        now,
        page=page_number(request),
        advisory=request.GET.get("advisory") == "1",
    )
    return render(request, "lists/entries.html", {"page": page, "advisory": request.GET.get("advisory") == "1"})


def page_number(request: HttpRequest) -> int:
    """The page that is asked for; the first where that is no number."""
    wanted = request.GET.get("page", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 8 else 1


def load(request: HttpRequest) -> HttpResponse:
    """The form, and the report of what was sent where it could not be loaded."""
    who, now = asker(request), timezone.now()
    access.admit_importer(who, now)
    if request.method != "POST":
        return _form(request)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        messages.error(request, _("Choose a file."))
        return _form(request, status=422)
    reading = reading_of(request, file)
    given = {term: value for term in TERM_COLUMNS if (value := request.POST.get(term, "").strip())}
    try:
        report = import_list(
            who,
            request.POST.get("name", "").strip(),
            pieces(file),
            now,
            given=given,
            compartment=request.POST.get("compartment", ""),
            live=Live.LOOK,
            reading=reading,
        )
    except NothingAdmittedError as nothing:
        messages.error(request, _("No line of the file can be admitted, so the list stays as it was."))
        return _form(request, nothing.refused, status=422)
    except AuthorError as problem:
        messages.error(request, _("The file cannot be used as it is, so the list stays as it was."))
        return _form(request, problem=problem, status=422)
    except UnavailableError:
        messages.error(request, _("A colleague has imported this list meanwhile. Look at it, then import again."))
        return _form(request, status=409)
    if left := told_left(reading.left, reader_language()):
        messages.info(request, _("Left out, or not stated: %(left)s.") % {"left": "; ".join(left)})
    return _loaded(request, report)


def _loaded(request: HttpRequest, report: ListReport) -> HttpResponse:
    """Lead on to what waits for a look, or to the list where there was nothing to look at."""
    list_id = access.id_of(report.list)
    if report.waiting is not None:
        messages.success(request, _("The file is read. Look at what would change: it is in force once that is agreed."))
        return redirect("watchlist_waiting", list_id=list_id, waiting=report.waiting)
    messages.success(
        request,
        ngettext(
            "Version %(version)s is in force: %(entries)s entry. Every future flight is screened with it at once.",
            "Version %(version)s is in force: %(entries)s entries. Every future flight is screened with it at once.",
            report.entries,
        )
        % {"version": report.version, "entries": report.entries},
    )
    return redirect("watchlist", list_id=list_id)


def reading_of(request: HttpRequest, file: UploadedFile[bytes]) -> Reading:
    """What the form asks of the file."""
    asked = request.POST.get("format", "")
    aliases = request.FILES.get("aliases")
    return Reading(
        ListFormat(asked) if asked in FORMATS else None,
        tuple(request.POST.getlist("topics")),
        pieces(aliases) if isinstance(aliases, UploadedFile) else None,
        pieces(file),
    )


def pieces(file: UploadedFile[bytes]) -> Iterator[bytes]:
    """The bytes of a file from its beginning, at a place of their own: what is read twice is read in turns."""
    at = 0
    while True:
        file.seek(at)
        piece = file.read(_PIECE)
        if not piece:
            return
        at += len(piece)
        yield piece


def _form(
    request: HttpRequest,
    refused: tuple[RefusedRow, ...] = (),
    *,
    problem: AuthorError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "sent": request.POST if request.method == "POST" else request.GET,
        "refused": told_lines(refused),
        "problem": spoken(problem) if problem else "",
        **choices(request),
        "columns": ",".join(LIST_COLUMNS),
        "stolen_columns": ",".join(STOLEN_COLUMNS),
        "term_columns": ",".join(TERM_COLUMNS),
        "purposes_of_lists": [each for each in Purpose if each in LIST_PURPOSES],
        "actions": list(ListAction),
        "compartments": sorted(asker(request).compartments),
    }
    return render(request, "lists/import.html", context, status=status)


def choices(request: HttpRequest) -> dict[str, Any]:
    """What may be asked of a file, for the templates."""
    return {
        "formats": [(each.value, label) for each, label in FORMATS.items()],
        "topics": [(code, TOPICS[code].words[reader_language()], code in POLITICAL) for code in GROUNDS],
        "topics_sent": request.POST.getlist("topics"),
    }


def told_choice(chosen: access.Chosen | None) -> dict[str, Any] | None:
    """What an importer chose, in the reader's language."""
    if chosen is None:
        return None
    topics = [f"{TOPICS[each].words[reader_language()]} ({each})" for each in chosen.topics if each in TOPICS]
    return {
        "format": FORMATS[chosen.format],
        "topics": topics,
        "legal_basis": chosen.legal_basis,
        "left": told_left(chosen.left, reader_language()),
    }


def told_lines(refused: Iterable[RefusedRow]) -> list[str]:
    """The refused lines in the reader's language."""
    return [row.text(reader_language()) for row in refused]


urlpatterns = [
    path("watchlists", watchlists, name="watchlists"),
    path("watchlists/import", load, name="watchlist_import"),
    path("watchlists/<int:list_id>", watchlist, name="watchlist"),
    path("watchlists/<int:list_id>/entries", entries, name="watchlist_entries"),
    path("watchlists/entries/<int:entry>/looked", looked, name="watchlist_entry_looked"),
]
