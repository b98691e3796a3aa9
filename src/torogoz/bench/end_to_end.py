"""Bytes to hits: sealed, read, joined, stored, held against a list of 100,000 and 100 rules, hits raised.

Every flight sends its bookings and then its passenger list, as carriers do; each delivery is loaded and its flight
screened before the next one comes, as in life. A traveller counts once for each message that names them. Making the
list's index is reported apart: it is done once for each version of a list.
"""

from __future__ import annotations

import argparse
import csv
import io
import time
from datetime import UTC, date, datetime, timedelta
from random import Random

from torogoz.bench import Result
from torogoz.bench.home import database, throw_away_home
from torogoz.domain.purpose import Purpose
from torogoz.synth.people import Population
from torogoz.synth.states import STATES
from torogoz.synth.world import make_day

#: Noon in San Salvador: the busiest hours lie around it.
_MOMENT = datetime(2026, 11, 22, 18, tzinfo=UTC)
REVIEW = date(2036, 1, 1)
_COLUMNS = (
    "id", "names", "birth_date", "nationality", "sex", "document_numbers", "owner", "legal_basis", "purpose",
    "reason", "grade", "handling", "action", "review_on",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--rules", type=int, default=100, help="targeting rules (default: %(default)s)")
    parser.add_argument("--deliveries", type=int, default=60, help="deliveries of the day (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Load the list and the rules, then time the deliveries one by one."""
    with throw_away_home():
        from django.utils import timezone

        from torogoz.flow.compose import Arrival, Outcome, take_in
        from torogoz.flow.watchlists import import_list

        now = timezone.now()
        centre()
        start = time.perf_counter()
        import_list(None, "bench", [listed(arguments.entries)], now)
        imported = time.perf_counter() - start
        _rules(arguments.rules, now)
        day = make_day(1, _MOMENT, "demo")
        deliveries = [each for each in day.deliveries if each.fault is None]
        start = time.perf_counter()
        take_in([Arrival("", deliveries[0].content)], source="bench", now=now)
        warm = time.perf_counter() - start
        outcome, slowest = Outcome(), 0.0
        start = time.perf_counter()
        for each in deliveries[1 : 1 + arguments.deliveries]:
            before = time.perf_counter()
            outcome += take_in([Arrival("", each.content)], source="bench", now=now)
            slowest = max(slowest, time.perf_counter() - before)
        seconds = time.perf_counter() - start
        measured = database()
    return Result(
        sizes={"database": measured}
        | {"entries": arguments.entries, "rules": arguments.rules, "deliveries": arguments.deliveries}
        | {"travellers_named": outcome.travellers, "hits": outcome.hits},
        figures={
            "travellers_per_s": outcome.travellers / seconds,
            "slowest_delivery_s": slowest,
            "list_import_s": imported,
            "index_and_first_delivery_s": warm,
        },
    )


def centre() -> None:
    """An agency that owns what is measured."""
    from torogoz.storage.models import Agency

    Agency.objects.create(code="CENTRE", name="Centre", centre=True)


def listed(entries: int) -> bytes:
    """People of another seed's states: their namesakes travel, they themselves do not."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_COLUMNS)
    rng, population, states = Random(2), Population(2, 2026, "bench"), sorted(STATES)
    for place in range(entries):
        person = population.household(rng.choice(states), place).members[0]
        rows.writerow(
            (
                f"B-{place}",
                f"{person.surname}, {person.given_names or ''}",
                person.born,
                person.nationality,
                person.sex,
                "",
                "CENTRE",
                "benchmark",
                Purpose.SERIOUS_CRIME,
                "invented",
                "B2",
                "C",
                "refer",
                REVIEW,
            )
        )
    return text.getvalue().encode()


def _rules(count: int, now: datetime) -> None:
    """Rules of three comparisons with different numbers, so that little is shared between them."""
    from torogoz.storage.models import Account, Agency, RuleVersion, TargetingRule

    author = Account.objects.create(username="bench")
    for place in range(count):
        key = f"bench-{place}"
        document = {
            "key": key,
            "title_es": "Regla",
            "title_en": "Rule",
            "reason_es": "medición",
            "reason_en": "measurement",
            "owner": "CENTRE",
            "legal_basis": "benchmark",
            "purpose": Purpose.SERIOUS_CRIME.value,
            "gravity": 4,
            "review_on": REVIEW.isoformat(),
            "condition": {
                "all": [
                    {"field": "booking.hours_before_departure", "op": "lt", "value": 2 + place % 7},
                    {"field": "traveller.age", "op": "ge", "value": 18 + place},
                    {"field": "baggage.none", "op": "eq", "value": True},
                ]
            },
        }
        row = TargetingRule.objects.create(key=key, agency=Agency.objects.get(), made_at=now)
        RuleVersion.objects.create(
            rule=row,
            number=1,
            state=RuleVersion.State.ACTIVE,
            document=document,
            title_es="Regla",
            title_en="Rule",
            purpose=Purpose.SERIOUS_CRIME,
            gravity=4,
            review_on=REVIEW,
            author=author,
            proposed_at=now - timedelta(days=1),
        )
