"""Carriers' tokens: hashed, for named carriers, from named networks, until a day, and renewed without a gap (LR-04)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.hostile.sent import PERSON, paxlst
from torogoz.domain.audit import AuditEvent
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import parse, senders
from torogoz.flow.senders import Scope, deliver, may_deliver
from torogoz.storage import queue
from torogoz.storage.models import AuditEntry, Delivery, JourneyTraveller, ReceivedMessage, SenderToken

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWN = Scope(("X1",))
HERE = "192.0.2.7"
#: The flight of these messages is X1570.
LIST = paxlst(PERSON)


def opens(token: str, now: datetime = NOW, address: str = HERE) -> bool:
    try:
        may_deliver(token, address, now)
    except RefusedError:
        return False
    return True


def bring(token: str, data: bytes = LIST) -> Delivery:
    number = deliver(may_deliver(token, HERE, NOW), data, NOW)
    parse.load(number, NOW)
    return Delivery.objects.get(pk=number)


def codes() -> set[str]:
    return {found["code"] for row in ReceivedMessage.objects.all() for found in row.findings}


def test_only_a_digest_of_a_token_is_kept() -> None:
    token = senders.enrol("Aerolínea", OWN, NOW)
    assert token not in str([*SenderToken.objects.values_list(), *AuditEntry.objects.values_list()])
    assert len(token) >= 43, "256 bits"


@pytest.mark.parametrize("carriers", [("X1",), ("YB", "X1"), None, ("x1 ",)])
def test_a_sender_delivers_for_its_own_carriers(carriers: tuple[str, ...] | None) -> None:
    assert bring(senders.enrol("A", Scope(carriers), NOW)).status == Delivery.Status.READ
    assert JourneyTraveller.objects.count() == 1


def test_what_a_sender_delivers_for_another_carrier_is_refused_named_and_kept_for_replay() -> None:
    """LR-03, LR-04: a sender speaks for its carriers; what it says of another's flight changes nothing."""
    delivery = bring(senders.enrol("B", Scope(("YB",)), NOW))
    assert delivery.status == Delivery.Status.FAILED
    assert not JourneyTraveller.objects.exists()
    assert codes() == {"CARRIER_NOT_OF_SENDER"}
    assert AuditEntry.objects.filter(event=AuditEvent.MESSAGE_REFUSED).count() == 1
    senders.change("B", Scope(("YB", "X1")), NOW)
    Delivery.objects.update(status=Delivery.Status.SEALED)
    ReceivedMessage.objects.all().delete()
    queue.enqueue(delivery)
    parse.load(delivery.pk, NOW)
    assert JourneyTraveller.objects.count() == 1


def test_a_message_that_speaks_of_one_foreign_flight_beside_its_own_is_refused_whole() -> None:
    two = LIST.replace(b"TDT+20+X1570'", b"TDT+20+X1570'LOC+125+LAX'LOC+87+MEX'TDT+20+YB9'LOC+125+MEX'")
    bring(senders.enrol("A", OWN, NOW), two)
    assert not JourneyTraveller.objects.exists()
    assert codes() >= {"CARRIER_NOT_OF_SENDER"}


def test_a_foreign_sender_cannot_even_make_a_carriers_message_a_duplicate() -> None:
    foreign, own = senders.enrol("B", Scope(("YB",)), NOW), senders.enrol("A", OWN, NOW)
    bring(foreign)
    assert bring(own).status == Delivery.Status.READ
    assert ReceivedMessage.objects.filter(status="loaded").count() == 1


def test_files_and_the_terminal_are_no_senders_and_have_no_scope() -> None:
    assert not senders.foreign(None, ())


@pytest.mark.parametrize(
    ("network", "address", "inside"),
    [
        ("192.0.2.0/24", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.0/24", "::ffff:192.0.2.7", True),
        ("192.0.2.0/24", "192.0.3.7", False),
        ("192.0.2.0/24", "2001:db8::1", False),
        ("2001:db8::/32", "2001:db8:1::9", True),
        ("192.0.2.0/24", "", False),
        ("192.0.2.0/24", "unix", False),
    ],
)
def test_a_token_opens_from_its_networks_only(network: str, address: str, *, inside: bool) -> None:
    token = senders.enrol("A", Scope(("X1",), (network,)), NOW)
    assert opens(token, address=address) is inside


def test_a_token_without_networks_opens_from_anywhere() -> None:
    token = senders.enrol("A", OWN, NOW)
    assert opens(token, address="203.0.113.1")
    assert opens(token, address="")


def test_a_token_ends_by_itself() -> None:
    token = senders.enrol("A", OWN, NOW, ends_at=NOW + HOUR)
    assert opens(token, NOW + HOUR - timedelta(seconds=1))
    assert not opens(token, NOW + HOUR)
    assert senders.enrolled(NOW + HOUR)[0].tokens == ()


def test_a_renewed_token_and_the_one_before_both_open_for_the_overlap_then_the_old_one_ends_by_itself() -> None:
    """LR-56: a key that may be known is replaced without a gap in the carrier's deliveries."""
    old = senders.enrol("A", OWN, NOW)
    new = senders.rotate("A", NOW + HOUR, overlap=2 * HOUR)
    assert old != new
    assert [opens(each, NOW + 2 * HOUR) for each in (old, new)] == [True, True]
    assert [opens(each, NOW + 3 * HOUR) for each in (old, new)] == [False, True]
    assert AuditEntry.objects.filter(event=AuditEvent.SENDER_ROTATED).count() == 1


def test_of_three_tokens_the_oldest_ends_at_once_and_no_overlap_outlives_an_end() -> None:
    first = senders.enrol("A", OWN, NOW, ends_at=NOW + 2 * HOUR)
    second = senders.rotate("A", NOW, overlap=9 * HOUR)
    assert not opens(first, NOW + 2 * HOUR), "the overlap lengthens nothing"
    third = senders.rotate("A", NOW + HOUR)
    assert [opens(each, NOW + HOUR) for each in (first, second, third)] == [False, True, True]


def test_without_overlap_the_old_token_ends_at_once() -> None:
    old = senders.enrol("A", OWN, NOW)
    new = senders.rotate("A", NOW, overlap=timedelta())
    assert (opens(old), opens(new)) == (False, True)


def test_who_is_revoked_has_no_token_left_and_is_not_renewed_or_changed() -> None:
    tokens = [senders.enrol("A", OWN, NOW), senders.rotate("A", NOW)]
    senders.revoke("A", NOW)
    assert [opens(each) for each in tokens] == [False, False]
    with pytest.raises(AuthorError, match="no such sender"):
        senders.rotate("A", NOW)
    with pytest.raises(AuthorError, match="no such sender"):
        senders.change("A", OWN, NOW)
    with pytest.raises(AuthorError, match="no such sender"):
        senders.revoke("A", NOW)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(()),
        Scope(("X",)),
        Scope(("12",)),
        Scope(("XYZ1",)),
        Scope(("*",)),
        Scope(("",)),
        Scope(("X1",), ("192.0.2.1/24",)),
        Scope(("X1",), ("here",)),
        Scope(("X1",), ("192.0.2.0/33",)),
    ],
)
def test_a_scope_that_says_nothing_or_is_mistyped_is_refused_and_nobody_is_enrolled(scope: Scope) -> None:
    with pytest.raises(AuthorError):
        senders.enrol("A", scope, NOW)
    assert senders.enrolled(NOW) == ()


def test_a_token_cannot_end_before_it_begins_nor_an_overlap_run_backwards() -> None:
    with pytest.raises(AuthorError):
        senders.enrol("A", OWN, NOW, ends_at=NOW)
    senders.enrol("A", OWN, NOW)
    with pytest.raises(AuthorError):
        senders.rotate("A", NOW, overlap=-HOUR)


@pytest.mark.parametrize("name", ["", " X1", "a" * 81, "X\n1"])
def test_a_sender_needs_a_usable_name(name: str) -> None:
    with pytest.raises(AuthorError):
        senders.enrol(name, OWN, NOW)


def test_a_name_is_enrolled_once() -> None:
    senders.enrol("A", OWN, NOW)
    with pytest.raises(AuthorError):
        senders.enrol("A", OWN, NOW)
