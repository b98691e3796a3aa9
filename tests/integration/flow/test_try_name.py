"""A name tried by hand: it is compared as a traveller's is, with what the asker may see, and leaves its entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.operating_points import OperatingPoints
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import try_name as trying
from torogoz.flow.try_name import Raising, try_name
from torogoz.flow.watchlists import import_list
from torogoz.matching import Query
from torogoz.storage.audit import open_text
from torogoz.storage.models import AuditEntry, Hit, Watchlist, WatchlistEntry

Ask = Callable[..., Who]

HEADER = "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,grade,review_on"
LINES = (
    "W-1,EJEMPLO PRUEBA ANA;EJEMPLO ANITA,1988-02-29,SLV,F,A01234567,CENTRO,Ley,border_control,B2,2027-06-30",
    "W-2,FICTICIO BETO,1975-06-01,,M,,CENTRO,Ley,serious_crime,B2,2027-06-30",
    "W-3,SOLO NOMBRE,,,,,CENTRO,Ley,border_control,B2,2027-06-30",
)
ANA = Query("EJEMPLO PRUEBA", "ANA", PartialDate(1988, 2, 29), "SLV", "F")
BETO = Query("FICTICIO", "BETO", PartialDate(1975, 6, 1))
REASON = "A case of these tests"


@pytest.fixture
def prueba(people: People, who: Ask, now: datetime) -> Watchlist:
    """A list of the centre."""
    import_list(who(people.supervisor), "prueba", ["\n".join([HEADER, *LINES]).encode()], now)
    return Watchlist.objects.get()


def test_a_name_is_found_with_what_it_would_do_and_why(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    tried = try_name(who(people.analyst, Purpose.SERIOUS_CRIME), ANA, REASON, now)
    (near,) = tried.found
    assert (near.list_id, near.list_name, near.found.entry.id) == (prueba.pk, "prueba", "W-1")
    assert near.raising is Raising.QUEUE
    assert near.found.probability > 0.99
    assert sum(piece.millibits for piece in near.found.evidence) == near.found.millibits
    assert (tried.total, tried.lists, tried.entries, tried.names) == (1, 1, 3, 4)
    assert tried.words == ("EJEMPLO", "PRUEBA", "ANA")
    assert not Hit.objects.exists()


def test_one_that_only_advises_is_told_apart_and_so_is_one_that_raises_nothing(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    analyst = who(people.analyst, Purpose.BORDER_CONTROL)
    raised = {
        query.surname: [near.raising for near in try_name(analyst, query, REASON, now).found]
        for query in (
            Query("SOLO NOMBRE"),
            Query("EJEMPLO ANITA", sex="M"),
            Query("EJEMPLO ANITTA", sex="M"),
            Query("ANITA"),
            Query("NADIE CONOCIDO"),
        )
    }
    assert raised == {
        "SOLO NOMBRE": [Raising.DOSSIER],
        # The full name of an entry is shown at least, whatever speaks against it.
        "EJEMPLO ANITA": [Raising.DOSSIER],
        "EJEMPLO ANITTA": [Raising.NONE],
        "ANITA": [],
        "NADIE CONOCIDO": [],
    }


def test_what_would_be_raised_follows_the_centre_s_operating_point(
    prueba: Watchlist, people: People, who: Ask, now: datetime, settings: Any
) -> None:
    for review, raising in ((0.5, Raising.NONE), (0.01, Raising.QUEUE)):
        settings.OPERATING_POINTS = OperatingPoints(review)
        (near,) = try_name(
            who(people.analyst, Purpose.BORDER_CONTROL), Query("EJEMPLO ANITTA", sex="M"), REASON, now
        ).found
        assert near.raising is raising


def test_a_document_is_found_without_a_name_and_says_that_no_word_was_compared(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    asked = Query(surname="?!", documents=(Document("A-0123 4567"),))
    tried = try_name(who(people.analyst, Purpose.BORDER_CONTROL), asked, REASON, now)
    assert [(near.found.entry.id, near.raising) for near in tried.found] == [("W-1", Raising.QUEUE)]
    assert tried.words == ()


def test_entries_of_a_purpose_that_is_not_covered_are_not_asked(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    assert try_name(who(people.analyst, Purpose.SERIOUS_CRIME), BETO, REASON, now).total == 1
    tried = try_name(who(people.analyst, Purpose.BORDER_CONTROL), BETO, REASON, now)
    assert (tried.total, tried.entries) == (0, 2)


def test_lists_of_another_agency_and_of_a_closed_compartment_are_not_asked(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    assert try_name(who(people.partner, Purpose.SERIOUS_CRIME), ANA, REASON, now).lists == 0
    Watchlist.objects.update(compartment="ALFA")
    assert try_name(who(people.analyst, Purpose.SERIOUS_CRIME), ANA, REASON, now).lists == 0
    people.analyst.compartments = ["ALFA"]
    assert try_name(who(people.analyst, Purpose.SERIOUS_CRIME), ANA, REASON, now).total == 1


def test_only_those_who_review_try_names_and_only_for_a_purpose_and_a_reason(
    people: People, who: Ask, now: datetime
) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            try_name(who(account, Purpose.BORDER_CONTROL), ANA, REASON, now)
    with pytest.raises(RefusedError):
        try_name(who(people.analyst), ANA, REASON, now)
    for reason in ("", " short   ", "x" * 1001):
        with pytest.raises(AuthorError):
            try_name(who(people.analyst, Purpose.BORDER_CONTROL), ANA, reason, now)
    assert not AuditEntry.objects.filter(event=AuditEvent.TRIED_NAME).exists()


def test_what_was_tried_stands_sealed_beside_its_entry_and_one_s_own_name_is_counted(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    people.analyst.last_name, people.analyst.first_name = "EJEMPLO PRUEBA", "ANA"
    people.analyst.save()
    asked = Query("EJEMPLO PRUEBA", "ANA", PartialDate(1988, 2), documents=(Document("X1"),))
    try_name(who(people.analyst, Purpose.BORDER_CONTROL), asked, REASON, now)
    entry = AuditEntry.objects.get(event=AuditEvent.TRIED_NAME)
    assert (entry.purpose, entry.counts["found"], entry.counts["lists"]) == ("border_control", 1, 1)
    assert entry.counts["own_name"]
    assert open_text(entry.text) == f"tried: EJEMPLO PRUEBA, ANA, 1988-02, X1 ({REASON})"


def test_many_near_entries_are_counted_and_the_likeliest_shown(
    people: People, who: Ask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "MOST", 2)
    lines = [f"W-{n},EJEMPLO PRUEBA ANA,1988-02-29,,,,CENTRO,Ley,border_control,B2,2027-06-30" for n in range(5)]
    import_list(None, "iguales", ["\n".join([HEADER, *lines]).encode()], now)
    tried = try_name(who(people.analyst, Purpose.BORDER_CONTROL), ANA, REASON, now)
    assert tried.total == 5
    rows = WatchlistEntry.objects.filter(key__in=("W-0", "W-1")).order_by("key").values_list("pk", flat=True)
    assert [near.row for near in tried.found] == list(rows)
