"""Carriers: all of them, what is agreed with one, and the outages that were declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.carrier import SENT, Acknowledge, Transport
from torogoz.domain.finding import Severity
from torogoz.domain.route import Part, Written, pasted
from torogoz.domain.staff import StaffRole
from torogoz.edifact.findings import CATALOGUE
from torogoz.errors import AuthorError
from torogoz.flow.agree import LONGEST_CONTACTS, RoutesError, Terms, agree, declare_outage, end_outage
from torogoz.storage.access import carriers as access
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice, spoken
from torogoz.web.pages.messages import words_of
from torogoz.web.review_words import ROUTE_FAULTS

#: So many rows stand empty below those that are agreed; whoever needs more pastes lines, or writes down and goes on.
EMPTY_ROWS = 3


@require_GET
def carriers(request: HttpRequest) -> HttpResponse:
    """All of them."""
    who, now = asker(request), timezone.now()
    context = {"carriers": access.carriers(who, now), "supervises": who.role is StaffRole.SUPERVISOR}
    return render(request, "carriers/carriers.html", context)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Begin to agree something with a carrier: the default, which is then changed on its own page."""
    with Attempt(notice(request)):
        return redirect("carrier", agree(asker(request), request.POST.get("carrier", ""), Terms(), timezone.now()))
    return redirect("carriers")


def carrier(request: HttpRequest, carrier: int) -> HttpResponse:
    """What is agreed with one, and the form that changes it."""
    who, now = asker(request), timezone.now()
    page = access.carrier(who, carrier, now)
    problem, terms = "", _as_agreed(page)
    wrong: Mapping[int, frozenset[Part]] = {}
    if request.method == "POST":
        terms = _terms(request)
        try:
            agree(who, page.code, terms, now)
        except AuthorError as error:
            problem = spoken(error)
            wrong = error.wrong if isinstance(error, RoutesError) else {}
        else:
            messages.success(request, _("What is agreed is written down. Replay what was refused, if it is taken now."))
            return redirect("carrier", carrier)
    weights = terms.severities or {}
    context = {
        "page": page,
        "terms": terms,
        "routes": _routes(terms.expected, wrong),
        "weights": [(each, words_of(each.code)[0], weights.get(each.code, "")) for each in page.weights],
        "classes": SENT,
        "transports": tuple(Transport),  # a class would be called
        "acknowledgements": tuple(Acknowledge),
        "severities": tuple(Severity),
        "codes": sorted(CATALOGUE),
        "longest": LONGEST_CONTACTS,
        "problem": problem,
        "now": now,
    }
    return render(request, "carriers/carrier.html", context, status=422 if problem else 200)


@require_POST
def outage(request: HttpRequest, carrier: int) -> HttpResponse:
    """Note an outage of a carrier."""
    with Attempt(notice(request)):
        declare(request, carrier)
    return redirect("carrier", carrier)


@require_POST
def outage_end(request: HttpRequest, carrier: int, outage: int) -> HttpResponse:
    """Note that an outage is over."""
    end_outage(asker(request), outage, timezone.now(), carrier=carrier)
    messages.success(request, _("The outage is over."))
    return redirect("carrier", carrier)


def declare(request: HttpRequest, carrier: int | None) -> None:
    """Note an outage from the fields of its form; times are those of the state."""
    starts_at, ends_at = _moment(request.POST.get("starts_at", "")), _moment(request.POST.get("ends_at", ""))
    now = timezone.now()
    declare_outage(asker(request), carrier, starts_at or now, ends_at, request.POST.get("reason", ""), now)
    messages.success(request, _("The outage is noted: what lacks meanwhile is not counted as missing."))


def _moment(text: str) -> datetime | None:
    """A moment as a browser's field writes it, by the clock of the state; None for an empty one."""
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text).replace(tzinfo=None))
    except (ValueError, OverflowError):
        raise AuthorError("a time is not written as one", remedy="write it as 2026-11-28T14:30") from None


@dataclass(frozen=True, slots=True)
class Route:
    """A row of the form, with what is wrong in it: part → sentence."""

    written: Written
    wrong: dict[str, str]


def _routes(rows: tuple[Written, ...], wrong: Mapping[int, frozenset[Part]]) -> list[Route]:
    """The rows that were written, and some that wait to be."""
    found = [
        Route(row, {part.value: str(ROUTE_FAULTS[part]) for part in Part if part in wrong.get(place, ())})
        for place, row in enumerate(rows)
    ]
    return found + [Route(Written(), {})] * EMPTY_ROWS


def _as_agreed(page: access.CarrierPage) -> Terms:
    """What the form shows before anybody wrote in it."""
    return Terms(
        name=page.name,
        may_send=page.may_send,
        strict=page.strict,
        severities={each.code: each.agreed for each in page.weights if each.agreed},
        expected=page.expected,
        transports=page.transports,
        contacts=page.contacts,
        acknowledge=page.acknowledge or "",
        asked=page.asked,
    )


def _expected(request: HttpRequest) -> tuple[Written, ...]:
    """The rows of the form that say something and are not to go, then the lines that were pasted."""
    parts = [request.POST.getlist(f"route-{part.value}") for part in Part]
    gone = set(request.POST.getlist("route-gone"))
    rows = (Written(*row) for place, row in enumerate(zip(*parts, strict=False)) if str(place) not in gone)
    return (*(row for row in rows if not row.empty), *pasted(request.POST.get("routes", "")))


def _terms(request: HttpRequest) -> Terms:
    """The fields of the form; a weight that is as usual is not kept."""
    sent = request.POST
    severities = {name.removeprefix("weight-"): sent[name] for name in sent if name.startswith("weight-")}
    if sent.get("code"):
        severities[sent["code"].strip().upper()] = sent.get("severity", "")
    return Terms(
        name=sent.get("name", ""),
        may_send=tuple(sent.getlist("may_send")),
        strict=sent.get("strict") == "1",
        severities=severities,
        expected=_expected(request),
        transports=tuple(sent.getlist("transport")),
        contacts=sent.get("contacts", "").replace("\r\n", "\n"),
        acknowledge=sent.get("acknowledge", ""),
        asked=sent.get("asked") == "1",
    )


urlpatterns = [
    path("carriers", carriers, name="carriers"),
    path("carriers/add", add, name="carrier_add"),
    path("carriers/<int:carrier>", carrier, name="carrier"),
    path("carriers/<int:carrier>/outage", outage, name="carrier_outage"),
    path("carriers/<int:carrier>/outage/<int:outage>/end", outage_end, name="carrier_outage_end"),
]
