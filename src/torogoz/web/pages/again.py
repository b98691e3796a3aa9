"""The page after somebody said again who they are: what they were about to do, to be sent by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from torogoz.web.again import asking, fresh, held
from torogoz.web.permissions import PERMISSIONS


@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """The form that waits, with one button."""
    form = held(request)
    if form is None:
        messages.info(request, _("Nothing of yours waits to be done."))
        return redirect("home")
    if not fresh(request):
        return asking(request, reverse("account_go_on"))
    act = PERMISSIONS[resolve(form.path).url_name or ""].act
    return render(request, "session/go_on.html", {"form": form, "act": act})


urlpatterns = [path("account/go-on", go_on, name="account_go_on")]
