"""Each carrier writes in its own way, and that way is the one its row in the table names."""

from __future__ import annotations

import re

import pytest

from torogoz.synth.deliveries import Delivery
from torogoz.synth.dialects import CARRIERS
from torogoz.synth.world import Day

CARD = re.compile(rb"4111\d{12}")


def of(day: Day, carrier: str, kind: str = "") -> list[Delivery]:
    return [
        one for one in day.deliveries if one.flight.startswith(carrier) and one.kind.startswith(kind) and not one.fault
    ]


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_service_characters_are_announced_where_the_carrier_announces_them(demo: Day, carrier: str) -> None:
    dialect = CARRIERS[carrier].dialect
    for one in of(demo, carrier, "PNRGOV"):
        assert one.content.startswith(b"UNA") == dialect.una
        assert (b"UNG" in one.content) == dialect.group


def test_telex_is_cut_at_its_width_wherever_that_falls(demo: Day) -> None:
    lists = of(demo, "X4", "PAXLST")
    assert lists
    for one in lists:
        assert max(len(line) for line in one.content.split(b"\r\n")) <= 64
    assert any(re.search(rb"[A-Z]\r\n[A-Z]", one.content) for one in lists)


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_whole_card_numbers_come_only_from_the_carrier_that_sends_them(demo: Day, carrier: str) -> None:
    whole = any(CARD.search(one.content) for one in of(demo, carrier, "PNRGOV"))
    assert whole == CARRIERS[carrier].dialect.whole_card


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_accents_come_only_from_the_carrier_whose_character_set_has_them(demo: Day, carrier: str) -> None:
    accented = any(not one.content.isascii() for one in of(demo, carrier))
    assert accented == CARRIERS[carrier].dialect.accents


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_versions_are_those_of_the_table(demo: Day, carrier: str) -> None:
    dialect = CARRIERS[carrier].dialect
    versions = {(message.type, message.version) for one in of(demo, carrier) for message in one.expected}
    assert versions == {("PAXLST", dialect.paxlst), ("PNRGOV", dialect.pnrgov)}


def test_a_sign_is_released_where_it_divides_and_only_there(demo: Day) -> None:
    """Phone numbers begin with a plus, so that every carrier whose separator it is must release it."""
    assert any(b"?+503" in one.content for one in of(demo, "X1", "PNRGOV"))
    assert any(rb"\+503" in one.content for one in of(demo, "X3", "PNRGOV"))
    assert any(b"+503" in one.content and b"?+503" not in one.content for one in of(demo, "X2", "PNRGOV"))
