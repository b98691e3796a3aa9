"""What the worker does in each of its rounds costs no more because much is stored."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.conftest import People
from tests.integration.flow.conftest import NOW
from torogoz.flow.upkeep import upkeep

pytestmark = pytest.mark.django_db

#: What holds a row for each message, original or hit: rounds look for what is due in it by an index.
LARGE = ("storage_delivery", "storage_receivedmessage", "storage_hit", "storage_observation")


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # on tables this small it always reads all of them
            cursor.execute(f"EXPLAIN {sql}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor.fetchall())


def test_a_round_of_upkeep_reads_no_large_table_from_end_to_end(people: People) -> None:
    with CaptureQueriesContext(connection) as asked:
        upkeep(NOW)
    plans = [_plan(each["sql"]) for each in asked if each["sql"].startswith('SELECT "')]
    assert len(plans) > 5
    for plan in plans:
        lines = {line.strip().removeprefix("->").split("  (")[0].strip() for line in plan.splitlines()}
        for table in LARGE:
            assert f"SCAN {table}" not in lines
            assert f"Seq Scan on {table}" not in lines
