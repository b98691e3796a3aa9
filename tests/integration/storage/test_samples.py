"""The database keeps no samples of values that speak of a person: they would outlive the rows."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.integration.storage.world import NOW
from torogoz.privacy.fields import TABLES
from torogoz.privacy.tables import About
from torogoz.storage.models import Agency, Delivery
from torogoz.storage.samples import columns, never_sample

pytestmark = pytest.mark.django_db


def test_every_column_with_a_value_of_a_person_is_named() -> None:
    named = set(columns())
    assert ("storage_journeytraveller", "surname_key") in named
    assert ("storage_hit", "evidence") in named
    assert ("storage_identifier", "sealed") in named
    assert ("storage_identifier", "keyed_hash") in named
    assert ("axes_accessattempt", "username") in named
    assert not any(table == "storage_journey" for table, _ in named)
    assert len(named) > len([table for table in TABLES if table.about is not About.OPERATION])


def _sampled() -> set[tuple[str, str]]:
    """The columns of which the database holds samples. SQLite would keep them in tables of its own; it has none."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, '' FROM sqlite_master WHERE name LIKE 'sqlite_stat%'")
        else:
            cursor.execute("SELECT tablename, attname FROM pg_stats WHERE schemaname = current_schema()")
        return set(cursor.fetchall())


def _fill() -> None:
    """A hundred deliveries whose file names are a person's, and as many agencies."""
    Delivery.objects.bulk_create(
        Delivery(
            received_at=NOW, source="test", name=f"QUETZAL{number % 5}", size=1, digest="", index_version=1, key_id=""
        )
        for number in range(100)
    )
    Agency.objects.bulk_create(Agency(code=f"A{number}", name="A") for number in range(100))


def _analyse() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_whatever_the_database_samples_is_none_of_them() -> None:
    _fill()
    _analyse()
    assert not _sampled() & set(columns())
    assert bool(_sampled()) is (connection.vendor == "postgresql")


def test_what_was_sampled_before_is_dropped_with_the_next_migration_and_the_values_stay() -> None:
    _fill()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE storage_delivery ALTER COLUMN name SET STATISTICS -1")
        _analyse()
        assert ("storage_delivery", "name") in _sampled()
    never_sample()
    assert ("storage_delivery", "name") not in _sampled()
    assert Delivery.objects.filter(name="QUETZAL1").count() == 20


def test_without_samples_no_query_is_compiled_which_would_take_longer_than_to_answer_it() -> None:
    """What PostgreSQL would compile, it would; SQLite compiles nothing."""
    dear = "SELECT count(*) FROM generate_series(1, 10) one, generate_series(1, 10) two"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit_above_cost = 0")
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + dear)
            assert not any("JIT" in line for (line,) in cursor.fetchall())
            cursor.execute("SET LOCAL jit = on")
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + dear)
            compiles = any("JIT" in line for (line,) in cursor.fetchall())
            cursor.execute("SELECT pg_jit_available()")
            assert cursor.fetchone() == (compiles,), "so it is our word that keeps it from it"
