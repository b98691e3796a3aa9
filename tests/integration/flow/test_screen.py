"""From a picture to one queue: hits are raised once, follow their travellers, and nobody's alert dies unread."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from msgspec import structs

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, BETO, LEG, NOW, Say, api, pnr
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.hit import HitStatus
from torogoz.domain.journey import Designator
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import raise_hits, rules
from torogoz.flow import screen as screening
from torogoz.flow.raise_hits import Raised
from torogoz.flow.screen import rescreen_due
from torogoz.flow.upkeep import Upkept, upkeep
from torogoz.flow.watchlists import import_list
from torogoz.storage import pictures
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.queue import queue
from torogoz.storage.dispositions import about_a_child
from torogoz.storage.models import AuditEntry, Decision, Event, Hit, Journey
from torogoz.targeting.examples import example_rules

pytestmark = pytest.mark.django_db

HEADER = (
    "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,reason,grade,handling,action,"
    "review_on"
)
TERMS = "CENTRO,Art. 1,serious_crime,inventado,B2,C,refer,2027-06-01"
ANA_LISTED = f"W-1,ANA EJEMPLO PRUEBA,1988-02-29,SLV,F,,{TERMS}"


def listed(*rows: str, name: str = "wanted") -> None:
    import_list(None, name, ["\n".join((HEADER, *rows)).encode()], NOW)


def the_hit() -> Hit:
    return Hit.objects.get()


@pytest.fixture
def ana_is_listed(people: People) -> None:
    listed(ANA_LISTED)


def test_a_listed_traveller_is_raised_once_however_many_messages_name_them(ana_is_listed: None, say: Say) -> None:
    say(pnr(ANA))
    assert rescreen_due(NOW).raised == 1
    say(api(ANA))
    assert rescreen_due(NOW) == Raised()
    hit = the_hit()
    assert (hit.status, hit.queued, hit.gravity, hit.cause_key, hit.cause_version) == ("open", True, 2, "W-1", 1)
    assert hit.sources.exists()
    assert hit.evidence


def test_no_bound_drops_a_hit_of_an_entry_that_fires_too_often(
    ana_is_listed: None, say: Say, people: People, who: Callable[..., Who], settings: Any
) -> None:
    """Far beyond what alarms its owner every further traveller is raised and queued as the first was, and stays so."""
    settings.ENTRY_HITS_A_DAY = settings.ENTRY_HITS_A_WEEK = 1
    several = [structs.replace(ANA, documents=(Document(f"A{number}", "P", "SLV"),)) for number in range(5)]
    for days in range(3):
        leaves, lands = (at + timedelta(days=days) for at in (LEG.departure_local, LEG.arrival_local) if at)
        say(api(*several, flights=(replace(LEG, departure_local=leaves, arrival_local=lands),)))
        assert rescreen_due(NOW).raised == len(several)
    supervisor = who(people.supervisor, Purpose.SERIOUS_CRIME)
    assert alarms(supervisor, NOW).entries == 1
    Journey.objects.update(screening_due_at=NOW)
    rescreen_due(NOW)
    assert queue(supervisor, NOW).total == Hit.objects.filter(status="open", queued=True).count() == 3 * len(several)


def test_screening_again_without_news_changes_nothing(ana_is_listed: None, say: Say) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    changed_at = the_hit().changed_at
    Journey.objects.update(screening_due_at=NOW)
    assert rescreen_due(NOW + timedelta(minutes=5)) == Raised()
    assert the_hit().changed_at == changed_at


def test_an_inbound_hit_is_due_before_landing_and_an_outbound_one_when_doors_close(
    ana_is_listed: None, say: Say
) -> None:
    say(api(ANA))
    home = replace(
        LEG,
        designator=Designator("X1", "571"),
        departure_airport="SAL",
        arrival_airport="LAX",
        departure_local=datetime(2026, 11, 23, 8, 0),  # noqa: DTZ001 - an airport's wall clock
        arrival_local=datetime(2026, 11, 23, 11, 0),  # noqa: DTZ001 - likewise
    )
    say(api(ANA, flights=(home,)))
    rescreen_due(NOW)
    due = {hit.journey.direction: hit for hit in Hit.objects.all()}
    inbound, outbound = due["inbound"], due["outbound"]
    assert inbound.act_by == inbound.journey.arrival_at - timedelta(minutes=10)  # type: ignore[operator]
    assert outbound.act_by == outbound.journey.departure_at - timedelta(minutes=15)  # type: ignore[operator]


def test_the_hit_of_somebody_taken_off_closes_with_that_reason_and_reopens_when_they_return(
    ana_is_listed: None, say: Say
) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    say(api(ANA, qualifier="CLNB"))
    assert rescreen_due(NOW).closed == 1
    assert (the_hit().status, the_hit().closed_reason) == (HitStatus.NOT_TRAVELLING, "closed_out")
    say(api(ANA, BETO))
    assert rescreen_due(NOW).reopened == 1
    assert (the_hit().status, the_hit().closed_reason) == (HitStatus.OPEN, "")
    events = list(AuditEntry.objects.filter(event__startswith="hit.").order_by("pk").values_list("event", flat=True))
    assert events == ["hit.raised", "hit.closed", "hit.reopened"]


def test_a_hit_names_each_message_it_rests_on_and_the_last_that_said_it(
    people: People, who: Callable[..., Who], say: Say
) -> None:
    def named() -> list[tuple[str, list[list[int]]]]:
        rows = the_hit().sources.select_related("message").order_by("message_id")
        return [(each.message.type, each.positions) for each in rows]

    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    document = example_rules((NOW + timedelta(days=90)).date())[0]
    rules.approve(supervisor, rules.propose(analyst, json.dumps(document).encode(), NOW), "ok", NOW)
    booked = structs.replace(BETO, reference="1", origins=(Origin("birth_date", 10, 20),))
    other = Document("Z9999999", "P", "GTM")
    shown = structs.replace(booked, birth_date=PartialDate(1975, 6, 11), documents=(other,), origins=())
    say(pnr(booked))
    say(api(structs.replace(shown, origins=(Origin("documents", 30, 40),))))
    rescreen_due(NOW)
    assert named() == [("PNRGOV", [[10, 20]]), ("PAXLST", [[30, 40]])]
    changed_at = the_hit().changed_at
    say(api(structs.replace(shown, origins=(Origin("documents", 50, 60),))))
    assert rescreen_due(NOW + timedelta(minutes=1)) == Raised()
    assert named() == [("PNRGOV", [[10, 20]]), ("PAXLST", [[50, 60]])]
    assert the_hit().changed_at == changed_at


def test_a_listed_name_of_any_length_is_raised(people: People, say: Say) -> None:
    long = "EJEMPLO PRUEBA ANA " + "X" * 900
    listed(f"W-1,{long},1988-02-29,SLV,F,SLV:P:A01234567,{TERMS}")
    say(api(ANA))
    assert rescreen_due(NOW).raised == 1
    assert long.startswith(the_hit().matched_name)
    assert len(the_hit().matched_name) == 240


def test_screening_writes_over_no_claim_and_no_decision_that_came_in_between(
    ana_is_listed: None, say: Say, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    listed(ANA_LISTED.replace("refer", "arrest"))
    act_by = raise_hits.act_by

    def meanwhile(journey: Journey) -> datetime | None:
        Hit.objects.update(status=HitStatus.DECIDED, claimed_by=people.analyst)
        return act_by(journey)

    monkeypatch.setattr(raise_hits, "act_by", meanwhile)
    assert rescreen_due(NOW).changed == 1
    assert (the_hit().status, the_hit().claimed_by, the_hit().gravity) == (HitStatus.DECIDED, people.analyst, 1)


def test_a_new_list_version_screens_every_future_flight_and_none_of_the_past(people: People, say: Say) -> None:
    say(api(ANA))
    past = replace(
        LEG,
        departure_local=datetime(2026, 11, 12, 14, 0),  # noqa: DTZ001 - an airport's wall clock
        arrival_local=datetime(2026, 11, 12, 21, 5),  # noqa: DTZ001 - likewise
    )
    say(api(ANA, flights=(past,)))
    rescreen_due(NOW)
    assert not Hit.objects.exists()
    listed(ANA_LISTED)
    assert rescreen_due(NOW).raised == 1
    assert the_hit().journey.departure_date.day == 22


def test_the_hit_of_an_entry_that_its_owner_removed_is_withdrawn(ana_is_listed: None, say: Say) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    listed(f"W-9,OTRA PERSONA,1950-01-01,SLV,F,,{TERMS}")
    assert rescreen_due(NOW).withdrawn == 1
    assert the_hit().status == HitStatus.WITHDRAWN
    listed(ANA_LISTED)
    assert rescreen_due(NOW).reopened == 1


def test_a_changed_entry_updates_its_hit_and_names_the_new_version(ana_is_listed: None, say: Say) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    listed(ANA_LISTED.replace("refer", "arrest"))
    assert rescreen_due(NOW).changed == 1
    assert (the_hit().gravity, the_hit().cause_version) == (1, 2)


def test_a_hit_tells_whether_its_entry_is_about_a_child_and_a_changed_entry_changes_that(
    people: People, who: Callable[..., Who], say: Say
) -> None:
    """LR-73: also where the traveller says to be grown up, the queue marks whom the entry knows to be a child."""
    analyst, number = who(people.analyst, Purpose.SERIOUS_CRIME), ANA.documents[0].number
    listed(f"W-1,ANA EJEMPLO PRUEBA,2012-05-01,SLV,F,{number},{TERMS.replace('refer', 'inform')}")
    say(api(ANA))
    rescreen_due(NOW)
    (waiting,) = queue(analyst, NOW).hits
    assert (waiting.minor, waiting.child_listed, about_a_child(the_hit())) == (False, True, True)
    listed(f"W-1,ANA EJEMPLO PRUEBA,2005-05-01,SLV,F,{number},{TERMS.replace('refer', 'inform')}")
    assert rescreen_due(NOW).changed == 1
    (waiting,) = queue(analyst, NOW).hits
    assert (waiting.child_listed, about_a_child(the_hit())) == (False, False)


def test_a_hit_of_before_hits_told_of_children_is_no_news_when_it_is_screened_again(
    ana_is_listed: None, say: Say
) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    Hit.objects.update(child_listed=None)
    listed(f"W-9,OTRA PERSONA FICTICIA,1970-01-01,SLV,F,,{TERMS}", name="others")
    assert rescreen_due(NOW) == Raised()


def test_a_name_only_entry_raises_outside_the_queue(people: People, say: Say) -> None:
    listed(f"W-2,ANA EJEMPLO PRUEBA,,,,,{TERMS}")
    say(api(ANA))
    rescreen_due(NOW)
    assert not the_hit().queued


def test_a_namesake_with_another_birth_date_and_document_is_left_alone(ana_is_listed: None, say: Say) -> None:
    say(api(structs.replace(ANA, birth_date=PartialDate(1961, 7, 14), documents=())))
    rescreen_due(NOW)
    assert not Hit.objects.exists()


def test_a_rule_put_in_force_screens_future_flights_at_once_and_stops_with_a_second_person(
    people: People, who: Callable[..., Who], say: Say
) -> None:
    booked = structs.replace(BETO, reference="1")
    say(pnr(booked))
    say(
        api(structs.replace(booked, birth_date=PartialDate(1975, 6, 11), documents=(Document("Z9999999", "P", "GTM"),)))
    )
    rescreen_due(NOW)
    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    document = example_rules((NOW + timedelta(days=90)).date())[0]
    version = rules.propose(analyst, json.dumps(document).encode(), NOW)
    assert rescreen_due(NOW) == Raised()
    rules.approve(supervisor, version, "ok", NOW)
    assert rescreen_due(NOW).raised == 1
    rules.request_stop(analyst, version, "yields nothing", NOW)
    assert rescreen_due(NOW) == Raised()
    rules.stop(supervisor, version, NOW)
    assert rescreen_due(NOW).withdrawn == 1


def test_an_undecided_hit_alarms_before_and_after_its_deadline_and_never_leaves_the_queue(
    ana_is_listed: None, say: Say
) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    deadline = the_hit().act_by
    assert deadline
    assert upkeep(deadline - timedelta(minutes=31)) == Upkept()
    assert upkeep(deadline - timedelta(minutes=30)) == Upkept(warned=1)
    assert upkeep(deadline - timedelta(minutes=29)) == Upkept()
    assert upkeep(deadline) == Upkept(overdue=1)
    assert upkeep(deadline + timedelta(days=2)) == Upkept()
    assert the_hit().status == HitStatus.OPEN
    assert Event.objects.filter(kind="hit.alarmed").count() == 2


def test_a_deadline_that_moves_alarms_anew_and_so_does_a_hit_that_comes_back(ana_is_listed: None, say: Say) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    deadline = the_hit().act_by
    assert deadline
    assert upkeep(deadline).overdue == 1
    assert LEG.arrival_local
    later = replace(LEG, arrival_local=LEG.arrival_local + timedelta(hours=4))
    say(api(ANA, flights=(later,)))
    rescreen_due(NOW)
    deadline += timedelta(hours=4)
    assert the_hit().act_by == deadline
    assert upkeep(deadline - timedelta(minutes=30)).warned == 1
    assert upkeep(deadline).overdue == 1
    say(api(ANA, flights=(later,), qualifier="CLNB"))
    rescreen_due(NOW)
    say(api(ANA, flights=(later,)))
    rescreen_due(NOW)
    assert upkeep(deadline).overdue == 1


def test_a_claim_that_is_not_used_ends_by_itself(ana_is_listed: None, say: Say, people: People) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    Hit.objects.update(claimed_by=people.analyst, claimed_until=NOW)
    assert upkeep(NOW).released == 1
    assert the_hit().claimed_by is None


def test_an_owners_compartment_and_agency_go_with_the_hit(people: People, say: Say) -> None:
    rows = f"{HEADER}\n{ANA_LISTED}".encode()
    import_list(None, "border", [rows], NOW, given={"owner": "FRONTERA"}, compartment="ALFA")
    say(api(ANA))
    rescreen_due(NOW)
    assert (the_hit().agency.code, the_hit().compartment) == ("FRONTERA", "ALFA")


def test_the_hit_of_an_entry_that_lapsed_at_midnight_goes_with_the_first_round_of_the_day(
    people: People, say: Say
) -> None:
    listed(ANA_LISTED.replace("2027-06-01", "2026-11-22"))
    say(api(ANA))
    rescreen_due(NOW)
    assert the_hit().status == HitStatus.OPEN
    before_midnight, after_midnight = NOW + timedelta(hours=9, minutes=59), NOW + timedelta(hours=10)
    Journey.objects.update(screening_due_at=before_midnight)
    assert rescreen_due(before_midnight) == Raised()
    assert upkeep(before_midnight).lapsed == 0
    assert upkeep(after_midnight).lapsed == 1
    assert rescreen_due(after_midnight).withdrawn == 1
    assert upkeep(after_midnight).lapsed == 0


@pytest.mark.parametrize(
    ("decided", "status"),
    [
        ({"effective_at": NOW}, HitStatus.DECIDED),
        ({"needs_second": True}, HitStatus.AWAITING_SECOND),
        ({"needs_second": True, "second_agrees": False}, HitStatus.OPEN),
        ({"effective_at": NOW, "review_upholds": False}, HitStatus.OPEN),
    ],
    ids=["in-force", "waiting-for-a-second", "refused-by-the-second", "not-upheld"],
)
def test_a_hit_comes_back_with_its_traveller_as_the_decisions_left_it(
    ana_is_listed: None, say: Say, people: People, decided: dict[str, object], status: HitStatus
) -> None:
    say(api(ANA))
    rescreen_due(NOW)
    Decision.objects.create(
        hit=the_hit(), made_by=people.analyst, made_at=NOW, identity="same", ground="yes", action="watch", **decided
    )
    say(api(ANA, qualifier="CLNB"))
    rescreen_due(NOW)
    say(api(ANA, BETO))
    rescreen_due(NOW)
    assert the_hit().status == status


def test_a_flight_that_cannot_be_screened_stops_no_other_nor_the_alarms_and_is_tried_again(
    ana_is_listed: None, say: Say, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    say(api(structs.replace(ANA, given_names="ANA LUISA")))
    broken = Journey.objects.get()
    later = replace(LEG, designator=Designator("X1", "572"), departure_local=LEG.arrival_local)
    say(api(ANA, flights=(replace(later, arrival_local=None),)))

    def sickly(journey: Journey, *arguments: object) -> object:
        if journey == broken:
            raise KeyError("EJEMPLO PRUEBA")
        return pictures.read_picture(journey, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(screening, "read_picture", sickly)
    assert rescreen_due(NOW).raised == 1
    assert rescreen_due(NOW) == Raised()
    (told,) = caplog.records
    assert (told.getMessage(), vars(told)["kind"], vars(told)["journey"]) == ("screening.failed", "KeyError", broken.pk)
    assert "EJEMPLO" not in f"{vars(told)}"
    monkeypatch.undo()
    assert rescreen_due(NOW + timedelta(minutes=4)) == Raised()
    assert rescreen_due(NOW + timedelta(minutes=5)).raised == 1


def test_a_database_that_is_away_puts_no_flight_off(
    ana_is_listed: None, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(api(ANA))

    def away(*_: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(screening, "read_picture", away)
        with pytest.raises(OperationalError):
            rescreen_due(NOW)
    assert rescreen_due(NOW).raised == 1
