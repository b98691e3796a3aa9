"""What is agreed with a carrier decides what is taken of it, and a change of it lets what was refused be read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.integration.conftest import People
from tests.integration.hostile.sent import PERSON, bring, paxlst
from torogoz.domain.audit import AuditEvent
from torogoz.domain.route import Written
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.agree import Terms, agree, declare_outage, end_outage
from torogoz.flow.parse import load, replay
from torogoz.flow.senders import Scope, deliver, enrol, may_deliver
from torogoz.storage.audit import open_text
from torogoz.storage.models import (
    AuditEntry,
    AuditText,
    CarrierOutage,
    CarrierProfile,
    Delivery,
    JourneyTraveller,
    ReceivedMessage,
)

Ask = Callable[..., Who]
#: One expiry that is on no calendar: a warning of the catalogue.
ODD = paxlst(PERSON.replace("DTM+36:300501", "DTM+36:300231"))
HOUR = timedelta(hours=1)


def message() -> ReceivedMessage:
    return ReceivedMessage.objects.latest("pk")


def severities() -> dict[str, str]:
    return {found["code"]: found["severity"] for found in message().findings}


def test_supervisors_and_administrators_agree_and_nobody_else(people: People, who: Ask, now: datetime) -> None:
    for account in people.but("supervisor", "administrator"):
        with pytest.raises(RefusedError):
            agree(who(account), "X1", Terms(), now)
    assert not CarrierProfile.objects.exists()
    for account in (people.supervisor, people.administrator):
        assert agree(who(account), " x1", Terms(name=account.username), now)
    assert CarrierProfile.objects.get().carrier == "X1"


def test_each_change_is_an_entry_with_its_version_and_what_changed_and_the_same_again_is_none(
    people: People, who: Ask, now: datetime
) -> None:
    asker = who(people.supervisor)
    number = agree(asker, "X1", Terms(), now)
    assert agree(asker, "X1", Terms(strict=True, contacts="ana@aerolinea.example"), now) == number
    agree(asker, "X1", Terms(strict=True, contacts="ana@aerolinea.example"), now)
    entries = AuditEntry.objects.filter(event=AuditEvent.CARRIER_CHANGED).order_by("pk")
    assert [each.counts for each in entries] == [{"version": 1}, {"version": 2}]
    told = [open_text(each) for each in AuditText.objects.order_by("pk")]
    assert "strict: True" in told[1]
    assert "aerolinea" not in told[1], "who answers for the messages is no business of the audit's"


@pytest.mark.parametrize(
    ("carrier", "terms"),
    [
        ("X", Terms()),
        ("X1\n", Terms(may_send=())),
        ("X1", Terms(may_send=("list",))),
        ("X1", Terms(transports=("pigeon",))),
        ("X1", Terms(severities={"NO_SUCH_CODE": "error"})),
        ("X1", Terms(severities={"UNT_MISSING": "grave"})),
        ("X1", Terms(expected=(Written("SAL", "LAX"),))),
        ("X1", Terms(expected=(Written("SAL", "QQQ", "api", "60"),))),
        ("X1", Terms(expected=(Written("", "", "api", "1"),) * 201)),
        ("X1", Terms(contacts="x" * 1001)),
        ("X1", Terms(name="a\nb")),
        ("X1", Terms(acknowledge="telegram")),
    ],
)
def test_what_is_no_agreement_is_refused_and_changes_nothing(
    carrier: str, terms: Terms, people: People, who: Ask, now: datetime
) -> None:
    with pytest.raises(AuthorError):
        agree(who(people.supervisor), carrier, terms, now)
    assert not CarrierProfile.objects.exists()


@pytest.mark.django_db
def test_without_an_agreement_a_message_with_warnings_is_read() -> None:
    bring(ODD)
    assert message().status == "loaded"
    assert severities() == {"DATE_UNREADABLE": "warning"}


def test_a_finding_weighs_what_is_agreed_and_where_strict_its_error_refuses_the_message(
    people: People, who: Ask, now: datetime
) -> None:
    asker = who(people.supervisor)
    agree(asker, "X1", Terms(severities={"DATE_UNREADABLE": "error"}), now)
    bring(ODD)
    assert (message().status, severities()) == ("loaded", {"DATE_UNREADABLE": "error"})
    ReceivedMessage.objects.update(content_digest="")
    agree(asker, "X1", Terms(severities={"DATE_UNREADABLE": "error"}, strict=True), now)
    bring(ODD.replace(b":1800+", b":1801+"))
    assert (message().status, message().carrier) == ("refused", "X1")
    assert severities() == {"DATE_UNREADABLE": "error", "REFUSED_BY_AGREEMENT": "error"}
    bring(paxlst(PERSON, control="7", time="1802"))
    assert message().status == "loaded", "strict refuses errors, and nothing else"


def test_after_a_change_of_the_agreement_what_it_refused_is_replayed_and_read(
    people: People, who: Ask, now: datetime
) -> None:
    asker = who(people.administrator)
    agree(asker, "X1", Terms(severities={"DATE_UNREADABLE": "error"}, strict=True), now)
    outcome = bring(ODD)
    assert outcome.delivery.status == Delivery.Status.FAILED
    assert not JourneyTraveller.objects.exists()
    assert replay(asker, outcome.delivery.pk, now).refused == 1
    agree(asker, "X1", Terms(severities={"DATE_UNREADABLE": "note"}, strict=True), now)
    assert replay(asker, outcome.delivery.pk, now).loaded == 1
    assert JourneyTraveller.objects.count() == 1
    assert severities() == {"DATE_UNREADABLE": "note"}
    assert Delivery.objects.get().sealed is None


def test_what_a_carrier_may_not_lawfully_send_is_not_read_and_its_bytes_end_with_the_replay(
    people: People, who: Ask, now: datetime
) -> None:
    agree(who(people.supervisor), "X1", Terms(may_send=("pnr",)), now)
    outcome = bring(paxlst(PERSON))
    assert severities() == {"CLASS_NOT_LAWFUL": "error"}
    assert not JourneyTraveller.objects.exists()
    assert outcome.delivery.sealed_until is not None


@pytest.mark.django_db
def test_of_a_message_are_kept_its_separators_and_counts_and_no_value() -> None:
    bring(paxlst(PERSON, PERSON.replace("ATT+2++F", "ATT+2++U").replace("QUIMERINA", "INVENTADO")))
    assert message().separators == ":+.? '"
    quality: dict[str, Any] = message().quality
    assert quality["travellers"] == 2
    assert quality["elements"]["sex"] == [2, 1]
    assert quality["elements"]["document_number"] == [2, 2]
    assert quality["elements"]["seat"] == [0, 0]
    assert (quality["scanned"], quality["typed"]) == (0, 0)


@pytest.mark.django_db
def test_what_is_no_message_is_its_senders_only_carriers(now: datetime) -> None:
    for carriers, told in ((("X1",), "X1"), (("X1", "YB"), ""), (None, "")):
        token = enrol(f"sender of {carriers}", Scope(carriers), now)
        number = deliver(may_deliver(token, "", now), f"no message {carriers}".encode(), now)
        load(number, now)
        assert (message().status, message().carrier) == ("refused", told)


def test_an_outage_is_declared_and_ended_by_the_centre_and_by_the_carriers_own_person(
    people: People, who: Ask, now: datetime
) -> None:
    asker = who(people.supervisor)
    own, other = agree(asker, "XA", Terms(), now), agree(asker, "YB", Terms(), now)
    for account in people.but("supervisor", "administrator"):
        with pytest.raises(RefusedError):
            declare_outage(who(account), own, now, None, "The line is cut", now)
    theirs = who(people.carrier_person)
    with pytest.raises(RefusedError):
        declare_outage(theirs, other, now, None, "The line is cut", now)
    with pytest.raises(AuthorError):
        declare_outage(theirs, None, now - 25 * HOUR, None, "The line was cut", now)
    with pytest.raises(AuthorError):
        declare_outage(asker, other, now, now, "The line is cut", now)
    with pytest.raises(AuthorError):
        declare_outage(asker, other, now, None, " ", now)
    with pytest.raises(RefusedError):
        declare_outage(theirs, own, now, None, "The line is cut", now)
    outage = declare_outage(theirs, None, now - HOUR, None, "The line is cut", now)
    foreign = declare_outage(asker, other, now - 40 * HOUR, None, "A storm", now)
    with pytest.raises(RefusedError):
        end_outage(theirs, foreign, now)
    with pytest.raises(RefusedError):
        end_outage(asker, foreign, now, carrier=own)
    end_outage(theirs, outage, now)
    end_outage(asker, outage, now + HOUR, carrier=own)
    assert CarrierOutage.objects.get(pk=outage).ends_at == now
    assert CarrierOutage.objects.get(pk=foreign).ends_at is None
    events = AuditEntry.objects.filter(event__startswith="outage.").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["outage.declared", "outage.declared", "outage.ended"]


def test_a_carriers_person_whose_carrier_has_no_profile_declares_nothing(
    people: People, who: Ask, now: datetime
) -> None:
    with pytest.raises(RefusedError):
        declare_outage(who(people.carrier_person), None, now, None, "The line is cut", now)
