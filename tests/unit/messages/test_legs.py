"""Who of a list is on which leg of a flight with several."""

from __future__ import annotations

from tests.unit.messages.written import only, paxlst, paxlst_bytes
from torogoz.domain.manifest import Message
from torogoz.messages.legs import aboard, flown

LEGS = (
    "TDT+20+X1310+++X1'LOC+125+MIA'DTM+189:2611220945:201'LOC+87+GUA'DTM+232:2611221100:201'"
    "TDT+20+X1310+++X1'LOC+125+GUA'DTM+189:2611221200:201'LOC+87+SAL'DTM+232:2611221300:201'"
)


def of(*people: str) -> Message:
    body = "".join(f"NAD+FL+++{name}:ANA'{rest}" for name, rest in (each.split(" ", 1) for each in people))
    return paxlst(body + f"CNT+42:{len(people)}'", leg=LEGS)


def names(message: Message) -> list[str | None]:
    return [each.surname for each in message.travellers]


def test_each_leg_has_those_who_fly_it_and_its_total_only_where_they_are_all() -> None:
    message = of(
        "TODO LOC+178+MIA'LOC+179+SAL'", "PRIMERO LOC+178+MIA'LOC+179+GUA'", "SEGUNDO LOC+178+GUA'LOC+179+SAL'"
    )
    first, second = aboard(message, (0, 1))
    assert names(first[1]) == ["TODO", "PRIMERO"]
    assert names(second[1]) == ["TODO", "SEGUNDO"]
    assert (first[1].expected_travellers, second[1].expected_travellers) == (None, None)
    together = of("TODO LOC+178+MIA'LOC+179+SAL'")
    assert [each.expected_travellers for _, each in aboard(together, (0, 1))] == [1, 1]


def test_who_does_not_say_where_their_journey_ends_is_on_the_first_leg_only() -> None:
    message = of("CALLA LOC+178+MIA'", "SIGUE LOC+178+MIA'LOC+179+LAX'")
    first, second = aboard(message, (0, 1))
    assert names(first[1]) == ["CALLA", "SIGUE"]
    assert names(second[1]) == []


def test_a_journey_that_runs_against_the_flight_counts_on_the_first_leg() -> None:
    backwards = of("VUELVE LOC+178+SAL'LOC+179+MIA'")
    [traveller] = backwards.travellers
    assert flown(traveller, backwards.flights) is None
    assert [names(each) for _, each in aboard(backwards, (0, 1))] == [["VUELVE"], []]


def test_a_flight_of_one_leg_and_a_leg_alone_are_left_as_they_are() -> None:
    single = only(paxlst_bytes("NAD+FL+++EJEMPLO:ANA'CNT+42:1'"))
    assert aboard(single, (0,)) == [(0, single)]
    assert aboard(single, ()) == []
