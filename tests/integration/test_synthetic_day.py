"""A synthetic hour through the whole flow: who was planted is found, and who only looks so is left alone."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.purpose import Purpose
from torogoz.flow import rules
from torogoz.flow.compose import Outcome
from torogoz.flow.parse import LoadReport, load
from torogoz.flow.receive import receive
from torogoz.flow.screen import rescreen_due
from torogoz.flow.watchlists import import_list
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import Hit, JourneyTraveller
from torogoz.synth.truth import Expected
from torogoz.synth.watchlists import to_csv
from torogoz.synth.world import Day, make_day
from torogoz.targeting.examples import example_rules

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def screened(people: People, day: Day) -> Outcome:
    """Lists and rules first, then every delivery at the moment at which it came."""
    import_list(None, "persons", [to_csv(one.entry for one in day.watchlists.persons).encode()], NOW)
    import_list(None, "documents", [to_csv(day.watchlists.documents).encode()], NOW)
    author = who_is(people.analyst, Purpose.SERIOUS_CRIME)
    second = who_is(people.supervisor, Purpose.SERIOUS_CRIME)
    for document in example_rules((NOW + timedelta(days=180)).date()):
        version = rules.propose(author, json.dumps(document).encode(), NOW)
        rules.approve(second, version, "synthetic", NOW)
    report = LoadReport()
    for one in day.deliveries:
        report += load(receive(one.content, source="test", name=one.name, now=one.arrives_at), one.arrives_at)
    raised = rescreen_due(day.deliveries[-1].arrives_at).raised
    return Outcome(report.received, report.loaded, report.duplicates, report.refused, report.travellers, raised)


def test_planted_suspects_are_raised_and_innocents_are_not(people: People) -> None:
    day = make_day(1, NOW, "tiny")
    outcome = screened(people, day)

    raised: dict[tuple[str, str], dict[str, bool]] = {}
    for hit in Hit.objects.select_related("traveller"):
        key = hit.traveller.record_locator, hit.traveller.reference
        raised.setdefault(key, {})[hit.cause_key] = hit.queued
    for one in day.planted:
        queued = raised.get((one.locator, one.reference), {}).get(one.cause.split(":")[1])
        match one.expected:
            case Expected.HIT | Expected.PROTECTION:
                assert queued is True, one.typology
            case Expected.ADVISORY:
                assert queued is False, one.typology
            case Expected.NO_HIT:
                assert queued is None, one.typology
            case Expected.EITHER:
                pass

    assert outcome.refused == sum(not one.readable for one in day.deliveries)
    # Besides what was sent again, a crew list or a close-out of the same words may be a duplicate too.
    assert outcome.duplicates >= sum(one.repeats is not None for one in day.deliveries)
    assert outcome.received == outcome.loaded + outcome.duplicates + outcome.refused

    present = JourneyTraveller.objects.filter(merged_into=None).exclude(reference="")
    rows = Counter(present.values_list("journey", "record_locator", "reference"))
    assert sum(rows.values()) <= len(rows) * 1.005, "a traveller in both sources is one row, however they are typed"
