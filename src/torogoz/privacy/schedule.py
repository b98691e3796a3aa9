"""How long each class of data is kept: the profiles, as one table that a lawyer can follow, and the question put to it.

A row of the table says of one class, free or held, from when its clock counts, after how long it is masked, after how
long it is purged, and on which ground. *Held* is a record with an undecided hit, a confirmed one, or a hold that
somebody has recorded with reason, owner and review date; *free* is every other. Whatever ends a hold frees the record,
and the row for free ones is asked again: so a held record of the default profile is purged by the first run after its
hold has ended. Nothing that a carrier sent outlives five years, held or not (Directive 2016/681 art. 12(1); ICAO Annex
9, 9.33): what a court needs longer belongs in the court's file.

`judge` is the whole of the law in this program: facts of a record, a profile and a moment give what must happen to it,
and the row that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from torogoz.errors import AuthorError
from torogoz.privacy.periods import Period, days, hours, months, years


class Data(StrEnum):
    """The classes of what is kept. The first three are of travellers, as domain.purpose names them."""

    API = "api"
    PNR = "pnr"
    CROSSING = "crossing"
    LIST = "list"
    WAITING = "waiting"
    PROOF = "proof"
    MESSAGE = "message"
    RAW = "raw"
    UNPARSED = "unparsed"
    AUDIT_TEXT = "audit_text"
    EVENT = "event"
    SESSION = "session"
    ATTEMPT = "attempt"


#: What a traveller's record can hold.
OF_TRAVELLERS = frozenset({Data.API, Data.PNR, Data.CROSSING})


class Clock(StrEnum):
    """From when a period counts."""

    RECEIVED = "first receipt"
    ARRIVED = "arrival of the flight, or first receipt where it is not known"
    ENDED = "the day on which its list dropped it, or its review date passed"
    WRITTEN = "the moment it was written"
    EXPIRED = "its own expiry"


class Held(StrEnum):
    """Whether something keeps a record past its clock."""

    FREE = "free"
    HELD = "held"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the schedule: None in a column means never, by age."""

    data: Data
    held: Held
    clock: Clock
    masked: Period | None
    purged: Period
    source: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a centre may set: days of redacted copies, hours of what could not be read, months of crossing records.

    `hour` is the one of the state's clock at which the nightly run begins.
    """

    raw_days: int = 30
    sealed_hours: int = 72
    crossing_months: int = 60
    hour: int = 3


HALF_YEAR = months(6)
#: Nothing that a carrier sent is kept longer, by any profile, with any hold.
LONGEST = years(5)
#: Redacted copies hold everybody of a flight and must outlive none of them.
MOST_RAW_DAYS = 180
MOST_SEALED_HOURS = 720
MOST_CROSSING_MONTHS = 1200

_C817 = "C-817/19 §§255–262 (LR-42)"
_HOLD = "C-817/19 §§255–262; Directive 2016/681 art. 12(2), 12(4) (LR-40, LR-42, LR-45)"
_DIRECTIVE = "Directive 2016/681 art. 12(1), 12(2), 12(4) (LR-40, LR-45)"
_ANNEX9 = "ICAO Annex 9, 9.31–9.33 (LR-41)"
_API = "Regulation (EU) 2025/12 art. 8 (LR-13)"
_CROSSING = "migration law of the state (setting)"


def _row(data: Data, held: Held, masked: Period | None, purged: Period, source: str) -> Row:
    return Row(data, held, Clock.RECEIVED, masked, purged, source)


def _both(held: Held, masked: Period | None, purged: Period, source: str) -> tuple[Row, Row]:
    """The same for what documents and what bookings say."""
    return _row(Data.API, held, masked, purged, source), _row(Data.PNR, held, masked, purged, source)


#: profile → its rows for travellers. `c817` is the default.
PROFILES: Mapping[str, tuple[Row, ...]] = {
    # Purged after six months; where something holds the record, masked then, and purged when nothing holds it.
    "c817": (
        *_both(Held.FREE, None, HALF_YEAR, _C817),
        *_both(Held.HELD, HALF_YEAR, LONGEST, _HOLD),
    ),
    # The Directive as it was written: everybody masked after six months and purged after five years.
    "five_years": (
        *_both(Held.FREE, HALF_YEAR, LONGEST, _DIRECTIVE),
        *_both(Held.HELD, HALF_YEAR, LONGEST, _DIRECTIVE),
    ),
    # The ends of what Annex 9 allows: masked between six months and two years, purged within five.
    "annex9": (
        *_both(Held.FREE, years(2), LONGEST, _ANNEX9),
        *_both(Held.HELD, years(2), LONGEST, _ANNEX9),
    ),
    "annex9_short": (
        *_both(Held.FREE, HALF_YEAR, years(2), _ANNEX9),
        *_both(Held.HELD, HALF_YEAR, LONGEST, _ANNEX9),
    ),
    # API for the border check only: gone two days after landing. PNR as in the default.
    "api_48h": (
        Row(Data.API, Held.FREE, Clock.ARRIVED, None, hours(48), _API),
        _row(Data.API, Held.HELD, HALF_YEAR, LONGEST, _HOLD),
        _row(Data.PNR, Held.FREE, None, HALF_YEAR, _C817),
        _row(Data.PNR, Held.HELD, HALF_YEAR, LONGEST, _HOLD),
    ),
}

#: What every profile has beside its travellers; the settings' periods stand in `rows`.
_BESIDE = (
    Row(Data.LIST, Held.EITHER, Clock.ENDED, None, days(30), "LR-71, LR-79: removal spreads to all copies"),
    Row(Data.WAITING, Held.EITHER, Clock.EXPIRED, None, hours(0), "LR-71: nobody has put it in force"),
    Row(Data.PROOF, Held.EITHER, Clock.EXPIRED, None, days(30), "LR-63, LR-64: its own term, or its revocation"),
    Row(Data.MESSAGE, Held.EITHER, Clock.RECEIVED, None, HALF_YEAR, "references and file names may name somebody"),
    Row(Data.AUDIT_TEXT, Held.EITHER, Clock.WRITTEN, None, HALF_YEAR, "a text may name who was searched for (LR-42)"),
    Row(Data.EVENT, Held.EITHER, Clock.WRITTEN, None, days(7), "only live screens and the last shifts read them"),
    Row(Data.SESSION, Held.EITHER, Clock.EXPIRED, None, hours(0), "of no use to anybody once it has ended"),
    Row(Data.ATTEMPT, Held.EITHER, Clock.WRITTEN, None, days(30), "to see an attack on the sign-in, and no longer"),
)


def rows(profile: str, terms: Terms) -> tuple[Row, ...]:
    """The whole schedule of a centre. AuthorError where the settings name no profile, or a period out of bounds."""
    if profile not in PROFILES:
        raise AuthorError(
            "torogoz.toml names no retention profile that is known",
            remedy=f"write retention_profile as one of {', '.join(PROFILES)}",
        )
    bounded: tuple[tuple[str, object, int, int], ...] = (
        ("raw_days", terms.raw_days, 1, MOST_RAW_DAYS),
        ("sealed_hours", terms.sealed_hours, 1, MOST_SEALED_HOURS),
        ("crossing_months", terms.crossing_months, 1, MOST_CROSSING_MONTHS),
        ("retention_hour", terms.hour, 0, 23),
    )
    for name, value, least, most in bounded:
        if not (isinstance(value, int) and least <= value <= most):
            raise AuthorError(
                f"{name} in torogoz.toml is out of bounds", remedy=f"write a number from {least} to {most} there"
            )
    crossing = months(terms.crossing_months)
    return (
        *PROFILES[profile],
        Row(Data.CROSSING, Held.EITHER, Clock.RECEIVED, None, crossing, _CROSSING),
        Row(Data.RAW, Held.EITHER, Clock.RECEIVED, None, days(terms.raw_days), "it holds everybody of a flight"),
        Row(
            Data.UNPARSED,
            Held.EITHER,
            Clock.RECEIVED,
            None,
            hours(terms.sealed_hours),
            "nobody has read it: time for one replay",
        ),
        *_BESIDE,
    )


def row_of(schedule: Sequence[Row], data: Data, *, held: bool = False) -> Row:
    """The line that holds for a class of data."""
    wanted = Held.HELD if held else Held.FREE
    return next(row for row in schedule if row.data is data and row.held in (wanted, Held.EITHER))


class Fate(StrEnum):
    """What must happen to a record."""

    KEEP = "keep"
    MASK = "mask"
    PART = "part"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Record:
    """What the schedule must know of a traveller's record, and nothing of who it is about."""

    received_at: datetime
    arrived_at: datetime | None
    classes: frozenset[Data]
    held: bool = False
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must happen, to which classes of the record, and the row that says so; none where it is kept."""

    fate: Fate
    classes: frozenset[Data] = frozenset()
    row: Row | None = None


def judge(record: Record, schedule: Sequence[Row], as_of: datetime, zone: tzinfo) -> Verdict:
    """What must happen to a record at a moment.

    Where only some of its classes are past their time, these go and the rest stays. A masked record is one whole, whose
    classes can no longer be told apart: it goes with the first of them. One of no known class has the others' clock.
    """
    classes = record.classes or frozenset({Data.API, Data.PNR})
    asked = {data: row_of(schedule, data, held=record.held) for data in sorted(classes)}
    past = {data: row for data, row in asked.items() if _end(row.purged, row, record, zone) <= as_of}
    if past:
        first = next(iter(past.values()))
        if record.masked or len(past) == len(asked):
            return Verdict(Fate.PURGE, classes, first)
        return Verdict(Fate.PART, frozenset(past), first)
    if not record.masked:
        due = [row for row in asked.values() if row.masked and _end(row.masked, row, record, zone) <= as_of]
        if due:
            return Verdict(Fate.MASK, classes, due[0])
    return Verdict(Fate.KEEP)


def clear_since(schedule: Sequence[Row], data: Data, as_of: datetime, zone: tzinfo) -> datetime:
    """Since when everything received of a class still stands in clear: what was before may be gone, or masked.

    Whoever counts what is known must not count further back: there a held record may stand where a hundred have gone.
    """
    row = row_of(schedule, data)
    return (row.masked or row.purged).began_before(as_of, zone)


def _end(period: Period, row: Row, record: Record, zone: tzinfo) -> datetime:
    start = record.arrived_at if row.clock is Clock.ARRIVED and record.arrived_at else record.received_at
    return period.end(start, zone)
