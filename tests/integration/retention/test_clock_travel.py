"""A month is lived, the clock moves six months and five years ahead, and every byte is searched for what had to go.

The month bears a mark in every field that exists (`life`, `month`): a field that nobody marked fails here, so that a
new one cannot be forgotten. It is lived in a home of its own, by processes of its own, on SQLite or on PostgreSQL, and
`torogoz retention` moves the clock. Marks are looked for as text, in UTF-16, in hexadecimal and in base64.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import psycopg
import pytest

from tests.integration.retention.life import DROPPED, GONE, GONE_DIGITS, KEPT, NAMED
from tests.serving import clean_environment
from torogoz.storage.certificates import verify
from torogoz.storage.traces import find

POSTGRES = os.environ.get("DATABASE_URL", "")
#: What a record is kept for after six months, by the end of the marked travellers' surnames.
HELD = ("CONFIRMED", "HELD", "UNDECIDED", "BYRULE", "RECONFIRMED")
FREE = ("FREE", "CLEARED")
#: Where our keys still open a mark after six months, and why it may stand there.
STANDS = {
    "storage.MaskedRecord.sealed": "what masking has put under the key of a held record",
    "storage.SealedEvidence.sealed": "what a confirmed hit rests on",
    "storage.WatchlistEntry.sealed": "whom a list names, until it drops them",
    "storage.Order.subject": "whom an order names, until it has ended",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What stood on the disk at one moment: for each mark the files that held it, and what a look behind keys found."""

    marks: Mapping[str, list[str]]
    names: list[str]
    values: list[str]
    look: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class House:
    """A home, and the database that it uses where that is not below it."""

    home: Path
    database: str

    def life(self, what: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.integration.retention.life", str(self.home), what]
        return dict(json.loads(self._run(command)))

    def retention(self, *arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "torogoz", "--home", str(self.home), "retention", *arguments, "--json"]
        return dict(json.loads(self._run(command)))

    def _run(self, command: list[str]) -> str:
        environment = clean_environment() | ({"DATABASE_URL": self.database} if self.database else {})
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1]

    def files(self) -> list[Path]:
        """Every file of the home but its keys, and of the database's tables."""
        found = [path for path in self.home.rglob("*") if path.is_file() and self.home / "keys" not in path.parents]
        return [*found, *self.tables()]

    def tables(self) -> list[Path]:
        if not self.database:
            return []
        with psycopg.connect(self.database) as connection:
            connection.execute("CHECKPOINT")
            row = connection.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        assert row
        return [path for path in (Path(row[0]) / f"base/{row[1]}").iterdir() if path.is_file()]

    def stage(self, values: list[str], *, look: bool = True, counts: dict[str, int] | None = None) -> Stage:
        files = self.files()
        marks = find([GONE, GONE_DIGITS, KEPT, DROPPED, NAMED], files)
        return Stage(
            marks={
                mark: [path.name for path in marks.get(mark, [])] for mark in (GONE, GONE_DIGITS, KEPT, DROPPED, NAMED)
            },
            names=[
                path.name for path in files if any(mark in path.name for mark in (GONE, GONE_DIGITS, KEPT, DROPPED))
            ],
            values=sorted(find(values, files)),
            look=self.life("look") if look else {},
            counts=counts or {},
        )


@dataclass(frozen=True, slots=True)
class Story:
    """What was found at each moment of the travel."""

    told: dict[str, Any]
    lived: Stage
    month_later: Stage
    half_a_year_later: Stage
    five_years_later: Stage


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("travel") / "home"
    home.mkdir()
    if not POSTGRES:
        yield House(home, "")
        return
    name = f"travel_{os.getpid()}"
    server = urlparse(POSTGRES)
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield House(home, server._replace(path=f"/{name}").geturl())
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def story(house: House) -> Story:
    told = house.life("live")
    values = told["values"]
    stages = [house.stage(values, look=False)]
    for day in ("2026-11-16", "2027-05-01", "2031-11-02"):
        counts = house.retention("run", "--as-of", day)["counts"]
        if house.database:
            house.retention("prove")
        stages.append(house.stage(values, counts=counts))
    return Story(told, *stages)


def test_every_field_that_exists_has_held_a_mark(story: Story) -> None:
    """A field of the models or of a parsed message that this month does not fill cannot be promised anything about."""
    assert story.told["unmarked"] == []
    assert story.told["travellers"] > 100
    assert set(story.told["fates"]) == {*HELD, *FREE}


def test_what_is_searched_for_is_there_before_the_clock_moves(story: Story) -> None:
    for mark in (GONE, KEPT, DROPPED, NAMED):
        assert story.lived.marks[mark], mark
    assert story.lived.names
    assert len(story.told["values"]) > 10


def test_contacts_cards_documents_and_tickets_never_stand_in_clear(story: Story) -> None:
    """Not even while they may be used: a stolen file gives none of them."""
    assert story.lived.marks[GONE_DIGITS] == []
    assert story.lived.values == []


def test_a_month_after_a_list_has_dropped_somebody_nothing_of_the_entry_is_left_lr_71(story: Story) -> None:
    """LR-71: removal spreads to every copy, old versions of the list among them."""
    assert story.month_later.marks[DROPPED] == []
    assert story.month_later.marks[KEPT]
    assert story.month_later.counts["purged.storage.WatchlistEntry"] == 1


def test_before_their_time_nobody_is_masked_or_purged_lr_42(story: Story) -> None:
    """LR-42: six months, and not less; redacted copies and live events are past their own clocks."""
    assert len(story.month_later.look["clear"]) == story.told["travellers"]
    assert story.month_later.marks[GONE]
    assert "purged.storage.ReceivedMessage.redacted" in story.month_later.counts
    assert "purged.storage.Event" in story.month_later.counts


def test_after_six_months_no_value_of_any_traveller_stands_in_any_byte_lr_40_lr_42(story: Story) -> None:
    """LR-40, LR-42: names, others of the booking, contacts, payments, loyalty, remarks, API; in columns, indexes, free
    pages and the log; texts that colleagues wrote, evidence of hits, references of messages and names of files."""
    assert story.half_a_year_later.marks[GONE] == []
    assert story.half_a_year_later.marks[GONE_DIGITS] == []
    assert story.half_a_year_later.values == []
    assert [name for name in story.half_a_year_later.names if GONE in name] == []


def test_after_six_months_only_what_something_holds_is_left_and_it_is_masked_lr_42_lr_44(story: Story) -> None:
    """LR-42, LR-44: everybody else is gone, those who were cleared with their clearances."""
    look, fates = story.half_a_year_later.look, story.told["fates"]
    assert look["clear"] == []
    assert {fates[fate] for fate in HELD} <= set(look["masked"])
    assert not {fates[fate] for fate in FREE} & set(look["masked"])
    assert look["decisions"] < story.month_later.look["decisions"]
    assert look["journeys"] == story.month_later.look["journeys"]


def test_after_six_months_our_keys_open_nothing_of_anybody_but_what_holds_them_lr_40_lr_42(story: Story) -> None:
    """LR-40, LR-42: sealed columns are opened and looked into, for a search of bytes cannot see what stands in them."""
    sealed = {"storage.Observation.sealed", "storage.OrderConfirmation.reason", "storage.ContestedFinding.answer"}
    sealed.add("storage.Clearance.document")
    assert sealed < set(story.month_later.look["readable"])
    assert story.half_a_year_later.look["readable"] == sorted(STANDS)


def test_what_was_asked_answered_and_contested_goes_with_the_half_year_lr_42(story: Story) -> None:
    """LR-42: requests, answers and their revisions, acknowledgements, what was contested; digests go within days."""
    month, half = story.month_later.look["rows"], story.half_a_year_later.look["rows"]
    gone = {"InteractiveRequest", "AnswerRevision", "Acknowledgement", "ContestedFinding"}
    assert all(month[name] > 0 for name in gone)
    assert all(half[name] == 0 for name in gone)
    assert month["digests"] == 0
    assert story.half_a_year_later.counts["purged.storage.CarrierOutage.reason"] == 1


def test_clearances_go_with_their_data_and_proofs_with_their_term_lr_44_lr_64(story: Story) -> None:
    """LR-44, LR-64: a reviewer's memory is no longer than what it was made of; a certificate lasts its own term."""
    month, half = story.month_later.look["rows"], story.half_a_year_later.look["rows"]
    assert month["Clearance"] > 0
    assert half["Clearance"] == 0
    assert (month["ClearingProof"], half["ClearingProof"]) == (1, 1)
    assert story.five_years_later.counts["purged.storage.ClearingProof"] == 1


def test_an_order_stays_until_it_has_ended_and_holds_nobody_lr_71(story: Story) -> None:
    """LR-71: withdrawn, it goes within thirty days; in force, it stays; confirmations go with their travellers."""
    month, half = story.month_later.look["rows"], story.half_a_year_later.look["rows"]
    assert (month["Order"], half["Order"]) == (1, 1)
    assert (month["OrderConfirmation"], half["OrderConfirmation"]) == (2, 1)
    assert story.told["exchanged"]["ORDERED"] not in story.half_a_year_later.look["masked"]
    assert story.told["exchanged"]["BARRED"] in story.half_a_year_later.look["masked"]


def test_what_was_masked_opens_with_the_key_of_its_record_and_is_all_there_lr_40(story: Story) -> None:
    """LR-40: depersonalised, not lost: whoever may unmask for a named case finds what was sent."""
    look = story.half_a_year_later.look
    for table in ("JourneyTraveller", "Observation", "Identifier", "Note", "Decision", "Referral", "OrderConfirmation"):
        assert look["marked"][f"storage.{table}"] > 0, table
    assert look["sealed"]["storage.Observation"] >= 2 * len(HELD)


def test_the_cause_and_the_reason_of_a_hold_stay_readable_while_it_holds_lr_42(story: Story) -> None:
    """LR-42: an objective link, recorded: whoever reviews a hold must see why it is there."""
    assert story.half_a_year_later.marks[KEPT]


def test_confirmed_hits_of_lists_and_of_rules_replay_when_all_else_has_gone(story: Story) -> None:
    """Design §2: only confirmed hits can be replayed after retention, and they give the same result."""
    assert story.half_a_year_later.look["replayed"] == {"watchlist": True, "rule": True}
    assert story.half_a_year_later.look["all_replay"]


def test_after_five_years_nothing_of_anybody_is_left_whatever_held_it_lr_41_lr_45(story: Story) -> None:
    """LR-41, LR-45: purged with their keys; the flights stay, and the names of lists."""
    look = story.five_years_later.look
    assert (look["clear"], look["masked"], look["decisions"]) == ([], [], 0)
    assert look["journeys"] == story.month_later.look["journeys"]
    for mark in (GONE, GONE_DIGITS, KEPT, DROPPED):
        assert story.five_years_later.marks[mark] == [], mark
    assert story.five_years_later.values == []
    assert look["readable"] == []
    assert not any(look["rows"].values())
    assert story.five_years_later.marks[NAMED]


def test_the_certificates_and_the_ledger_name_nobody_lr_25_lr_45_lr_46(story: Story, house: House) -> None:
    """LR-25, LR-45, LR-46: proof by counts and a digest; nothing by which somebody could be found again."""
    certificates = sorted((house.home / "certificates").iterdir())
    assert len(certificates) == 3
    counts = [verify(path.read_text())["purged"] for path in certificates]
    assert [sorted(each) for each in counts] == [["entry"], ["entry", "traveller"], ["entry", "traveller"]]
    assert list((house.home / "ledger").iterdir())
