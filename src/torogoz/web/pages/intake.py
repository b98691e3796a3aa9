"""The window for senders: bytes come in by HTTPS, and their receipt goes out once they are sealed and committed.

`POST /intake` with `Authorization: Bearer TOKEN` and one file of messages as its body answers 201 and
`{"delivery": 17}`. Whoever has no right gets 401 before the body is read. What the messages hold is read later: a
sender learns that they were received, not what became of whom.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from torogoz.errors import RefusedError, SenderError, TorogozError
from torogoz.flow.receive import LARGEST
from torogoz.flow.senders import deliver, may_deliver


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
    return JsonResponse({"delivery": delivery}, status=201)


def _answer(problem: TorogozError, status: int) -> JsonResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JsonResponse(
        {"blame": problem.blame, "text": problem.text, "remedy": problem.remedy}, status=status, headers=headers
    )


urlpatterns = [path("intake", intake, name="intake")]
