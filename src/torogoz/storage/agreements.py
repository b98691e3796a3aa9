"""What is agreed with each carrier, as rows hold it, and the outages that it declared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from torogoz.domain.carrier import Acknowledge, Agreement, Expectation
from torogoz.domain.coverage import Outage
from torogoz.domain.finding import Severity
from torogoz.domain.purpose import DataClass
from torogoz.storage.models import CarrierOutage, CarrierProfile

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from torogoz.storage.models import Sender

#: What holds where nothing is agreed.
DEFAULT = Agreement()


def agreement_of(carrier: str) -> Agreement:
    """What is agreed with a carrier."""
    profile = CarrierProfile.objects.filter(carrier=carrier).first() if carrier else None
    return agreement(profile) if profile else DEFAULT


def agreements(carriers: Collection[str]) -> defaultdict[str, Agreement]:
    """What is agreed with each of some carriers."""
    found = defaultdict[str, Agreement](Agreement)
    for profile in CarrierProfile.objects.filter(carrier__in=set(carriers)):
        found[profile.carrier] = agreement(profile)
    return found


def told_in(sender: Sender | None) -> dict[str, Acknowledge]:
    """In which message each of a sender's carriers is told what was found; none of those that did not agree to one.

    Under the empty name stands that of what no carrier can be told of: a sender has one where all its carriers that
    agreed agreed alike. Whoever is not enrolled may be anybody's, and has none.
    """
    agreed = CarrierProfile.objects.exclude(acknowledge="")
    if sender and sender.carriers is not None:
        agreed = agreed.filter(carrier__in=sender.carriers)
    found = {carrier: Acknowledge(way) for carrier, way in agreed.values_list("carrier", "acknowledge")}
    if sender and len(set(found.values())) == 1:
        found[""] = next(iter(found.values()))
    return found


def outages(carriers: Collection[str], since: datetime) -> defaultdict[str, tuple[Outage, ...]]:
    """The outages of each of some carriers that had not ended at a moment."""
    found = defaultdict[str, tuple[Outage, ...]](tuple)
    rows = CarrierOutage.objects.filter(Q(ends_at=None) | Q(ends_at__gt=since), profile__carrier__in=set(carriers))
    for row in rows.select_related("profile").order_by("starts_at", "pk"):
        found[row.profile.carrier] += (Outage(row.starts_at, row.ends_at),)
    return found


def agreement(profile: CarrierProfile) -> Agreement:
    """The agreement of a row."""
    return Agreement(
        may_send=frozenset(map(DataClass, profile.may_send)),
        strict=profile.strict,
        severities={code: Severity(severity) for code, severity in profile.severities.items()},
        expected=tuple(
            Expectation(departure, arrival, DataClass(data_class), minutes)
            for departure, arrival, data_class, minutes in profile.expected
        ),
    )
