"""Orders: the page of all of them, entering, agreeing to and ending one, and applying one to a traveller."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torogoz.domain.answer import Effect
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.flow import orders as flow
from torogoz.flow.ask import ask_bookings
from torogoz.storage.access.guard import admit
from torogoz.storage.access.orders import orders as read_orders
from torogoz.storage.access.orders import orders_for
from torogoz.web.asker import asker
from torogoz.web.attempt import Attempt, notice, spoken
from torogoz.web.review_words import BARS


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The page, with the form as it was sent where something in it is wrong."""
    who, now = asker(request, purpose=True), timezone.now()
    context = {
        "problem": problem,
        "said": request.POST,
        "page": read_orders(who, now),
        "may_enter": who.role in REVIEWERS,
        "supervises": who.role is StaffRole.SUPERVISOR,
        "today": timezone.localdate(now),
    }
    return render(request, "orders/orders.html", context, status=422 if problem else 200)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Write an order down. Where that cannot be, what was filled in stays."""
    who = asker(request, purpose=True)
    admit(who, REVIEWERS, timezone.now(), purpose=True)
    try:
        flow.enter(who, _draft(request), timezone.now())
    except AuthorError as wrong:
        return _page(request, spoken(wrong))
    messages.success(request, _("The order is entered. It has no effect before another person agrees to it."))
    return redirect("orders")


@require_POST
def agree(request: HttpRequest, order: int) -> HttpResponse:
    """The second person's agreement."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.agree(who, order, timezone.now())
        messages.success(request, _("You agreed: the order is in force between its days."))
    return redirect("orders")


@require_POST
def withdraw(request: HttpRequest, order: int) -> HttpResponse:
    """End an order."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.withdraw(who, order, request.POST.get("reason", ""), timezone.now())
        messages.success(
            request, _("The order has ended. Carriers that were told by it are told anew until the doors close.")
        )
    return redirect("orders")


@require_GET
def traveller_orders(request: HttpRequest, traveller: int) -> HttpResponse:
    """The orders in force beside a traveller, with what bars each."""
    page = orders_for(asker(request, purpose=True), traveller, timezone.now())
    applied = [(each, [BARS[bar] for bar in each.bars]) for each in page.applied]
    return render(request, "orders/traveller.html", {"page": page, "applied": applied})


@require_POST
def confirm(request: HttpRequest, traveller: int, order: int) -> HttpResponse:
    """Say that an order is about this traveller on this flight."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.confirm(who, order, traveller, request.POST.get("reason", ""), timezone.now())
        messages.success(request, _("The order acts for this traveller on this flight."))
    return redirect("traveller_orders", traveller)


@require_POST
def release(request: HttpRequest, confirmation: int) -> HttpResponse:
    """Take a confirmation back."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        flow.release(who, confirmation, request.POST.get("reason", ""), timezone.now())
        text = _("The order no longer acts for this traveller. A carrier that asked is told until the doors close.")
        messages.success(request, text)
    return redirect("orders")


@require_POST
def ask(request: HttpRequest, journey: int) -> HttpResponse:
    """Ask the carrier for the bookings of a flight: the message is given to be sent as was agreed."""
    who = asker(request, purpose=True)
    with Attempt(notice(request)):
        body = ask_bookings(who, journey, request.POST.get("reason", ""), timezone.now())
        name = f"govreq-{journey}.edi"
        return HttpResponse(
            body, "application/EDIFACT", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
    return redirect("flight", journey)


def _draft(request: HttpRequest) -> flow.Draft:
    """What the form says. AuthorError where a choice or a day is missing."""
    sent = request.POST
    kind = sent.get("kind", "")
    try:
        return flow.Draft(
            sent.get("authority", ""),
            sent.get("file_number", ""),
            sent.get("legal_basis", ""),
            Effect.NO_BOARD if kind == "exit_ban" else Effect(kind),
            kind == "exit_ban",
            Direction(sent.get("direction", "")),
            date.fromisoformat(sent.get("valid_from", "")),
            date.fromisoformat(sent.get("valid_until", "")),
            sent.get("subject", ""),
        )
    except ValueError:
        raise AuthorError("a choice or a day is missing", remedy="fill in all of the form") from None


urlpatterns = [
    path("orders", orders, name="orders"),
    path("orders/enter", enter, name="order_enter"),
    path("orders/<int:order>/agree", agree, name="order_agree"),
    path("orders/<int:order>/withdraw", withdraw, name="order_withdraw"),
    path("orders/confirmation/<int:confirmation>/release", release, name="order_release"),
    path("traveller/<int:traveller>/orders", traveller_orders, name="traveller_orders"),
    path("traveller/<int:traveller>/orders/<int:order>", confirm, name="order_confirm"),
    path("flights/<int:journey>/bookings", ask, name="ask_bookings"),
]
