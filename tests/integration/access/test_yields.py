"""What lists and rules have brought is counted from people's latest decisions in force."""

from datetime import datetime, timedelta

import pytest

from tests.integration.review import world
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.yields import Yield, yield_of, yields
from torogoz.storage.models import Decision, Hit

pytestmark = pytest.mark.django_db


def decide(hit: Hit, at: datetime, identity: Identity, *, in_force: bool = True) -> None:
    Decision.objects.create(
        hit=hit,
        made_by=world.account(StaffRole.ANALYST),
        made_at=at,
        identity=identity,
        ground=Ground.YES if identity is Identity.SAME else Ground.NO,
        action=Action.NONE,
        effective_at=at if in_force else None,
    )
    Hit.objects.filter(pk=hit.pk).update(status=HitStatus.DECIDED if in_force else HitStatus.AWAITING_SECOND)


def test_the_latest_decision_in_force_counts_and_no_other() -> None:
    first, second, third, _ = (world.case(cause_source="Prueba").hit for _ in range(4))
    decide(first, world.NOW, Identity.SAME)
    decide(second, world.NOW, Identity.SAME)
    decide(second, world.NOW + timedelta(hours=1), Identity.NOT_SAME)
    decide(third, world.NOW, Identity.SAME, in_force=False)
    found = yields(world.who(StaffRole.SUPERVISOR), CauseKind.WATCHLIST)
    assert found == {"Prueba": Yield(raised=4, decided=2, confirmed=1, rejected=1, open=2)}


def test_rules_are_counted_by_their_key_and_lists_by_their_name() -> None:
    hit = world.rule_hit()
    world.case(cause_source="Prueba")
    asker = world.who(StaffRole.SUPERVISOR)
    assert yields(asker, CauseKind.RULE) == {hit.cause_key: Yield(raised=1, open=1)}
    assert yields(asker, CauseKind.WATCHLIST) == {"Prueba": Yield(raised=1, open=1)}


def test_an_entrys_yield_is_its_own_and_its_lists() -> None:
    hits = [world.case(cause_source="Prueba", cause_key=key).hit for key in ("W-1", "W-1", "W-2")]
    world.case(cause_source="Otra", cause_key="W-1")
    decide(hits[0], world.NOW, Identity.NOT_SAME)
    asker = world.who(StaffRole.ANALYST)
    assert yield_of(asker, "Prueba", "W-1") == Yield(raised=2, decided=1, rejected=1, open=1)
    assert yield_of(asker, "Prueba", "W-3") == Yield()


def test_what_another_agency_or_compartment_holds_is_not_counted() -> None:
    world.case(cause_source="Prueba", compartment="ALFA")
    world.case(cause_source="Prueba")
    assert yields(world.who(StaffRole.ANALYST), CauseKind.WATCHLIST) == {"Prueba": Yield(raised=1, open=1)}
    partner = world.who(StaffRole.ANALYST, agency=world.border_police())
    assert yields(partner, CauseKind.WATCHLIST) == {}
