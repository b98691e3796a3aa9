"""Every column that exists is in the table, once; and masking does to a row what the table says (LR-40)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.booking import BookedLeg, Booking, Split, Ticket
from torogoz.privacy.fields import REACHED, TABLE, TABLES
from torogoz.privacy.mask import alone, empty, mask
from torogoz.privacy.schedule import OF_TRAVELLERS, Data
from torogoz.privacy.tables import About, Row, Table

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def columns(label: str) -> set[str]:
    return {field.name for field in MODELS[label]._meta.get_fields() if getattr(field, "concrete", False)}


def test_every_table_that_exists_is_classified_and_no_other() -> None:
    assert set(TABLE) == set(MODELS)
    assert len(TABLE) == len(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model)
def test_every_column_that_exists_stands_in_one_group(table: Table) -> None:
    assert sorted(table.columns) == sorted(columns(table.model))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model)
def test_whatever_stays_in_clear_about_a_person_or_goes_by_no_clock_says_why(table: Table) -> None:
    if (table.personal and table.about is not About.OPERATION) or not table.goes:
        assert table.why


@pytest.mark.parametrize("table", REACHED, ids=lambda table: table.model)
def test_whatever_masking_reaches_goes_with_its_traveller(table: Table) -> None:
    assert table.goes == OF_TRAVELLERS
    assert table.about is About.TRAVELLER


def test_masking_empties_whatever_it_moves_as_the_column_can_be_empty() -> None:
    for table in REACHED:
        if table.masking is Row.STAYS:
            for name in table.moved:
                field: Any = MODELS[table.model]._meta.get_field(name)
                assert field.get_internal_type() in {"CharField", "TextField"}, (table.model, name)
            for name, value in table.cleared.items():
                field = MODELS[table.model]._meta.get_field(name)
                assert value is not None or field.null, (table.model, name)


def test_what_an_earlier_clock_empties_can_be_empty() -> None:
    for table in TABLES:
        for name, data in table.sooner.items():
            field: Any = MODELS[table.model]._meta.get_field(name)
            assert field.null or isinstance(field, models.CharField)
            assert data in {Data.RAW, Data.UNPARSED, Data.EVENT, Data.AUDIT_TEXT}


TEXTS = st.one_of(st.none(), st.text(max_size=20))


@given(st.sampled_from(REACHED), st.data(), st.integers(1, 10**9))
def test_nothing_that_was_in_a_sealed_or_cleared_column_stays_in_clear(
    table: Table, data: st.DataObject, number: int
) -> None:
    values = {name: data.draw(TEXTS) for name in (*table.moved, *table.cleared)}
    masked = mask(table, number, values)
    assert (masked.clear is None) == (table.masking in {Row.MOVES, Row.GOES})
    for name, value in (masked.clear or {}).items():
        assert name in values
        assert value in ("", None, 0, [])
    kept = {name: value for name, value in values.items() if name in table.moved and value}
    assert (dict(masked.sealed.values) if masked.sealed else {}) == kept


@given(st.sampled_from(REACHED), st.data())
def test_masking_twice_changes_nothing(table: Table, data: st.DataObject) -> None:
    once = mask(table, 1, {name: data.draw(TEXTS) for name in (*table.moved, *table.cleared)})
    if once.clear is not None:
        again = mask(table, 1, once.clear)
        assert again.clear == once.clear
        assert again.sealed is None


def test_a_row_without_a_column_of_the_table_is_refused() -> None:
    with pytest.raises(AssertionError):
        mask(TABLE["storage.Note"], 1, {"text": "x"})


def test_a_booking_alone_tells_not_how_many_travelled_together() -> None:
    party = Booking(
        "X7K2PQ",
        travellers=(0, 1, 2),
        tickets=(Ticket("2021234567890", traveller=2, total="300.00"),),
        legs=(BookedLeg("Y", "HK", 3),),
        splits=(Split("Y8M3RS", "TA", 2),),
        group_name="SINTETICA TOURS",
    )
    assert alone(party) == Booking(
        "X7K2PQ",
        tickets=(Ticket("2021234567890", total="300.00"),),
        legs=(BookedLeg("Y", "HK"),),
        splits=(Split("Y8M3RS", "TA"),),
    )
    assert alone(None) is None


@pytest.mark.parametrize("value", [None, "", b""])
def test_a_column_that_holds_nothing_is_empty(value: object) -> None:
    assert empty(value)


@pytest.mark.parametrize("value", [0, False, "0", [], ()])
def test_a_column_that_holds_something_is_not_empty(value: object) -> None:
    assert not empty(value)
