"""Who sees what is agreed with carriers, and how they send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.finding import Severity
from torogoz.domain.purpose import DataClass
from torogoz.domain.route import Written, pasted
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.agree import Terms, agree, declare_outage
from torogoz.flow.senders import Scope, enrol, revoke, rotate
from torogoz.storage.access.carriers import carrier, carriers
from torogoz.storage.models import AuditEntry, ReceivedMessage

Ask = Callable[..., Who]
NOT_A_DATE = {"code": "DATE_UNREADABLE", "severity": "warning", "segment": "DTM", "position": 7}


def sent(now: datetime, **columns: object) -> ReceivedMessage:
    row = world.message(world.journey(), "PAXLST")
    for name, value in ({"received_at": now - timedelta(hours=1)} | columns).items():
        setattr(row, name, value)
    row.save()
    return row


def test_supervisors_and_administrators_see_carriers_and_nobody_else(people: People, who: Ask, now: datetime) -> None:
    number = agree(who(people.supervisor), "XA", Terms(), now)
    for account in people.but("supervisor", "administrator"):
        for read in (lambda asker: carriers(asker, now), lambda asker: carrier(asker, number, now)):
            with pytest.raises(RefusedError):
                read(who(account))
    for account in (people.supervisor, people.administrator):
        assert [each.id for each in carriers(who(account), now)] == [number]
        assert carrier(who(account), number, now).code == "XA"
        with pytest.raises(RefusedError):
            carrier(who(account), 4711, now)


def test_a_carrier_stands_there_once_it_sent_or_something_is_agreed(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.supervisor)
    sent(now)
    sent(now, status="refused")
    sent(now, carrier="")
    sent(now, carrier="ZC", received_at=now - timedelta(days=31))
    number = agree(asker, "YB", Terms(may_send=("api",), strict=True), now)
    declare_outage(asker, number, now - timedelta(hours=1), None, "The line is cut", now)
    xa, yb = carriers(asker, now)
    assert (xa.code, xa.id, xa.messages, xa.refused, xa.outage) == ("XA", None, 2, 1, False)
    assert xa.may_send == (DataClass.API, DataClass.PNR)
    assert (yb.code, yb.id, yb.messages, yb.strict, yb.outage) == ("YB", number, 0, True, True)
    assert yb.may_send == (DataClass.API,)
    entry = AuditEntry.objects.filter(event=AuditEvent.VIEWED_CARRIERS).latest("pk")
    assert entry.counts == {"carriers": 2}


def test_a_page_tells_how_a_carrier_sends_and_what_its_findings_weigh(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.administrator)
    number = agree(
        asker, "XA", Terms(severities={"UNT_MISSING": "error"}, expected=pasted("sal lax pnr 1440\n* * api -5")), now
    )
    for _ in range(2):
        sent(now, separators=":+.? '", findings=[NOT_A_DATE, NOT_A_DATE])
    sent(now, separators="(.,? #", findings=[{"code": "OF_AN_OLDER_CATALOGUE"}])
    page = carrier(asker, number, now)
    assert page.expected == (Written("SAL", "LAX", "pnr", "1440"), Written("", "", "api", "-5"))
    assert [(each.characters, each.messages) for each in page.separators] == [(":+.? '", 2), ("(.,? #", 1)]
    assert [(each.code, each.found, each.usual, each.agreed) for each in page.weights] == [
        ("DATE_UNREADABLE", 4, Severity.WARNING, None),
        ("UNT_MISSING", 0, Severity.WARNING, Severity.ERROR),
    ]
    assert page.people == 1


def test_a_page_names_the_senders_that_may_deliver_for_the_carrier(people: People, who: Ask, now: datetime) -> None:
    number = agree(who(people.supervisor), "XA", Terms(), now)
    enrol("Own", Scope(("XA", "YB")), now)
    rotate("Own", now)
    enrol("Provider", Scope(None), now)
    enrol("Other", Scope(("YB",)), now)
    enrol("Gone", Scope(("XA",)), now)
    revoke("Gone", now)
    told = [
        (each.name, each.every_carrier, each.tokens, each.revoked)
        for each in carrier(who(people.supervisor), number, now).senders
    ]
    assert told == [("Gone", False, 0, True), ("Own", False, 2, False), ("Provider", True, 1, False)]
