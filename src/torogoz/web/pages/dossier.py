"""The dossier of a traveller, the lines its values came from, notes, and the undoing of a wrong link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.staff import StaffRole
from torogoz.flow import review
from torogoz.storage.access.decisions import reviewers
from torogoz.storage.access.dossier import dossier as read_dossier
from torogoz.storage.access.masked import masked_record
from torogoz.storage.access.raw import raw_lines
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice


@require_GET
def dossier(request: HttpRequest, traveller: int) -> HttpResponse:
    """The page; of a masked record, what little there is."""
    who = asker(request, purpose=True)
    now = timezone.now()
    supervises = who.role is StaffRole.SUPERVISOR
    masked = masked_record(who, traveller, now)
    if masked:
        return render(request, "dossier/masked.html", {"page": masked, "supervises": supervises})
    page = read_dossier(who, traveller, now)
    return render(
        request,
        "dossier/dossier.html",
        {"page": page, "now": now, "supervises": supervises, "reviewers": reviewers() if supervises else ()},
    )


@require_GET
def lines(request: HttpRequest, traveller: int, message: int) -> HttpResponse:
    """The redacted lines of one message: into the dossier where it asks for them, else as a page."""
    raw = raw_lines(asker(request, purpose=True), traveller, message, timezone.now())
    inside = "HX-Request" in request.headers
    return render(request, "dossier/lines_table.html" if inside else "dossier/lines.html", {"raw": raw})


@require_POST
def note(request: HttpRequest, traveller: int) -> HttpResponse:
    """Write a note."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        review.write_note(who, traveller, request.POST.get("text", ""), timezone.now())
        messages.success(request, _("The note is kept."))
    return redirect("dossier", traveller)


@require_POST
def undo_link(request: HttpRequest, traveller: int, link: int) -> HttpResponse:
    """Undo a link to a person, with a reason."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        review.unlink(who, link, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The link is undone. It stays on record with your reason."))
    return redirect("dossier", traveller)


urlpatterns = [
    path("traveller/<int:traveller>", dossier, name="dossier"),
    path("traveller/<int:traveller>/lines/<int:message>", lines, name="lines"),
    path("traveller/<int:traveller>/note", note, name="note"),
    path("traveller/<int:traveller>/link/<int:link>/undo", undo_link, name="undo_link"),
]
