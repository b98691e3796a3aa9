"""Trying a name by hand against the lists in force. What is asked stands in the body of a request, in no address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.flow import try_name as flow
from torogoz.matching import Query
from torogoz.messages.countries import country
from torogoz.storage.access.guard import admit
from torogoz.web.asker import asker
from torogoz.web.limits import Rate, take
from torogoz.web.pages.errors import too_many

#: How often one person tries a name.
TRIES = Rate("try.name", per_second=0.5, at_once=30)


def _text(label: Any, most: int, *, size: int, **further: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "size": size})
    return forms.CharField(label=label, max_length=most, widget=widget, **{"required": False} | further)


class NameForm(forms.Form):
    """A name with what is known beside it, and why it is tried."""

    surname = _text(_("Surname, or whole name"), 120, size=36)
    given_names = _text(_("Given names"), 120, size=24)
    birth_date = _text(_("Born (year, year-month or whole)"), 10, size=10)
    nationality = _text(
        _("Nationality (as SLV)"),
        3,
        size=3,
        validators=[RegexValidator("^[A-Za-z]{1,3}$", _("Write the state's letters, as SLV."))],
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "–"), ("F", "F"), ("M", "M")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    document = _text(_("Document number"), 40, size=16)
    reason = _text(
        _("Case or reason"),
        flow.LONGEST_REASON,
        size=40,
        required=True,
        min_length=flow.SHORTEST_REASON,
        error_messages={
            "min_length": _("Name the case: ten letters at least."),
            "required": _("Name the case: ten letters at least."),
        },
    )

    def clean_birth_date(self) -> PartialDate | None:
        """A birth date of which only the year, or year and month, may be known."""
        text = self.cleaned_data["birth_date"].strip()
        try:
            return PartialDate.parse(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("Write it as 1988, 1988-02 or 1988-02-29.")) from None

    def clean(self) -> dict[str, Any]:
        """Refuse a question about nobody."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(each) for each in ("surname", "given_names", "document")):
            self.add_error("surname", _("Write a name or a document number."))
        return cleaned

    def query(self) -> Query:
        """What is asked of the lists."""
        asked = self.cleaned_data
        return Query(
            asked["surname"] or None,
            asked["given_names"] or None,
            asked["birth_date"],
            country(asked["nationality"]) or asked["nationality"].upper() or None,
            asked["sex"] or None,
            (Document(asked["document"]),) if asked["document"] else (),
        )


@require_http_methods(["GET", "POST"])
def try_name(request: HttpRequest) -> HttpResponse:
    """The form, and what the name may be."""
    who, now = asker(request, purpose=True), timezone.now()
    admit(who, flow.MAY, now, purpose=True)
    form = NameForm(request.POST or None)
    tried = None
    if form.is_valid():
        if take(TRIES, str(who.account), now.timestamp()):
            return too_many(request)
        tried = flow.try_name(who, form.query(), form.cleaned_data["reason"], now)
    context = {"form": form, "tried": tried, "shown": flow.shown_from(), "points": settings.OPERATING_POINTS}
    return render(request, "lists/try.html", context, status=422 if form.errors else 200)


urlpatterns = [path("watchlists/try", try_name, name="try_name")]
