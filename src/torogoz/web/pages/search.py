"""Looking somebody up. What is searched goes in the body of a request: nothing personal stands in an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from torogoz.storage.access import search as access
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker


class SearchForm(forms.Form):
    """What to search by, the text, and the case for which one looks back."""

    by = forms.ChoiceField(
        label=_("Search by"),
        choices=[
            (access.By.NAME.value, _("Name")),
            (access.By.DOCUMENT.value, _("Document number")),
            (access.By.LOCATOR.value, _("Booking (locator)")),
            (access.By.FLIGHT.value, _("Flight")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    text = forms.CharField(
        label=_("Text"), max_length=120, widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    )

    ground = forms.CharField(
        label=_("Case, to search past journeys too"),
        required=False,
        min_length=10,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"min_length": _("Name the case: ten letters at least.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be searched, with the way to write it."""
        cleaned = super().clean() or {}
        if "by" in cleaned and "text" in cleaned and not access.understood(access.By(cleaned["by"]), cleaned["text"]):
            self.add_error("text", REMEDIES[access.By(cleaned["by"])])
        return cleaned


REMEDIES = {
    access.By.NAME: _("Write at least two letters of the surname; given names after a comma: GARCIA, ANA."),
    access.By.DOCUMENT: _("Write the whole document number."),
    access.By.LOCATOR: _("Write the whole locator: five to eight letters and digits."),
    access.By.FLIGHT: _("Write the flight as XA570, or with its departure day as XA570 2026-11-22."),
}


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    who, now = asker(request, purpose=True), timezone.now()
    admit(who, access.MAY, now, purpose=True)
    form = SearchForm(request.POST or None)
    results = None
    if form.is_valid():
        asked = form.cleaned_data
        results = access.search(who, access.By(asked["by"]), asked["text"], now, ground=asked["ground"])
    status = 422 if form.errors else 200
    return render(request, "search/search.html", {"form": form, "results": results, "most": access.MOST}, status=status)


urlpatterns = [path("search", search, name="search")]
