"""What is in force: lists by their last version, entries and rules until the day by which they had to be reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from tests.integration.storage.world import NOW
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.rule import Rule
from torogoz.domain.watchlist import Entry, ListAction, Terms
from torogoz.errors import UnavailableError
from torogoz.storage.keys import keyring
from torogoz.storage.models import Account, Agency, RuleVersion, TargetingRule, Watchlist, WatchlistEntry
from torogoz.storage.snapshots import (
    active_rules,
    encode_entry,
    entry_place,
    fingerprint,
    live_entries,
    open_entry,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
TERMS = Terms(
    "Unidad ficticia", "Ley de ejemplo, art. 1", Purpose.SERIOUS_CRIME, "ejemplo", "B2", "C", ListAction.REFER, TODAY
)
ANA = Entry(
    "W-1",
    ("ANA EJEMPLO", "ANITA EJEMPLO"),
    (PartialDate(1988, 2),),
    ("SLV",),
    "F",
    (Document("A01234567", "P", "SLV"),),
    TERMS,
)
RULE = Rule(
    key="late-cash",
    version=1,
    title_es="Compra tardía en efectivo",
    title_en="Late cash purchase",
    reason_es="ejemplo",
    reason_en="example",
    owner="Unidad ficticia",
    legal_basis="Ley de ejemplo, art. 1",
    purpose=Purpose.SERIOUS_CRIME,
    gravity=2,
    review_on=TODAY,
    condition={"field": "booking.hours_before_departure", "op": "lt", "value": 24},
)


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(code="SOCIO", name="Socio")


@pytest.fixture
def wanted(agency: Agency) -> Watchlist:
    return Watchlist.objects.create(agency=agency, compartment="norte", name="Buscados ficticios", made_at=NOW)


def version(watchlist: Watchlist, number: int) -> None:
    watchlist.versions.create(
        number=number, imported_at=NOW, digest=str(number), entries=0, added=0, removed=0, refused=0
    )


def keep(watchlist: Watchlist, entry: Entry, first: int = 1, last: int | None = None) -> WatchlistEntry:
    """Keep an entry as an import does, from one version up to another."""
    terms = entry.terms
    assert terms
    place = entry_place(watchlist.pk, entry.id, first)
    return WatchlistEntry.objects.create(
        agency=watchlist.agency,
        watchlist=watchlist,
        key=entry.id,
        version_from=first,
        version_to=last,
        owner=terms.owner,
        legal_basis=terms.legal_basis,
        purpose=terms.purpose,
        reason=terms.reason,
        grade=terms.grade,
        handling=terms.handling,
        action=terms.action,
        review_on=terms.review_on,
        gravity=terms.gravity,
        advisory=entry.advisory,
        digest="",
        index_version=1,
        sealed=keyring().seal(encode_entry(entry), place),
        key_id=keyring().fields.id,
    )


def propose(agency: Agency, rule: Rule, state: RuleVersion.State) -> RuleVersion:
    author, _ = Account.objects.get_or_create(username="the-author", defaults={"agency": agency})
    parent, _ = TargetingRule.objects.get_or_create(
        key=rule.key, defaults={"agency": agency, "compartment": "sur", "made_at": NOW}
    )
    return RuleVersion.objects.create(
        rule=parent,
        number=rule.version,
        state=state,
        document={key: value for key, value in msgspec.to_builtins(rule).items() if key != "version"},
        title_es=rule.title_es,
        title_en=rule.title_en,
        purpose=rule.purpose,
        gravity=rule.gravity,
        review_on=rule.review_on,
        author=author,
        proposed_at=NOW,
    )


def keys_in_force(day: date = TODAY) -> list[str]:
    return [entry.id for each in live_entries(day) for entry in each.entries]


def test_an_entry_comes_back_as_it_was_admitted_with_its_terms(wanted: Watchlist) -> None:
    version(wanted, 1)
    row = keep(wanted, ANA)
    assert open_entry(row, keyring()) == ANA
    [listed] = live_entries(TODAY)
    assert (listed.name, listed.version, listed.agency, listed.compartment) == (
        "Buscados ficticios",
        1,
        wanted.agency_id,
        "norte",
    )
    assert listed.entries == (ANA,)


def test_nothing_that_names_a_listed_person_stands_in_clear(wanted: Watchlist) -> None:
    row = keep(wanted, ANA)
    assert not any(clear in bytes(row.sealed) for clear in (b"EJEMPLO", b"A01234567", b"1988"))


@pytest.mark.parametrize("column", ["key", "version_from", "watchlist_id"])
def test_an_entry_moved_to_another_place_does_not_open(wanted: Watchlist, column: str) -> None:
    row = keep(wanted, ANA)
    setattr(row, column, "W-2" if column == "key" else 99)
    with pytest.raises(UnavailableError):
        open_entry(row, keyring())


def test_an_entry_ends_with_its_review_date(wanted: Watchlist) -> None:
    """LR-71: nothing lapses later than its owner said."""
    version(wanted, 1)
    keep(wanted, ANA)
    assert keys_in_force(TODAY) == ["W-1"]
    assert keys_in_force(TODAY + timedelta(days=1)) == []


def test_an_entry_lives_from_the_version_that_brought_it_to_the_one_that_dropped_it(wanted: Watchlist) -> None:
    keep(wanted, ANA, 1, 2)
    keep(wanted, replace(ANA, id="W-2"), 2)
    version(wanted, 1)
    assert keys_in_force() == ["W-1"]
    version(wanted, 2)
    assert keys_in_force() == ["W-2"]


def test_a_list_without_a_version_screens_nobody(wanted: Watchlist) -> None:
    keep(wanted, ANA)
    assert live_entries(TODAY) == []


def test_one_list_may_be_asked_for(wanted: Watchlist) -> None:
    other = Watchlist.objects.create(agency=wanted.agency, name="Otra", made_at=NOW)
    version(wanted, 1)
    version(other, 1)
    assert [each.name for each in live_entries(TODAY, other.pk)] == ["Otra"]


def test_a_rule_comes_back_as_it_was_approved_and_confined(agency: Agency) -> None:
    propose(agency, replace(RULE, version=3), RuleVersion.State.ACTIVE)
    [live] = active_rules(TODAY)
    assert live.rule == replace(RULE, version=3)
    assert (live.agency, live.compartment) == (agency.pk, "sur")


@pytest.mark.parametrize("state", [RuleVersion.State.PROPOSED, RuleVersion.State.REFUSED, RuleVersion.State.STOPPED])
def test_only_an_approved_rule_screens(agency: Agency, state: RuleVersion.State) -> None:
    """LR-36."""
    propose(agency, RULE, state)
    assert active_rules(TODAY) == ()


def test_a_rule_ends_with_its_review_date(agency: Agency) -> None:
    """LR-33."""
    propose(agency, RULE, RuleVersion.State.ACTIVE)
    assert len(active_rules(TODAY)) == 1
    assert active_rules(TODAY + timedelta(days=1)) == ()


def test_the_fingerprint_changes_when_what_is_in_force_does_and_only_then(wanted: Watchlist) -> None:
    version(wanted, 1)
    keep(wanted, ANA)
    rule = propose(wanted.agency, RULE, RuleVersion.State.PROPOSED)
    seen = [fingerprint(TODAY), fingerprint(TODAY)]
    assert seen[0] == seen[1]
    rule.state = RuleVersion.State.ACTIVE
    rule.save()
    seen.append(fingerprint(TODAY))
    version(wanted, 2)
    seen.append(fingerprint(TODAY))
    seen.append(fingerprint(TODAY + timedelta(days=1)))
    assert len(set(seen)) == 4
