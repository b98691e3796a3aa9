"""Many values asked for at once find what asking for each would find."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.integration.storage.world import journey
from torogoz.storage.models import Booking, Journey

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds_by_text_by_number_and_by_foreign_key() -> None:
    flights = [journey() for _ in range(3)]
    for flight, locator in zip(flights, ("O'BRIEN", "100%", "ñ"), strict=True):
        Booking.objects.create(journey=flight, record_locator=locator)
    wanted = ["O'BRIEN", "ñ", "missing"]
    assert set(Booking.objects.filter(record_locator__among=wanted)) == set(
        Booking.objects.filter(record_locator__in=wanted)
    )
    ids = {flight.pk: None for flight in flights[:2]}
    assert set(Journey.objects.filter(pk__among=ids)) == set(flights[:2])
    assert Booking.objects.filter(journey__among=ids.keys()).count() == 2
    assert Booking.objects.exclude(journey__among=ids).count() == 1


def test_among_nothing_is_nothing() -> None:
    Booking.objects.create(journey=journey(), record_locator="A")
    assert not Booking.objects.filter(record_locator__among=[]).exists()
    assert not Booking.objects.filter(journey__among=()).exists()


def test_a_value_that_is_longer_than_the_column_equals_nothing() -> None:
    Booking.objects.create(journey=journey(), record_locator="L" * 16)
    assert not Booking.objects.filter(record_locator__among=["L" * 17]).exists()


def test_many_values_are_one_parameter() -> None:
    query = Booking.objects.filter(record_locator__among=[str(each) for each in range(5000)]).query
    _, parameters = query.get_compiler(connection=connection).as_sql()
    assert len(parameters) == 1
