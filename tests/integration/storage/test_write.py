"""Bulk writing stores what the ORM would have stored, on each database, and ids are given once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.integration.storage.world import NOW, journey, message
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.traveller import TravellerRole
from torogoz.storage.models import Booking, Identifier, JourneyTraveller, Observation, ReceivedMessage
from torogoz.storage.write import insert, insert_objects, reserve, update

pytestmark = pytest.mark.django_db

#: PostgreSQL's text holds no NUL, and no column holds half a surrogate pair: what is stored of messages has neither.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
MOMENTS = st.datetimes(
    datetime.fromisoformat("1970-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-6))]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
).filter(lambda value: value is not None)  # the column holds none
NAMES = (
    *("traveller", "message", "ordinal", "known_at", "said_at", "data_class", "purpose", "source", "clock_from"),
    *("link_evidence", "sealed", "key_id"),
)


def traveller() -> JourneyTraveller:
    return JourneyTraveller.objects.create(
        journey=journey(), role=TravellerRole.PASSENGER, status_at=NOW, first_received_at=NOW, updated_at=NOW
    )


class AnyValues(TestCase):
    """Whatever a message holds."""

    @given(st.lists(st.tuples(MOMENTS, TEXT, JSON, st.binary(max_size=300)), min_size=1, max_size=5))
    def test_what_is_inserted_is_what_the_orm_would_have_inserted(
        self, said: list[tuple[datetime, str, object, bytes]]
    ) -> None:
        row, bulk, single = traveller(), message(), message()
        insert(
            Observation,
            NAMES,
            [
                (
                    *(row.pk, bulk.pk, place, at, at, DataClass.PNR, Purpose.SERIOUS_CRIME, source, at),
                    *(evidence, sealed, "fields-1"),
                )
                for place, (at, source, evidence, sealed) in enumerate(said)
            ],
        )
        for place, (at, source, evidence, sealed) in enumerate(said):
            Observation.objects.create(
                traveller=row,
                message=single,
                ordinal=place,
                known_at=at,
                said_at=at,
                data_class=DataClass.PNR,
                purpose=Purpose.SERIOUS_CRIME,
                source=source,
                clock_from=at,
                link_evidence=evidence,
                sealed=sealed,
                key_id="fields-1",
            )
        assert stored(bulk) == stored(single)


def stored(of: ReceivedMessage) -> list[dict[str, Any]]:
    """Everything but what must differ, as the ORM reads it."""
    rows: list[dict[str, Any]] = [
        dict(row) for row in Observation.objects.filter(message=of).order_by("ordinal").values()
    ]
    for row in rows:
        del row["id"], row["message_id"]
        row["sealed"] = bytes(row["sealed"])
    return rows


def test_objects_are_inserted_whole_under_the_ids_they_were_given() -> None:
    flight = journey()
    rows = [
        JourneyTraveller(
            pk=pk,
            journey=flight,
            role=TravellerRole.CREW,
            surname="NÚÑEZ\t\\N\n",
            status_at=NOW,
            first_received_at=NOW,
            updated_at=NOW,
        )
        for pk in reserve(JourneyTraveller, 3)
    ]
    insert_objects(rows)
    kept = list(JourneyTraveller.objects.order_by("pk"))
    assert [each.pk for each in kept] == [each.pk for each in rows]
    assert {(each.surname, each.role, each.minor, each.person_id) for each in kept} == {
        ("NÚÑEZ\t\\N\n", "crew", False, None)
    }


def test_columns_that_are_not_named_have_their_defaults() -> None:
    row = traveller()
    names = ("traveller", "kind", "data_class", "keyed_hash", "index_version", "sealed", "key_id", "known_at")
    insert(Identifier, names, [(row.pk, Identifier.Kind.PHONE, DataClass.API, "00", 3, b"\0\xff", "fields-1", NOW)])
    kept = Identifier.objects.get()
    assert (kept.issuer, kept.index_version, kept.message_id, kept.kind) == ("", 3, None, "phone")
    assert bytes(kept.sealed) == b"\0\xff"


def test_updates_change_the_named_columns_of_the_named_rows() -> None:
    flight, received = journey(), message()
    insert(Booking, ("journey", "record_locator"), [(flight.pk, f"LOC{place}") for place in range(4)])
    first, second, third, other = Booking.objects.order_by("pk").values_list("pk", flat=True)
    names = ("carrier", "cancelled_at", "last_message")
    update(Booking, names, [("X1", NOW, received.pk, first), ("X2", None, None, second), ("", None, None, third)])
    kept = Booking.objects.order_by("pk").values_list("record_locator", *names)
    assert list(kept) == [
        ("LOC0", "X1", NOW, received.pk),
        ("LOC1", "X2", None, None),
        ("LOC2", "", None, None),
        ("LOC3", "", None, None),
    ]
    assert other


def test_reserved_ids_rise_and_are_never_given_again() -> None:
    assert list(reserve(Booking, 0)) == []
    flight = journey()
    by_database = Booking.objects.create(journey=flight, record_locator="A").pk
    one, two = reserve(Booking, 2)
    assert by_database < one < two
    insert_objects([Booking(pk=pk, journey=flight, record_locator=str(pk)) for pk in (one, two)])
    Booking.objects.filter(pk=two).delete()
    assert two < Booking.objects.create(journey=flight, record_locator="B").pk < reserve(Booking, 1)[0]


def test_nothing_is_written_where_there_is_nothing_to_write(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        insert(Booking, ("journey", "record_locator"), [])
        insert_objects([])
        update(Booking, ("carrier",), [])


def test_a_row_that_breaks_a_constraint_is_an_error_of_the_database_and_none_is_kept() -> None:
    flight = journey()
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Booking, ("journey", "record_locator"), [(flight.pk, "SAME"), (flight.pk, "SAME")])
    assert not Booking.objects.exists()
