"""A hit is owned and confined as the list or the rule that raised it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.storage.world import NOW
from torogoz.domain.hit import Cause, CauseKind
from torogoz.domain.purpose import Purpose
from torogoz.storage.models import Account, Agency, RuleVersion, TargetingRule, Watchlist
from torogoz.storage.owners import Owner, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Agency:
    return Agency.objects.create(code="SOCIO", name="Socio")


def test_a_hit_of_a_list_takes_over_its_agency_and_compartment(partner: Agency) -> None:
    Watchlist.objects.create(agency=partner, compartment="norte", name="Buscados ficticios", made_at=NOW)
    found = owner_of(Cause(CauseKind.WATCHLIST, "Buscados ficticios", "W-1", 3))
    assert found == Owner(partner.pk, "norte", "Buscados ficticios", "Buscados ficticios")


def test_a_hit_of_a_rule_is_named_as_the_version_that_fired_was(partner: Agency) -> None:
    author = Account.objects.create(username="the-author", agency=partner)
    rule = TargetingRule.objects.create(agency=partner, compartment="sur", key="late-cash", made_at=NOW)
    for number in (1, 2):
        RuleVersion.objects.create(
            rule=rule,
            number=number,
            state=RuleVersion.State.ACTIVE if number == 2 else RuleVersion.State.STOPPED,
            document={},
            title_es=f"Tarde {number}",
            title_en=f"Late {number}",
            purpose=Purpose.SERIOUS_CRIME,
            gravity=2,
            review_on=date(2027, 1, 1),
            author=author,
            proposed_at=NOW,
        )
    assert owner_of(Cause(CauseKind.RULE, "rules", "late-cash", 1)) == Owner(partner.pk, "sur", "Tarde 1", "Late 1")
    assert owner_of(Cause(CauseKind.RULE, "rules", "late-cash", 2)) == Owner(partner.pk, "sur", "Tarde 2", "Late 2")
