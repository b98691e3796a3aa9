"""The window for carriers that ask: may these people board? The answer goes out on the same connection.

`POST /interactive` with `Authorization: Bearer TOKEN` and a PAXLST of one to ten travellers as its body answers 200
with a CUSRES 962. Where we could not receive the request it answers 503 with the fall-back that was agreed: act by it,
and send the request again. While the database is away so does every token that this process has let in before.

`GET /interactive` gives what changed since (CUSRES 132), or 204 where nothing did, and gives it again until the carrier
posts a CUSRES 312 here, which answers 204. A centre connects to nobody (LR-04): carriers look, every few seconds while
they check in. Tokens, addresses and errors are those of `/intake` (web/pages/intake.py); the rates are
higher, because a check-in desk asks for each traveller.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from torogoz.errors import SenderError, UnavailableError
from torogoz.flow.answer import LARGEST, Answered, answer, fall_back
from torogoz.flow.revise import to_tell
from torogoz.flow.senders import met_before
from torogoz.web.limits import Rate
from torogoz.web.pages.intake import RETRY_AFTER, admitted, away, shown, told

#: What comes from one address, and what one carrier asks: twice what a large hub's desks do at their busiest.
BY_ADDRESS = Rate("interactive.address", per_second=200, at_once=2000)
BY_SENDER = Rate("interactive.sender", per_second=200, at_once=2000)
_EDIFACT = "application/EDIFACT"


@login_not_required  # senders are programs with a token, and have no session
@csrf_exempt  # nothing here is done on the word of a browser's cookie
@require_http_methods(["GET", "POST"])
def interactive(request: HttpRequest) -> HttpResponseBase:
    """Answer one request."""
    now = timezone.now()
    try:
        asker = admitted(request, now, BY_ADDRESS, BY_SENDER)
    except UnavailableError as problem:
        if request.method == "GET" or not met_before(shown(request)[0]):
            return away(problem)
        return _sent(fall_back(request.read(LARGEST + 1)[:LARGEST], now))
    if isinstance(asker, JsonResponse):
        return asker
    if request.method == "GET":
        return HttpResponse(news, _EDIFACT) if (news := to_tell(asker.id, now)) else HttpResponse(status=204)
    try:
        answered = answer(request.read(LARGEST + 1), name=asker.name, now=now, sender=asker.id)
    except SenderError as problem:
        return told(problem, 413, {})
    return _sent(answered)


def _sent(answered: Answered) -> HttpResponse:
    if not answered.body:
        return HttpResponse(status=204)
    if answered.received:
        return HttpResponse(answered.body, content_type=_EDIFACT)
    return HttpResponse(answered.body, _EDIFACT, 503, headers={"Retry-After": str(RETRY_AFTER)})


urlpatterns = [path("interactive", interactive, name="interactive")]
