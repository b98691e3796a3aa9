"""What is agreed with a carrier: what is due, what weighs how much, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.carrier import STRICT_REFUSAL, UNLAWFUL_CLASS, Agreement, Expectation, class_of
from torogoz.domain.coverage import Flown, Outage, Stage, State, stage_of, states
from torogoz.domain.finding import Finding, Severity
from torogoz.domain.journey import Mode
from torogoz.domain.purpose import DataClass
from torogoz.edifact.findings import CATALOGUE

API, PNR = DataClass.API, DataClass.PNR
LEAVES = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LANDS = LEAVES + timedelta(hours=5)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ROUTE = ("LAX", "SAL")
FLIGHT = Flown("LAX", "SAL", LEAVES, LANDS)
DEFAULT = Agreement()

FINDINGS = st.lists(st.builds(Finding, st.sampled_from(sorted(CATALOGUE)), st.sampled_from(Severity)), max_size=5).map(
    tuple
)
TYPES = st.sampled_from(["PAXLST", "PNRGOV", "CUSRES", None])


@given(FINDINGS, TYPES)
def test_without_an_agreement_everything_is_taken_and_weighs_as_it_did(
    findings: tuple[Finding, ...], kind: str | None
) -> None:
    """LR-05: tolerant is the default."""
    assert DEFAULT.weighed(findings) == findings
    assert DEFAULT.refusal(kind, findings) is None


@given(FINDINGS, st.dictionaries(st.sampled_from(sorted(CATALOGUE)), st.sampled_from(Severity), max_size=5))
def test_an_agreement_changes_what_findings_weigh_and_nothing_else_of_them(
    findings: tuple[Finding, ...], severities: dict[str, Severity]
) -> None:
    weighed = Agreement(severities=severities).weighed(findings)
    assert [(each.code, each.segment, each.position) for each in weighed] == [
        (each.code, each.segment, each.position) for each in findings
    ]
    assert [each.severity for each in weighed] == [severities.get(each.code, each.severity) for each in findings]


@given(FINDINGS)
def test_strict_refuses_what_weighs_as_an_error_and_nothing_else(findings: tuple[Finding, ...]) -> None:
    refused = Agreement(strict=True).refusal("PAXLST", findings)
    assert refused == (STRICT_REFUSAL if Severity.ERROR in {each.severity for each in findings} else None)
    assert Agreement(strict=False).refusal("PAXLST", findings) is None


def test_a_class_that_a_carrier_may_not_send_is_refused_and_answers_hold_none() -> None:
    only_api = Agreement(may_send=frozenset({API}))
    assert only_api.refusal("PNRGOV", ()) == UNLAWFUL_CLASS
    assert only_api.refusal("PAXLST", ()) is None
    for kind in ("CUSRES", "CONTRL", "ACKRES", "GOVREQ", None):
        assert class_of(kind) is None
        assert Agreement(may_send=frozenset()).refusal(kind, ()) is None


def test_the_closest_route_says_when_a_class_is_due_then_the_default() -> None:
    rows = (
        Expectation("", "", API, 30),
        Expectation("LAX", "", API, 60),
        Expectation("LAX", "SAL", API, 90),
        Expectation("", "MIA", PNR, 10),
    )
    agreed = Agreement(expected=rows)
    assert agreed.due(LEAVES, ROUTE, API) == (LEAVES - 90 * MINUTE,)
    assert agreed.due(LEAVES, ("LAX", "MEX"), API) == (LEAVES - 60 * MINUTE,)
    assert agreed.due(LEAVES, ("MEX", "SAL"), API) == (LEAVES - 30 * MINUTE,)
    assert agreed.due(LEAVES, ROUTE, PNR) == (LEAVES - 24 * HOUR,)
    assert Agreement(expected=rows[:1] * 2).due(LEAVES, ROUTE, API) == (LEAVES - 30 * MINUTE,)
    twice = Agreement(expected=(Expectation("", "", API, 10), Expectation("", "", API, 50)))
    assert twice.due(LEAVES, ROUTE, API) == (LEAVES - 50 * MINUTE, LEAVES - 10 * MINUTE), "each of equals"
    assert Agreement(may_send=frozenset({API})).due(LEAVES, ROUTE, PNR) == ()


#: Three pushes, and a list with its close-out after departure.
SEVERAL = Agreement(
    expected=(
        *(Expectation("", "", PNR, hours * 60) for hours in (72, 24, 0)),
        Expectation("", "", API, 60),
        Expectation("", "", API, -30),
    )
)


@pytest.mark.parametrize(
    ("came", "at", "stands"),
    [
        (None, -73, State.AWAITED),
        (None, -72, State.MISSING),
        (-73, -72, State.THERE),
        (-71, -25, State.THERE),
        (-71, -24, State.MISSING),
        (-49, -24, State.MISSING),
        (-48, -24, State.THERE),
        (-23, -1, State.THERE),
        (-23, 0, State.MISSING),
        (-11, 0, State.THERE),
    ],
)
def test_of_several_pushes_the_last_that_was_due_must_have_come_each_for_the_moment_nearest_to_it(
    came: int | None, at: int, stands: State
) -> None:
    """LR-14."""
    flight = sent(pnr_at=None if came is None else LEAVES + came * HOUR)
    assert states(flight, SEVERAL, (), LEAVES + at * HOUR)[PNR] is stands


def test_a_close_out_that_was_agreed_is_missing_where_only_the_list_before_it_came() -> None:
    """LR-14."""
    flight = sent(api_at=LEAVES - HOUR)
    assert states(flight, SEVERAL, (), LEAVES)[API] is State.THERE
    assert states(flight, SEVERAL, (), LEAVES + 30 * MINUTE)[API] is State.MISSING
    assert states(sent(api_at=LEAVES + 20 * MINUTE), SEVERAL, (), LEAVES + 30 * MINUTE)[API] is State.THERE
    in_an_outage = (Outage(LEAVES, None),)
    assert states(flight, SEVERAL, in_an_outage, LEAVES + 30 * MINUTE)[API] is State.OUTAGE


def test_a_flight_passes_three_stages() -> None:
    times = (LEAVES - HOUR - MINUTE, LEAVES - HOUR, LEAVES, LANDS - MINUTE, LANDS)
    assert [stage_of(FLIGHT, at) for at in times] == [
        None,
        Stage.HOUR_BEFORE,
        Stage.DEPARTURE,
        Stage.DEPARTURE,
        Stage.ARRIVAL,
    ]
    assert stage_of(Flown("LAX", "SAL", LEAVES, None), LANDS) is Stage.DEPARTURE


def sent(**columns: object) -> Flown:
    return Flown("LAX", "SAL", LEAVES, LANDS, **columns)  # type: ignore[arg-type]


def test_what_is_not_there_is_missing_once_it_is_due_and_awaited_before() -> None:
    """LR-14."""
    assert states(FLIGHT, DEFAULT, (), LEAVES - 25 * HOUR) == {API: State.AWAITED, PNR: State.AWAITED}
    assert states(FLIGHT, DEFAULT, (), LEAVES - 2 * HOUR) == {API: State.AWAITED, PNR: State.MISSING}
    assert states(FLIGHT, DEFAULT, (), LEAVES) == {API: State.MISSING, PNR: State.MISSING}
    with_pnr = sent(pnr_at=LEAVES - 3 * HOUR)
    assert states(with_pnr, DEFAULT, (), LEAVES - HOUR) == {API: State.AWAITED, PNR: State.THERE}
    assert states(with_pnr, DEFAULT, (), LEAVES) == {API: State.MISSING, PNR: State.THERE}


def test_an_hour_before_departure_a_flight_of_which_nothing_came_lacks_its_list_too() -> None:
    only_api = Agreement(may_send=frozenset({API}))
    assert states(FLIGHT, only_api, (), LEAVES - HOUR - MINUTE)[API] is State.AWAITED
    assert states(FLIGHT, only_api, (), LEAVES - HOUR)[API] is State.MISSING
    after_landing = Agreement(frozenset({API}), expected=(Expectation("", "", API, -60),))
    assert states(FLIGHT, after_landing, (), LEAVES)[API] is State.AWAITED, "what is due later by agreement is awaited"


def test_a_list_is_short_where_it_names_fewer_than_the_carrier_announced() -> None:
    assert states(sent(api_at=LEAVES, listed=99, announced=100), DEFAULT, (), LEAVES)[API] is State.SHORT
    assert states(sent(api_at=LEAVES, listed=100, announced=100), DEFAULT, (), LEAVES)[API] is State.THERE
    assert states(sent(api_at=LEAVES), DEFAULT, (), LEAVES)[API] is State.THERE, "nothing was announced"


def test_a_push_is_short_where_it_names_fewer_bookings_than_the_carrier_announced() -> None:
    assert states(sent(pnr_at=LEAVES, booked=99, announced_bookings=100), DEFAULT, (), LEAVES)[PNR] is State.SHORT
    assert states(sent(pnr_at=LEAVES, booked=100, announced_bookings=100), DEFAULT, (), LEAVES)[PNR] is State.THERE
    assert states(sent(pnr_at=LEAVES), DEFAULT, (), LEAVES)[PNR] is State.THERE, "nothing was announced"


def test_what_is_not_due_never_lacks_and_an_outage_is_told_apart_from_missing() -> None:
    """LR-07: no blame for an outage that was declared."""
    assert states(FLIGHT, Agreement(may_send=frozenset({API})), (), LANDS)[PNR] is State.NOT_DUE
    for outage, found in (
        (Outage(LEAVES - HOUR, LEAVES + HOUR), State.OUTAGE),
        (Outage(LEAVES - HOUR, None), State.OUTAGE),
        (Outage(LEAVES + HOUR, LANDS + HOUR), State.OUTAGE),
        (Outage(LEAVES - 3 * HOUR, LEAVES - HOUR), State.MISSING),
        (Outage(LANDS + HOUR, None), State.MISSING),
    ):
        assert states(FLIGHT, DEFAULT, (outage,), LANDS)[API] is found, outage
    assert (
        states(sent(api_at=LEAVES, listed=1, announced=9), DEFAULT, (Outage(LEAVES - HOUR, None),), LEAVES)[API]
        is State.SHORT
    )


def test_ships_and_buses_owe_no_bookings() -> None:
    for mode in (Mode.SEA, Mode.LAND):
        trip = Flown("LAX", "SAL", LEAVES, LANDS, mode=mode)
        assert states(trip, DEFAULT, (), LEAVES) == {API: State.MISSING, PNR: State.NOT_DUE}
