"""Lists in force: every process asks the same, whoever made it ready, and what changed is there at once."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from torogoz.domain.dates import PartialDate
from torogoz.domain.purpose import Purpose
from torogoz.flow import in_force, make_ready
from torogoz.flow.in_force import ListsInForce
from torogoz.flow.watchlists import import_list
from torogoz.matching import Match, Query, build, match
from torogoz.storage import shared_arrays
from torogoz.storage.home import Home
from torogoz.storage.list_states import entries_of, list_states
from torogoz.storage.models import Watchlist, WatchlistEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TODAY = NOW.date()
TERMS = {"owner": "CENTRO", "legal_basis": "Ley de prueba, art. 1", "grade": "B2"}
SURNAMES = ("EJEMPLO", "PRUEBA", "MUESTRA", "FICTICIO")
GIVEN_NAMES = ("ANA", "BETO", "CARLA", "DARIO")


@pytest.fixture(autouse=True)
def nothing_shared_yet() -> Iterator[Path]:
    place = shared_arrays.folder(Home.current())
    assert place
    shutil.rmtree(place)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often a list is made ready."""
    counted: list[int] = []

    def counting(*arguments: object) -> object:
        counted.append(1)
        return build(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(make_ready, "build", counting)
    return counted


def person(number: int, rng: random.Random, **terms: str) -> str:
    name = f"{rng.choice(SURNAMES)} {rng.choice(SURNAMES)} {rng.choice(GIVEN_NAMES)}"
    review_on = terms.get("review_on", f"2026-12-{rng.randint(1, 28):02}")
    return f"W-{number},{name},19{rng.randint(60, 99)},SLV,F,,{terms.get('purpose', 'border_control')},{review_on}"


def load(*lines: str, name: str = "prueba", days: int = 0) -> None:
    header = "id,names,birth_date,nationality,sex,document_numbers,purpose,review_on"
    import_list(None, name, ["\n".join([header, *lines]).encode()], NOW + timedelta(days=days), given=TERMS)


def answers(lists: ListsInForce, day: date = TODAY) -> list[tuple[Match, ...]]:
    return [match(query, one.index, 0.000001) for one in lists.get(day) for query in ASKED]


def anew(day: date = TODAY) -> list[tuple[Match, ...]]:
    """What lists that are made ready now, of the rows as they are, answer."""
    (state,) = list_states(day)
    index = build(entries_of(state, Purpose.BORDER_CONTROL))
    return [match(query, index, 0.000001) for query in ASKED]


ASKED = [
    Query(f"{one} {two}", given, PartialDate(1970, 1, 1), "SLV", "F")
    for one, two, given in zip(SURNAMES, SURNAMES[1:], GIVEN_NAMES, strict=False)
]


@pytest.mark.parametrize("seed", range(4))
def test_whoever_laid_what_over_what_every_process_answers_as_if_the_list_were_made_ready_now(seed: int) -> None:
    """Lists that grow, shrink and change, on the same day and on later ones, asked by an old process and new ones."""
    rng = random.Random(seed)
    old, day = ListsInForce(), 0
    rows = {number: person(number, rng) for number in range(40)}
    for _ in range(6):
        load(*rows.values(), days=day)
        assert answers(old, TODAY + timedelta(days=day)) == anew(TODAY + timedelta(days=day))
        assert answers(ListsInForce(), TODAY + timedelta(days=day)) == anew(TODAY + timedelta(days=day))
        for number in rng.sample(sorted(rows), 3):
            del rows[number]
        for number in [*rng.sample(sorted(rows), 2), *rng.sample(range(40, 60), 3)]:
            rows[number] = person(number, rng)
        day += rng.choice((0, 0, 1, 4))


def test_what_one_process_has_made_ready_the_others_map(built: list[int]) -> None:
    load(person(1, random.Random(1)))
    first = answers(ListsInForce())
    assert answers(ListsInForce()) == first
    assert len(built) == 1


def test_an_entry_that_comes_or_goes_makes_nothing_ready_anew(built: list[int]) -> None:
    rng = random.Random(1)
    rows = [person(number, rng) for number in range(20)]
    load(*rows)
    lists = ListsInForce()
    answers(lists)
    load(*rows[1:], person(99, rng))
    assert answers(lists) == anew()
    assert len(built) == 1


def test_with_many_changes_a_list_is_made_ready_anew(built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "MOST_LAID_OVER", 3)
    rng = random.Random(1)
    load(*(person(number, rng) for number in range(5)))
    lists = ListsInForce()
    answers(lists)
    load(*(person(number, rng) for number in range(5, 10)))
    assert answers(lists) == anew()
    assert len(built) == 2


def test_a_purpose_that_is_new_to_a_list_makes_it_ready_anew() -> None:
    rng = random.Random(1)
    rows = [person(number, rng) for number in range(5)]
    load(*rows)
    lists = ListsInForce()
    answers(lists)
    load(*rows, person(9, rng, purpose="serious_crime"))
    assert [one.purpose for one in lists.get(TODAY)] == [Purpose.BORDER_CONTROL, Purpose.SERIOUS_CRIME]


def test_who_went_and_was_purged_is_in_nothing_that_a_process_still_holds() -> None:
    """A process that slept through both: the row that says who went is no more, and the list is made ready anew."""
    rng = random.Random(1)
    rows = [person(number, rng) for number in range(5)]
    load(*rows)
    asleep = ListsInForce()
    answers(asleep)
    load(*rows[1:])
    WatchlistEntry.objects.exclude(version_to=None).delete()
    assert answers(asleep) == anew()
    assert not [found for each in answers(asleep) for found in each if found.entry.id == "W-0"]


def test_what_was_made_ready_a_week_ago_is_made_ready_anew(built: list[int]) -> None:
    load(person(1, random.Random(1), review_on="2027-06-01"))
    lists = ListsInForce()
    for days in (0, 7, 8):
        lists.get(TODAY + timedelta(days=days))
    assert len(built) == 2


@pytest.mark.parametrize("cut", [True, False])
def test_what_is_damaged_or_of_another_format_is_made_ready_anew(
    nothing_shared_yet: Path, built: list[int], *, cut: bool
) -> None:
    load(person(1, random.Random(1)))
    answers(ListsInForce())
    (shared,) = nothing_shared_yet.glob("*-*")
    if cut:
        shared.write_bytes(shared.read_bytes()[:200])
    else:
        parts = shared_arrays.shared(nothing_shared_yet, shared.name)
        assert parts
        shared.unlink()
        shared_arrays.share(nothing_shared_yet, shared.name, {key: parts[key] for key in parts if "words" not in key})
    assert answers(ListsInForce()) == anew()
    assert len(built) == 2


def test_where_nothing_can_be_shared_each_process_makes_its_own(
    built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_arrays, "folder", lambda *_: None)
    load(person(1, random.Random(1)))
    for _ in range(2):
        assert answers(ListsInForce()) == anew()
    assert len(built) == 2


def test_without_room_in_memory_a_process_keeps_what_it_made(built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_arrays, "share", lambda *_: False)
    load(person(1, random.Random(1)))
    assert answers(ListsInForce()) == anew()
    assert len(built) == 1


def test_what_a_process_that_died_left_half_made_takes_no_room_from_who_makes_the_list_ready_next(
    nothing_shared_yet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_arrays, "share", lambda *_: False)
    load(person(1, random.Random(1)))
    nothing_shared_yet.mkdir(mode=0o700)
    (state,) = list_states(TODAY)
    half_made = nothing_shared_yet / f"{state.id}-1-20261122-0-0.1.partial"
    half_made.write_bytes(b"EJEMPLO")
    assert answers(ListsInForce()) == anew()
    assert not half_made.exists()


def test_a_list_that_is_no_more_leaves_nothing_in_memory(nothing_shared_yet: Path) -> None:
    load(person(1, random.Random(1)))
    load(person(2, random.Random(2)), name="otra")
    lists = ListsInForce()
    lists.get(TODAY)
    assert len(list(nothing_shared_yet.glob("*-*"))) == 2
    Watchlist.objects.get(name="otra").delete()
    lists.get(TODAY)
    assert len(list(nothing_shared_yet.glob("*-*"))) == 1
