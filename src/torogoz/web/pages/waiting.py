"""What waits to change a list: its difference, whom it would hit, and what puts it in force or discards it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, UnavailableError
from torogoz.flow import waiting as flow
from torogoz.flow.trial import Trial, try_waiting
from torogoz.storage.access.waiting import CellChange, ChangeKind, EntryChange, difference
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice, spoken
from torogoz.web.limits import take
from torogoz.web.list_words import LABELS, PERSON, said
from torogoz.web.pages.errors import too_many
from torogoz.web.pages.lists import page_number, told_choice, told_lines
from torogoz.web.pages.trial import TRIALS


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, list_id: int, waiting: int) -> HttpResponse:
    """The difference, page by page, and what the reader may answer; sent a reason, also what it would hit."""
    who, now = asker(request, purpose=True), timezone.now()
    if request.method != "POST":
        return _page(request, who, list_id, waiting, now)
    if take(TRIALS, str(who.account), now.timestamp()):
        return too_many(request)
    try:
        trial = try_waiting(who, list_id, waiting, request.POST.get("reason", ""), now)
    except AuthorError as wrong:
        return _page(request, who, list_id, waiting, now, problem=spoken(wrong), status=422)
    except UnavailableError as busy:
        return _page(request, who, list_id, waiting, now, problem=spoken(busy), status=409)
    return _page(request, who, list_id, waiting, now, trial=trial)


def _page(
    request: HttpRequest,
    who: Who,
    list_id: int,
    waiting: int,
    now: datetime,
    *,
    trial: Trial | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    page = difference(who, list_id, waiting, now, page=page_number(request))
    context = {
        "page": page,
        "changes": [(each, _cells(each)) for each in page.changes],
        "refused": told_lines(page.refused),
        "chosen": told_choice(page.chosen),
        "trial": trial,
        "problem": problem,
        "tried_for": request.POST.get("reason", ""),
    }
    return render(request, "lists/waiting.html", context, status=status)


@require_POST
def in_force(request: HttpRequest, list_id: int, waiting: int) -> HttpResponse:
    """Put it in force."""
    with Attempt(notice(request)):
        version = flow.put_in_force(asker(request), waiting, request.POST.get("reason", ""), timezone.now())
        text = _("Version %(version)s is in force. Every future flight is screened with it at once.")
        messages.success(request, text % {"version": version})
        return redirect("watchlist", list_id=list_id)
    return redirect("watchlist_waiting", list_id=list_id, waiting=waiting)


@require_POST
def discard(request: HttpRequest, list_id: int, waiting: int) -> HttpResponse:
    """Discard it."""
    with Attempt(notice(request)):
        flow.discard(asker(request), waiting, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The change is discarded. The list stays as it is."))
        return redirect("watchlist", list_id=list_id)
    return redirect("watchlist_waiting", list_id=list_id, waiting=waiting)


@dataclass(frozen=True, slots=True)
class _Cells:
    """What a change says: of an entry that comes or goes its person and its terms, of a changed one what differs.

    Each is a label and a text; of what differs, the text before and after.
    """

    person: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    differing: tuple[tuple[str, str, str], ...] = ()


def _cells(change: EntryChange) -> _Cells:
    said_of = [(each, str(LABELS[each.column]), *_both(each)) for each in change.cells if each.before or each.after]
    if change.kind is ChangeKind.CHANGED:
        return _Cells(differing=tuple((label, was, is_now) for each, label, was, is_now in said_of if each.differs))
    lines = [(each.column in PERSON, label, was or is_now) for each, label, was, is_now in said_of]
    person, terms = (tuple((label, text) for one, label, text in lines if one is wanted) for wanted in (True, False))
    return _Cells(person, terms)


def _both(cell: CellChange) -> tuple[str, str]:
    return said(cell.column, cell.before), said(cell.column, cell.after)


urlpatterns = [
    path("watchlists/<int:list_id>/waiting/<int:waiting>", waiting, name="watchlist_waiting"),
    path("watchlists/<int:list_id>/waiting/<int:waiting>/in-force", in_force, name="watchlist_in_force"),
    path("watchlists/<int:list_id>/waiting/<int:waiting>/discard", discard, name="watchlist_discard"),
]
