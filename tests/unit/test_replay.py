"""A hit can be computed again from its cause, the views of its traveller and its basis, written down and read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.matching.people import crowd
from tests.unit.targeting.strategies import table_rows
from tests.unit.test_screening import ANA, DAY, ENTRY, api, picture, pnr, rule, watching
from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.hit import Basis, RaisedHit
from torogoz.domain.operating_points import DEFAULT_POINTS, OperatingPoints
from torogoz.domain.picture import FlightPicture, History, PicturedTraveller, View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.rule import Rule
from torogoz.domain.traveller import Contact, ContactKind
from torogoz.domain.watchlist import Entry
from torogoz.screening import in_force, replay, screen
from torogoz.targeting.facts import Facts, freeze, thaw
from torogoz.targeting.vocabulary import VOCABULARY

PURPOSE = Purpose.SERIOUS_CRIME


def read_again(basis: Basis) -> Basis:
    return msgspec.json.decode(msgspec.json.encode(basis), type=Basis)


def again(hit: RaisedHit, source: Entry | Rule, of: FlightPicture) -> RaisedHit | None:
    views = next(each.views for each in of.travellers if each.id == hit.traveller)
    return replay(hit.cause, hit.purpose, source, views, read_again(hit.basis), hit.traveller)


@pytest.mark.parametrize(
    "views",
    [
        (api(),),
        (pnr(),),
        (api(), pnr(structs.replace(ANA, surname="EJEMPLO", birth_date=None, documents=()))),
        (api(structs.replace(ANA, surname="EJEMPLOPRUEBA", birth_date=PartialDate(1988, 2))), pnr()),
    ],
    ids=["api", "pnr", "both", "glued"],
)
def test_a_hit_of_a_list_comes_out_the_same_from_its_entry_and_its_basis(views: tuple[View, ...]) -> None:
    entry = replace(ENTRY, documents=(Document("A01234567", "P", "SLV"),), nationalities=("SLV",), sex="F")
    of = picture(*views)
    (hit,) = screen(of, [watching(entry, *crowd(700), *crowd(90, "ANA"))], [], {})
    assert hit.basis.excerpt
    assert hit.basis.excerpt.entries == 791
    assert again(hit, entry, of) == hit


def test_a_hit_comes_out_the_same_although_the_review_point_has_moved_since() -> None:
    """It was raised by a centre that could look at more; its evidence is opened by one that can look at less."""
    vague = replace(ENTRY, birth_dates=(PartialDate(1961),))
    of = picture(api(structs.replace(ANA, surname="EJEMPLO", birth_date=PartialDate(1961))))
    (hit,) = screen(of, [watching(vague, *crowd(2_000, "ANA"))], [], {}, OperatingPoints(0.01, 0.9))
    assert hit.probability
    assert hit.probability < DEFAULT_POINTS.review
    assert again(hit, vague, of) == hit


def test_a_hit_of_a_rule_comes_out_the_same_without_the_others_on_the_flight_and_earlier_journeys() -> None:
    shared = Booking("Y8M3RS", contacts=(Contact(ContactKind.PHONE, "+50370000000"),))
    own = structs.replace(shared, record_locator="X7K2PQ")
    asked = {
        "all": [
            {"field": "sharing.phone_bookings", "op": "ge", "value": 1},
            {"field": "history.days_since_last", "op": "le", "value": 9},
            {"field": "traveller.age", "op": "ge", "value": 18},
        ]
    }
    author = replace(rule(PURPOSE, asked), unless={"field": "party.minors", "op": "ge", "value": 1})
    ana = View(DataClass.PNR, 200, picture().known_at, structs.replace(ANA, record_locator="X7K2PQ"), own)
    other = View(
        DataClass.PNR, 201, picture().known_at, structs.replace(ANA, record_locator="Y8M3RS", surname="X"), shared
    )
    of = replace(picture(ana), travellers=(PicturedTraveller(7, (ana,)), PicturedTraveller(8, (other,))))
    hits = screen(of, [], in_force([author], DAY), {PURPOSE: {7: History(3, 4)}})
    (hit,) = hits
    assert hit.traveller == 7
    assert dict(hit.basis.facts) == {
        "sharing.phone_bookings": 1,
        "history.days_since_last": 4,
        "traveller.age": 38,
        "party.minors": 0,
    }
    assert again(hit, author, of) == hit


def test_what_was_not_kept_does_not_come_out_as_a_hit() -> None:
    of = picture(api())
    (hit,) = screen(of, [watching(ENTRY)], [], {})
    bare = replace(hit, basis=Basis())
    assert again(bare, ENTRY, of) is None
    assert again(hit, replace(ENTRY, terms=None), of) is None
    assert again(bare, rule(PURPOSE, {"field": "payment.cash", "op": "eq", "value": True}), of) is None
    stranger = picture(api(structs.replace(ANA, surname="NADIE", given_names="NINGUNO", documents=())))
    assert again(hit, ENTRY, stranger) is None


@given(table_rows())
def test_the_facts_of_a_rule_are_written_and_read_without_loss(row: dict[str, Any]) -> None:
    facts = Facts(1, frozenset(DataClass), dict.fromkeys(VOCABULARY) | row)
    read = thaw(read_again(Basis(facts=freeze(facts, row))).facts)
    assert {name: read[name] for name in row} == row
    assert all(type(read[name]) is type(row[name]) for name in row)
    assert all(value is None for name, value in read.items() if name not in row)


@given(st.integers(0, 10**6))
def test_a_whole_number_where_a_decimal_belongs_is_read_as_a_decimal(number: int) -> None:
    assert isinstance(thaw((("baggage.kg", number),))["baggage.kg"], float)
