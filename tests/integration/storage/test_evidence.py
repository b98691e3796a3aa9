"""A confirmed hit replays from its sealed evidence to the same result, whatever has gone since (design §2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import structs

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, BETO, NOW, Say, api, pnr, say
from tests.integration.flow.test_screen import ANA_LISTED, TERMS, listed
from tests.integration.review.world import GOOD
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import review, rules
from torogoz.flow.screen import rescreen_due
from torogoz.storage.evidence import open_basis, open_evidence, repeats, replay
from torogoz.storage.keys import keyring
from torogoz.storage.models import Hit, HitBasis, RuleVersion, SealedEvidence, TargetingRule, Watchlist
from torogoz.targeting.examples import example_rules

AskAs = Callable[..., Who]

pytestmark = pytest.mark.django_db
__all__ = ["say"]


def confirmed(who: Who, hit: Hit) -> SealedEvidence:
    review.claim(who, hit.pk, NOW)
    decision = review.decide(who, hit.pk, GOOD, NOW)
    return SealedEvidence.objects.get(decision=decision)


def test_a_confirmed_hit_of_a_list_replays_when_messages_and_list_have_gone(
    people: People, who: AskAs, say: Say
) -> None:
    others = (
        f"W-{number},PERSONA {'ABCDEFGH'[number % 8] * 5} EJEMPLO,1950-01-01,SLV,F,,{TERMS}" for number in range(40)
    )
    listed(ANA_LISTED, *(row.replace("W-1,", "W-100,") for row in others))
    say(pnr(ANA))
    say(api(ANA, BETO))
    rescreen_due(NOW)
    hit = Hit.objects.get(cause_key="W-1", traveller__given_names="ANA")
    sealed = confirmed(who(people.analyst, Purpose.SERIOUS_CRIME), hit)
    hit.traveller.observations.all().delete()
    Watchlist.objects.all().delete()
    frozen = open_evidence(sealed, keyring())
    assert frozen.millibits == hit.millibits
    assert repeats(frozen)


def test_a_confirmed_hit_of_a_rule_replays_when_the_rule_and_the_others_on_the_flight_have_gone(
    people: People, who: AskAs, say: Say
) -> None:
    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    document = example_rules((NOW + timedelta(days=90)).date())[0]
    rules.approve(supervisor, rules.propose(analyst, json.dumps(document).encode(), NOW), "ok", NOW)
    booked = structs.replace(BETO, reference="1")
    say(pnr(booked, ANA))
    say(
        api(structs.replace(booked, birth_date=PartialDate(1975, 6, 11), documents=(Document("Z9999999", "P", "GTM"),)))
    )
    rescreen_due(NOW)
    found = Hit.objects.get()
    sealed = confirmed(analyst, found)
    found.journey.travellers.exclude(pk=found.traveller_id).delete()
    RuleVersion.objects.all().delete()
    TargetingRule.objects.all().delete()
    assert repeats(open_evidence(sealed, keyring()))


def test_the_basis_of_a_hit_follows_its_changes(people: People, say: Say) -> None:
    listed(ANA_LISTED)
    say(api(ANA))
    rescreen_due(NOW)
    hit = Hit.objects.get()
    first = open_basis(hit, keyring())
    listed(ANA_LISTED, f"W-2,ANA EJEMPLO,1950-01-01,SLV,F,,{TERMS}")
    rescreen_due(NOW)
    second = open_basis(hit, keyring())
    assert first.excerpt
    assert second.excerpt
    assert (first.excerpt.entries, second.excerpt.entries) == (1, 2)
    assert HitBasis.objects.count() == 1


def test_a_hit_whose_entry_was_gone_when_it_was_confirmed_cannot_be_replayed(
    people: People, who: AskAs, say: Say
) -> None:
    listed(ANA_LISTED)
    say(api(ANA))
    rescreen_due(NOW)
    Watchlist.objects.all().delete()
    frozen = open_evidence(confirmed(who(people.analyst, Purpose.SERIOUS_CRIME), Hit.objects.get()), keyring())
    assert replay(frozen) is None
    assert not repeats(frozen)


def test_evidence_that_was_altered_does_not_repeat(people: People, who: AskAs, say: Say) -> None:
    listed(ANA_LISTED)
    say(api(ANA))
    rescreen_due(NOW)
    Hit.objects.update(millibits=1)
    assert not repeats(
        open_evidence(confirmed(who(people.analyst, Purpose.SERIOUS_CRIME), Hit.objects.get()), keyring())
    )


def test_what_a_carrier_said_after_the_last_screening_is_not_what_the_hit_rested_on(
    people: People, who: AskAs, say: Say
) -> None:
    listed(ANA_LISTED)
    say(api(ANA), received=10)
    rescreen_due(NOW - timedelta(days=1) + timedelta(minutes=10))
    say(pnr(ANA), received=20)
    frozen = open_evidence(confirmed(who(people.analyst, Purpose.SERIOUS_CRIME), Hit.objects.get()), keyring())
    assert [view.data_class for view in frozen.views] == ["api"]
    assert repeats(frozen)
