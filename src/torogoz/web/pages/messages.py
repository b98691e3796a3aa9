"""Messages received and refused, their findings in words, and the replay of what could not be read."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.finding import Finding
from torogoz.domain.staff import Who
from torogoz.edifact.findings import CATALOGUE
from torogoz.errors import RefusedError
from torogoz.flow.parse import replay as replay_delivery
from torogoz.storage.access import desk
from torogoz.storage.access import messages as access
from torogoz.storage.access.guard import NotThereError
from torogoz.web.asker import asker
from torogoz.web.permissions import PERMISSIONS


class Explained(NamedTuple):
    """A finding with its words; the remedy is what to tell the sender."""

    finding: Finding
    text: str
    remedy: str


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """The page, narrowed by status, carrier and type."""
    asked = request.GET
    before = asked.get("before", "")
    only = access.Filter(
        status=next((each for each in access.MessageStatus if each == asked.get("status")), None),
        carrier=_code(asked.get("carrier", ""), 3),
        type=_code(asked.get("type", ""), 8),
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    who = _who(request)
    page = access.messages(who, timezone.now(), only)
    further = urlencode({"status": only.status or "", "carrier": only.carrier, "type": only.type, "before": page.next})
    return render(
        request,
        "messages/messages.html",
        {
            "page": page,
            "failed": [(each, [(place, *words_of(place.code)) for place in each.places]) for each in page.failed],
            "only": only,
            "statuses": access.MessageStatus,
            "further": further,
            "brings": PERMISSIONS["manifest"].opens_to(who.role),
        },
    )


@require_GET
def message(request: HttpRequest, message: int) -> HttpResponse:
    """One message."""
    page = access.message(_who(request), message, timezone.now())
    findings = [explained(each) for each in page.findings]
    return render(request, "messages/message.html", {"page": page, "message": page.message, "findings": findings})


@require_GET
def places(request: HttpRequest, message: int) -> HttpResponse:
    """Where it deviates, in its redacted text."""
    page = desk.places(_who(request), message, timezone.now())
    told = [(each, words_of(each.code)) for each in page.places]
    return render(request, "messages/places.html", {"page": page, "places": told})


def _code(text: str, longest: int) -> str:
    """What is asked for as a column can hold it: PostgreSQL takes no NUL."""
    return text.replace("\0", "")[:longest]


@require_POST
def replay(request: HttpRequest, delivery: int) -> HttpResponse:
    """Read a failed delivery again, as it was sent."""
    try:
        report = replay_delivery(_who(request), delivery, timezone.now())
    except NotThereError:
        raise
    except RefusedError:
        notices.error(
            request, gettext("It can no longer be replayed: it was read, or its 72 hours are over. Ask for a resend.")
        )
        return redirect("messages")
    if report.refused:
        notices.warning(request, _refused_again(report.refused))
    else:
        notices.success(request, _loaded(report.loaded + report.duplicates))
    return redirect("messages")


def explained(finding: Finding) -> Explained:
    """A finding in the reader's language."""
    return Explained(finding, *words_of(finding.code))


def words_of(code: str) -> tuple[str, str]:
    """What a finding's code means, and the remedy. Catalogues change: an older code shows as it stands."""
    words = CATALOGUE.get(code)
    if words is None:
        return code, ""
    return (words.es, words.remedy_es) if get_language() == "es" else (words.en, words.remedy_en)


def _who(request: HttpRequest) -> Who:
    """Who works on travellers says why; an administrator sees structure only, and needs no purpose."""
    return asker(request, purpose=True)


def _loaded(number: int) -> str:
    return ngettext("%(number)s message was read.", "%(number)s messages were read.", number) % {"number": number}


def _refused_again(number: int) -> str:
    text = ngettext(
        "%(number)s message was refused this time too: why stands beside it.",
        "%(number)s messages were refused this time too: why stands beside them.",
        number,
    )
    return text % {"number": number}


urlpatterns = [
    path("messages", messages, name="messages"),
    path("messages/<int:message>", message, name="message"),
    path("messages/<int:message>/places", places, name="message_places"),
    path("deliveries/<int:delivery>/replay", replay, name="replay"),
]
