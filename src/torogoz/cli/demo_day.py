"""The demonstration's content: people who sign in, lists, rules, a schedule, and a day of messages.

Imported once Django is ready.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from torogoz.cli.progress import progress
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import PROTECTION_COMPARTMENT
from torogoz.domain.staff import StaffRole
from torogoz.flow import accounts, rules
from torogoz.flow.agree import Terms, agree
from torogoz.flow.compose import Outcome
from torogoz.flow.parse import LoadReport, load
from torogoz.flow.receive import receive
from torogoz.flow.schedule import import_schedule
from torogoz.flow.screen import rescreen_due
from torogoz.flow.upkeep import upkeep
from torogoz.flow.watchlists import import_list
from torogoz.storage.access.guard import who_is
from torogoz.storage.home import Home
from torogoz.synth.deliveries import Delivery, named
from torogoz.synth.files import schedule_csv
from torogoz.synth.watchlists import to_csv
from torogoz.synth.world import Day, make_days
from torogoz.targeting.examples import example_rules

CENTRE = "CNAP"
PERSONS, DOCUMENTS = "Personas de interés", "Documentos perdidos o robados"
#: sign-in name → role, port. `visita` is signed in and has no role: nothing opens to them. `protege` receives children.
STAFF: tuple[tuple[str, StaffRole | None, str], ...] = (
    ("analista", StaffRole.ANALYST, ""),
    ("supervisora", StaffRole.SUPERVISOR, ""),
    ("datos", StaffRole.DATA_PROTECTION, ""),
    ("administra", StaffRole.ADMINISTRATOR, ""),
    ("oficial", StaffRole.BORDER_OFFICER, "SAL"),
    ("protege", StaffRole.BORDER_OFFICER, "SAL"),
    ("aerolinea", StaffRole.CARRIER, ""),
    ("visita", None, ""),
)
#: The invented full names of those who look at travellers: looks at themselves are marked.
FULL_NAMES = {"analista": "Inventada Rivas, Ana Lucía", "supervisora": "Ficticia Mena, Sol"}
#: The carrier of `aerolinea`: the one that flies most there.
CARRIER = "X1"
#: How far ahead the demonstration's rules are to be reviewed.
REVIEW_IN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: counts, sign-ins, what is still to arrive, and how long loading and screening took in seconds."""

    outcome: Outcome
    withheld: int
    flights: int
    passwords: dict[str, str]
    to_come: tuple[Delivery, ...]
    seconds: float


def fill(seed: int, days: int) -> Demonstration:
    """Fill an empty home with days of traffic up to now."""
    now = timezone.now()
    passwords = staff(now)
    made = make_days(seed, now - timedelta(days=days - 1), "demo", days)
    _lists_and_rules(made[-1], now)
    for day in made:
        import_schedule(None, schedule_csv(day.flights).encode(), now)
    deliveries = named([delivery for day in made for delivery in day.deliveries])
    arrived = [each for each in deliveries if each.arrives_at <= now]
    start = timezone.now()
    outcome, withheld = _take_in(arrived, now)
    return Demonstration(
        outcome,
        withheld,
        sum(len(day.flights) for day in made),
        passwords,
        tuple(each for each in deliveries if each.arrives_at > now),
        (timezone.now() - start).total_seconds(),
    )


def _take_in(deliveries: Sequence[Delivery], now: datetime) -> tuple[Outcome, int]:
    """Receive and load each delivery at the time at which it came, then screen every flight once.

    Gives the outcome and how many sensitive elements were dropped.
    """
    report = LoadReport()
    for each in progress(deliveries, "messages", len(deliveries)):
        receipt = receive(each.content, source="demo", name=each.name, now=each.arrives_at)
        report += load(receipt, each.arrives_at)
    raised = rescreen_due(now).raised
    upkeep(now)
    outcome = Outcome(report.received, report.loaded, report.duplicates, report.refused, report.travellers, raised)
    return outcome, report.withheld


def staff(now: datetime) -> dict[str, str]:
    """Add one person a role, and write an agreement down with the carrier of one; give the password of each."""
    passwords: dict[str, str] = {}
    accounts.first_administrator("administra", _password(passwords, "administra"), agency=CENTRE, now=now)
    for name, role, port in STAFF:
        if role is StaffRole.CARRIER:
            password = _password(passwords, name)
            accounts.add_of_carrier(name, password, carrier=CARRIER, agency=CARRIER, now=now)
        elif name not in passwords:
            opened = {PROTECTION_COMPARTMENT} if name == "protege" else ()
            password = _password(passwords, name)
            full_name = FULL_NAMES.get(name, "")
            accounts.add(
                name,
                password,
                role=role,
                agency=CENTRE,
                now=now,
                port=port,
                compartments=opened,
                full_name=full_name,
            )
    agree(who_is(accounts.known("supervisora"), None), CARRIER, Terms(), now)
    return passwords


def _password(passwords: dict[str, str], name: str) -> str:
    passwords[name] = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    return passwords[name]


def _lists_and_rules(day: Day, now: datetime) -> None:
    """Two lists, and six rules that one person proposes and another approves."""
    persons = [one.entry for one in day.watchlists.persons]
    for name, entries in ((PERSONS, persons), (DOCUMENTS, day.watchlists.documents)):
        import_list(None, name, [to_csv(entries).encode()], now)
    author = who_is(accounts.known("analista"), Purpose.SERIOUS_CRIME)
    second = who_is(accounts.known("supervisora"), Purpose.SERIOUS_CRIME)
    for document in example_rules(timezone.localdate(now + REVIEW_IN)):
        version = rules.propose(author, json.dumps(document).encode(), now)
        rules.approve(second, version, "Demostración / demonstration", now)


@contextmanager
def arriving(day: Demonstration) -> Iterator[None]:
    """Drop what is still to come into the spool, each delivery at its time, for as long as the block lasts."""
    over = threading.Event()
    feeder = threading.Thread(target=_feed, args=(day.to_come, Home.current().spool, over), daemon=True)
    feeder.start()
    try:
        yield
    finally:
        over.set()


def _feed(deliveries: Sequence[Delivery], spool: Path, over: threading.Event) -> None:
    for each in deliveries:
        wait = (each.arrives_at - timezone.now()).total_seconds()
        if over.wait(max(wait, 0)):
            return
        half = spool / f".{each.name}.tmp"
        half.write_bytes(each.content)
        half.rename(spool / each.name)


def table(day: Demonstration) -> str:
    """What was received, refused and found, and who may sign in."""
    outcome = day.outcome
    counts = (
        ("flights", "vuelos", day.flights),
        ("messages received", "mensajes recibidos", outcome.received),
        ("  loaded", "  cargados", outcome.loaded),
        ("  duplicates", "  duplicados", outcome.duplicates),
        ("  refused, kept sealed", "  rechazados, sellados", outcome.refused),
        ("travellers named in them", "viajeros nombrados", outcome.travellers),
        ("sensitive elements dropped", "datos sensibles descartados", day.withheld),
        ("hits", "alertas", outcome.hits),
        ("messages still to arrive", "mensajes por llegar", len(day.to_come)),
    )
    lines = ["", "Everybody here is invented. / Todas las personas son inventadas.", ""]
    lines += [f"  {english:28}{spanish:30}{count:>9,}" for english, spanish, count in counts]
    lines += ["", f"  taken in and screened in {day.seconds:.1f} s", "", "  sign-in / ingreso:"]
    lines += [
        f"    {name:14}{day.passwords[name]:16}{role.value if role else 'no role / sin rol'}" for name, role, _ in STAFF
    ]
    return "\n".join([*lines, ""])
