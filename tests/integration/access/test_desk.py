"""The failed-message desk: the place of each finding, in redacted text where there is any, for who may read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.integration.conftest import People
from tests.integration.hostile.sent import PERSON, bring, paxlst
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.manifest import Telex
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.agree import Terms, agree
from torogoz.messages.sensitive_table import DEFAULT
from torogoz.storage.access.desk import Places, places
from torogoz.storage.models import AuditEntry, ReceivedMessage

Ask = Callable[..., Who]
#: The first person's expiry is on no calendar, and a meal and a wheelchair stand in the second's free text.
ODD = paxlst(
    PERSON.replace("DTM+36:300501", "DTM+36:300231"),
    PERSON.replace("QUIMERINA", "INVENTADO").replace("'LOC+178", "'FTX+AAI+++WHEELCHAIR HALAL'LOC+178"),
)


def seen(who: Who, now: datetime) -> Places:
    return places(who, ReceivedMessage.objects.latest("pk").pk, now)


def lines(page: Places, code: str) -> list[tuple[str, bool]]:
    return [(line.text, line.lit) for place in page.places if place.code == code for line in place.lines]


def test_only_reviewers_with_a_purpose_that_reads_the_class_see_places(people: People, who: Ask, now: datetime) -> None:
    pnr, api = world.message(world.journey(), "PNRGOV"), world.message(world.journey(), "PAXLST")
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            places(who(account, Purpose.BORDER_CONTROL), api.pk, now)
    for purpose, row in ((None, api), (Purpose.BORDER_CONTROL, pnr), (Purpose.SERIOUS_CRIME, None)):
        with pytest.raises(RefusedError):
            places(who(people.analyst, purpose), row.pk if row else 4711, now)
    assert places(who(people.analyst, Purpose.BORDER_CONTROL), api.pk, now).message == api.pk
    assert places(who(people.supervisor, Purpose.SERIOUS_CRIME), pnr.pk, now).message == pnr.pk
    noted = AuditEntry.objects.filter(event=AuditEvent.VIEWED_RAW).order_by("pk").values_list("object_id", flat=True)
    assert list(noted) == [api.pk, pnr.pk]


def test_the_place_of_a_finding_is_lit_between_its_neighbours_and_the_rest_is_not_given(
    people: People, who: Ask, now: datetime
) -> None:
    bring(ODD)
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert page.kept
    assert lines(page, "DATE_UNREADABLE") == [
        ("DOC+P:110:111+ZZ9876543", False),
        ("DTM+36:300231", True),
        ("LOC+91+SLV", False),
    ]
    assert "INVENTADO" not in repr(page)


def test_a_neighbour_that_is_another_travellers_is_not_given(people: People, who: Ask, now: datetime) -> None:
    named = PERSON.replace("QUIMERINA", "INVENTADO")
    bring(paxlst(PERSON.replace("LOC+91+SLV", "LOC+91+QQQ"), named, "NAD+FL+++'", named))
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert lines(page, "COUNTRY_UNKNOWN") == [("DTM+36:300501", False), ("LOC+91+QQQ", True)]
    assert lines(page, "NAME_MISSING") == [("NAD+FL+++", True)]


def test_what_the_agreement_refused_shows_its_place_from_the_sealed_bytes_and_stores_no_copy(
    people: People, who: Ask, now: datetime
) -> None:
    agree(who(people.supervisor), "X1", Terms(strict=True, severities={"DATE_UNREADABLE": "error"}), now)
    bring(ODD)
    row = ReceivedMessage.objects.get()
    assert (row.status, row.redacted) == ("refused", None)
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert ("DTM+36:300231", True) in lines(page, "DATE_UNREADABLE")
    row.refresh_from_db()
    assert row.redacted is None


def test_what_was_refused_in_an_envelope_shows_its_place_in_what_was_unpacked_and_nothing_sensitive(
    people: People, who: Ask, now: datetime
) -> None:
    agree(who(people.supervisor), "X1", Terms(strict=True, severities={"DATE_UNREADABLE": "error"}), now)
    bring(b"Subject: a list\r\nFrom: x1@example.org\r\n\r\nGood morning,\r\n" + ODD, "a.eml")
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert ("DTM+36:300231", True) in lines(page, "DATE_UNREADABLE")
    for told in ("WHEELCHAIR", "HALAL"):
        assert told not in repr(page)
    assert page.telex is None


@pytest.mark.parametrize("data", [ODD, b"UNB+UNOA:4+X1+ZZ+261122:1800+1'UNZ+0+1'"], ids=["refused", "unreadable"])
def test_who_sent_the_telex_of_a_refused_message_is_told_while_its_bytes_are_kept(
    data: bytes, people: People, who: Ask, now: datetime
) -> None:
    heading = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n"
    bring(heading + ODD)
    assert seen(who(people.analyst, Purpose.BORDER_CONTROL), now).telex is None, "it was loaded: its bytes are gone"
    agree(who(people.supervisor), "X1", Terms(strict=True, severities={"DATE_UNREADABLE": "error"}), now)
    bring(heading + data.replace(b"QUIMERINA", b"OTRA"))
    assert seen(who(people.analyst, Purpose.BORDER_CONTROL), now).telex == Telex("HDQ9XX1", "QU", "221200")


def test_what_a_state_adds_to_the_table_of_sensitive_data_is_overwritten_in_what_was_refused_too(
    people: People, who: Ask, now: datetime, settings: Any
) -> None:
    settings.SENSITIVE = DEFAULT.changed(["word: druid"], [])
    agree(who(people.supervisor), "X1", Terms(strict=True, severities={"DATE_UNREADABLE": "error"}), now)
    bring(paxlst(PERSON.replace("DTM+36:300501", "FTX+AAI+++A DRUID'DTM+36:300231")))
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert page.kept
    assert "DRUID" not in repr(page)


def test_sensitive_signs_are_overwritten_where_a_place_is_shown(people: People, who: Ask, now: datetime) -> None:
    """LR-23."""
    agree(who(people.supervisor), "X1", Terms(strict=True, severities={"SEGMENT_UNKNOWN": "error"}), now)
    bring(ODD.replace(b"'LOC+178", b"'QQQ+1'LOC+178"))
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert lines(page, "SEGMENT_UNKNOWN")
    for told in ("WHEELCHAIR", "HALAL"):
        assert told not in repr(page)


@pytest.mark.parametrize("data", [b"ZYXWOFICTICIA no message at all", b"UNB+UNOA:4+X1+ZZ+261122:1800+1'UNZ+0+1'"])
def test_what_could_not_be_parsed_has_its_position_and_size_only(
    data: bytes, people: People, who: Ask, now: datetime
) -> None:
    bring(data)
    page = seen(who(people.supervisor, Purpose.BORDER_CONTROL), now)
    assert (page.kept, page.size) == (False, len(data))
    assert page.places
    assert all(place.lines == () for place in page.places)


def test_once_the_copy_is_gone_the_positions_stay(people: People, who: Ask, now: datetime) -> None:
    bring(ODD)
    ReceivedMessage.objects.update(redacted=None, wrapped_key=None)
    page = seen(who(people.analyst, Purpose.BORDER_CONTROL), now)
    assert not page.kept
    assert [place.position for place in page.places if place.code == "DATE_UNREADABLE"] == [ODD.index(b"DTM+36:300231")]


def test_of_a_card_only_the_last_four_are_shown(people: People, who: Ask, now: datetime) -> None:
    case = world.case()
    world.keep_lines(case)
    row = case.pnr
    row.refresh_from_db()
    row.findings = [{"code": "X", "severity": "note", "segment": "FOP", "position": world.CARD_LINE.start}]
    row.save(update_fields=["findings"])
    page = places(who(people.analyst, Purpose.SERIOUS_CRIME), row.pk, now)
    assert ("FOP+CC::9.00:VI:XXXXXXXXXXXX1111:1229", True) in lines(page, "X")
