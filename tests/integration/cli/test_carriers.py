"""Carriers at the terminal: what each is told and asked is changed there, in the one table that the page shows too."""

from __future__ import annotations

from typing import Any

import pytest

from torogoz.cli import main
from torogoz.domain.purpose import DataClass
from torogoz.flow.agree import Terms, agree
from torogoz.storage.access.carriers import carrier
from torogoz.storage.models import AuditEntry, CarrierProfile

pytestmark = pytest.mark.django_db

Printed = pytest.CaptureFixture[str]


def printed(capsys: Printed, *arguments: str) -> str:
    capsys.readouterr()
    assert main(["carriers", *arguments]) == 0
    return capsys.readouterr().out


def test_what_the_terminal_changes_stands_on_the_carriers_page_and_the_rest_stays(
    capsys: Printed, people: Any, who: Any, now: Any
) -> None:
    supervisor = who(people.supervisor)
    agreed = agree(supervisor, "XA", Terms(strict=True, may_send=("api",), contacts="Guardia"), now)
    printed(capsys, "agree", "xa", "--acknowledge", "contrl", "--asked")
    page = carrier(supervisor, agreed, now)
    assert (page.acknowledge, page.asked, page.version) == ("contrl", True, 2)
    assert (page.strict, page.may_send, page.contacts) == (True, (DataClass.API,), "Guardia")
    printed(capsys, "agree", "XA", "--no-asked")
    printed(capsys, "agree", "YB", "--acknowledge", "ackres")
    assert printed(capsys, "list") == "XA\t3\tcontrl\tnot asked\nYB\t1\tackres\tnot asked\n"
    printed(capsys, "agree", "XA", "--acknowledge", "nothing")
    assert CarrierProfile.objects.get(carrier="XA").acknowledge == ""
    assert CarrierProfile.objects.get(carrier="YB").may_send == ["api", "pnr"], "the default, but for what was said"
    entries = AuditEntry.objects.filter(event="carrier.agreed", account=None)
    assert [each.counts["version"] for each in entries.order_by("pk")] == [2, 3, 1, 4]


def test_what_is_no_carrier_is_refused_and_nothing_is_written(capsys: Printed) -> None:
    assert main(["carriers", "agree", "no-code", "--asked"]) == 1
    assert capsys.readouterr().err.startswith("author: ")
    assert not CarrierProfile.objects.exists()
