"""The demonstration's sign-ins and settings: one person a role, and a telephone so that orders can be tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from torogoz.cli import demo, demo_day
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.scorecard import scorecard
from torogoz.storage.configuration import read
from torogoz.storage.home import Home
from torogoz.storage.models import Account, CarrierProfile


@pytest.mark.django_db
def test_there_is_a_sign_in_for_each_role_and_the_carriers_own_opens_its_figures_and_is_not_of_the_centre() -> None:
    passwords = demo_day.staff(timezone.now())
    assert {name for name, _, _ in demo_day.STAFF} == set(passwords)
    roles = {each.role for each in Account.objects.filter(username__in=passwords)}
    assert roles >= set(StaffRole)
    own = Account.objects.select_related("agency").get(username="aerolinea")
    assert own.check_password(passwords["aerolinea"])
    assert own.agency
    assert not own.agency.centre
    assert scorecard(who_is(own), timezone.now()).carrier == CarrierProfile.objects.get().carrier == demo_day.CARRIER


def test_orders_can_be_tried_in_a_demonstration_for_a_telephone_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)  # a demonstration is refused beside a real database
    home = Home(tmp_path / "home")
    demo.make_anew(home)
    assert read(home, {})["hotline"]
    demo.make_anew(home)  # also where it is made anew
    assert read(home, {})["hotline"]
