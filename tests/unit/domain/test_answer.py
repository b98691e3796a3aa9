"""What a carrier is answered: a person's order and confirmation, or nothing that keeps anybody from boarding."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.answer import (
    BARS,
    FALL_BACK,
    REQUIRED,
    Asked,
    Circumstances,
    Effect,
    Order,
    answer,
    bars,
    citizenships,
    is_minor,
    missing,
    superseded,
)
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.journey import Direction
from torogoz.domain.traveller import Traveller, TravellerRole

TODAY = date(2026, 11, 22)
ORDER = Order(
    authority="Juzgado Ficticio",
    legal_basis="Ley, art. 1",
    effect=Effect.NO_BOARD,
    exit_ban=True,
    direction=Direction.OUTBOUND,
    valid_from=TODAY,
    valid_until=TODAY,
    case_reference="C7F3",
    entered_by=1,
    agreed_by=2,
    confirmed_by=1,
    confirmation=9,
)
CASE = Circumstances(Direction.OUTBOUND, TODAY, "SLV", frozenset({"SLV"}), minor=False, protected=False, hotline="+503")
ANA = Traveller(
    TravellerRole.PASSENGER,
    "EJEMPLO",
    "ANA",
    birth_date=PartialDate(1988, 2, 29),
    nationality="SLV",
    documents=(Document("A01234567", "P", "SLV"),),
)

_days = st.dates(TODAY - timedelta(2), TODAY + timedelta(2))
_person = st.none() | st.integers(1, 3)
_orders = st.builds(
    Order,
    st.sampled_from(("", " ", "Juzgado Ficticio")),
    st.sampled_from(("", "Ley, art. 1")),
    st.sampled_from(Effect),
    st.booleans(),
    st.sampled_from(Direction),
    _days,
    _days,
    st.sampled_from(("", "C7F3")),
    _person,
    _person,
    _person,
    st.booleans(),
    st.integers(1, 9),
)
_cases = st.builds(
    Circumstances,
    st.sampled_from(Direction),
    st.just(TODAY),
    st.just("SLV"),
    st.frozensets(st.sampled_from(("SLV", "GTM", "USA"))),
    minor=st.booleans(),
    protected=st.booleans(),
    hotline=st.sampled_from(("", "+503 2222 0000")),
    born_here=st.booleans(),
)


@given(st.lists(_orders, max_size=4), _cases, st.sampled_from(((), ("NAME",))))
def test_nobody_is_kept_from_boarding_or_checked_further_without_an_order_that_nothing_bars(
    orders: list[Order], case: Circumstances, lacks: tuple[str, ...]
) -> None:
    said = answer(lacks, orders, case)
    if said.code not in {"1Z", "2Z"}:
        assert said.code == ("4Z" if lacks else "0Z")
        assert said.confirmation is None
        return
    [order, *_] = [each for each in orders if each.confirmation == said.confirmation and not bars(each, case)]
    # The promises, each in its own words, and not by the table that keeps them.
    assert order.authority.strip()
    assert order.legal_basis
    assert order.valid_from <= TODAY <= order.valid_until
    assert order.direction == case.direction
    assert case.direction in (Direction.INBOUND, Direction.OUTBOUND)
    assert None not in (order.entered_by, order.agreed_by, order.confirmed_by)
    assert order.entered_by != order.agreed_by
    assert not order.withdrawn
    assert not case.minor
    assert not case.protected
    if order.exit_ban:
        assert case.direction is Direction.OUTBOUND
    if said.code == "1Z":
        foreign = case.citizenships and "SLV" not in case.citizenships and not case.born_here
        assert case.direction is Direction.OUTBOUND or foreign
    assert case.hotline in said.text
    assert order.case_reference in said.text


@given(_cases)
def test_without_an_order_everybody_whose_data_are_whole_boards(case: Circumstances) -> None:
    assert answer((), (), case).code == "0Z"
    assert answer(("NAME",), (), case).code == "4Z"


@pytest.mark.parametrize(
    ("code", "order", "case"),
    [
        ("not_written", {"authority": " "}, {}),
        ("not_written", {"legal_basis": ""}, {}),
        ("no_second_person", {"agreed_by": None}, {}),
        ("no_second_person", {"agreed_by": 1}, {}),
        ("not_confirmed", {"confirmed_by": None}, {}),
        ("withdrawn", {"withdrawn": True}, {}),
        ("not_current", {"valid_from": TODAY + timedelta(1), "valid_until": TODAY + timedelta(1)}, {}),
        ("not_current", {"valid_from": TODAY - timedelta(1), "valid_until": TODAY - timedelta(1)}, {}),
        ("other_direction", {"direction": Direction.INBOUND, "exit_ban": False}, {}),
        ("crosses_no_border", {"direction": Direction.OTHER, "exit_ban": False}, {"direction": Direction.OTHER}),
        (
            "exit_ban_elsewhere",
            {"direction": Direction.INBOUND},
            {"direction": Direction.INBOUND, "citizenships": frozenset({"GTM"})},
        ),
        ("minor", {}, {"minor": True}),
        ("protected", {}, {"protected": True}),
        (
            "coming_home",
            {"direction": Direction.INBOUND, "exit_ban": False},
            {"direction": Direction.INBOUND, "citizenships": frozenset({"USA", "SLV"})},
        ),
        (
            "coming_home",
            {"direction": Direction.INBOUND, "exit_ban": False},
            {"direction": Direction.INBOUND, "citizenships": frozenset()},
        ),
        (
            "coming_home",
            {"direction": Direction.INBOUND, "exit_ban": False},
            {"direction": Direction.INBOUND, "citizenships": frozenset({"USA"}), "born_here": True},
        ),
        ("nobody_to_call", {}, {"hotline": " "}),
        ("nobody_to_call", {"case_reference": ""}, {}),
    ],
)
def test_each_bar_alone_keeps_an_order_from_acting(
    code: str, order: dict[str, object], case: dict[str, object]
) -> None:
    assert answer((), (ORDER,), CASE).code == "1Z"
    barred, circumstances = replace(ORDER, **order), replace(CASE, **case)  # type: ignore[arg-type]
    found = bars(barred, circumstances)
    assert code in found
    assert set(found) <= {code, "exit_ban_elsewhere"} | ({"other_direction"} if code == "exit_ban_elsewhere" else set())
    assert answer((), (barred,), circumstances).code == "0Z"


def test_every_bar_of_the_table_has_been_tried() -> None:
    assert len(BARS) == 12


def test_a_national_may_be_checked_further_on_the_way_home_but_never_kept_out() -> None:
    home = replace(CASE, direction=Direction.INBOUND)
    order = replace(ORDER, direction=Direction.INBOUND, exit_ban=False)
    assert answer((), (order,), home).code == "0Z"
    assert answer((), (replace(order, effect=Effect.ADVISORY),), home).code == "2Z"


def test_the_gravest_order_is_answered_and_names_its_confirmation_the_number_and_the_case() -> None:
    advisory = replace(ORDER, effect=Effect.ADVISORY, confirmation=3)
    said = answer(("NAME",), (advisory, ORDER), CASE)
    assert (said.code, said.confirmation, said.because) == ("1Z", 9, "no_board")
    assert said.text == "DO NOT BOARD. CALL +503 24H. CASE C7F3."


def test_what_is_missing_is_named_and_a_child_in_arms_needs_no_document() -> None:
    assert missing(ANA) == ()
    empty = Traveller(TravellerRole.PASSENGER)
    assert missing(empty) == tuple(word for word, _ in REQUIRED)
    assert missing(Traveller(TravellerRole.PASSENGER, infant=True)) == ("NAME", "BIRTH DATE", "NATIONALITY")
    assert answer(missing(empty), (), CASE).text == "DATA MISSING: NAME, BIRTH DATE, NATIONALITY, DOCUMENT."


def test_a_child_is_whoever_is_under_age_or_sent_as_an_infant_and_an_unknown_age_is_no_childs() -> None:
    assert not is_minor(ANA, TODAY)
    assert is_minor(Traveller(TravellerRole.PASSENGER, birth_date=PartialDate(2010, 1, 2)), TODAY)
    assert is_minor(Traveller(TravellerRole.PASSENGER, birth_date=PartialDate(2008)), TODAY)
    assert not is_minor(Traveller(TravellerRole.PASSENGER, birth_date=PartialDate(2007)), TODAY)
    assert is_minor(Traveller(TravellerRole.PASSENGER, infant=True), TODAY)
    assert not is_minor(Traveller(TravellerRole.PASSENGER), TODAY)


def test_a_document_of_a_state_tells_its_citizen_as_well_as_the_nationality_does() -> None:
    assert citizenships(ANA) == {"SLV"}
    dual = Traveller(TravellerRole.PASSENGER, nationality="USA", documents=(Document("1", "P", "SLV"), Document("2")))
    assert citizenships(dual) == {"USA", "SLV"}
    assert citizenships(Traveller(TravellerRole.PASSENGER)) == frozenset()


def test_every_nationality_tells_a_citizen_and_a_visa_none() -> None:
    """ICCPR art. 12(4): whoever has this state's nationality beside another comes home too."""
    both = Traveller(TravellerRole.PASSENGER, nationality="USA", other_nationalities=("SLV",))
    assert citizenships(both) == {"USA", "SLV"}
    visas = tuple(Document("1", kind, "SLV") for kind in ("V", "VA"))
    guest = Traveller(TravellerRole.PASSENGER, nationality="GTM", documents=(*visas, Document("2", "P", "GTM")))
    assert citizenships(guest) == {"GTM"}


def test_the_fall_back_lets_board_and_says_that_nothing_was_checked() -> None:
    assert (FALL_BACK.code, FALL_BACK.because) == ("0Z", "fall_back")


@pytest.mark.parametrize(
    ("asked", "earlier", "older"),
    [
        (Asked("T1", 1), [], False),
        (Asked("T2", 2), [Asked("T1", 1)], False),
        (Asked("T1", 1), [Asked("T2", 2)], True),
        (Asked("T2", 1), [Asked("T1", 1)], False),
        (Asked("T1", 1), [Asked("T1", 1), Asked("T2", 1)], True),
        (Asked("T2", 1), [Asked("T1", 1), Asked("T2", 1)], False),
        (Asked("", 1), [Asked("", 1), Asked("", 1)], False),
    ],
)
def test_a_request_is_older_that_was_said_before_or_is_sent_again_after_another(
    asked: Asked,
    earlier: list[Asked],
    older: bool,  # noqa: FBT001 - what a row of the table expects
) -> None:
    assert superseded(asked, earlier) is older
