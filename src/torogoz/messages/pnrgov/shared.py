"""What the bookings of a message share: moments, legs, agencies and the like, each read once.

A push says the same few hundred things over and over; to look one up costs a tenth of reading it. What was read goes
with its message, so that it cannot outgrow it. Of one carrier's message nothing is kept for the next but its days,
which are nobody's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timezone
from functools import partial
from typing import TypeVar

from torogoz.domain.booking import Agency, BookedLeg
from torogoz.domain.journey import FlightLeg
from torogoz.edifact.tokens import SHIELD
from torogoz.messages.flights import same_leg
from torogoz.messages.moments import booked_day
from torogoz.messages.pnrgov.agency import agency_of, read_agency
from torogoz.messages.pnrgov.draft import Flight, NotPlainError
from torogoz.messages.pnrgov.history import read_office
from torogoz.messages.pnrgov.travel import is_second_name, read_leg, with_other_number
from torogoz.messages.reading import Reading
from torogoz.messages.values import short_code

_CLOCKS = {f"{hour:02}{minute:02}": time(hour % 24, minute) for hour in range(25) for minute in range(60)}
_CLOCKS[""] = time()
#: A leg, whether it is the one that is pushed, and the class in which it was sold.
_Sold = tuple[FlightLeg | None, bool, str | None]
_Value = TypeVar("_Value")


class Once(dict[str, _Value]):
    """What texts say, each read when it is first met.

    What reads must not hold this: a message in a circle would stay in memory until the collector finds it.
    """

    def __init__(self, read: Callable[[str], _Value]) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> _Value:
        """Read a text that was not met before."""
        found = self[text] = self._read(text)
        return found


class Shared:
    """What is read once in one message. What cannot be read is a KeyError or a ValueError.

    `reading` is for what reads elements; whatever it notes is not plain. `pushed` is the leg that is pushed.
    """

    def __init__(self, reading: Reading, day: date, pushed: FlightLeg | None) -> None:
        self.reading = reading
        self.table = reading.table
        #: Moments as DDMMYY or DDMMYY:HHMM, as they are and in UTC.
        self.local = Once(partial(_moment, day, None))
        self.utc = Once(partial(_moment, day, UTC))
        #: Elements of ORG and of ABI.
        self.agencies = Once(partial(_agency, reading))
        self.offices = Once(partial(_office, reading))
        #: Elements of TVL.
        self.legs = Once(partial(_leg, reading))
        #: TVL, RPI and APD with their terminators, and behind them the other number of a code share.
        self.flights = Once(partial(_flight, Once(partial(_sold, reading, self.legs, pushed)), pushed))
        #: The month in which a card expires, as MMYY.
        self.months = Once(partial(_month, day))

    def refuse_notes(self) -> None:
        """What the readers of elements note is not plain."""
        _refuse_notes(self.reading)


def _refuse_notes(reading: Reading) -> None:
    if reading.findings:
        reading.findings.clear()
        raise NotPlainError


def _moment(day: date, zone: timezone | None, sent: str) -> datetime:
    return datetime.combine(booked_day(sent[:6], day), _CLOCKS[sent[7:]], zone)


def _agency(reading: Reading, sent: str) -> Agency:
    """Who made the booking; nobody, which cancels it, is not plain."""
    if SHIELD in sent or " " in sent:
        agency = read_agency(["ORG", *sent.split("+")], reading)
    else:
        agency = agency_of([element.split(":") for element in f"{sent}+++++++".split("+")])
    if agency is None:
        raise NotPlainError
    return agency


def _office(reading: Reading, sent: str) -> str | None:
    return read_office(["ABI", *sent.split("+")], reading)


def _leg(reading: Reading, sent: str) -> FlightLeg | None:
    elements = ["TVL", *sent.split("+")]
    leg = read_leg(elements, 0, reading)
    _refuse_notes(reading)
    if is_second_name(elements, reading):
        raise NotPlainError
    return leg


def _sold(reading: Reading, legs: Once[FlightLeg | None], pushed: FlightLeg | None, sent: str) -> _Sold:
    leg = legs[sent]
    parts = [*reading.components(sent.split("+"), 4), ""]
    return leg, leg is not None and same_leg(leg, pushed), short_code(parts[1])


def _flight(sold: Once[_Sold], pushed: FlightLeg | None, sent: str) -> Flight:
    """A leg, what is said of it, and the second name of a code share."""
    tvl, *said, other = sent.replace("\n", "").split("'")
    leg, here, booking_class = sold[tvl[4:]]
    if other and leg is None:
        raise NotPlainError
    if leg and other:
        leg = with_other_number(leg, other.partition(":")[0], pushed)
    taken = status = aircraft = None
    for segment in said:
        if segment.startswith("RPI"):
            _, taken, status = segment.split("+")
        else:
            aircraft = segment[4:]
    held = BookedLeg(booking_class, status, int(taken) if taken else None, aircraft)
    return Flight(leg, held, here=here)


def _month(day: date, sent: str) -> str | None:
    """MMYY in the century of the message; None for anything else."""
    known = len(sent) == 4 and "01" <= sent[:2] <= "12"
    return f"{day.year // 100}{sent[2:]}-{sent[:2]}" if known else None
