"""The page on which an operator without a system brings its own table: shown as it would be read, then delivered.

As on the centre's page nothing is kept between the two, and nothing but what was just sent is shown.
"""

from __future__ import annotations

from base64 import b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from torogoz.domain.journey import Mode
from torogoz.errors import SenderError
from torogoz.flow.manifest import bring_own, checked, own, own_blank
from torogoz.web.asker import asker
from torogoz.web.attempt import spoken
from torogoz.web.pages.manifest import downloaded, sent, shown


@sensitive_post_parameters()
def manifest(request: HttpRequest) -> HttpResponse:
    """The form; what was sent, as it would be read; and its delivery."""
    who, now = asker(request), timezone.now()
    context: dict[str, object] = {"operator": own(who, now), "modes": tuple(Mode)}
    if request.method != "POST":
        return render(request, "manifest/own.html", context)
    try:
        data = sent(request)
        if request.POST.get("act") == "deliver":
            receipt = bring_own(who, data, now)
            messages.success(request, _("The table was received, with the receipt %(number)s.") % {"number": receipt})
            return redirect("own_manifest")
        context |= {"shown": shown(checked(data)), "content": b64encode(data).decode("ascii")}
    except SenderError as problem:
        return render(request, "manifest/own.html", context | {"problem": spoken(problem)}, status=422)
    return render(request, "manifest/own.html", context)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The template of a mode, in the reader's language."""
    return downloaded(request, own_blank)


urlpatterns = [
    path("carrier/manifest", manifest, name="own_manifest"),
    path("carrier/manifest/template", template, name="own_manifest_template"),
]
