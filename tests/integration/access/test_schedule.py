"""Who may see what flights are expected."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.integration.conftest import People
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.schedule import COLUMNS, import_schedule
from torogoz.storage.access.schedule import Expected, expected
from torogoz.storage.models import AuditEntry, Journey


def test_the_flights_to_come_are_counted_up_to_the_last(people: People, who: Callable[..., Who], now: datetime) -> None:
    flights = (
        "XA,1,,LAX,SAL,2026-11-21T01:00,2026-11-21T07:00",
        "XA,1,,LAX,SAL,2026-11-23T01:00,2026-11-23T07:00",
        "XA,1,,LAX,SAL,2026-11-24T01:00,2026-11-24T07:00",
    )
    import_schedule(None, "\n".join([",".join(COLUMNS), *flights]).encode(), now)
    Journey.objects.filter(departure_date="2026-11-24").update(scheduled=False)
    last = Journey.objects.get(departure_date="2026-11-23").departure_at
    assert expected(who(people.administrator), now) == Expected(1, last)
    assert AuditEntry.objects.latest("pk").counts == {"scheduled": 1}


def test_nobody_expects_anything_where_nothing_was_imported(
    people: People, who: Callable[..., Who], now: datetime
) -> None:
    assert expected(who(people.supervisor), now) == Expected(0, None)


def test_who_does_not_import_it_does_not_see_it(people: People, who: Callable[..., Who], now: datetime) -> None:
    for account in people.but("supervisor", "administrator"):
        with pytest.raises(RefusedError):
            expected(who(account), now)
