"""The window for senders: bytes come in by HTTPS, and their receipt goes out once they are sealed and committed.

`POST /intake` with `Authorization: Bearer TOKEN` and one file of messages as its body answers 201 and
`{"delivery": 17}`. Whoever has no right gets 401 before the body is read, and after a few wrong tokens 429 for a while;
so does whoever sends faster than the rates below. While too much waits to be read, or the database is away, everybody
gets 503. Both say in `Retry-After` how many seconds to wait; what was not receipted was not received. What the messages
hold is read later: a sender learns that they were received, not what became of whom. Where it was agreed with the
carrier, `GET /intake/17` gives what was found in them, once they were read.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from torogoz.errors import RefusedError, SenderError, TorogozError, UnavailableError
from torogoz.flow.acknowledge import acknowledgement as found_in
from torogoz.flow.receive import LARGEST
from torogoz.flow.senders import Deliverer, deliver, may_deliver
from torogoz.web.limits import Rate, look, take
from torogoz.web.lockout import address_of

#: What comes from one address; what one sender delivers; and how many wrong tokens an address may try.
BY_ADDRESS = Rate("intake.address", per_second=20, at_once=400)
BY_SENDER = Rate("intake.sender", per_second=20, at_once=400)
WRONG_TOKENS = Rate("intake.wrong", per_second=1 / 30, at_once=10)

#: When to come again, in seconds: a backlog that is full shrinks by some hundred deliveries meanwhile.
RETRY_AFTER = 30


@login_not_required  # senders are programs with a token, and have no session
@csrf_exempt  # nothing here is done on the word of a browser's cookie
@require_POST
def intake(request: HttpRequest) -> JsonResponse:
    """Receive one delivery."""
    now = timezone.now()
    try:
        deliverer = admitted(request, now, BY_ADDRESS, BY_SENDER)
        if isinstance(deliverer, JsonResponse):
            return deliverer
        delivery = deliver(deliverer, request.read(LARGEST + 1), now)
    except SenderError as problem:
        return told(problem, 413, {})
    except UnavailableError as problem:
        return away(problem)
    return JsonResponse({"delivery": delivery}, status=201)


@login_not_required  # likewise
@require_GET
def acknowledgement(request: HttpRequest, delivery: int) -> HttpResponseBase:
    """What was found in a delivery, to whoever brought it: 200 with a CONTRL or ACKRES, 204 where there is none yet."""
    try:
        deliverer = admitted(request, timezone.now(), BY_ADDRESS, BY_SENDER)
        if isinstance(deliverer, JsonResponse):
            return deliverer
        body = found_in(deliverer.id, delivery)
    except RefusedError as problem:
        return told(problem, 404, {})
    except UnavailableError as problem:
        return away(problem)
    return HttpResponse(body, "application/EDIFACT") if body else HttpResponse(status=204)


def admitted(request: HttpRequest, now: datetime, by_address: Rate, by_sender: Rate) -> Deliverer | JsonResponse:
    """The enrolled sender behind a request; or the answer to whoever is none, or sends faster than the rates.

    UnavailableError while the database is away.
    """
    client, moment = address_of(request), now.timestamp()
    if wait := look(WRONG_TOKENS, client, moment) or take(by_address, client, moment):
        return _slow_down(wait)
    try:
        deliverer = may_deliver(*shown(request), now)
    except RefusedError as problem:
        take(WRONG_TOKENS, client, moment)
        return told(problem, 401, {"WWW-Authenticate": "Bearer"})
    if wait := take(by_sender, str(deliverer.id), moment):
        return _slow_down(wait)
    return deliverer


def token_of(authorization: str) -> str:
    """The token of a header of RFC 6750; empty where there is none."""
    scheme, _, token = authorization.partition(" ")
    return token if scheme.lower() == "bearer" else ""


def shown(request: HttpRequest) -> tuple[str, str]:
    """The token that a request shows, and the address from which it comes."""
    return token_of(request.headers.get("Authorization", "")), str(request.META.get("REMOTE_ADDR") or "")


def away(problem: UnavailableError) -> JsonResponse:
    """Something is not there now, and will be."""
    return told(problem, 503, {"Retry-After": str(RETRY_AFTER)})


def _slow_down(wait: float) -> JsonResponse:
    seconds = ceil(wait)
    problem = RefusedError("too much at once", remedy=f"send it again in {seconds} seconds")
    return told(problem, 429, {"Retry-After": str(seconds)})


def told(problem: TorogozError, status: int, headers: dict[str, str]) -> JsonResponse:
    """An error as a program reads it."""
    said = {"blame": problem.blame, "text": problem.text, "remedy": problem.remedy}
    return JsonResponse(said, status=status, headers=headers)


urlpatterns = [
    path("intake", intake, name="intake"),
    path("intake/<int:delivery>", acknowledgement, name="acknowledgement"),
]
