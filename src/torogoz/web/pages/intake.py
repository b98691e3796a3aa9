"""The window for senders: bytes come in by HTTPS, and their receipt goes out once they are sealed and committed.

`POST /intake` with `Authorization: Bearer TOKEN` and one file of messages as its body answers 201 and
`{"delivery": 17}`. Whoever has no right gets 401 before the body is read, and while too much waits to be read, or the
database is away, everybody gets 503 and when to come again (Retry-After): what was not receipted was not received. What
the messages hold is read later: a sender learns that they were received, not what became of whom.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from torogoz.errors import RefusedError, SenderError, TorogozError, UnavailableError
from torogoz.flow.receive import LARGEST
from torogoz.flow.senders import deliver, may_deliver

#: When to come again, in seconds: a backlog that is full shrinks by some hundred deliveries meanwhile.
RETRY_AFTER = 30
_HEADERS: dict[int, dict[str, str]] = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": str(RETRY_AFTER)}}


@login_not_required  # senders are programs with a token, and have no session
@csrf_exempt  # nothing here is done on the word of a browser's cookie
@require_POST
def intake(request: HttpRequest) -> JsonResponse:
    """Receive one delivery."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        may_deliver(token if scheme.lower() == "bearer" else "", timezone.now())
        delivery = deliver(token, request.read(LARGEST + 1), timezone.now())
    except RefusedError as problem:
        return _answer(problem, 401)
    except SenderError as problem:
        return _answer(problem, 413)
    except UnavailableError as problem:
        return _answer(problem, 503)
    return JsonResponse({"delivery": delivery}, status=201)


def _answer(problem: TorogozError, status: int) -> JsonResponse:
    return JsonResponse(
        {"blame": problem.blame, "text": problem.text, "remedy": problem.remedy},
        status=status,
        headers=_HEADERS.get(status, {}),
    )


urlpatterns = [path("intake", intake, name="intake")]
