"""Messages and deliveries: who sees which part of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.storage.access.messages import PAGE, Filter, MessageStatus, message, messages
from torogoz.storage.models import Delivery, ReceivedMessage

Ask = Callable[..., Who]
EVERYTHING = Filter()


def _message(**columns: object) -> ReceivedMessage:
    row = world.message(world.journey(), "PAXLST")
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


def test_analysts_and_supervisors_see_messages_for_a_purpose_and_an_administrator_without(
    people: People, who: Ask, now: datetime
) -> None:
    row = _message()
    for account in people.but("analyst", "supervisor", "partner", "administrator"):
        with pytest.raises(RefusedError):
            messages(who(account, Purpose.BORDER_CONTROL), now, EVERYTHING)
        with pytest.raises(RefusedError):
            message(who(account, Purpose.BORDER_CONTROL), row.pk, now)
    with pytest.raises(RefusedError):
        messages(who(people.analyst), now, EVERYTHING)
    assert messages(who(people.supervisor, Purpose.EXIT_BAN), now, EVERYTHING).messages
    assert messages(who(people.administrator), now, EVERYTHING).messages
    with pytest.raises(RefusedError):
        message(who(people.administrator), 4711, now)


def test_an_administrator_sees_counts_and_codes_and_no_reference(people: People, who: Ask, now: datetime) -> None:
    found = [
        {"code": "X", "severity": "error", "segment": "NAD", "position": 12},
        {"code": "Y", "severity": "warning", "segment": None, "position": None},
    ]
    row = _message(common_reference="REF1", findings=found, withheld={"SSR": 2, "free_text": 1}, part_number=1)
    for page in (
        message(who(people.administrator), row.pk, now).message,
        messages(who(people.administrator), now, EVERYTHING).messages[0],
    ):
        assert (page.reference, page.journey) == ("", None)
        assert (page.errors, page.warnings, page.withheld) == (1, 1, 3)
    seen = message(who(people.analyst, Purpose.SERIOUS_CRIME), row.pk, now)
    assert (seen.message.reference, seen.message.journey) == ("REF1", row.journey_id)
    assert seen.part == "1…"
    assert seen.findings == (Finding("X", Severity.ERROR, "NAD", 12), Finding("Y", Severity.WARNING))


def test_a_page_is_narrowed_by_status_carrier_and_type_and_counts_the_last_day(
    people: People, who: Ask, now: datetime
) -> None:
    loaded, refused = _message(), _message(status=MessageStatus.REFUSED, carrier="YB", type="PNRGOV", journey=None)
    _message(received_at=now - timedelta(days=3), carrier="ZC")
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)

    def ids(only: Filter) -> list[int]:
        return [each.id for each in messages(asker, now, only).messages]

    assert ids(Filter(status=MessageStatus.REFUSED)) == [refused.pk]
    assert ids(Filter(carrier="YB")) == [refused.pk]
    assert ids(Filter(type="PNRGOV")) == [refused.pk]
    assert ids(Filter(before=refused.pk)) == [loaded.pk]
    page = messages(asker, now, EVERYTHING)
    assert dict(page.counts) == {MessageStatus.LOADED: 1, MessageStatus.DUPLICATE: 0, MessageStatus.REFUSED: 1}
    assert (page.carriers, page.types) == (("XA", "YB", "ZC"), ("PAXLST", "PNRGOV"))


def test_a_page_ends_and_names_where_the_next_begins(people: People, who: Ask, now: datetime) -> None:
    row = _message()
    copies = [
        ReceivedMessage(delivery=row.delivery, number=number, received_at=now, status="loaded")
        for number in range(2, PAGE + 4)
    ]
    ReceivedMessage.objects.bulk_create(copies)
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    first = messages(asker, now, EVERYTHING)
    assert len(first.messages) == PAGE
    assert first.next == first.messages[-1].id
    assert messages(asker, now, Filter(before=first.next)).next is None


def test_a_failed_delivery_waits_for_replay_by_those_who_may_and_says_why(
    people: People, who: Ask, now: datetime
) -> None:
    row = _message(
        status=MessageStatus.REFUSED,
        findings=[{"code": "NOT_EDIFACT", "severity": "error"}, {"code": "NOTE", "severity": "note"}],
    )
    Delivery.objects.filter(pk=row.delivery_id).update(
        status=Delivery.Status.FAILED, sealed_until=now + timedelta(hours=1)
    )
    past = _message().delivery
    Delivery.objects.filter(pk=past.pk).update(status=Delivery.Status.FAILED, sealed_until=now)
    analyst = messages(who(people.analyst, Purpose.SERIOUS_CRIME), now, EVERYTHING)
    (failed,) = analyst.failed
    assert (failed.id, failed.codes, failed.messages, failed.failure) == (row.delivery_id, ("NOT_EDIFACT",), 1, "")
    assert messages(who(people.administrator), now, EVERYTHING).failed == analyst.failed
    Delivery.objects.filter(pk=row.delivery_id).update(failure="KeyError")
    assert messages(who(people.administrator), now, EVERYTHING).failed[0].failure == "KeyError"
