"""Many rules over one manifest: facts, firing and evidence, beside the plain interpreter on the same work.

The rules are the examples with their bounds moved at random, so that hardly any comparison is shared; the travellers
are invented, with API and booking, and values missing as they are missing in life.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

from torogoz.bench import Result
from torogoz.domain.booking import Agency, Booking, Payment
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.journey import Designator, Direction, FlightKey, FlightLeg
from torogoz.domain.picture import FlightPicture, History, PicturedFlight, PicturedTraveller, View
from torogoz.domain.purpose import DataClass, Purpose, readable_classes
from torogoz.domain.rule import Rule
from torogoz.domain.traveller import Bags, Contact, ContactKind, Traveller, TravellerRole
from torogoz.targeting.check import load
from torogoz.targeting.compile import compile_rules, fired
from torogoz.targeting.examples import example_rules
from torogoz.targeting.explain import evidence
from torogoz.targeting.facts import Facts, facts
from torogoz.targeting.interpret import fires

_DEPARTURE = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
_LOCAL = _DEPARTURE.replace(tzinfo=None)
_OUT = Designator("XA", "570")
_STATES = ("SLV", "GTM", "HND", "USA", "MEX")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--rules", type=int, default=300, help="rules (default: %(default)s)")
    parser.add_argument("--seats", type=int, default=200, help="travellers on the flight (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=30, help="how often it is measured (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Measure each step by itself; the figures are of one manifest."""
    rng = Random(1)
    picture, history = _picture(rng, arguments.seats)
    rules = [_moved(rng, place) for place in range(arguments.rules)]
    classes = readable_classes(Purpose.SERIOUS_CRIME)
    compiling = _timed(lambda: compile_rules(rules), 3)
    compiled = compile_rules(rules)
    rows = facts(picture, classes, history)
    reading = _timed(lambda: facts(picture, classes, history), arguments.runs)
    firing = _timed(lambda: fired(compiled, rows), arguments.runs)

    def explain() -> int:
        return sum(
            len(evidence(one.condition, one.unless, rows[place].values)) + len(rows[place].sources(one.fields))
            for one, places in zip(compiled.rules, fired(compiled, rows), strict=True)
            for place in places
        )

    def interpret() -> int:
        return sum(fires(one.condition, one.unless, row.values) for one in compiled.rules for row in rows)

    whole = _timed(lambda: _whole(picture, history, explain), arguments.runs)
    plain = _timed(interpret, 3)
    return Result(
        sizes={
            "rules": arguments.rules,
            "travellers": arguments.seats,
            "different_comparisons": len(compiled.comparisons),
            "fired": sum(map(len, fired(compiled, rows))),
        },
        figures={
            "compile_ms": median(compiling),
            "facts_ms": median(reading),
            "firing_ms": median(firing),
            "firing_max_ms": max(firing),
            "facts_firing_and_evidence_ms": median(whole),
            "plain_interpreter_ms": median(plain),
        },
        ratios={"plain_interpreter": median(plain) / median(firing)},
    )


def _whole(picture: FlightPicture, history: dict[int, History], explain: Callable[[], int]) -> tuple[Facts, ...]:
    rows = facts(picture, readable_classes(Purpose.SERIOUS_CRIME), history)
    explain()
    return rows


def _timed(work: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of each run after a first one that warms up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _moved(rng: Random, place: int) -> Rule:
    """An example with every number in it moved a little, and of one purpose."""
    examples = example_rules(date(2027, 5, 31))
    rule = load(examples[place % len(examples)])
    return replace(
        rule,
        key=f"{rule.key}-{place}",
        purpose=Purpose.SERIOUS_CRIME,
        condition=_move(rng, rule.condition),
        unless=_move(rng, rule.unless),
    )


def _move(rng: Random, tree: Any) -> Any:
    match tree:
        case dict():
            return {key: _move(rng, part) for key, part in tree.items()}
        case list() if all(type(part) is int for part in tree):
            return sorted(_move(rng, part) for part in tree)
        case list():
            return [_move(rng, part) for part in tree]
        case int() if type(tree) is int:
            return max(1, tree + rng.randint(-tree // 2, tree // 2))
        case _:
            return tree


def _picture(rng: Random, seats: int) -> tuple[FlightPicture, dict[int, History]]:
    flight = PicturedFlight(
        id=1,
        key=FlightKey(_OUT, _DEPARTURE.date(), "LAX"),
        arrival_airport="SAL",
        direction=Direction.INBOUND,
        departure_local=_LOCAL,
        arrival_local=_LOCAL + timedelta(hours=7),
        departure_at=_DEPARTURE,
        arrival_at=_DEPARTURE + timedelta(hours=5),
        departure_country="USA",
        arrival_country="SLV",
    )
    people = tuple(PicturedTraveller(place, _views(rng, place)) for place in range(seats))
    history = {place: History(rng.randint(0, 8), rng.randint(1, 400)) for place in range(0, seats, 3)}
    return FlightPicture(flight, people, _DEPARTURE), history


def _views(rng: Random, place: int) -> tuple[View, ...]:
    locator = f"L{place // rng.randint(1, 3):05d}"
    traveller = Traveller(
        TravellerRole.PASSENGER,
        surname="".join(rng.choices("ABCDEFGHIJ", k=6)),
        given_names="".join(rng.choices("ABCDEFGHIJ", k=5)),
        birth_date=PartialDate(rng.randint(1940, 2022), rng.randint(1, 12), rng.randint(1, 28)),
        nationality=rng.choice(_STATES),
        documents=(Document(f"A{place:08d}", "P", rng.choice(_STATES), date(2026 + rng.randint(0, 9), 12, 1)),),
        record_locator=locator,
        bags=rng.choice([None, Bags(0), Bags(1, 20.0), Bags(2, 41.5)]),
    )
    booking = Booking(
        locator,
        created_at=_DEPARTURE - timedelta(hours=rng.choice([10, 30, 60, 500, 2000])),
        travellers=(0,),
        itinerary=_itinerary(rng),
        agency=Agency(f"{rng.randint(1, 40):08d}", "SAL", "SLV"),
        contacts=(Contact(ContactKind.PHONE, f"+503{rng.randint(2_000_0000, 2_000_0150)}"),),
        payments=(Payment(rng.choice(["CA", "CC", "CC"]), f"4111111111{rng.randint(100000, 100200)}", "300", "USD"),),
        bags=rng.choice([None, 0, 1]),
    )
    views = (View(DataClass.API, 1, _DEPARTURE, traveller), View(DataClass.PNR, 2, _DEPARTURE, traveller, booking))
    return views if rng.random() < 0.8 else views[:1]


def _itinerary(rng: Random) -> tuple[FlightLeg, ...]:
    there = FlightLeg(_OUT, "LAX", "SAL", _LOCAL, _LOCAL + timedelta(hours=7))
    back = FlightLeg(Designator("XA", "571"), "SAL", "LAX", _LOCAL + timedelta(hours=rng.choice([20, 40, 200])))
    return rng.choice([(there,), (there, back), (there, back, there, back)])
