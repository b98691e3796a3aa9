"""Orders: two persons, their days, their direction, and a named person for this traveller on this flight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.integration.answers.asking import BETO, IN, NOW, OUT, ask, codes, person, request, said
from tests.integration.answers.conftest import DRAFT, HOTLINE, Make, hit_of, load, loaded, protected
from tests.integration.conftest import People
from torogoz.domain.answer import Effect
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import orders
from torogoz.flow.revise import revise, to_tell
from torogoz.storage.access.guard import NotThereError
from torogoz.storage.access.orders import barred, in_force, orders_for
from torogoz.storage.access.orders import orders as read_orders
from torogoz.storage.models import AuditEntry, InteractiveAnswer, JourneyTraveller, Order, OrderConfirmation

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


def ask_again(*people: str, **other: Any) -> list[str]:
    return codes(ask(request(*people, transaction="T9", time="1900", **other), LATER))


def test_a_confirmed_order_is_answered_with_the_number_and_the_case_and_only_for_its_traveller(
    make_order: Make, analyst: Who
) -> None:
    assert codes(ask(request(person(), BETO, route=OUT))) == ["0Z", "0Z"]
    order, ana = make_order(), loaded()
    # In force, and not confirmed for anybody: nobody is kept from boarding.
    assert ask_again(person(), BETO, route=OUT) == ["0Z", "0Z"]
    orders.confirm(analyst, order, ana.pk, "Passport and birth date are those of the order", NOW)
    answered = said(ask(request(person(), BETO, route=OUT, transaction="T10", time="1901"), LATER).body)
    assert [each.code for each in answered.responses] == ["1Z", "0Z"]
    case = Order.objects.get().case_reference
    assert answered.responses[0].text == f"DO NOT BOARD. CALL {HOTLINE} 24H. CASE {case}."
    kept = InteractiveAnswer.objects.get(code="1Z")
    assert kept.confirmation
    assert (kept.because, kept.confirmation.order_id, kept.confirmation.confirmed_by_id) == (
        "no_board",
        order,
        analyst.account,
    )
    assert AuditEntry.objects.filter(event=AuditEvent.ORDER_CONFIRMED, account_id=analyst.account).count() == 1


def test_a_namesake_on_the_same_flight_is_not_taken_for_the_traveller_of_an_order(
    make_order: Make, analyst: Who
) -> None:
    namesake = person(born="750101", document="Z9999999", locator="OTHER1", reference="0009")
    ask(request(person(), namesake, route=OUT))
    load()
    ana = JourneyTraveller.objects.get(record_locator="X7K2PQ")
    orders.confirm(analyst, make_order(), ana.pk, "Passport is that of the order", NOW)
    assert ask_again(person(), namesake, route=OUT) == ["1Z", "0Z"]
    assert codes(ask(request(namesake, route=OUT, transaction="T20", time="1902"), LATER)) == ["0Z"]


def test_an_order_for_a_flight_says_nothing_of_the_travellers_next_one(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, "Passport is that of the order", NOW)
    assert ask_again(person(), route=OUT, leaves="2611240900", lands="2611241500") == ["0Z"]


def test_an_order_ends_with_its_last_day_its_withdrawal_or_its_confirmations_end(
    make_order: Make, analyst: Who, supervisor: Who
) -> None:
    ask(request(person(), route=OUT))
    order = make_order()
    confirmation = orders.confirm(analyst, order, loaded().pk, "Passport is that of the order", NOW)
    assert ask_again(person(), route=OUT) == ["1Z"]
    Order.objects.update(valid_until=date(2026, 11, 21))
    assert codes(ask(request(person(), route=OUT, transaction="T11", time="1903"), LATER)) == ["0Z"]
    Order.objects.update(valid_until=date(2026, 12, 31))
    orders.release(analyst, confirmation, "Another person", NOW)
    assert codes(ask(request(person(), route=OUT, transaction="T12", time="1904"), LATER)) == ["0Z"]
    with pytest.raises(RefusedError, match="taken back before"):
        orders.release(analyst, confirmation, "Another person", NOW)
    orders.confirm(analyst, order, loaded().pk, "The same after all", NOW)
    orders.withdraw(supervisor, order, "The court lifted it", NOW)
    assert codes(ask(request(person(), route=OUT, transaction="T13", time="1905"), LATER)) == ["0Z"]
    with pytest.raises(RefusedError, match="was withdrawn"):
        orders.confirm(analyst, order, loaded().pk, "Once more", NOW)


def test_one_person_alone_brings_no_order_into_force(analyst: Who, supervisor: Who, people: People) -> None:
    order = orders.enter(supervisor, orders.Draft(**DRAFT), NOW)
    with pytest.raises(RefusedError, match="you entered this order yourself"):
        orders.agree(supervisor, order, NOW)
    with pytest.raises(NotThereError):
        orders.agree(analyst, order, NOW)
    ask(request(person(), route=OUT))
    with pytest.raises(RefusedError, match="not in force"):
        orders.confirm(analyst, order, loaded().pk, "Passport is that of the order", NOW)


def test_no_order_comes_into_force_while_nobody_answers_the_telephone(
    analyst: Who, supervisor: Who, settings: Any
) -> None:
    order = orders.enter(analyst, orders.Draft(**DRAFT), NOW)
    settings.HOTLINE = ""
    with pytest.raises(RefusedError, match="no telephone is set"):
        orders.agree(supervisor, order, NOW)


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ({"authority": " "}, "names its authority"),
        ({"file_number": ""}, "names its authority"),
        ({"legal_basis": "x" * 201}, "names its authority"),
        ({"subject": "\x07"}, "names its authority"),
        ({"direction": Direction.OTHER}, "which way it acts"),
        ({"direction": Direction.INBOUND}, "departures only"),
        ({"valid_from": date(2027, 1, 1)}, "days are past"),
        ({"valid_from": date(2026, 1, 1), "valid_until": date(2026, 11, 21)}, "days are past"),
        ({"valid_until": date(2032, 1, 1)}, "outlast five years"),
    ],
)
def test_an_order_that_is_not_whole_is_refused(analyst: Who, draft: dict[str, Any], fault: str) -> None:
    with pytest.raises(AuthorError, match=fault):
        orders.enter(analyst, orders.Draft(**DRAFT | draft), NOW)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("people_asked", "route", "order", "bar"),
    [
        ((person(born="150101"),), OUT, {}, "minor"),
        ((person(nationality="GTM"),), IN, {}, "other_direction"),
        ((person(),), IN, {"direction": Direction.INBOUND, "exit_ban": False}, "coming_home"),
        (
            (person(nationality="USA", issuer="SLV"),),
            IN,
            {"direction": Direction.INBOUND, "exit_ban": False},
            "coming_home",
        ),
        (
            (f"{person(nationality='USA')}LOC+180+SLV:::SANTA ANA'",),
            IN,
            {"direction": Direction.INBOUND, "exit_ban": False},
            "coming_home",
        ),
        (
            (f"{person(nationality='USA')}NAT+2+SLV'",),
            IN,
            {"direction": Direction.INBOUND, "exit_ban": False},
            "coming_home",
        ),
    ],
)
def test_an_order_that_is_barred_for_a_traveller_cannot_be_confirmed(
    make_order: Make, analyst: Who, people_asked: tuple[str, ...], route: Any, order: dict[str, Any], bar: str
) -> None:
    ask(request(*people_asked, route=route))
    made, ana = make_order(**order), loaded()
    assert bar in barred(Order.objects.get(), ana, NOW, confirmed_by=analyst.account)
    with pytest.raises(RefusedError, match="does not act"):
        orders.confirm(analyst, made, ana.pk, "Passport is that of the order", NOW)


def test_an_order_of_entry_acts_on_a_foreigner_who_arrives_and_on_no_departure(make_order: Make, analyst: Who) -> None:
    entry = {"direction": Direction.INBOUND, "exit_ban": False}
    visitor = f"{person(nationality='GTM')}DOC+V:110:111+V1'LOC+91+SLV'"
    ask(request(visitor, route=IN))
    order = make_order(**entry)
    orders.confirm(analyst, order, loaded().pk, "Passport is that of the order", NOW)
    assert ask_again(visitor, route=IN) == ["1Z"]


def test_a_passport_of_this_state_that_is_not_sent_again_still_brings_its_holder_home(
    make_order: Make, analyst: Who
) -> None:
    """ICCPR art. 12(4): neither the answer nor a revision turns a citizen away, whichever passport came last."""
    ask(request(person(nationality="SLV"), route=IN))
    ana = loaded()
    order = make_order(direction=Direction.INBOUND, exit_ban=False)
    abroad = person(nationality="USA", document="B1234567")
    assert ask_again(abroad, route=IN) == ["0Z"]
    load()
    assert JourneyTraveller.objects.count() == 1
    assert "coming_home" in barred(Order.objects.get(), ana, NOW, confirmed_by=analyst.account)
    OrderConfirmation.objects.create(
        order_id=order, traveller=ana, confirmed_by_id=analyst.account, confirmed_at=NOW, reason="Before they knew"
    )
    assert codes(ask(request(abroad, route=IN, transaction="T12", time="1902"), LATER)) == ["0Z"]
    assert revise(LATER) == 0
    assert to_tell(None, LATER) == b""


def test_an_advisory_order_asks_for_a_further_check(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(effect=Effect.ADVISORY), loaded().pk, "Passport is that of the order", NOW)
    assert ask_again(person(), route=OUT) == ["2Z"]


def test_whoever_turns_out_to_be_a_child_boards_and_the_order_that_was_confirmed_is_noted(
    make_order: Make, analyst: Who
) -> None:
    ask(request(person(born=""), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, "Passport is that of the order", NOW)
    assert ask_again(person(born="150101"), route=OUT) == ["0Z"]
    assert AuditEntry.objects.filter(event=AuditEvent.ORDER_BARRED).count() == 1


def test_a_suspected_victim_is_protected_and_not_turned_away(make_order: Make, analyst: Who, people: People) -> None:
    ask(request(person(), route=OUT))
    order, ana = make_order(), loaded()
    hit = hit_of(ana, HitStatus.OPEN)
    assert barred(Order.objects.get(), ana, NOW, confirmed_by=1) == ("protection_undecided",)
    hit.status = HitStatus.DECIDED
    hit.save()
    orders.confirm(analyst, order, ana.pk, "Passport is that of the order", NOW)
    assert ask_again(person(), route=OUT) == ["1Z"]
    protected(hit, people.analyst)
    assert codes(ask(request(person(), route=OUT, transaction="T30", time="1906"), LATER)) == ["0Z"]


def test_hits_never_change_an_answer_however_grave(analyst: Who) -> None:
    ask(request(person(), route=OUT))
    ana = loaded()
    for number, status in enumerate((HitStatus.OPEN, HitStatus.DECIDED)):
        hit = hit_of(ana, status)
        hit.purpose, hit.cause_key = Purpose.SERIOUS_CRIME, str(number)
        hit.save()
    assert ask_again(person(), route=OUT) == ["0Z"]


def test_an_exit_ban_is_not_confirmed_by_what_only_bookings_tell(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    order, ana = make_order(), loaded()
    JourneyTraveller.objects.filter(pk=ana.pk).update(has_api=False, has_pnr=True)
    assert "bookings_only" in barred(Order.objects.get(), loaded(), NOW, confirmed_by=1)
    with pytest.raises(RefusedError):
        orders.confirm(analyst, order, ana.pk, "Passport is that of the order", NOW)


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001, "She is a muslim"])
def test_a_confirmation_needs_a_reason_that_may_be_written(make_order: Make, analyst: Who, reason: str) -> None:
    ask(request(person(), route=OUT))
    with pytest.raises(AuthorError):
        orders.confirm(analyst, make_order(), loaded().pk, reason, NOW)


def test_an_order_is_confirmed_once_and_agreed_to_once(make_order: Make, analyst: Who, supervisor: Who) -> None:
    ask(request(person(), route=OUT))
    order, ana = make_order(), loaded()
    orders.confirm(analyst, order, ana.pk, "Passport is that of the order", NOW)
    with pytest.raises(RefusedError, match="is confirmed"):
        orders.confirm(analyst, order, ana.pk, "Passport is that of the order", NOW)
    with pytest.raises(RefusedError, match="agreed to before"):
        orders.agree(supervisor, order, NOW)


def test_who_may_enter_apply_and_see_orders(people: People, who: Any, make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    order, ana = make_order(), loaded()
    confirmation = orders.confirm(analyst, order, ana.pk, "Passport is that of the order", NOW)
    for account in people.but("analyst", "supervisor", "partner"):
        asker = who(account, Purpose.OVERSIGHT if account == people.data_protection else Purpose.BORDER_CONTROL)
        with pytest.raises(NotThereError):
            orders.enter(asker, orders.Draft(**DRAFT), NOW)
        with pytest.raises(NotThereError):
            orders.confirm(asker, order, ana.pk, "A reason", NOW)
        with pytest.raises(NotThereError):
            orders.release(asker, confirmation, "A reason", NOW)
        if account != people.data_protection:
            with pytest.raises(NotThereError):
                read_orders(asker, NOW)
    partner = who(people.partner, Purpose.BORDER_CONTROL)
    assert read_orders(partner, NOW).orders == ()
    with pytest.raises(NotThereError):
        orders.confirm(partner, order, ana.pk, "A reason", NOW)
    with pytest.raises(NotThereError):
        orders.enter(who(people.analyst), orders.Draft(**DRAFT), NOW)  # without a purpose
    [seen] = read_orders(analyst, NOW).orders
    assert (seen.state, seen.confirmed, seen.mine, "Ejemplo" in seen.subject) == ("in_force", 1, True, True)
    [use] = read_orders(who(people.data_protection, Purpose.OVERSIGHT), NOW).orders
    assert (use.subject, use.confirmed) == ("", 1)


def test_whom_an_order_names_stands_sealed(make_order: Make, django_db_blocker: Any) -> None:
    from django.db import connection

    make_order()
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM storage_order")
        assert "Ejemplo" not in str(cursor.fetchone())


def test_an_order_that_cannot_be_entered_keeps_what_was_filled_in(
    people: People, browse: Callable[..., Client]
) -> None:
    client = browse(people.analyst, Purpose.BORDER_CONTROL)
    form = {name: str(value) for name, value in DRAFT.items()} | {"kind": "exit_ban", "direction": "inbound"}
    form |= {"valid_from": "2026-11-02", "subject": "Ana <Ejemplo>"}
    response = client.post("/orders/enter", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "An exit ban acts on departures only" in page
    for kept in (
        'value="Juzgado Ficticio"',
        'value="12-2026"',
        ">Ana &lt;Ejemplo&gt;</textarea>",
        'value="2026-11-02"',
    ):
        assert kept in page
    assert '<option value="exit_ban" selected>' in page
    assert '<option value="inbound" selected>' in page
    assert not Order.objects.exists()
    # Whoever chooses another language there cannot come back to what was only sent.
    back = client.post("/session/language", {"language": "es", "next": "/orders/enter"})
    assert (back.status_code, back.headers["Location"]) == (302, "/")
    back = client.post("/session/language", {"language": "en", "next": "/orders?page=2"})
    assert (back.status_code, back.headers["Location"]) == (302, "/orders?page=2")


def test_beside_a_traveller_stand_the_orders_in_force_and_no_others(make_order: Make, analyst: Who) -> None:
    """Neither one that is over nor one that was withdrawn; and nothing beside nobody."""
    ask(request(person(), route=OUT))
    make_order()
    ana = loaded().pk
    assert len(orders_for(analyst, ana, NOW).applied) == 1
    Order.objects.update(valid_until=(NOW - timedelta(days=2)).date())
    assert orders_for(analyst, ana, NOW).applied == ()
    assert not in_force(Order(withdrawn_at=NOW), NOW)
    with pytest.raises(NotThereError):
        orders_for(analyst, 4711, NOW)
