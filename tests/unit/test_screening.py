"""Screening is a pure function; each list and rule sees only what its purpose may read."""

from dataclasses import replace
from datetime import UTC, date, datetime

from msgspec import structs

from tests.unit.matching.people import crowd
from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.hit import CauseKind, Source
from torogoz.domain.journey import Designator, Direction, FlightKey
from torogoz.domain.operating_points import DEFAULT_POINTS, OperatingPoints
from torogoz.domain.picture import FlightPicture, PicturedFlight, PicturedTraveller, View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.rule import Rule
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.domain.watchlist import Entry, ListAction, Terms
from torogoz.matching import build
from torogoz.screening import ListInForce, in_force, screen

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
DAY = NOW.date()

ANA = Traveller(
    TravellerRole.PASSENGER,
    surname="EJEMPLO PRUEBA",
    given_names="ANA",
    birth_date=PartialDate(1988, 2, 29),
    documents=(Document("A01234567", "P", "SLV"),),
    origins=(Origin("surname", 10, 20), Origin("seat", 30, 33)),
)
TERMS = Terms(
    owner="PNC",
    legal_basis="Art. 1",
    purpose=Purpose.SERIOUS_CRIME,
    reason="invented",
    grade="B2",
    handling="",
    action=ListAction.REFER,
    review_on=date(2027, 6, 1),
)
ENTRY = Entry("W-1", names=("ANA EJEMPLO PRUEBA",), birth_dates=(PartialDate(1988, 2, 29),), terms=TERMS)


def picture(*views: View, direction: Direction = Direction.INBOUND, travelling: bool = True) -> FlightPicture:
    flight = PicturedFlight(
        id=1,
        key=FlightKey(Designator("X1", "570"), DAY, "LAX"),
        arrival_airport="SAL",
        direction=direction,
        departure_local=datetime(2026, 11, 22, 14, 0),  # noqa: DTZ001 - an airport's wall clock
    )
    return FlightPicture(flight, (PicturedTraveller(7, views, travelling),), NOW)


def api(traveller: Traveller = ANA) -> View:
    return View(DataClass.API, 100, NOW, traveller)


def pnr(traveller: Traveller = ANA) -> View:
    return View(DataClass.PNR, 200, NOW, traveller, Booking("X7K2PQ"))


def watching(*entries: Entry, purpose: Purpose = Purpose.SERIOUS_CRIME) -> ListInForce:
    return ListInForce("wanted", 3, purpose, build(entries))


def rule(purpose: Purpose, condition: object) -> Rule:
    return Rule(
        key="r-1",
        version=2,
        title_es="Regla",
        title_en="Rule",
        reason_es="inventada",
        reason_en="invented",
        owner="CNAP",
        legal_basis="Art. 2",
        purpose=purpose,
        gravity=3,
        review_on=date(2027, 6, 1),
        condition=condition,
    )


def test_a_hit_names_its_cause_its_version_its_message_and_the_places_that_were_compared() -> None:
    (hit,) = screen(picture(api()), [watching(ENTRY)], [], {})
    assert (hit.cause.kind, hit.cause.source, hit.cause.key, hit.cause.version) == (
        CauseKind.WATCHLIST,
        "wanted",
        "W-1",
        3,
    )
    assert (hit.traveller, hit.sources, hit.gravity, hit.queued) == (7, (Source(100, ((10, 20),)),), 2, True)
    assert hit.evidence


def test_a_hit_tells_the_birth_dates_of_its_entry() -> None:
    """By them it is known whether it is about a child."""
    births = (PartialDate(2012), PartialDate(1988, 2, 29))
    (hit,) = screen(picture(api()), [watching(replace(ENTRY, birth_dates=births))], [], {})
    assert hit.births == births


def test_the_same_inputs_give_the_same_hits() -> None:
    lists = [watching(ENTRY, replace(ENTRY, id="W-2"))]
    assert screen(picture(api(), pnr()), lists, [], {}) == screen(picture(api(), pnr()), lists, [], {})


def test_one_entry_raises_one_hit_by_its_best_source_however_many_match() -> None:
    documented = replace(ENTRY, documents=(Document("A01234567", "P", "SLV"),))
    undocumented = structs.replace(ANA, documents=())
    (hit,) = screen(picture(api(undocumented), pnr()), [watching(documented)], [], {})
    assert hit.sources == (Source(200, ((10, 20),)),)
    (hit,) = screen(picture(api(), pnr(undocumented)), [watching(documented)], [], {})
    assert hit.sources == (Source(100, ((10, 20),)),)


def test_a_match_by_a_birth_date_that_only_the_other_source_tells_names_that_source_too() -> None:
    booked = structs.replace(ANA, birth_date=None)
    documented = replace(ENTRY, documents=(Document("A01234567", "P", "SLV"),))
    born = structs.replace(ANA, documents=(), origins=(Origin("birth_date", 40, 55), Origin("surname", 1, 9)))
    (hit,) = screen(picture(api(born), pnr(booked)), [watching(documented)], [], {})
    assert hit.sources == (Source(100, ((40, 55),)), Source(200, ((10, 20),)))


def test_a_rule_that_compares_the_two_sources_names_both_with_their_places() -> None:
    condition = {"field": "traveller.birth_dates_disagree", "op": "eq", "value": True}
    shown = structs.replace(ANA, origins=(Origin("surname", 10, 20), Origin("birth_date", 30, 40)))
    booked = structs.replace(ANA, birth_date=PartialDate(1988, 2, 28), origins=(Origin("birth_date", 70, 80),))
    rules = in_force([rule(Purpose.SERIOUS_CRIME, condition)], DAY)
    (hit,) = screen(picture(api(shown), pnr(booked)), [], rules, {})
    assert hit.sources == (Source(100, ((30, 40),)), Source(200, ((70, 80),)))


def test_a_rules_hit_is_the_same_whoever_owns_its_next_version() -> None:
    known = {"field": "traveller.nationality", "op": "is_unknown"}
    first = rule(Purpose.BORDER_CONTROL, known)
    causes = [
        screen(picture(api()), [], in_force([each], DAY), {})[0].cause
        for each in (first, replace(first, owner="Another unit", version=3))
    ]
    assert [(cause.source, cause.key) for cause in causes] == [("", "r-1"), ("", "r-1")]


def test_a_civil_purpose_never_sees_what_only_the_booking_told() -> None:
    entry = replace(ENTRY, terms=replace(TERMS, purpose=Purpose.BORDER_CONTROL))
    lists = [watching(entry, purpose=Purpose.BORDER_CONTROL)]
    assert screen(picture(pnr()), lists, [], {}) == ()
    assert len(screen(picture(api()), lists, [], {})) == 1


def test_an_exit_ban_acts_on_departures_only() -> None:
    entry = replace(ENTRY, terms=replace(TERMS, purpose=Purpose.EXIT_BAN, action=ListAction.EXIT_BAN))
    lists = [watching(entry, purpose=Purpose.EXIT_BAN)]
    assert screen(picture(api()), lists, [], {}) == ()
    assert len(screen(picture(api(), direction=Direction.OUTBOUND), lists, [], {})) == 1


def test_a_rule_for_exit_bans_acts_on_departures_only() -> None:
    rules = in_force([rule(Purpose.EXIT_BAN, {"field": "traveller.nationality", "op": "is_unknown"})], DAY)
    assert screen(picture(api()), [], rules, {}) == ()
    assert len(screen(picture(api(), direction=Direction.OUTBOUND), [], rules, {})) == 1


def test_a_name_only_entry_is_advisory_and_never_queued() -> None:
    (hit,) = screen(picture(api()), [watching(replace(ENTRY, birth_dates=()))], [], {})
    assert not hit.queued


def test_a_namesake_with_a_clearly_other_birth_date_is_not_raised() -> None:
    namesake = structs.replace(ANA, birth_date=PartialDate(1961, 7, 14), documents=())
    assert screen(picture(api(namesake)), [watching(ENTRY)], [], {}) == ()


def test_a_booking_without_a_birth_date_does_not_raise_a_namesake_whom_the_passport_rules_out() -> None:
    namesake = structs.replace(ANA, birth_date=PartialDate(1961, 7, 14), documents=())
    booked = structs.replace(ANA, birth_date=None, documents=())
    assert screen(picture(api(namesake), pnr(booked)), [watching(ENTRY)], [], {}) == ()


def test_an_entry_past_its_review_date_sleeps_and_one_without_terms_is_never_raised() -> None:
    """LR-35: only what is registered and current is compared."""
    lapsed = replace(ENTRY, terms=replace(TERMS, review_on=date(2026, 11, 21)))
    assert screen(picture(api()), [watching(lapsed, replace(ENTRY, id="W-2", terms=None))], [], {}) == ()


def test_a_doubtful_match_is_not_raised_but_the_same_document_always_is() -> None:
    doubtful = replace(
        ENTRY,
        names=("OTRA PERSONA",),
        birth_dates=(PartialDate(1950, 3, 7),),
        nationalities=("HND",),
        sex="M",
        documents=(Document("A01234567", "P", "SLV"),),
    )
    other = replace(ENTRY, id="W-2", names=("ANA LEJANO",), birth_dates=(PartialDate(1988),))
    hits = screen(picture(api()), [watching(doubtful, other)], [], {})
    assert [(hit.cause.key, hit.queued) for hit in hits] == [("W-1", True)]
    assert hits[0].probability is not None
    assert hits[0].probability < DEFAULT_POINTS.review


def test_a_full_name_is_shown_and_not_queued_where_nothing_else_speaks_for_the_match() -> None:
    """Many bear it: the dossier tells, the queue does not, unless the document is the same too."""
    namesakes = [replace(ENTRY, id=f"W-{number}", birth_dates=(PartialDate(1961),)) for number in range(300)]
    hits = screen(picture(api()), [watching(*namesakes)], [], {})
    assert len(hits) == 300
    assert not any(hit.queued for hit in hits)
    assert all(hit.probability is not None and hit.probability < DEFAULT_POINTS.review for hit in hits)
    documented = replace(namesakes[0], documents=(Document("A01234567"),))
    assert [hit.queued for hit in screen(picture(api()), [watching(documented, *namesakes[1:])], [], {})].count(
        True
    ) == 1
    ruled_out = replace(ENTRY, birth_dates=(PartialDate(1961, 7, 30),))
    assert screen(picture(api()), [watching(ruled_out)], [], {}) == ()


def test_who_has_one_name_is_shown_for_it_and_a_booking_that_lacks_the_other_name_is_not() -> None:
    """A passport with one name has all of it; a surname alone in a booking says nothing of the given names."""
    crowded = watching(replace(ENTRY, names=("SUKARNO",), birth_dates=()), *crowd(2_000, "SUKARNO"))
    one = structs.replace(ANA, surname="SUKARNO", given_names=None, birth_date=None, documents=())
    both = structs.replace(one, given_names="SUKARNO")
    more = structs.replace(one, given_names="BEJO")
    unnamed = structs.replace(one, surname=None)
    surnameless = structs.replace(both, surname=None)
    born = structs.replace(one, birth_date=PartialDate(1988, 2, 29))

    def shown(*views: View, on: ListInForce = crowded) -> list[tuple[str, bool]]:
        return [(hit.cause.key, hit.queued) for hit in screen(picture(*views), [on], [], {})]

    whole = [("W-1", False)]
    assert shown(api(one)) == shown(api(both)) == shown(pnr(both)) == whole
    assert shown(api(one), pnr(one)) == shown(api(one), pnr(both)) == shown(api(one), pnr(unnamed)) == whole
    unknown = structs.replace(one, given_names="UNKNOWN")
    assert shown(pnr(one)) == shown(pnr(surnameless)) == shown(pnr(unknown)) == []
    son = structs.replace(one, surname="BIN", given_names="SUKARNO")
    assert shown(api(one), pnr(son)) == whole
    assert shown(api(one), pnr(more)) == shown(api(more), pnr(one)) == shown(api(more), pnr(both)) == []
    other = watching(replace(ENTRY, names=("SUKARNO",), birth_dates=(PartialDate(1961, 7, 30),)))
    assert shown(api(born), on=other) == []


def test_what_is_queued_stands_before_what_is_only_shown_whichever_source_tells_it() -> None:
    """The passport has the listed number and another name; the booking has the listed name: somebody must look."""
    passport = structs.replace(ANA, surname="MUESTRA", given_names="LUISA", birth_date=None)
    booking = structs.replace(ANA, documents=(), birth_date=None)
    listed = Entry("W-1", names=("ANA EJEMPLO PRUEBA",), documents=(Document("A01234567", "P", "GTM"),), terms=TERMS)
    crowded = watching(listed, *(replace(listed, id=f"W-{number}", documents=()) for number in range(2, 400)))
    hits = [hit for hit in screen(picture(api(passport), pnr(booking)), [crowded], [], {}) if hit.cause.key == "W-1"]
    assert [hit.queued for hit in hits] == [True]


def test_who_does_not_travel_is_not_screened() -> None:
    assert screen(picture(api(), travelling=False), [watching(ENTRY)], [], {}) == ()


def test_a_rule_fires_with_its_evidence_and_the_place_it_read() -> None:
    known = {"field": "traveller.nationality", "op": "is_unknown"}
    rules = in_force([rule(Purpose.BORDER_CONTROL, known)], DAY)
    (hit,) = screen(picture(api()), [], rules, {})
    assert (hit.cause.kind, hit.cause.key, hit.cause.version, hit.gravity) == (CauseKind.RULE, "r-1", 2, 3)
    assert [source.message for source in hit.sources] == [100]
    assert hit.evidence


def test_a_rule_of_an_exit_ban_looks_at_departures_only() -> None:
    known = {"field": "traveller.nationality", "op": "is_unknown"}
    rules = in_force([rule(Purpose.EXIT_BAN, known)], DAY)
    assert screen(picture(api()), [], rules, {}) == ()
    assert len(screen(picture(api(), direction=Direction.OUTBOUND), [], rules, {})) == 1


def test_a_rule_past_its_review_date_sleeps() -> None:
    sleeping = replace(
        rule(Purpose.BORDER_CONTROL, {"field": "traveller.nationality", "op": "is_unknown"}), review_on=DAY
    )
    assert in_force([replace(sleeping, review_on=date(2026, 11, 21))], DAY) == ()
    assert len(in_force([sleeping], DAY)) == 1


def test_the_points_are_policy_that_comes_with_the_call() -> None:
    """Somebody of whom little speaks is raised by a centre that can look at more, and by no other."""
    vague = replace(ENTRY, birth_dates=(PartialDate(1961),))
    lists = [watching(vague, *crowd(2_000, "ANA"))]
    doubtful = picture(api(structs.replace(ANA, surname="EJEMPLO", birth_date=PartialDate(1961))))
    assert screen(doubtful, lists, [], {}) == ()
    (hit,) = screen(doubtful, lists, [], {}, OperatingPoints(0.01, 0.9))
    assert hit.probability
    assert 0.01 <= hit.probability < 0.5
